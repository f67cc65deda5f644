"""Pages that a browser or a proxy has already are not made again: ETag, Cache-Control, and 304 for an answer."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from datasette import Response

from .counts.quote_columns import file_version, has_stale_columns
from .datasette_compat import MESSAGES_COOKIE
from .page_context import PageContext, page_context, visible_contexts

View = Callable[[Any, Any], Any]

SETTLED = 2.0
"""Seconds after which a file that has changed has another time of change: its clock may stand still for some."""

_starts: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def conditional_get(view: View) -> View:
    """Return a page that answers 304 to those who have it as it is, and tells others how to ask so the next time.

    view (View): Takes a request and a Datasette, as a route does.
    """

    @wraps(view)
    async def answer(request: Any, datasette: Any) -> Any:
        if "database" in request.url_vars:
            contexts = [await page_context(request, datasette)]
        else:
            contexts = await visible_contexts(request, datasette)
        tag = _tag(request, datasette, contexts)
        public = f"public, max-age={datasette.setting('default_cache_ttl')}"
        headers = {"Cache-Control": public, "Vary": "Cookie, Authorization", "ETag": tag}
        if tag and _has(request.headers.get("if-none-match") or "", tag):
            return Response("", status=304, headers=headers)
        response = await view(request, datasette)
        # A page that was made while the file changed may have something of both.
        if contexts and response.status == 200:
            lasting = tag and tag == _tag(request, datasette, contexts)
            response.headers |= headers if lasting else {"Cache-Control": "private, no-cache"}
        return response

    return answer


def _tag(request: Any, datasette: Any, contexts: list[PageContext]) -> str:
    """Return what stands for all that goes into a page, "" where that can't be told, or is one reader's alone."""
    is_own = request.actor is not None or any(one.private for one in contexts) or MESSAGES_COOKIE in request.cookies
    if request.method != "GET" or not contexts or is_own:
        return ""
    versions = {one.database.name: file_version(one.database) for one in contexts}
    for one in contexts:
        version = versions[one.database.name]
        if version is None or has_stale_columns(one.database, version):
            return ""
        if any(time.time() - changed / 1e9 < SETTLED for changed, _ in version):
            return ""
    # Templates, metadata, settings and plugins may be others after a start; some queries ask what day it is.
    started = _starts.setdefault(datasette, secrets.token_hex(8))
    parts = [started, datetime.now(UTC).date().isoformat(), request.full_path, versions]
    digest = hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def _has(wanted: str, tag: str) -> bool:
    """Whether a header If-None-Match names a tag; a proxy may have made a strong one of a weak one, or back."""
    return tag.removeprefix("W/") in {one.strip().removeprefix("W/") for one in wanted.split(",")}
