from __future__ import annotations

import random
from typing import Any

import pytest
from sqlite_utils import Database
from told import article, loose_ends, rows, said, sayings, shuffled, write

from quotes.linking.wordings.wording_index import Wordings
from quotes.records import Extraction, QuoteKind
from quotes.store.database import open_database

FULL = "“We will rebuild the harbour pier before winter, and the ferry company must pay every invoice,”"
START = "“We will rebuild the harbour pier before winter,”"
GAP = "“We will rebuild the harbour pier … and the ferry company must pay every invoice,”"
END = "“the ferry company must pay every invoice,”"
REFUSAL = "“We will not rebuild the harbour pier before winter,”"
OTHER = "“Our council has been generous with mooring fees, but the ferry company must pay every invoice,”"
MUSEUM = "“Children under twelve enter the lantern museum for free,”"


def wording(db: Database, text: str) -> int:
    """The id of the wording of the quotes with this text, which is one saying."""
    ((found,),) = rows(
        db, "SELECT DISTINCT wording_id FROM sayings JOIN quotes ON id = quote_id WHERE quotes.text = ?", text
    )
    return int(found)


# -- what is one


@pytest.mark.parametrize(
    "variants",
    [
        pytest.param([FULL, START], id="its start"),
        pytest.param([FULL, END], id="its end"),
        pytest.param([FULL, GAP], id="an ellipsis"),
        pytest.param([FULL, START, GAP, END], id="several cuts, of which some have nothing in common"),
        pytest.param([START, "‘We’ll rebuild the harbor pier before Winter’"], id="spelling"),
        pytest.param([START, "“We [the council] will rebuild the harbour pier before winter,”"], id="a bracket"),
    ],
)
def test_variants_of_one_saying_are_one_wording(db: Database, variants: list[str]) -> None:
    for order in (variants, variants[::-1]):
        write(db, *(article(f"a{n}", said(text)) for n, text in enumerate(order)))
        assert sayings(db) == {frozenset(variants)}
        assert loose_ends(db) == {}


@pytest.mark.parametrize("order", [(END, FULL, OTHER), (FULL, END, OTHER), (OTHER, FULL, END)])
def test_a_fragment_of_two_sayings_does_not_join_them(db: Database, order: tuple[str, ...]) -> None:
    write(db, *(article(f"a{n}", said(text)) for n, text in enumerate(order)))
    assert wording(db, FULL) != wording(db, OTHER)
    assert wording(db, END) in (wording(db, FULL), wording(db, OTHER))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_a_fragment_is_with_what_it_is_most_alike(db: Database, order: tuple[int, ...]) -> None:
    fragment = "“the ferry company must settle every outstanding invoice,”"
    same = "“Our council has been generous with fees, but the ferry company must settle every outstanding invoice,”"
    alike = "“Children love those boats, yet the ferry companies must settle every outstanding invoice,”"
    texts = (fragment, same, alike)
    write(db, *(article(f"a{n}", said(texts[n])) for n in order))
    assert sayings(db) == {frozenset({fragment, same}), frozenset({alike})}
    write(db, article("a1"))
    assert sayings(db) == {frozenset({fragment, alike})}


@pytest.mark.parametrize("order", [(START, REFUSAL, FULL), (FULL, START, REFUSAL), (REFUSAL, FULL, START)])
def test_a_saying_and_its_contrary_stay_apart_beside_a_third(db: Database, order: tuple[str, ...]) -> None:
    write(db, *(article(f"a{n}", said(text)) for n, text in enumerate(order)))
    assert sayings(db) == {frozenset({START, FULL}), frozenset({REFUSAL})}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“No comment on the harbour,”", "direct"),
        ("that they would rebuild the harbour pier before winter", "indirect"),
    ],
)
def test_words_that_nobody_can_be_told_by_have_no_wording(db: Database, text: str, kind: QuoteKind) -> None:
    write(db, article("a", said(text, kind=kind)))
    assert rows(db, "SELECT wording_id, variant_id FROM sayings") == [(None, None)] * (kind == "direct")
    assert rows(db, "SELECT id FROM wordings") == []


# -- counts


def counts(db: Database, text: str) -> tuple[Any, ...]:
    columns = "quotes, outlets, speakers, first_published, last_published"
    ((*found,),) = rows(db, f"SELECT {columns} FROM wordings WHERE text = ?", text.strip("“,.”"))
    return tuple(found)


