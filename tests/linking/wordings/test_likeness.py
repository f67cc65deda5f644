"""Which quotes are the same words: pairs that must be, and pairs that must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from growth import MOST, growth

from quotes.linking.wordings.likeness import Likeness, fuller_first, likeness
from quotes.linking.wordings.normal_form import normal_form
from quotes.linking.wordings.sayings import sayings
from quotes.records import Quote

HERE = Path(__file__).parent


def alike(one: str, other: str) -> Likeness | None:
    forms = [normal_form(text) for text in (one, other)]
    return likeness(*fuller_first(*map(str, forms))) if all(forms) else None


def is_one_wording(one: str, other: str) -> bool:
    found = alike(one, other)
    return found is not None and found.kind != "conflict"


def pairs(name: str) -> list[tuple[str, str]]:
    rows = map(json.loads, (HERE / name).read_text(encoding="utf-8").splitlines())
    return [(row["one"], row["other"]) for row in rows]


@pytest.mark.parametrize(("one", "other"), pairs("same_wordings.jsonl"))
def test_small_differences_leave_it_one_wording(one: str, other: str) -> None:
    assert is_one_wording(one, other)


@pytest.mark.parametrize(("one", "other"), pairs("hard_negatives.jsonl"))
def test_what_matters_makes_two_of_it(one: str, other: str) -> None:
    assert not is_one_wording(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "We lost twenty-five boats in the storm and not a single sailor,",
            "We lost 25 boats in the storm and not a single sailor,"),
        pytest.param(
            "The tunnel cost us 3 million crowns and eleven years of our lives,",
            "The tunnel cost us 3m crowns and 11 years of our lives,"),
        ("“If the dyke at Orrin gives way,” “there is nothing between us and the sea.”",
         "“If the dyke at Orrin gives way, there is nothing between us and the sea.”"),
        ("“He looked at me and said, ‘Nobody is coming for you,’ and he closed the door,”",
         "'He looked at me and said \"nobody is coming for you\" and he closed the door,'"),
        ("I, uh, I never signed the lease on the Dorlan warehouse,",
         "I never signed the lease on the Dorlan warehouse,"),
        ("The lights was [sic] out all along the quay when the tanker struck,",
         "The lights was out all along the quay when the tanker struck,"),
        ("We’re going to sue every one of the contractors who touched that tower,",
         "[We will] sue every one of the contractors who touched that tower,"),
        ("They want to break the spirit of our people, but they’ll fail, as their fathers failed,",
         "They want to break the spirit of our people but they will fail, like their fathers failed,"),
        ("It’s a stitch‑up from start to finish, and the Arden report says so in black‑and‑white,",
         "It is a stitch up from start to finish and the Arden report says so in black and white,"),
        ("Chairman Zhelenko told the workers of Morozhny to burn the ledgers before the audit,",
         "Chairman Zhelenkoh told the workers of Morozhny to burn the ledgers before the audit,"),
        ("The U.S. delegation walked out before we had finished reading the text,",
         "The United States delegation walked out before we had finished reading the text,"),
        ("The hearing was a farce from beginning to end and every lawyer in the room knew it,",
         "The hearing was a farce from begining to end and every lawyer in the room knew it,"),
        ("And so I say to the owners of the Castel line: come back to the table.",
         "I say to the owners of the Castel line: come back to the table."),
        ("We’d warned them since the spring that the slope above Harn was moving,",
         "We had warned them since the spring that the slope above Harn was moving,"),
        ("Rents around here have gone up 18% since the stadium opened, and wages haven’t,",
         "Rents around here have gone up 18 per cent since the stadium opened and wages have not,"),
    ],
)  # fmt: skip
def test_small_differences_that_nobody_tuned_for(one: str, other: str) -> None:
    assert is_one_wording(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour board has agreed to publish the whole of the Osterley report,",
         "The harbour board has refused to publish the whole of the Osterley report,"),
        ("Nobody in the cabinet knew that the Veldt contract had been signed in May,",
         "Everybody in the cabinet knew that the Veldt contract had been signed in May,"),
        ("The vaccine is effective against the strain found in both of Orrin’s hospitals,",
         "The vaccine is ineffective against the strain found in both of Orrin’s hospitals,"),
        ("I met Mr Calloway in the spring and I took his money,",
         "I neither met Mr Calloway in the spring nor took his money,"),
        ("The flood took 340 homes in Pellworth and there is no insurance for most of them,",
         "The flood took 430 homes in Pellworth and there is no insurance for most of them,"),
        ("We paid 2.4 million crowns for the Arden site and every one of them was borrowed,",
         "We paid 2.4 billion crowns for the Arden site and every one of them was borrowed,"),
        ("The Corran tunnel will reopen in 2027 if the money is found,",
         "The Corran tunnel will reopen in 2029 if the money is found,"),
        ("Commissioner Ruth Adeyar lied to this committee about the sluice gates,",
         "Commissioner Paul Adeyar lied to this committee about the sluice gates,"),
        ("He knew the gas was leaking and he told the crew to go back down the shaft,",
         "She knew the gas was leaking and she told the crew to go back down the shaft,"),
        ("The convoy must be allowed through the Sennar gap before the snow,",
         "The convoy must be allowed through the Kessal gap before the snow,"),
        ("The mill may close by Christmas unless the Dorlan order is signed,",
         "The mill must close by Christmas unless the Dorlan order is signed,"),
        ("The Tovians attacked the Merrins at the ford before dawn, and our patrol saw it all,",
         "The Merrins attacked the Tovians at the ford before dawn, and our patrol saw it all,"),
        ("We will leave no stone unturned in our search for the truth,",
         "We will leave no stone unturned in our efforts to find her,"),
        ("Parents in this city pay twice for a nursery place, and the council keeps the difference,",
         "Parents in this city wait two years for a nursery place, and the council keeps no list,"),
        ("The levy has widened the gap between the coast and the hills,",
         "The levy has narrowed the gap between the coast and the hills,"),
    ],
)  # fmt: skip
def test_what_matters_in_pairs_that_nobody_tuned_for(one: str, other: str) -> None:
    assert not is_one_wording(one, other)


WHOLE = "“I’ve fished this lake for forty years, and it is dying before our eyes. The mill knows why.”"


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (WHOLE.upper(), "same"),
        ("“I’ve fished this lake for 40 years and it is dying before our eyes; the mill knows why,”", "same"),
        ("“it is dying before our eyes. The mill knows why.”", "contains"),
        ("“I’ve fished this lake for forty years … The mill knows why.”", "contains"),
        ("“for forty years, and it is dying before our eyes. The mill knows why. So does Keld, and he won’t tell you.”",
         "overlaps"),
        ("“I’ve fished this lake for fourteen years and it’s dying before our eyes. The mill knows why.”", "conflict"),
        ("“I’ve fished this lake for forty years and it isn’t dying before our eyes. The mill knows why.”", "conflict"),
    ],
)  # fmt: skip
def test_how_they_are_alike(other: str, kind: str) -> None:
    found = alike(WHOLE, other)
    assert found is not None and found.kind == kind
    assert 0 < found.score <= 1
    assert alike(other, WHOLE) == found


def test_a_quote_of_which_only_a_part_is_in_marks_is_told_by_that_part() -> None:
    mixed = "the lake “is dying before our eyes and the mill knows why”, she said at the hearing"
    (saying,) = sayings(Quote("mixed", ((0, len(mixed)),), mixed))
    whole, form = normal_form(WHOLE.replace(". The", " and the")), saying.form
    assert form is not None and whole is not None
    found = likeness(*fuller_first(whole, form))
    assert found is not None and found.kind == "contains"


def test_a_few_words_that_both_use_are_not_a_wording() -> None:
    song = "“We sang at school that all of Carrow was dying before our eyes, and then the bell rang for dinner.”"
    assert alike(WHOLE, song) is None


def test_a_chant_takes_no_longer_than_other_words() -> None:
    def compare(chant: str) -> None:
        likeness(*fuller_first(chant, chant.replace("today", "tonight")))

    assert growth(compare, "we shall not be moved today ", 450) < MOST


def test_sentences_that_share_a_phrase_in_their_middle_are_no_cuts_of_one() -> None:
    phrase = "large quantities of several kinds of timber from the quarries of Orrin"
    one = f"We are negotiating with them about {phrase} to be used in the harbour"
    other = f"The ferry company would get {phrase}, which Duvall has always wanted"
    assert alike(one, other) is None
    for cut in (one.partition(" to be")[0], other.partition("get ")[2]):
        found = alike(cut, one if cut in other else other)
        assert found is not None and found.kind == "overlaps"
