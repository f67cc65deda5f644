"""Is a database sound? The file, its keys and indexes, each span in its article, each count."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..errors import sqlite_words
from ..linking.wordings.sayings import sayings
from ..records import Quote

MOST = 20
"""Lines at most for one kind of fault: a damaged page is the cause of hundreds."""
_LINK = "`quotes link` puts that right"
_REBUILD = """sqlite3 FILE "INSERT INTO {0} ({0}) VALUES ('rebuild')" puts that right"""
_SALVAGE = "take a copy from before, or salvage with: sqlite3 FILE .recover | sqlite3 NEW"

_FURNITURE = 'SELECT start, "end" FROM furniture WHERE article_id = ?'
_SPANS = 'SELECT start, "end" FROM quote_spans WHERE quote_id = ? ORDER BY n'

FAULTS = {
    "variants without sayings": """
        SELECT id FROM wording_variants
        WHERE id NOT IN (SELECT variant_id FROM sayings WHERE variant_id IS NOT NULL)""",
    "variants without a wording": "SELECT id FROM wording_variants WHERE wording_id IS NULL",
    "wordings without variants": """
        SELECT id FROM wordings
        WHERE id NOT IN (SELECT wording_id FROM wording_variants WHERE wording_id IS NOT NULL)""",
    "quotes with a saying in another wording than its variant": """
        SELECT DISTINCT quote_id FROM sayings LEFT JOIN wording_variants ON wording_variants.id = variant_id
        WHERE sayings.wording_id IS NOT wording_variants.wording_id""",
    "quotes without sayings": """
        SELECT id FROM quotes WHERE kind <> 'indirect' AND text GLOB '*[a-zA-Z0-9]*'
            AND NOT EXISTS (SELECT 1 FROM sayings WHERE quote_id = quotes.id)""",
    "sayings that stand outside their quotes": """
        SELECT DISTINCT quotes.id FROM sayings JOIN quotes ON quotes.id = quote_id
        WHERE quotes.start > sayings.start OR quotes."end" < sayings."end" """,
    "variants in another wording than their parent": """
        SELECT child.id FROM wording_variants AS child JOIN wording_variants AS parent ON parent.id = child.parent_id
        WHERE child.wording_id <> parent.wording_id""",
    "wordings of two trees": """
        SELECT wording_id FROM wording_variants WHERE parent_id IS NULL GROUP BY 1 HAVING count(*) > 1""",
    "wordings with wrong counts or days": """
        SELECT id FROM wordings WHERE (quotes, outlets, first_published, last_published) IS NOT (
            SELECT count(DISTINCT quotes.id), count(DISTINCT outlet_id), min(published), max(published)
            FROM sayings JOIN quotes ON quotes.id = quote_id WHERE wording_id = wordings.id)""",
    "wordings with a wrong count of speakers": """
        SELECT id FROM wordings WHERE speakers <> (
            SELECT count(DISTINCT speaker_id) FROM sayings JOIN quotes ON quotes.id = quote_id
            JOIN speakers ON speakers.id = speaker_id
            WHERE wording_id = wordings.id AND speakers.kind IN ('person', 'organization'))""",
    "grams of nothing": """
        SELECT DISTINCT node_id FROM wording_grams WHERE node_id NOT IN (SELECT id FROM wording_variants)
        UNION SELECT DISTINCT node_id FROM article_grams WHERE node_id NOT IN (SELECT id FROM article_copies)""",
    "names without quotes": """
        SELECT id FROM speaker_names WHERE id NOT IN (SELECT name_id FROM quotes WHERE name_id IS NOT NULL)""",
    "speakers without names": "SELECT id FROM speakers WHERE id NOT IN (SELECT speaker_id FROM speaker_names)",
    "quotes of another speaker than their name": """
        SELECT quotes.id FROM quotes LEFT JOIN speaker_names ON speaker_names.id = name_id
        WHERE quotes.speaker_id IS NOT speaker_names.speaker_id""",
    "speakers whose role is not the latest": """
        SELECT id FROM speakers WHERE role IS NOT (
            SELECT speaker_names.role FROM quotes JOIN speaker_names ON speaker_names.id = name_id
            WHERE quotes.speaker_id = speakers.id AND speaker_names.role <> ''
            ORDER BY quotes.published DESC, speaker_names.role LIMIT 1)""",
    "speakers of another gender than their quotes": """
        SELECT id FROM speakers WHERE gender IS NOT (
            SELECT iif(min(gender) = max(gender), min(gender), NULL) FROM quotes WHERE speaker_id = speakers.id)""",
    "articles in another group than their node": """
        SELECT articles.id FROM articles LEFT JOIN article_copies USING (id)
        WHERE articles.group_id IS NOT article_copies.group_id OR articles.group_id IS NULL""",
    "groups without articles": """
        SELECT id FROM article_groups WHERE id NOT IN (SELECT group_id FROM articles WHERE group_id IS NOT NULL)""",
    "groups with wrong counts": """
        SELECT id FROM article_groups WHERE (articles, outlets) IS NOT (
            SELECT count(*), count(DISTINCT outlet_id) FROM articles WHERE group_id = article_groups.id)""",
    "deleted rows whose links are not settled": "SELECT kind || ' ' || id FROM stale_links",
}
"""What is wrong with links and counts, and how to find the rows; of a sound database, none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong.

    what (str): In one line.
    remedy (str): What to do about it.
    """

    what: str
    remedy: str


def check(db: Database, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with a database, nothing if it is sound.

    path (Path): Of its file: the full-text indexes are checked by a connection that may write, though it does not.
    """
    try:
        damaged = False
        for (line,) in db.execute(f"PRAGMA integrity_check({MOST})").fetchall():
            if line != "ok":
                damaged = True
                yield Fault(f"damaged: {' '.join(line.split())}", _SALVAGE)
        if damaged:
            return  # what else is asked of it tells of the same damage
        yield from _keys(db)
        yield from _spans(db)
        yield from _counts(db)
        yield from _sayings(db)
        yield from _full_text(db, path)
    except sqlite3.DatabaseError as error:
        yield Fault(sqlite_words(error), _SALVAGE)


