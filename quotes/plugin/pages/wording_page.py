"""The page of a wording: every variant by outlet and day, what differs from the fullest, and to whom it is given."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal
from urllib.parse import urlencode

from ..page_context import page_context
from .cards import cards

ROUTE = r"/(?P<database>[^/]+)/-/wording/(?P<wording>[^/]+)$"
MOST = 200
"""Quotes of a wording that are shown, the earliest first; the table has all."""
MOST_WORK = 1_000_000
"""Words of the fullest form times words that a variant has in common with it, over all variants of a page: 0.6 s if
they are made to be hard. Two hundred variants of forty words are a third of it."""

WORDING = "SELECT * FROM wordings WHERE id = ?"
SAID = f"""
SELECT quotes.id, group_concat(sayings.text, ' … ') AS said FROM sayings JOIN quotes ON quotes.id = sayings.quote_id
WHERE sayings.wording_id = ? GROUP BY quotes.id
ORDER BY quotes.published IS NULL, quotes.published, quotes.id LIMIT {MOST}
"""
THROUGH = {"table": "sayings", "column": "wording_id"}
"""How Datasette's table of quotes is filtered by what another table says of them."""
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

    RAISES (NotFound, Forbidden): As `page_context` does, or if there is no such wording.
    """
    context = await page_context(request, datasette)
    wording = await context.row(WORDING, "wording")
    said = {row["id"]: row["said"] for row in await context.rows(SAID, [wording["id"]])}
    quotes = await cards(context, said)
    fullest = wording["text"] or ""
    named = [quote for quote in quotes if quote["speaker_kind"] in ("person", "organization")]
    given_to = Counter((quote["speaker_id"], quote["speaker"]) for quote in named)
    return await context.answer(
        "quotes_wording.html",
        wording=wording,
        fullest=fullest,
        quotes=quotes,
        differences=differences(fullest, said.values()),
        said=said,
        first=[quote for quote in quotes if quote["published"] and quote["published"] == quotes[0]["published"]],
        given_to=given_to.most_common() if wording["speakers"] > 1 else [],
        **context.table(urlencode({"_through": json.dumps({**THROUGH, "value": wording["id"]})})),
    )


def differences(fullest: str, variants: Iterable[str]) -> dict[str, list[Piece]]:
    """Return each variant as pieces, with what it leaves out of the fullest; marks and letters' case are no difference.

    Those that are too much work beside the others are one piece as they stand.
    """
    before = _words(fullest)
    bare = list(map(_bare, before))
    times = Counter(bare)
    found = {}
    left = MOST_WORK
    for variant in dict.fromkeys(variants):
        after = _words(variant)
        other = list(map(_bare, after))
        work = len(bare) * min(len(other), sum(times[word] for word in other))
        if work > left:
            found[variant] = [Piece("same", variant)]
            continue
        left -= work
        matcher = SequenceMatcher(None, bare, other, autojunk=False)
        found[variant] = _pieces(before, after, matcher)
    return found


def _pieces(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> list[Piece]:
    found: list[Piece] = []
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
    """Return a word without the marks around it. Those within it, and a minus, are of it: 1.5, -3."""
    start = next((n for n, character in enumerate(word) if character.isalnum()), len(word))
    end = next((n for n in range(len(word), start, -1) if word[n - 1].isalnum()), start)
    if start and word[start - 1] == "-" and word[start : start + 1].isdecimal():
        start -= 1
    return word[start:end].replace("’", "'").casefold()
