"""What the forms of the review page send: decisions, which are written, and the way on to the next quote."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from datasette import Response

from ...errors import DecisionError, QuotesError, sqlite_words
from ...records import QUOTE_KINDS, SPEAKER_KINDS, Span, Speaker
from ...store.decisions import deciding
from ...store.decisions.speaker_choices import speaker_called
from ...store.locking import SharedDatabase
from ..datasette_compat import DatasetteError
from ..page_context import page_context, whole_number
from .review_access import require_own_form, require_reviewer
from .review_queue import queue_of
from .reviewing import Review


async def decide(request: Any, datasette: Any, review: Review) -> Any:
    """Write the decision that a form sent, and send its reader on to the next quote.

    RAISES (Forbidden): If the request is not a reviewer's own.
    RAISES (DatasetteError): If it can't be decided so.
    """
    context = await page_context(request, datasette)
    name = context.database.name
    review.require(context.database)
    await require_reviewer(request, datasette, name)
    form = await request.post_vars()
    require_own_form(request, datasette, name, form.get("token") or "")
    actor = request.actor["id"]
    by = review.reviewer if actor == "root" else str(actor)
    try:
        shown = await review.write(lambda db: _decided(db, form, by))
    except (QuotesError, ValueError, TypeError) as error:
        raise DatasetteError(str(error), title="This was not decided", status=400) from None
    except sqlite3.Error as error:
        raise DatasetteError(sqlite_words(error), title="This was not decided", status=503) from None
    queue = queue_of(form.get)
    on = context.path("/-/review") + queue.query(after=queue.position, quote=shown)
    return Response.redirect(on, status=303)


def _decided(db: SharedDatabase, form: dict[str, str], by: str) -> str | None:
    """Do what a form says; return the hash of the quote that is to be shown then, None for the next of the queue."""
    act, digest = form.get("act", ""), form.get("quote", "")
    if act == "undo":
        last = next(iter(db.execute("SELECT hash FROM quote_decisions ORDER BY id DESC LIMIT 1").fetchall()), None)
        digest = digest or (last[0] if last else "")
        undone = deciding.undo(db, digest)
        return undone.hash if undone.found else None
    if act == "reject":
        deciding.reject(db, digest, by)
        return None
    if act not in ("accept", "missed"):
        raise DecisionError("say what is decided")
    kind = form.get("kind") or None
    if kind is not None and kind not in QUOTE_KINDS:
        raise DecisionError(f"{kind}: a quote is {', '.join(QUOTE_KINDS)}")
    missed = whole_number(form.get("in_article", "")) if act == "missed" else None
    article_id = deciding.home_of(db, digest) if act == "accept" else missed
    if article_id is None:
        raise DecisionError("say which article it stands in")
    speaker = _speaker(db, article_id, form)
    spans = _spans(db, article_id, form)
    if act == "missed":
        if not spans:
            raise DecisionError("mark its words first")
        deciding.add(db, article_id, spans, kind or "direct", speaker, by)
        return digest or None
    speakerless = form.get("said_by") == "none"
    correction = deciding.Correction(speaker, speakerless, kind, spans or None)
    deciding.accept(db, digest, by, correction)
    return None


def _speaker(db: SharedDatabase, article_id: int, form: dict[str, str]) -> Speaker | None:
    """Return the speaker that was chosen, or typed; None if neither was."""
    chosen, typed = form.get("said_by", ""), form.get("typed", "").strip()
    if chosen == "typed":
        kind = form.get("typed_kind") or None
        if kind is not None and kind not in SPEAKER_KINDS:
            raise DecisionError(f"{kind}: a speaker is {', '.join(SPEAKER_KINDS)}")
        return speaker_called(db, article_id, typed, kind)
    kind, _, name = chosen.partition(":")
    if chosen in ("", "none"):
        return None
    if kind not in SPEAKER_KINDS:
        raise DecisionError("choose one of the speakers")
    return speaker_called(db, article_id, name, kind)


def _spans(db: SharedDatabase, article_id: int, form: dict[str, str]) -> list[Span]:
    """Return the pieces that were marked, none if none were.

    RAISES (DecisionError): If other words stand there than the reader marked: the text has changed meanwhile.
    """
    if not form.get("spans"):
        return []
    text = deciding.article_of(db, article_id).text
    found: list[Span] = []
    for start, end, words in json.loads(form["spans"]):
        if "".join(text[int(start) : int(end)].split()) != "".join(str(words).split()):
            raise DecisionError("the article has changed since this page was loaded; load it again")
        found.append((int(start), int(end)))
    return found
