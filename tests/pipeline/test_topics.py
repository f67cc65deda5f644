"""Whom and what an article is about, from words and names that are marked by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

import quotes
from quotes.pipeline import extract
from quotes.pipeline.annotations import article_on_doc
from quotes.pipeline.language.marks import Marks
from quotes.pipeline.topics import MOST, topics
from quotes.records import Article, Outlet

SAMPLES = Path(quotes.__file__).parent / "samples"
LABELS = {"P": "PERSON", "O": "ORG", "L": "LOC", "D": "DATE", "N": "NORP"}
FILLER = "and so it went on for a long while as such things do . " * 6


@pytest.fixture(scope="module", autouse=True)
def extensions() -> None:
    article_on_doc()
    Marks()


def marked(blank: Language, text: str, headline: str = "", furniture: str = "", **told: object) -> Doc:
    """A text whose names stand as `[P Lena Marsh]`; headline and furniture are given as words of it."""
    words: list[str] = []
    ents: list[str] = []
    for label, name, word in re.findall(r"\[(\w) ([^\]]+)\]|(\S+)", text):
        parts = name.split() or [word]
        words += parts
        ents += [f"{'I' if n else 'B'}-{LABELS[label]}" if label else "O" for n in range(len(parts))]
    starts: list[bool | int | None] = [n == 0 or words[n - 1] == "." for n in range(len(words))]
    tags = ["NNP" if ent != "O" else "NN" for ent in ents]
    doc = Doc(blank.vocab, words=words, ents=ents, tags=tags, deps=["dep"] * len(words), sent_starts=starts)
    doc.tensor = np.zeros((len(doc), 4), np.float32)
    place, begin = doc.text.index(headline), doc.text.index(furniture)
    doc._.article = Article(
        doc.text,
        "test",
        headline=(place, place + len(headline)) if headline else None,
        furniture=((begin, begin + len(furniture)),) if furniture else (),
        **told,  # type: ignore[arg-type]
    )
    return doc


def test_it_is_about_those_whom_it_names_most_in_full(blank: Language) -> None:
    text = f"{FILLER} [P Lena Marsh] met [P Bo Lind] in [L Ellery] . [P Marsh] left [L Ellery] . [P Marsh] wept ."
    assert topics(marked(blank, text)) == ("Lena Marsh", "Ellery")


def test_headline_and_lead_weigh_more(blank: Language) -> None:
    text = f"[L Ellery] mourns [O Harbour Board] lost . {FILLER} [P Bo Lind] and [P Bo Lind] and [P Bo Lind] ."
    assert topics(marked(blank, text, headline="Ellery mourns")) == ("Ellery", "Harbour Board", "Bo Lind")


def test_dates_and_peoples_are_no_topics(blank: Language) -> None:
    assert topics(marked(blank, "[D Monday] [N Ellerians] wept on [D Monday] with [P Bo Lind] .")) == ("Bo Lind",)


def test_who_prints_writes_or_is_only_cited_is_left_out(blank: Language) -> None:
    text = "By [P Ada Orr] [O Harbour Courier] . [P Bo Lind] told [O Reuters] and [O Harbour Courier] in [L Harbour] ."
    doc = marked(blank, text, byline="Ada Orr", outlet=Outlet("Harbour Courier"))
    assert topics(doc) == ("Bo Lind", "Harbour")
    assert "Reuters" in topics(marked(blank, "[O Reuters] sold . It is so .", headline="Reuters sold"))


def test_the_place_of_the_dateline_counts_only_where_it_stands_again(blank: Language) -> None:
    text = "[L Ellery] - [P Bo Lind] wept ."
    assert topics(marked(blank, text, place="Ellery")) == ("Bo Lind",)
    assert "Ellery" in topics(marked(blank, f"{text} [L Ellery] wept .", place="Ellery"))


def test_what_stands_outside_the_story_is_no_topic(blank: Language) -> None:
    text = "[P Ada Orr] [P Ada Orr] [P Ada Orr] . [P Bo Lind] wept ."
    assert topics(marked(blank, text, furniture="Ada Orr Ada Orr Ada Orr .")) == ("Bo Lind",)


def test_there_are_no_more_than_can_be_read(blank: Language) -> None:
    names = "Aston Bexley Corby Dover Epsom Frome Goole Hexham Ilford Jarrow".split()
    found = topics(marked(blank, " ".join(f"[L {name}] wept . [L {name}] fell ." for name in names)))
    assert len(found) == len(set(found)) == MOST


@pytest.mark.parametrize("text", ["", "Ferry", "It fell ."])
def test_an_article_that_names_nobody_has_none(blank: Language, text: str) -> None:
    assert topics(marked(blank, text)) == ()


@pytest.mark.model
def test_articles_of_one_event_share_names(nlp: Language) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("0[12]-*.txt"))]
    one, other = (set(extract(nlp, Article(text, "ferry.txt"), with_topics=True).topics) for text in texts)
    assert "Port Ellery" in one & other
    assert not {"Port", "Ellery"} & (one | other)
