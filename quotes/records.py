"""The records that pass between the rooms: what was read, and what was found in it.

All are frozen. Offsets count characters of `Article.text`, from 0, the end excluded, so that
`article.text[start:end]` is the stored text, character for character.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

Span = tuple[int, int]
"""Start and end of a passage, in characters of the article's text."""

QuoteKind = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "organization", "unnamed", "document"]
MentionKind = Literal["name", "description", "pronoun", "none"]
OutletKind = Literal["newspaper", "agency", "broadcaster", "magazine", "website", "government", "other"]
Act = Literal[
    "say", "add", "ask", "claim", "deny", "warn", "urge", "promise", "announce", "confirm",
    "explain", "suggest", "criticize", "praise", "write", "reply", "predict", "report",
]  # fmt: skip

Gender = Literal["woman", "man"]
Subject = tuple[str, float]
"""What an article is about, one of `quotes.lexicon.media_topics.SUBJECTS`, and how likely: 0 to 1."""
SourceKind = str
"""`text`, `html`, `warc` and so on: one of `quotes.reading.kinds.SOURCE_KINDS`."""

QUOTE_KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
OUTLET_KINDS: tuple[OutletKind, ...] = get_args(OutletKind)
ACTS: tuple[Act, ...] = get_args(Act)
GENDERS: tuple[Gender, ...] = get_args(Gender)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who prints or carries news; agencies are outlets too.

    name (str): As readers know it: `The Korea Herald`.
    domain (str | None): Its web domain without `www.`.
    kind (OutletKind): What sort of outlet it is; `agency` for a wire service.
    """

    name: str
    domain: str | None = None
    kind: OutletKind = "other"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read. `text` is never rewritten.

    text (str): The decoded file itself, or the story extracted from a page.
    source (str): Where it was read from: a path as given, a URL, or `-`.
    published (str | None): `YYYY-MM-DD`.
    agency (Outlet | None): The wire service whose copy this is.
    furniture (tuple[Span, ...]): What surrounds the story on its page and yields no quotes:
        share bars, teasers, captions, front matter. Sorted, not overlapping.
    headline (Span | None): Where the title stands in the text, if it does.
    markup (tuple[Span, ...]): Signs in the text that are no words of it, as Markdown has them: it is read without.
        Sorted, not overlapping.
    """

    text: str
    source: str
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    place: str | None = None
    url: str | None = None
    outlet: Outlet | None = None
    agency: Outlet | None = None
    language: str = "en"
    furniture: tuple[Span, ...] = ()
    headline: Span | None = None
    markup: tuple[Span, ...] = ()

    @property
    def sha256(self) -> str:
        """Hex digest of the text: what makes an article without a URL itself again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words as they stand in the article: a cue (`said`) or a source (`the official`)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a mention stands for, resolved over the whole article.

    name (str): The fullest name the article gives, without titles; for an unnamed source its
        fullest description (`a State Department spokesperson`).
    role (str | None): What the article says they are: `NSC spokesperson`.
    gender (Gender | None): As the article shows it, never guessed from a first name; None where it does not, or
        where it shows both.
    gender_words (tuple[str, ...]): The words that show it: `Mrs`, `spokeswoman`, `his wife`, `she`.
    """

    name: str
    kind: SpeakerKind
    role: str | None = None
    gender: Gender | None = None
    gender_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """One thing that someone said.

    kind (QuoteKind): `direct` when all of it is between quotation marks, `mixed` when a
        reported clause holds quoted words, `indirect` when it is reported without marks.
    spans (tuple[Span, ...]): One for each contiguous piece, quotation marks included. A quote
        split round its cue, or running over several paragraphs, is one quote with several.
    text (str): The pieces joined by one space.
    cue (Mention | None): The words that say it was said.
    mention (Mention | None): The source as it stands there.
    mention_kind (MentionKind): What sort of words the mention is.
    speaker (Speaker | None): Who that is; None where the article does not tell.
    via (str | None): The outlet or agency that carried the words to this one.
    citing (str | None): Whom the speaker names as its own source.
    act (Act): What was done by saying it.
    confidence (float): 0 to 1.
    method (str): The rule or model head that decided.
    """

    kind: QuoteKind
    spans: tuple[Span, ...]
    text: str
    cue: Mention | None = None
    mention: Mention | None = None
    mention_kind: MentionKind = "none"
    speaker: Speaker | None = None
    via: str | None = None
    citing: str | None = None
    act: Act = "say"
    confidence: float = 1.0
    method: str = ""

    @property
    def start(self) -> int:
        """First character of the first piece."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """One past the last character of the last piece."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with the quotes that were found in it, in the order of the text.

    topics (tuple[str, ...]): The names of whom and what it is about, where that was asked for.
    subjects (tuple[Subject, ...]): What it is about, of a list that is the same for all articles; most likely first.
    failures (tuple[Failure, ...]): Components that failed on it; the quotes are what the others found.
    """

    article: Article
    quotes: tuple[Quote, ...]
    topics: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    subjects: tuple[Subject, ...] = ()

    def __iter__(self) -> Iterator[Quote]:
        return iter(self.quotes)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that did not go in, for the table `ingest_failures`.

    stage (str): `read`, `extract` or `store`; or the component of the pipeline that failed.
    """

    source: str
    stage: str
    error: str
