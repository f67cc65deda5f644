"""Quotes as annotations of their articles, by the W3C's Web Annotation Data Model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote as percent_encoded
from uuid import NAMESPACE_OID, uuid5

from sqlite_utils import Database

from ..reading.addresses import is_address
from .quote_rows import JOINS, ROLE
from .quote_selection import Advance, Selection, count, counted
from .text_tables import as_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after: as many as Hypothesis takes, enough to tell equal words apart."""
_SQL = f"""
SELECT quotes.id, quotes.hash, quotes.article_id, coalesce(articles.url, articles.source) AS source, articles.language,
       articles.pipeline, speakers.name AS speaker, {ROLE} AS role, quotes.kind, quotes.act, quotes.cue,
       quotes.confidence
FROM quotes NOT INDEXED {JOINS} WHERE {{where}} ORDER BY quotes.id
"""


def write_annotations(db: Database, selection: Selection, out: IO[str], advance: Advance) -> None:
    """Write an AnnotationCollection with its one page of annotations, each on a line of its own.

    The target of an annotation is the address of the article, or what it was read from; a quote of several pieces has
    a target for each. Positions count code points of the text that the database has.
    """
    head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": "quotes", "total": count(db, selection)}
    out.write(as_json(head)[:-1] + ', "first": {"type": "AnnotationPage", "startIndex": 0, "items": [')
    for n, annotation in enumerate(counted(_annotations(db, selection), advance)):
        out.write((",\n" if n else "\n") + as_json(annotation))
    out.write("\n]}}\n")


def _annotations(db: Database, selection: Selection) -> Iterator[dict[str, Any]]:
    article, text = None, ""
    for row in db.query(_SQL.format(where=selection.where), selection.parameters):
        if row["article_id"] != article:  # quotes of an article follow each other
            article = row["article_id"]
            (text,) = db.execute("SELECT text FROM articles WHERE id = ?", [article]).fetchone()
        spans = db.execute('SELECT start, "end" FROM quote_spans WHERE quote_id = ? ORDER BY n', [row["id"]]).fetchall()
        yield _annotation(row, [_target(row, text, start, end) for start, end in spans])


def _annotation(row: dict[str, Any], targets: list[dict[str, Any]]) -> dict[str, Any]:
    facts = [f"{row['kind']} quote", f"cue “{row['cue']}”" if row["cue"] else "", f"confidence {row['confidence']:g}"]
    who = ", ".join(filter(None, (row["speaker"], row["role"])))
    bodies = [_body("identifying", row["speaker"])] if row["speaker"] else []
    bodies += [_body("describing", f"{who or 'No speaker found'}: {'; '.join(filter(None, facts))}")]
    bodies += [_body("tagging", tag) for tag in (row["kind"], row["act"])]
    return {
        "id": uuid5(NAMESPACE_OID, row["hash"]).urn,
        "type": "Annotation",
        "motivation": "identifying" if row["speaker"] else "describing",
        "generator": {"type": "Software", "name": row["pipeline"]},
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _target(row: dict[str, Any], text: str, start: int, end: int) -> dict[str, Any]:
    source = row["source"]
    words = {"type": "TextQuoteSelector", "exact": text[start:end]}
    words |= {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
    return {
        # The path of a file is no IRI as it stands: spaces, letters, a colon.
        "source": source if is_address(source) else percent_encoded(source),
        "selector": [words, {"type": "TextPositionSelector", "start": start, "end": end}],
    }
