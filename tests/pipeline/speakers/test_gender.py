"""Gender as the text shows it."""

from __future__ import annotations

import pytest
from word_tables import table

from quotes.pipeline.speakers.cast import cast_of
from quotes.pipeline.speakers.gender import gender_of

PARSES = {
    "spokeswoman": {"heads": {"spokeswoman": "Moss"}, "deps": {"spokeswoman": "compound"}},
    "wife": {"heads": {"wife": "Moss", "his": "wife"}, "deps": {"wife": "appos"}},
}


def gender(text, name="Moss", spoke_as=(), **parse):
    made = table(text, [(name, "PERSON")], **parse)
    (one,) = cast_of(made, [])
    return gender_of(made, one, [n for n, word in enumerate(made.lower) if word in spoke_as])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mrs Moss left.", ("woman", ("Mrs",))),
        ("Mr Moss left.", ("man", ("Mr",))),
        ("Moss lost her seat.", ("woman", ("her",))),
        ("Ann Moss left.", (None, ())),
        ("Moss left. They said so.", (None, ())),
        ("“Ask him,” Moss said.", (None, ())),
        ("Mr Moss left. Mrs Moss stayed.", None),
    ],
)
def test_titles_and_pronouns_show_it(text, found):
    if found is None:
        with pytest.raises(ValueError, match="unpack"):  # two people
            gender(text)
    else:
        assert gender(text)[: len(found)] == found


def test_nouns_show_it():
    assert gender("A spokeswoman Moss left.", **PARSES["spokeswoman"]) == ("woman", ("spokeswoman",))
    assert gender("Moss, his wife, left.", **PARSES["wife"]) == ("woman", ("his wife",))


def test_what_contradicts_shows_nothing():
    assert gender("Mr Moss left. She said so.") == (None, ())
    assert gender("Moss left. He said she would.") == (None, ())


def test_a_name_that_is_a_title_elsewhere_is_a_name():
    assert gender("Billie Jean King won.", "Billie Jean King") == (None, ())
    assert gender("King Olaf won.", "King Olaf") == ("man", ("King",))


def test_a_pronoun_that_may_be_of_two_shows_nothing():
    made = table("Ada Moss met Bo Lind. She left.", [("Ada Moss", "PERSON"), ("Bo Lind", "PERSON")])
    assert all(gender_of(made, one, ()) == (None, ()) for one in cast_of(made, []))


def test_what_somebody_says_of_another_shows_nothing_of_them():
    made = table("Moss said the driver knew that she was late.", [("Moss", "PERSON")])
    (moss,) = [one for one in cast_of(made, []) if one.kind == "person"]
    moss.pronouns[made.lower.index("she")] = "woman"
    assert gender_of(made, moss, (), range(2, len(made))) == (None, ())


def test_several_people_have_none():
    made = table("sources left. He said so.", [], tags={"sources": "NNS"})
    (sources,) = cast_of(made, [(0, 1)])
    assert gender_of(made, sources, [made.lower.index("he")]) == (None, ())


def test_the_pronoun_by_which_somebody_speaks_shows_it():
    made = table("Ada Moss met Bo Lind. She left.", [("Ada Moss", "PERSON"), ("Bo Lind", "PERSON")])
    moss = cast_of(made, [])[0]
    assert gender_of(made, moss, [made.lower.index("she")]) == ("woman", ("she",))


def test_whom_somebody_does_something_to_is_somebody_else():
    parse = {"heads": {"Moss": "thanked", "her": "thanked"}, "deps": {"Moss": "nsubj", "her": "obj"}}
    assert gender("Moss thanked her.", **parse) == (None, ())
    itself = {"heads": {"Moss": "blamed", "herself": "blamed"}, "deps": {"Moss": "nsubj", "herself": "obj"}}
    assert gender("Moss blamed herself.", **itself) == ("woman", ("herself",))
    own = {"heads": {"Moss": "lost", "seat": "lost", "her": "seat"}, "deps": {"Moss": "nsubj", "her": "nmod:poss"}}
    assert gender("Moss lost her seat.", **own) == ("woman", ("her",))
