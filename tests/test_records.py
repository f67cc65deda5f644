"""The records are values: they can't be changed, compare by what they hold, and pass between processes."""

import hashlib
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_args

import pytest

from quotes import records
from quotes.records import Article, Extraction, Failure, Mention, Outlet, Quote, Speaker

ARTICLE = Article("“We knew,” she said.\r\n“All of it.”", "ferry.txt", outlet=Outlet("Harbour Courier"))
QUOTE = Quote(
    kind="direct",
    spans=((0, 10), (22, 34)),
    text="“We knew,” “All of it.”",
    cue=Mention("said", 15, 19),
    mention=Mention("she", 11, 14),
    mention_kind="pronoun",
    speaker=Speaker("Nadia Ferrant", "person", "commander"),
)
RECORDS = [
    ARTICLE,
    QUOTE,
    Extraction(ARTICLE, (QUOTE,)),
    Outlet("Northwire", kind="agency"),
    Failure("a.txt", "read", "empty"),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_records_are_frozen_values(record: object) -> None:
    assert is_dataclass(record) and not isinstance(record, type)
    with pytest.raises(FrozenInstanceError):
        setattr(record, fields(record)[0].name, None)
    assert not hasattr(record, "__dict__")
    copy = pickle.loads(pickle.dumps(record))
    assert copy == record and hash(copy) == hash(record)


def test_an_article_without_more_is_english_and_bare() -> None:
    article = Article("A story.", "-")
    assert article.language == "en"
    assert article.furniture == () and article.headline is None
    assert {article.title, article.byline, article.published, article.place, article.url} == {None}
    assert article.outlet is article.agency is None


def test_the_digest_is_of_the_text_alone() -> None:
    text = "“We knew,” said Zoë.\r\n"
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert Article(text, "a.txt").sha256 == digest
    assert Article(text, "b.txt", title="Ferry", url="https://courier.example/1").sha256 == digest
    assert Article(text.replace("\r\n", "\n"), "a.txt").sha256 != digest


def test_a_quote_of_several_pieces_reaches_from_the_first_to_the_last() -> None:
    assert (QUOTE.start, QUOTE.end) == (0, 34)
    assert " ".join(ARTICLE.text[start:end] for start, end in QUOTE.spans) == QUOTE.text


def test_an_extraction_is_read_as_its_quotes() -> None:
    other = Quote("indirect", ((11, 19),), "she said")
    assert list(Extraction(ARTICLE, (QUOTE, other))) == [QUOTE, other]
    assert list(Extraction(ARTICLE, ())) == []


def test_a_bare_quote_is_nobodys() -> None:
    bare = Quote("indirect", ((0, 4),), "that")
    assert bare.speaker is bare.cue is bare.mention is bare.via is bare.citing is None
    assert bare.mention_kind == "none" and bare.act == "say"


@pytest.mark.parametrize(
    ("values", "literal"),
    [
        (records.QUOTE_KINDS, records.QuoteKind),
        (records.SPEAKER_KINDS, records.SpeakerKind),
        (records.MENTION_KINDS, records.MentionKind),
        (records.OUTLET_KINDS, records.OutletKind),
        (records.ACTS, records.Act),
    ],
)
def test_the_lists_of_kinds_are_those_of_the_types(values: tuple[str, ...], literal: object) -> None:
    assert values == get_args(literal)
    assert len(set(values)) == len(values) > 2