def _keys(db: Database) -> Iterator[Fault]:
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    for (table, parent), found in groupby(sorted(rows, key=lambda row: (row[0], row[2])), lambda row: (row[0], row[2])):
        numbers = [row[1] for row in found]
        yield Fault(f"{table}: {_listed(numbers)} lead to {parent} that are not there", "delete these rows")


def _spans(db: Database) -> Iterator[Fault]:
    """Compare each quote with what stands in its article, and each article with what is kept of its text."""
    left = {"quote": MOST, "article": MOST}
    for what, number, wrong in _misplaced(db):
        left[what] -= 1
        if left[what] >= 0:
            yield Fault(f"{what} {number}: {wrong}", "`quotes remove` its article and ingest it again")


def _misplaced(db: Database) -> Iterator[tuple[str, int, str]]:
    articles = "SELECT id, text, sha256, words, outlet_id, published FROM articles ORDER BY id"
    quotes = """SELECT id, text, start, "end", cue, cue_start, mention, mention_start, outlet_id, published FROM quotes
        WHERE article_id = ? ORDER BY id"""
    for article, text, sha256, words, *of_article in db.execute(articles):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield "article", article, "its text is not the one that was read"
        if len(text.split()) != words:
            yield "article", article, f"its text has {len(text.split())} words, not {words}"
        if any(end > len(text) for _, end in db.execute(_FURNITURE, [article])):
            yield "article", article, "furniture lies past its end"
        for quote, said, start, end, cue, cue_start, mention, mention_start, *copied in db.execute(quotes, [article]):
            spans = db.execute(_SPANS, [quote]).fetchall()
            if " ".join(text[first:last] for first, last in spans) != said or spans[-1][1] > len(text):
                yield "quote", quote, f"its words do not stand in article {article} where its spans say"
            elif (start, end) != (spans[0][0], spans[-1][1]):
                yield "quote", quote, "its start and end are not those of its spans"
            for name, stored, at in (("cue", cue, cue_start), ("mention", mention, mention_start)):
                if stored is not None and not text.startswith(stored, at):
                    yield "quote", quote, f"its {name} does not stand in article {article} at {at}"
            if copied != of_article:
                yield "quote", quote, f"its outlet or day is not that of article {article}"


def _counts(db: Database) -> Iterator[Fault]:
    for what, sql in FAULTS.items():
        if numbers := [number for (number,) in db.execute(sql).fetchall()]:
            yield Fault(f"{what}: {_listed(numbers)}", _LINK)


def _sayings(db: Database) -> Iterator[Fault]:
    """Compare the sayings of each quote with what its words give: a database may come from before there were any."""
    quotes = "SELECT id, kind, text FROM quotes ORDER BY id"
    stored = "SELECT text FROM sayings WHERE quote_id = ? ORDER BY n"
    wrong = []
    for number, kind, text in db.execute(quotes):
        spans = tuple(db.execute(_SPANS, [number]).fetchall())
        found = sayings(Quote(kind, spans, text)) if spans else []
        if [(saying.text,) for saying in found] != db.execute(stored, [number]).fetchall():
            wrong.append(number)
    if wrong:
        yield Fault(f"quotes whose sayings are not their sentences: {_listed(wrong)}", _LINK)


def _full_text(db: Database, path: Path) -> Iterator[Fault]:
    for table in ("quotes", "articles"):
        index = f"{table}_fts"
        of_index = db.execute(f"SELECT id FROM {index}_docsize EXCEPT SELECT id FROM {table}").fetchall()
        of_table = db.execute(f"SELECT id FROM {table} EXCEPT SELECT id FROM {index}_docsize").fetchall()
        if of_index or of_table or not _is_index_right(path, index):
            yield Fault(f"{index}: does not hold the words of {table}", _REBUILD.format(index))


def _is_index_right(path: Path, index: str) -> bool:
    """Return whether a full-text index holds the words of its table.

    That is asked for by an INSERT, which writes nothing, but can't be asked where nothing can be written.
    """
    connection: Any = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return "malformed" not in str(error) and "vtable" not in str(error)
    finally:
        connection.close()
    return True


def _listed(numbers: list[Any]) -> str:
    shown = ", ".join(str(number) for number in numbers[:MOST])
    return f"{shown} and {len(numbers) - MOST:,} more" if len(numbers) > MOST else shown
