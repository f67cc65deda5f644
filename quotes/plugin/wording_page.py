"""The page of a wording: every variant by outlet and day, what differs from the fullest, and to whom it is given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from .cards import cards
from .ours import visit

ROUTE = r"/(?P<database>[^/]+)/-/wording/(?P<wording>[^/]+)$"
MOST = 200
"""Quotes of a wording that are shown, the earliest first; the table has all."""
MOST_WORDS = 400
"""Of a variant that is compared: more is a speech."""

WORDING = "SELECT * FROM wordings WHERE id = ?"
QUOTES = f"SELECT id FROM quotes WHERE wording_id = ? ORDER BY published IS NULL, published, id LIMIT {MOST}"
MARKS = re.compile(r"^(?:(?!-\d)[\W_])+|[\W_]+$")
"""Around a word. Those within it, and a minus, are of it: 1.5, -3."""

Change = Literal["same", "left out", "put in", "cut"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a variant that the fullest has too, that it leaves out of it, or that it puts in.

    What it leaves out at either end is `cut`.
    """

    change: Change
    text: str


async def wording_page(request: Any, datasette: Any) -> Any:
    """Return the page.

    RAISES (NotFound, Forbidden): As `visit` does, or if there is no such wording.
    """
    here = await visit(request, datasette)
    wording = await here.row(WORDING, "wording")
    quotes = await cards(here, [number for (number,) in await here.rows(QUOTES, [wording["id"]])])
    fullest = wording["text"] or ""
    named = [quote for quote in quotes if quote["speaker_kind"] in ("person", "organization")]
    given_to = Counter((quote["speaker_id"], quote["speaker"]) for quote in named)
    return await here.answer(
        "quotes_wording.html",
        wording=wording,
        fullest=fullest,
        quotes=quotes,
        most=MOST,
        differences={quote["id"]: differences(fullest, quote["text"]) for quote in quotes},
        first=next((quote for quote in quotes if quote["published"]), None),
        given_to=given_to.most_common() if wording["speakers"] > 1 else [],
        **here.table(f"wording_id={wording['id']}"),
    )


def differences(fullest: str, variant: str) -> list[Piece]:
    """Return a variant as pieces, with what it leaves out of the fullest; marks and letters' case are no difference."""
    before, after = _words(fullest), _words(variant)
    if len(before) + len(after) > 2 * MOST_WORDS:
        return [Piece("same", variant)]
    found: list[Piece] = []
    matcher = SequenceMatcher(None, list(map(_bare, before)), list(map(_bare, after)), autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", " ".join(after[begin:stop])))
            continue
        is_end = start == 0 or end == len(before)
        lost: Change = "cut" if is_end and end - start > stop - begin else "left out"
        changes: tuple[tuple[Change, list[str]], ...] = ((lost, before[start:end]), ("put in", after[begin:stop]))
        found += [Piece(change, " ".join(words)) for change, words in changes if words]
    return found


def _words(text: str) -> list[str]:
    """Return words with the marks beside them; a mark that stands alone is no word."""
    words: list[str] = []
    for word in text.split():
        if words and (not _bare(word) or not _bare(words[-1])):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _bare(word: str) -> str:
    return MARKS.sub("", word).replace("’", "'").casefold()
