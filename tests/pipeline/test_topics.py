"""What an article is about, from a parse that is put together by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import quotes
from quotes.pipeline import extract
from quotes.pipeline.quotation.statements import QuotationFinder
from quotes.pipeline.topics import MOST, topics
from quotes.records import Article, Span

SAMPLES = Path(quotes.__file__).parent / "samples"
FERRY = """
The/DET ferry/NOUN sank/VERB/sink off/ADP Ellery/PROPN on/ADP Monday/PROPN ./PUNCT
The/DET owner/NOUN of/ADP the/DET ferry/NOUN ,/PUNCT Lena/PROPN Marsh/PROPN ,/PUNCT said/VERB/say so/ADV ./PUNCT
Marsh/PROPN sold/VERB/sell two/NUM lifeboats/NOUN/lifeboat last/ADJ year/NOUN ./PUNCT
Lifeboats/NOUN/lifeboat cost/VERB money/NOUN ,/PUNCT Marsh/PROPN said/VERB/say on/ADP Monday/PROPN ./PUNCT
"""


@pytest.fixture(scope="module", autouse=True)
def article_on_doc() -> None:
    QuotationFinder()


def parsed(blank: Language, text: str, furniture: tuple[Span, ...] = ()) -> Doc:
    """A text given as word, part of speech, and lemma where it is another; a sentence ends at each full stop."""
    rows = [row.split("/") for row in text.split()]
    words = [row[0] for row in rows]
    starts: list[bool | int | None] = [n == 0 or words[n - 1] == "." for n in range(len(words))]
    doc = Doc(
        blank.vocab,
        words=words,
        pos=[row[1] for row in rows],
        lemmas=[row[-1] if len(row) == 3 else row[0] for row in rows],
        sent_starts=starts,
    )
    doc._.article = Article(doc.text, "ferry.txt", furniture=furniture)
    return doc


def test_it_is_about_its_nouns_and_names(blank: Language) -> None:
    found = topics(parsed(blank, FERRY))
    assert {"ferry", "lifeboat", "Ellery"} <= set(found)
    assert not {"sell", "sink", "say", "two", "off"}.intersection(found)
    (named,) = [topic for topic in found if "Marsh" in topic]
    assert found.index(named) < found.index("money")


def test_days_and_years_are_no_topics(blank: Language) -> None:
    assert not [topic for topic in topics(parsed(blank, FERRY)) if "Monday" in topic or "year" in topic]


@pytest.mark.model
def test_articles_of_one_event_share_topics_that_are_whole_names(nlp: Language) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("0[12]-*.txt"))]
    one, other = (set(extract(nlp, Article(text, "ferry.txt"), with_topics=True).topics) for text in texts)
    assert {"Port Ellery", "Sula Maid"} <= one & other
    assert not {"Port", "Ellery", "Sula", "Maid"} & (one | other)


def test_parts_of_a_name_are_left_out_though_each_tells_more(blank: Language) -> None:
    board = "The/DET Harbour/PROPN Board/PROPN lost/VERB ./PUNCT "
    found = topics(parsed(blank, board + "The/DET letter/NOUN sank/VERB the/DET Harbour/PROPN Board/PROPN ./PUNCT"))
    assert "Harbour Board" in found and not {"Harbour", "Board"}.intersection(found)


def test_names_are_written_as_they_are(blank: Language) -> None:
    fund = "The/DET Securities/PROPN/Securitie Fund/PROPN lost/VERB its/PRON ferries/NOUN/ferry ./PUNCT "
    assert not [topic for topic in topics(parsed(blank, fund * 2)) if topic.split()[0] == "Securitie"]
    assert [topic for topic in topics(parsed(blank, fund * 2)) if topic.split()[0] == "Securities"]


def test_a_noun_that_only_stands_in_the_plural_is_a_topic(blank: Language) -> None:
    text = "Ferries/NOUN/ferry sank/VERB/sink ./PUNCT The/DET ferries/NOUN/ferry were/AUX/be old/ADJ ./PUNCT"
    assert "ferry" in topics(parsed(blank, text))


def test_what_stands_outside_the_story_is_no_topic(blank: Language) -> None:
    advertisement = "Mattress/NOUN/mattress sale/NOUN ./PUNCT"
    length = len(parsed(blank, advertisement).text)
    doc = parsed(blank, advertisement + FERRY, ((0, length),))
    assert not {"mattress", "sale"}.intersection(topics(doc))
    assert "mattress" in topics(parsed(blank, advertisement + FERRY))


def test_there_are_no_more_than_can_be_read(blank: Language) -> None:
    nouns = "weir lake mill bridge tunnel road harbour school court farm river valley church island market".split()
    found = topics(parsed(blank, " ".join(f"The/DET {noun}/NOUN fell/VERB/fall ./PUNCT" for noun in nouns)))
    assert len(found) == len(set(found)) == MOST


@pytest.mark.parametrize("text", ["", "Ferry/NOUN", "He/PRON said/VERB/say so/ADV ./PUNCT"])
def test_an_article_of_next_to_nothing_is_about_nothing(blank: Language, text: str) -> None:
    assert topics(parsed(blank, text)) == ()


@pytest.mark.parametrize("text", ["He/PRON did/VERB/do ./PUNCT", "No/INTJ no/INTJ", "!/PUNCT !/PUNCT !/PUNCT"])
def test_an_article_of_function_words_is_about_nothing(blank: Language, text: str) -> None:
    assert topics(parsed(blank, text)) == ()
