"""The subjects of articles, from a table of words made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

import quotes
from quotes.lexicon.media_topics import SUBJECTS
from quotes.pipeline.subjects import Subjects, make_subjects
from quotes.records import Article, Span

WORDS = ["ferry", "goal", "minister", "the"]


@pytest.fixture
def subjects(blank: Language) -> Subjects:
    """A ferry is a disaster, a goal sport and less so arts, a minister politics; `the` is nothing."""
    names = ["arts", "disaster", "politics", "sport"]
    weights = np.array([[0, 6, 0, 0], [3, 0, 0, 6], [0, 0, 8, 0], [0, 0, 0, 0]])
    rest = {"word.bias": np.full(4, -3), "rarity": np.array([3, 3, 3, 1]), "threshold": np.array([0.5])}
    return Subjects(blank.vocab, "subjects").take(
        {"word": WORDS, "subject": names}, {"word.weight": weights.astype(float), **rest}
    )


def made(blank: Language, text: str, furniture: tuple[Span, ...] = (), **told: str) -> Doc:
    doc = blank.make_doc(text)
    doc._.article = Article(text, "test", furniture=furniture, **told)  # type: ignore[arg-type]
    return doc


def names(doc: Doc) -> list[str]:
    return [name for name, _ in doc._.subjects]


def test_words_tell_and_the_likeliest_comes_first(subjects: Subjects, blank: Language) -> None:
    doc = subjects(made(blank, "A goal. The Minister saw the goal."))
    assert names(doc) == ["sport", "politics"]
    assert all(0.5 < likelihood < 1 for _, likelihood in doc._.subjects)


def test_one_is_given_however_unlikely_and_never_more_than_three(subjects: Subjects, blank: Language) -> None:
    assert len(subjects(made(blank, "The the."))._.subjects) == 1
    subjects.weights["threshold"][:] = 0
    assert len(subjects(made(blank, "A goal."))._.subjects) == 3


@pytest.mark.parametrize("text", ["", " ", "Nothing known.", "“"])
def test_a_text_without_a_known_word_has_none(subjects: Subjects, blank: Language, text: str) -> None:
    assert subjects(made(blank, text))._.subjects == ()


def test_what_surrounds_the_story_does_not_count(subjects: Subjects, blank: Language) -> None:
    teaser = "Goal goal goal goal\n"
    assert names(subjects(made(blank, f"{teaser}A ferry sank.", ((0, len(teaser)),)))) == ["disaster"]


def test_the_address_and_a_title_that_is_not_in_the_text_count(subjects: Subjects, blank: Language) -> None:
    doc = made(blank, "It is so.", url="https://courier.example/news/ferry-sinks-20260301")
    assert names(subjects(doc)) == ["disaster"]
    assert names(subjects(made(blank, "It is so.", title="Minister resigns"))) == ["politics"]


def test_a_doc_that_was_bytes_has_them_still(subjects: Subjects, blank: Language) -> None:
    doc = subjects(blank.make_doc("The ferry sank."))
    assert Doc(blank.vocab).from_bytes(doc.to_bytes())._.subjects == doc._.subjects != ()


def test_without_weights_it_says_so(blank: Language) -> None:
    with pytest.raises(ValueError, match="'subjects' has no weights"):
        make_subjects(blank, "subjects")(blank.make_doc("The ferry sank."))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The striker scored twice as the club won the league match 3-1, the coach told fans.", "sport"),
        ("Police arrested a man over the murder; the court heard that the suspect denied the charges.", "crime"),
        ("The central bank raised interest rates as inflation hit investors, exports and the stock market.", "economy"),
        ("Doctors at the hospital said patients with malaria lacked vaccines, the health ministry said.", "health"),
    ],
)
def test_the_trained_weights_alone_tell_plain_cases(text: str, subject: str) -> None:
    nlp = quotes.load(enable="subjects")
    assert nlp(text)._.subjects[0][0] == subject


@pytest.mark.model
def test_the_names_are_those_of_the_media_topics() -> None:
    component = quotes.load(enable="subjects").get_pipe("subjects")
    assert component.names["subject"] == list(SUBJECTS)  # type: ignore[attr-defined]
