"""A copy of a database for others: without what tells of the machine that made it and, if asked for, without texts."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path, PureWindowsPath

from sqlite_utils import Database

from ..errors import ExportError
from ..lexicon.letters import folded
from ..reading.addresses import is_address, without_credentials
from ..records import Span

AROUND = 60
"""Characters that are kept before and after a quote, its cue and its source: about a clause."""
LEAST = 60
"""Characters that are left out at least; a shorter gap between passages stays."""
LEFT_OUT = "[…]"
NOTICE = "[Excerpts: only the words round quotes are in this copy. SHA-256 of the whole text: {}]"
"""What the text of an article ends with that is not whole. The digest tells holders of the text which one it was, and
articles of one length that have no quotes apart."""

_WORDS = """
SELECT quote_spans.start, quote_spans."end" FROM quotes JOIN quote_spans ON quote_id = id WHERE article_id = :article
UNION SELECT cue_start, cue_start + length(cue) FROM quotes WHERE article_id = :article AND cue IS NOT NULL
UNION SELECT mention_start, mention_start + length(mention) FROM quotes
    WHERE article_id = :article AND mention IS NOT NULL
ORDER BY 1
"""
_SOURCES = ("articles", "article_versions", "article_sources")


def publish(
    db: Database, target: Path, *, without_texts: bool = False, advance: Callable[[int], None] = lambda count: None
) -> None:
    """Make a copy of a database at `target`, for others; it is whole or not there.

    without_texts (bool): Leave of the text of an article only the passages round its quotes, which stand where they
        stood: what lies between is as many spaces, with a mark of what was left out.
    advance (Callable): Told of the articles whose texts were gone through.
    RAISES (ExportError): If there is something at `target`, or no folder for it.
    """
    if target.exists():
        raise ExportError(f"{target}: is there already; name another file, or remove it")
    if not target.parent.is_dir():
        raise ExportError(f"{target}: the folder {target.parent} is not there; make it first")
    made = target.with_name(f".{target.name}.part")
    made.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(made)) as connection:
            db.conn.backup(connection)
            connection.execute("PRAGMA journal_mode = DELETE")
            copy = Database(connection)
            with copy.atomic():
                _forget_the_machine(copy)
                if without_texts:
                    _leave_texts_out(copy, advance)
            # What was deleted stands in the parts of an index, and in free pages, until these are made anew.
            for table in ("quotes", "articles"):
                copy.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
            connection.commit()
            copy.execute("VACUUM")
        made.replace(target)
    finally:
        made.unlink(missing_ok=True)


def public_source(source: str) -> str:
    """Return how a source may be called before others: no password, and of a path that leads elsewhere the last name.

    What was named by a relative path is called so: `news/a.txt`.
    """
    if is_address(source):
        return without_credentials(source)
    path, sign, member = source.partition("#")
    parts = PureWindowsPath(path).parts  # takes / and \\
    if PureWindowsPath(path).anchor or path.startswith("~") or ".." in parts:
        path = parts[-1] if parts and parts[-1] not in ("..", "/", "\\") else "file"
    return path + sign + member


def excerpts(text: str, passages: Iterable[Span]) -> str:
    """Return a text of the same length with spaces, and a mark, for all that is not round these passages."""
    kept: list[list[int]] = []
    for start, end in passages:
        first, last = _at_a_space(text, start - AROUND, start), _after_a_space(text, end, end + AROUND)
        if kept and first - kept[-1][1] < LEAST:
            kept[-1][1] = max(kept[-1][1], last)
        else:
            kept.append([first if first >= LEAST else 0, last])
    if kept and len(text) - kept[-1][1] < LEAST:
        kept[-1][1] = len(text)
    parts, at = [], 0
    for first, last in kept:
        parts += [_gap(first - at), text[first:last]]
        at = last
    return "".join(parts) + _gap(len(text) - at)


def _gap(length: int) -> str:
    return f"\n\n{LEFT_OUT}{' ' * (length - len(LEFT_OUT) - 4)}\n\n" if length >= LEAST else " " * length


def _at_a_space(text: str, least: int, most: int) -> int:
    """Return the first place from `least` on at which a word begins, at most `most`."""
    if least <= 0:
        return 0
    found = re.compile(r"\s").search(text, least, most)
    return found.end() if found else most


def _after_a_space(text: str, least: int, most: int) -> int:
    """Return the last place up to `most` at which a word has ended, at least `least`."""
    if most >= len(text):
        return len(text)
    return max(least, *(text.rfind(sign, least, most) for sign in " \n\r\t"))


def _forget_the_machine(copy: Database) -> None:
    copy.execute("DELETE FROM ingest_failures")
    copy.execute("DELETE FROM fetches")
    copy.execute("DELETE FROM quote_decisions")
    copy.execute("UPDATE quotes SET decision = NULL WHERE decision IS NOT NULL")
    copy.execute("UPDATE ingests SET options = '{}'")
    copy.register_function(public_source, deterministic=True)
    for table in _SOURCES:
        # Two sources of an article that are called alike then are one.
        copy.execute(
            f"UPDATE OR REPLACE {table} SET source = public_source(source) WHERE source <> public_source(source)"
        )


def _leave_texts_out(copy: Database, advance: Callable[[int], None]) -> None:
    copy.execute("DELETE FROM article_versions")
    articles = [number for (number,) in copy.execute("SELECT id FROM articles ORDER BY id")]
    for article in articles:
        text, digest = copy.execute("SELECT text, sha256 FROM articles WHERE id = ?", [article]).fetchone()
        short = excerpts(text, copy.execute(_WORDS, {"article": article}).fetchall())
        if short != text:
            _put(copy, article, short, NOTICE.format(digest))
        advance(1)


def _put(copy: Database, article: int, text: str, notice: str) -> None:
    """Put a text in the place of an article's, with a notice at its end that is no part of the story."""
    start = len(text) + len("\n\n")
    whole = f"{text}\n\n{notice}"
    (title,) = copy.execute("SELECT title FROM articles WHERE id = ?", [article]).fetchone()
    copy.execute(
        "UPDATE articles SET text = ?, words = ?, sha256 = ?, folded = ? WHERE id = ?",
        [whole, len(whole.split()), hashlib.sha256(whole.encode()).hexdigest(), folded(title, whole), article],
    )
    copy.execute(
        """INSERT INTO furniture (article_id, n, start, "end")
        SELECT :article, coalesce(max(n), -1) + 1, :start, :end FROM furniture WHERE article_id = :article""",
        {"article": article, "start": start, "end": len(whole)},
    )
