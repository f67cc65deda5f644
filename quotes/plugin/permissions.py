"""Who may see the pages of a database: whoever may see every table that they show."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from weakref import WeakKeyDictionary

from datasette import Forbidden

from . import datasette_compat

TABLES = (
    "articles", "article_groups", "article_subjects", "article_topics", "furniture", "outlets", "quotes", "quote_spans",
    "sayings", "speaker_names", "speakers", "subjects", "topics", "wordings",
)  # fmt: skip
"""What the pages show: who may not see one of them may see no page."""
RECHECK = 5.0
"""Seconds: permissions may change."""
MAX_ACTORS = 1_000

Visibility = Literal["hidden", "private", "public"]


@dataclass(slots=True)
class _Remembered:
    """What an actor may see of a database, asked once for all requests that come at the same time."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    checked: float = -RECHECK
    visibility: Visibility = "hidden"


_remembered: WeakKeyDictionary[Any, dict[tuple[str, str], _Remembered]] = WeakKeyDictionary()


async def is_private(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether the pages are hidden from the anonymous actor. Remembered for some seconds.

    RAISES (Forbidden): If the actor may not see all the tables: the pages join them.
    """
    # Datasette copies all metadata for each question: 30 ms in all, more than the rest of a page.
    actors = _remembered.setdefault(datasette, {})
    key = (json.dumps(actor, sort_keys=True, default=str), database)
    if key not in actors and len(actors) >= MAX_ACTORS:
        actors.clear()
    remembered = actors.setdefault(key, _Remembered())
    async with remembered.lock:
        if time.monotonic() - remembered.checked >= RECHECK:
            remembered.visibility = await _visibility(datasette, actor, database)
            remembered.checked = time.monotonic()
    if remembered.visibility == "hidden":
        raise Forbidden("You do not have permission to view this page")
    return remembered.visibility == "private"


async def _visibility(datasette: Any, actor: Any, database: str) -> Visibility:
    if not await datasette_compat.may_view_tables(datasette, actor, database, TABLES):
        return "hidden"
    if actor is None or await datasette_compat.may_view_tables(datasette, None, database, TABLES):
        return "public"
    return "private"
