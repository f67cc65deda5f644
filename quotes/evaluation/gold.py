"""Quotes annotated by hand.

A gold folder has a JSON file an article: an object with `doc`, the article's file name, and `quotes`, a list of
entries. An entry is one contiguous piece of content: `text` (exactly as it stands, quotation marks included),
`occurrence` (which one, where the same words stand earlier; 1 by default) or `start` and `end`, `kind`, `speaker`
(resolved) and `speaker_type`, null where nobody can be named; `via` or null; `optional`, true where its absence is no
error; `speaker_aliases`, further right names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReadingError
from ..records import QUOTE_KINDS, SPEAKER_KINDS, QuoteKind, Span, SpeakerKind


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """One contiguous piece of content, and whose it is.

    names (tuple[str, ...]): The right names of the speaker; empty where nobody can be named.
    optional (bool): Whether its absence is no error; found, it is neither right nor wrong.
    """

    span: Span
    kind: QuoteKind
    names: tuple[str, ...]
    speaker_kind: SpeakerKind | None
    via: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold.

    path (Path): Of the article's text file.
    text (str): What the gold's places count in.
    """

    path: Path
    text: str
    quotes: tuple[GoldQuote, ...]


def read_gold(gold: Path, texts: Path) -> Iterator[GoldArticle]:
    """Yield the articles of a gold folder, in the order of its files.

    RAISES (ReadingError): If a gold file is broken, or does not fit its text.
    """
    paths = sorted(gold.glob("*.json"))
    if not paths:
        raise ReadingError(str(gold), "no *.json in this folder")
    for path in paths:
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            article = texts / document["doc"]
            text = article.read_bytes().decode("utf-8")
            quotes = tuple(_quote(entry, text) for entry in document["quotes"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            why = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise ReadingError(str(path), f"not a gold file ({why})") from error
        yield GoldArticle(article, text, quotes)


def _quote(entry: dict[str, Any], text: str) -> GoldQuote:
    kind, speaker_kind = entry["kind"], entry["speaker_type"]
    if kind not in QUOTE_KINDS:
        raise ValueError(f"kind is {kind!r}, not one of {', '.join(QUOTE_KINDS)}")
    if speaker_kind not in SPEAKER_KINDS and (speaker_kind or entry["speaker"]):
        raise ValueError(f"speaker_type is {speaker_kind!r}, not one of {', '.join(SPEAKER_KINDS)}")
    names = tuple(name for name in (entry["speaker"], *entry.get("speaker_aliases", ())) if name)
    return GoldQuote(_place(entry, text), kind, names, speaker_kind, entry.get("via"), bool(entry.get("optional")))


def _place(entry: dict[str, Any], text: str) -> Span:
    if "start" in entry:
        start, end = int(entry["start"]), int(entry["end"])
        if text[start:end] != entry["text"]:
            raise ValueError(f"the article has no {entry['text'][:60]!r} at {start}")
        return start, end
    at = -1
    for _ in range(entry.get("occurrence") or 1):
        at = text.find(entry["text"], at + 1)
        if at < 0:
            raise ValueError(f"the article has no {entry['text'][:60]!r}")
    return at, at + len(entry["text"])
