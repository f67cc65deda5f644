"""The newest quotes of a speaker, a search, or any other selection, as an Atom feed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

from datasette import Response

from ..counts.counting import matching
from ..counts.quote_columns import columns_of
from ..counts.selection import selection_of
from ..page_context import page_context
from .cards import cards
from .quotes_page import chosen_labels, labels_of, search

ROUTE = r"/(?P<database>[^/]+)/-/quotes\.atom$"
EACH = 50
ATOM = "http://www.w3.org/2005/Atom"
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold."""
LONGEST_TITLE = 120
NO_DAY = "1970-01-01"


async def feed(request: Any, datasette: Any) -> Any:
    """Return the feed of a selection, as the page of quotes takes it.

    RAISES (NotFound, Forbidden): As `page_context` does.
    """
    context = await page_context(request, datasette)
    columns = await columns_of(context.database)
    selection, _ = selection_of(request.args.get)
    found, _ = await search(context, columns, selection.q)
    quotes = await cards(context, columns.id[matching(columns, selection, found)[:EACH]].tolist())
    labels = await labels_of(context, selection, {})
    about = "; ".join(f"{title}: {label}" for title, label, _ in chosen_labels(selection, labels))

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, path))

    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    this = absolute(context.path("/-/quotes.atom") + selection.query())
    _add(root, "id", this)
    _add(root, "title", f"Quotes in {context.database.name}" + (f" — {about}" if about else ""))
    _add(root, "subtitle", "Extracted by a machine: follow a quote to its article before you rely on it.")
    _add(root, "updated", _moment(max((quote["published"] or NO_DAY for quote in quotes), default=NO_DAY)))
    _add(root, "link", rel="self", href=this)
    _add(root, "link", rel="alternate", href=absolute(context.path("/-/quotes") + selection.query()))
    for quote in quotes:
        entry = _add(root, "entry")
        link = absolute(context.path(f"/-/article/{quote['article_id']}#q-{quote['id']}"))
        who = quote["speaker"] or "no speaker found"
        text = quote["text"]
        short = text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rstrip() + "…"
        _add(entry, "id", link)
        _add(entry, "title", f"{who}: {short}")
        _add(entry, "updated", _moment(quote["published"] or NO_DAY))
        _add(entry, "link", rel="alternate", href=link)
        _add(_add(entry, "author"), "name", who)
        where = " · ".join(filter(None, (quote["outlet"], quote["published"], quote["title"])))
        facts = f"{quote['kind']} quote, confidence {quote['confidence']:.2f}, pipeline {quote['pipeline']}"
        role = f", {quote['role']}" if quote["role"] else ""
        _add(entry, "content", f"{text}\n\n{who}{role}\n{where}\n{facts}")
    body = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    return Response(
        f'<?xml version="1.0" encoding="utf-8"?>\n{body}', content_type="application/atom+xml; charset=utf-8"
    )


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, {key: UNFIT.sub("�", value) for key, value in attributes.items()})
    element.text = UNFIT.sub("�", text) or None
    return element


def _moment(day: str) -> str:
    try:
        return f"{date.fromisoformat(day)}T00:00:00Z"
    except ValueError:  # what the database takes for a day may be the 99th
        return f"{NO_DAY}T00:00:00Z"
