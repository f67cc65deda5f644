import pytest
import spacy
from growth import MOST, growth
from spacy.tokens import Doc, Span

from quotes.pipeline.cast import Cast, entities, joint, named
from quotes.records import Mention

VOCAB = spacy.blank("en").vocab


@pytest.fixture
def doc_of():
    """A Doc of words with the entities named in it, as `Name Surname=PERSON`."""

    def doc(text, **entities):
        doc = Doc(VOCAB, words=text.split())
        for kind, names in entities.items():
            for name in names:
                words = name.split()
                for i in range(len(doc)):
                    if [token.text for token in doc[i : i + len(words)]] == words:
                        doc.ents = [*doc.ents, Span(doc, i, i + len(words), kind)]
        return doc

    return doc


def test_the_first_full_name_keeps_a_surname(doc_of):
    text = "Lee Dae-jun left . Later Lee Rae-jin stayed . Adrienne Watson spoke . Watson left ."
    cast = Cast(doc_of(text, PERSON=["Lee Dae-jun", "Lee Rae-jin", "Adrienne Watson"]))
    assert cast.fullest("Watson") == "Adrienne Watson"
    assert cast.fullest("Lee") == "Lee Dae-jun"
    assert cast.fullest("Nobody") == "Nobody"


def test_a_longer_form_of_the_same_name_wins(doc_of):
    doc = doc_of("Luis Lacalle spoke . Luis Lacalle Pou left .")
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 4, 7, "PERSON")]
    assert Cast(doc).fullest("Lacalle") == "Luis Lacalle Pou"


def test_a_relative_named_first_leaves_the_surname(doc_of):
    cast = Cast(doc_of("Her son , Paul Ellison , met Nora Ellison .", PERSON=["Paul Ellison", "Nora Ellison"]))
    assert cast.relatives == {"Paul Ellison"}
    assert cast.fullest("Ellison") == "Nora Ellison"
    assert cast.fullest("Paul") == "Paul Ellison"


def test_outlets_near_a_place(doc_of):
    doc = doc_of("the NYT and then Reuters and then The New York Times", ORG=["NYT", "Reuters", "The New York Times"])
    cast, at = Cast(doc), [token.idx for token in doc]
    assert cast.outlet_near(at[3]) == "New York Times"  # the longest spelling of the one named last
    assert cast.outlet_near(at[3], after=True) == cast.outlet_near(at[6]) == "Reuters"
    assert cast.outlet_near(0) is None
    assert cast.outlet_near(len(doc.text), after=True) is None


def test_who_is_joined_by_and():
    doc = Doc(
        VOCAB, words="Ada Moss and Tom Hall".split(), heads=[0, 0, 3, 0, 3], deps=["ROOT", "flat", "cc", "conj", "flat"]
    )
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 3, 5, "PERSON")]
    assert joint(doc, Mention(doc.text, 0, len(doc.text))) == ["Ada Moss", "Tom Hall"]


@pytest.mark.parametrize("entities", [{"PERSON": ["Ada Moss"]}, {"PERSON": ["Ada Moss"], "ORG": ["Moss and Company"]}])
def test_who_is_not_joined_by_and(doc_of, entities):
    text = "Ada Moss of Moss and Company"
    assert joint(doc_of(text, **entities), Mention(text, 0, len(text))) == []


def test_a_party_is_not_its_watchdog():
    words = ["the", "Communist", "Party", "'s", "disciplinary", "watchdog"]
    deps = ["det", "compound", "nmod:poss", "case", "amod", "ROOT"]
    doc = Doc(VOCAB, words=words, spaces=[1, 1, 0, 1, 1, 0], heads=[2, 2, 5, 2, 5, 5], deps=deps)
    doc.ents = [Span(doc, 1, 3, "ORG")]
    described = named(doc, Mention(doc.text, 0, len(doc.text)))
    assert (described.name, described.kind) == (None, "organization")


def test_entities_are_found_in_time_that_grows_with_the_article(doc_of):
    def all_of(text):
        words = text.split()
        iobs = ["B-PERSON" if word == "Ada" else "I-PERSON" if word == "Moss" else "O" for word in words]
        doc = Doc(VOCAB, words=words, ents=iobs)
        found = [entities(doc[start : start + 4]) for start in range(0, len(doc), 4)]
        assert {ent.text for ents in found for ent in ents} == {"Ada Moss"}

    assert growth(all_of, "Ada Moss said so ", 1_000) < MOST


def test_an_entity_that_is_only_partly_in_a_span_is_not_in_it():
    doc = Doc(VOCAB, words=["Ada", "Moss", "said"], ents=["B-PERSON", "I-PERSON", "O"])
    assert [ent.text for ent in entities(doc[0:2])] == [ent.text for ent in entities(doc[0:3])] == ["Ada Moss"]
    assert entities(doc[0:1]) == entities(doc[1:3]) == []
    assert [ent.text for ent in entities(Doc(VOCAB, words=["Ada"], ents=["B-PERSON"])[0:1])] == ["Ada"]