def test_a_wording_is_counted_over_all_its_variants(db: Database) -> None:
    write(
        db,
        article("a", said(START), said(END), day="2025-03-04", outlet="Harbour Courier"),
        article("b", said(FULL, by="Bo Lind"), day="2025-03-02", outlet="Eastern Lantern"),
        article("c", said(START, by="a ferryman", speaker_kind="unnamed"), day="2025-03-09", outlet="Harbour Courier"),
        article("d", said(GAP, by=None)),
        article("e", said(MUSEUM), day="2025-01-01", outlet="Island Post"),
    )
    assert counts(db, FULL) == (5, 2, 2, "2025-03-02", "2025-03-09"), "an unnamed speaker is no other one"
    assert counts(db, MUSEUM) == (1, 1, 1, "2025-01-01", "2025-01-01")
    write(db, article("b", said(MUSEUM), day="2025-03-02", outlet="Eastern Lantern"))
    assert counts(db, START) == (3, 1, 1, "2025-03-04", "2025-03-09"), "its text is the fullest that is left"
    assert counts(db, f"and {END[1:]}") == (2, 1, 1, "2025-03-04", "2025-03-04")
    assert counts(db, MUSEUM) == (2, 2, 1, "2025-01-01", "2025-03-02")


def test_an_outlet_and_a_day_that_are_filled_in_later_are_counted(db: Database) -> None:
    write(db, article("a", said(START), day="2025-03-04", outlet="Harbour Courier"))
    writer = write(db, article("b", said(FULL)))
    assert counts(db, FULL) == (2, 1, 1, "2025-03-04", "2025-03-04")
    assert writer.known(article("b", said(FULL), day="2025-03-01", outlet="Eastern Lantern").article)
    assert counts(db, FULL) == (2, 2, 1, "2025-03-01", "2025-03-04")


# -- addresses


def test_the_id_of_a_wording_lasts_when_a_fuller_variant_comes(db: Database) -> None:
    write(db, article("a", said(MUSEUM)), article("b", said(START)))
    before = wording(db, START)
    write(db, article("c", said(FULL)))
    assert wording(db, FULL) == wording(db, START) == before
    assert rows(db, "SELECT text FROM wordings WHERE id = ?", before) == [(FULL.strip("“,”"),)]


def test_of_two_wordings_that_become_one_the_larger_keeps_its_id(db: Database) -> None:
    write(
        db,
        article("a", said(END)),
        article("b", said(START)),
        article("c", said("“We will rebuild the harbour pier,”")),
    )
    before = wording(db, START)
    assert before != wording(db, END)
    write(db, article("d", said(FULL)))
    assert {wording(db, text) for text in (START, END, FULL)} == {before}


def test_the_id_of_a_wording_lasts_when_its_fullest_variant_goes(db: Database) -> None:
    write(db, article("a", said(FULL)), article("b", said(START)))
    before = wording(db, START)
    write(db, article("a", said(MUSEUM)))
    assert wording(db, START) == before


@pytest.mark.xfail(strict=True, reason="the trees of a wording that splits are asked in the order of their ids")
def test_the_larger_part_of_a_wording_that_splits_keeps_its_id(db: Database) -> None:
    short = "“We will rebuild the harbour pier,”"
    write(db, *(article(f"a{n}", said(text)) for n, text in enumerate((START, short, END, FULL))))
    before = wording(db, FULL)
    write(db, article("a3", said(MUSEUM)))
    assert wording(db, START) == wording(db, short) == before


@pytest.mark.xfail(strict=True, reason="a part that is to go elsewhere has the id still when the other asks for it")
def test_the_id_of_a_wording_lasts_when_a_part_goes_elsewhere(db: Database) -> None:
    write(db, *(article(f"a{n}", said(text)) for n, text in enumerate((START, END, FULL, OTHER))))
    before = wording(db, START)
    assert before == wording(db, END) != wording(db, OTHER)
    write(db, article("a2", said(MUSEUM)))
    assert wording(db, END) == wording(db, OTHER)
    assert wording(db, START) == before


# -- articles that are replaced


def test_a_replaced_article_takes_its_quotes_out(db: Database) -> None:
    write(db, article("a", said(FULL)), article("b", said(START)), article("c", said(END)), article("d", said(END)))
    assert sayings(db) == {frozenset({FULL, START, END})}
    write(db, article("d", said(MUSEUM)))
    assert sayings(db) == {frozenset({FULL, START, END}), frozenset({MUSEUM})}, "it shrinks"
    assert counts(db, FULL)[0] == 3
    write(db, article("a"))
    assert sayings(db) == {frozenset({START}), frozenset({END}), frozenset({MUSEUM})}, "what it held together splits"
    write(db, article("b"), article("c"), article("d"))
    for table in ("wordings", "wording_variants", "wording_edges", "wording_grams"):
        assert rows(db, f"SELECT * FROM {table}") == [], "nothing is left"


