"""What rules are worth."""

from __future__ import annotations

from collections import Counter

import pytest

from quotes.training.ablation import FIGURES, Rule, losses, rules, switched_off


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.where)
def test_every_rule_stands_where_it_is_said_to_and_comes_back(rule):
    own = getattr(rule.module, rule.attribute)
    with switched_off(rule):
        assert getattr(rule.module, rule.attribute) is rule.instead
        assert rule.instead is not own
    assert getattr(rule.module, rule.attribute) is own


def test_no_rule_is_listed_twice():
    assert len({rule.where for rule in rules()}) == len({rule.name for rule in rules()}) == len(rules())


def test_a_rule_comes_back_after_an_error():
    rule = Rule("continuation", "quotation.statements._BETWEEN_SENTENCES", frozenset(), "quotation")
    own = rule.module._BETWEEN_SENTENCES
    with pytest.raises(KeyError), switched_off(rule):
        raise KeyError
    assert own is rule.module._BETWEEN_SENTENCES


def article(found, right, pieces=10, gold=10):
    return Counter({"gold": gold, "pieces": pieces, "found": found, "right": right, "via": 1, "via right": 1})


def test_what_changes_nothing_loses_nothing():
    base = [article(8, 6), article(5, 5)]
    assert losses(base, base) == dict.fromkeys(FIGURES, (0.0, 0.0, 0.0))


def test_what_costs_every_article_something_is_a_loss_for_sure():
    base, without = [article(8, 6)] * 20, [article(7, 4)] * 20
    lost = losses(base, without)
    assert lost["who said what: F1"] == pytest.approx((0.2, 0.2, 0.2))
    assert lost["content: F1"] == pytest.approx((0.1, 0.1, 0.1))


def test_the_interval_is_that_of_the_difference():
    """Articles that differ much from each other say much, if each loses the same."""
    base = [article(2 + n % 8, 1 + n % 8) for n in range(40)]
    without = [article(count["found"] - (n % 4 == 0), count["right"]) for n, count in enumerate(base)]
    value, low, high = losses(base, without)["content: F1"]
    assert 0 < low < value < high < 0.06