BOTH = "“We will rebuild the harbour pier before winter, we will not rebuild the harbour pier before winter,”"


@pytest.mark.parametrize("order", [(START, REFUSAL, BOTH), (BOTH, REFUSAL, START), (REFUSAL, BOTH, START)])
def test_who_says_both_does_not_join_contraries(db: Database, order: tuple[str, ...]) -> None:
    write(db, *(article(f"a{n}", said(text)) for n, text in enumerate(order)))
    assert sayings(db) == {frozenset({text}) for text in order}
    write(db, article(f"a{order.index(REFUSAL)}"))
    assert sayings(db) == {frozenset({START, BOTH})}, "nothing keeps them apart any more"


# -- the same whatever the order

SPEECHES = (
    "we will rebuild the harbour pier before winter and the ferry company must pay every single invoice",
    "the flooded tunnels beneath Quillan station cannot reopen until engineers inspect the cracked concrete pillars",
    "our fishermen lost their nets their boats and their savings while ministers argued about subsidies",
    "nobody told the residents of Brannock that their drinking water contained dangerous amounts of mercury",
)


def variant(chance: random.Random) -> str:
    """A speech, or two, that was cut, contradicted, or changed in a word."""
    words = chance.choice(SPEECHES).split()
    if chance.random() < 0.3:
        words += chance.choice(SPEECHES).split()
    if chance.random() < 0.7:
        start = chance.randrange(len(words) - 6)
        words = words[start : chance.randrange(start + 6, len(words) + 1)]
    if chance.random() < 0.3:
        words.insert(chance.randrange(len(words)), chance.choice(("not", "really", "never", "the", "old")))
    if chance.random() < 0.2 and len(words) > 9:
        words[4:6] = ["…"]
    if chance.random() < 0.2:
        words[chance.randrange(len(words))] = chance.choice(("three", "Brannock", "railway"))
    return f"“{' '.join(words)},”"


def debate(seed: int) -> dict[str, Extraction]:
    """Articles with some 60 quotes, by name."""
    chance = random.Random(seed)
    return {
        name: article(
            name,
            *(
                said(variant(chance), by=chance.choice(("Ana Cortés", "Bo Lind")))
                for _ in range(chance.randrange(1, 4))
            ),
            day=f"2025-03-{chance.randrange(10, 28)}",
            outlet=chance.choice(("Harbour Courier", "Eastern Lantern", "Island Post")),
        )
        for name in (f"a{n}" for n in range(30))
    }


def all_wordings(db: Database) -> set[tuple[Any, ...]]:
    """All that is told of wordings, but for their ids."""
    columns = "text, quotes, outlets, speakers, first_published, last_published"
    forms = "SELECT form FROM wording_variants WHERE wording_id = wordings.id ORDER BY form"
    return set(rows(db, f"SELECT {columns}, (SELECT group_concat(form, '|') FROM ({forms})) FROM wordings"))


@pytest.mark.parametrize(("common", "seed"), [(Wordings.common, 1), (6, 1), (3, 1), (3, 14), (2, 2)])
def test_the_order_of_articles_does_not_matter(monkeypatch: pytest.MonkeyPatch, common: int, seed: int) -> None:
    monkeypatch.setattr(Wordings, "common", common)
    before, after = debate(seed), debate(seed + 100)
    gone = random.Random(seed).sample(sorted(before), 10)
    now = before | {name: after[name] for name in gone[:6]} | {name: article(name) for name in gone[6:]}
    fresh = open_database(":memory:")
    write(fresh, *now.values())
    expected = all_wordings(fresh)
    assert any(quotes > 1 for _, quotes, *_ in expected)
    most = rows(fresh, "SELECT max(n) FROM (SELECT count(*) AS n FROM wording_grams GROUP BY gram)")[0][0]
    assert (most > common) is (common < 100), "so that some grams are common"
    db = open_database(":memory:")
    write(db, *shuffled(before.values(), seed % 2), *shuffled((now[name] for name in gone), seed % 2))
    assert all_wordings(db) == expected
    assert loose_ends(db) == {}
    write(db, *shuffled(map(article, now), seed))
    assert rows(db, "SELECT * FROM wordings") == rows(db, "SELECT * FROM wording_edges") == []
