"""Which namings are one speaker, in a database: kept up as articles come, and by decisions made by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from ...records import Article, Speaker
from .matching import Decisions, Naming, address_of, best_name, may_be, naming, speakers, unit_of
from .organizations import long_forms

Unit = tuple[str, str, str]
"""Kind, key and scope: namings that have these in common are of one speaker, unless the roles say otherwise."""

_COLUMNS = "kind, key, name, role, block, acronym, scope"
_OF_UNIT = f"SELECT id, speaker_id, {_COLUMNS} FROM speaker_names WHERE kind = ? AND key = ? AND scope = ?"
_ROLE_AND_GENDER = """
UPDATE speakers SET role = (
    SELECT role FROM quotes JOIN speaker_names ON speaker_names.id = name_id
    WHERE quotes.speaker_id = speakers.id AND role <> '' ORDER BY quotes.published DESC, role LIMIT 1),
  gender = (
    SELECT iif(min(gender) = max(gender), min(gender), NULL) FROM quotes WHERE quotes.speaker_id = speakers.id)
WHERE id = ?
"""


class Speakers:
    """The speakers of a database. To be used within a transaction; `settle` ends what was begun in it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._touched: set[int] = set()
        self.moved: set[int] = set()
        """Speakers that quotes were moved to; who counts speakers counts anew, and clears it."""
        self._long_forms: tuple[str, dict[str, str]] = ("", {})

    def name_of(self, speaker: Speaker, article: Article) -> tuple[int, int]:
        """Return the ids of a naming and its speaker, both new if need be."""
        one = naming(speaker, article, self._acronyms(article) if speaker.kind == "organization" else {})
        row = self._db.execute(
            "SELECT id, speaker_id FROM speaker_names"
            " WHERE name = ? AND role = ? AND kind = ? AND key = ? AND acronym = ? AND scope = ?",
            [one.name, one.role, one.kind, one.key, one.acronym, one.scope],
        ).fetchone()
        if row is None:
            name_id = self._add(one)
            row = (
                name_id,
                self._db.execute("SELECT speaker_id FROM speaker_names WHERE id = ?", [name_id]).fetchone()[0],
            )
        self._touched.add(row[1])
        return int(row[0]), int(row[1])

    def settle(self, left: Iterable[int] = ()) -> None:
        """Give the speakers that have changed their latest role, and the gender that their articles show.

        left (Iterable[int]): Namings that quotes had which are gone, or have other days; those that no quote has any
            more are dropped.
        """
        for name_id in sorted(left):
            if self._db.execute("SELECT 1 FROM quotes WHERE name_id = ? LIMIT 1", [name_id]).fetchone() is None:
                self._drop(name_id)
            else:
                sql = "SELECT speaker_id FROM speaker_names WHERE id = ?"
                self._touched.add(self._db.execute(sql, [name_id]).fetchone()[0])
        for speaker in sorted(self._touched):
            self._db.execute(_ROLE_AND_GENDER, [speaker])
        self._touched.clear()

    def link(self, units: Collection[Unit]) -> None:
        """Find out anew which namings are of one speaker: those of these units, and those that may be one with them."""
        decisions = self._decisions()
        rows: dict[Naming, tuple[int, int | None]] = {}
        seen: set[Unit] = set()
        wanted = set(units)
        while wanted:
            unit = wanted.pop()
            seen.add(unit)
            for name_id, speaker_id, *columns in self._db.execute(_OF_UNIT, unit).fetchall():
                rows[Naming(*columns)] = name_id, speaker_id
            wanted |= (self._related(unit) | self._tied(unit, decisions)) - seen
        taken: set[int] = set()
        groups = speakers(rows, decisions)
        for group in sorted(groups, key=lambda group: (-len(group), min(group))):
            self._assign(group, rows, taken)

    def rename(self, speaker: int) -> None:
        """Give a speaker the name that was decided, or the best of its names."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM speaker_names WHERE speaker_id = ?", [speaker]).fetchall()
        self._name(speaker, [Naming(*row) for row in rows])

    # -- namings

    def _add(self, one: Naming) -> int:
        name_id = self._db.execute(
            f"INSERT INTO speaker_names (speaker_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [self._new(one), one.kind, one.key, one.name, one.role, one.block, one.acronym, one.scope],
        ).lastrowid
        self.link({(one.kind, one.key, one.scope)})
        assert name_id is not None
        return name_id

    def _drop(self, name_id: int) -> None:
        row = self._db.execute(
            "SELECT kind, key, scope, speaker_id FROM speaker_names WHERE id = ?", [name_id]
        ).fetchone()
        if row is None:
            return
        kind, key, scope, speaker = row
        related = self._related((kind, key, scope)) | {(kind, key, scope)}
        self._db.execute("DELETE FROM speaker_names WHERE id = ?", [name_id])
        self._drop_nameless(speaker)
        self.link(related)

    def _acronyms(self, article: Article) -> dict[str, str]:
        if self._long_forms[0] != article.text:
            self._long_forms = article.text, dict(long_forms(article.text))
        return self._long_forms[1]

    # -- speakers

    def _assign(self, group: Sequence[Naming], rows: dict[Naming, tuple[int, int | None]], taken: set[int]) -> None:
        """Give namings one speaker: the one that most of them had, so that addresses last."""
        had = Counter(rows[one][1] for one in group if rows[one][1] not in taken)
        speaker = max(had, key=lambda number: (had[number], -(number or 0))) if had else None
        speaker = speaker if speaker is not None else self._new(group[0])
        taken.add(speaker)
        for one in group:
            name_id, before = rows[one]
            if before != speaker:
                self._db.execute("UPDATE speaker_names SET speaker_id = ? WHERE id = ?", [speaker, name_id])
                self._db.execute("UPDATE quotes SET speaker_id = ? WHERE name_id = ?", [speaker, name_id])
                self.moved.add(speaker)
                self._drop_nameless(before)
        self._touched.add(speaker)
        self._name(speaker, group)

    def _name(self, speaker: int, group: Sequence[Naming]) -> None:
        decided = self._db.execute(
            f"""SELECT other FROM speaker_decisions WHERE kind = 'rename'
            AND one IN ({", ".join("?" * len(group))}) ORDER BY id DESC LIMIT 1""",
            [one.address for one in group],
        ).fetchone()
        name = decided[0] if decided else best_name(group)
        self._db.execute("UPDATE speakers SET name = ? WHERE id = ? AND name <> ?", [name, speaker, name])

    def _new(self, one: Naming) -> int:
        cursor = self._db.execute(
            "INSERT INTO speakers (name, kind, role) VALUES (?, ?, nullif(?, ''))", [one.name, one.kind, one.role]
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _drop_nameless(self, speaker: int | None) -> None:
        """Drop a speaker that has no name any more; one that has others may have another role now."""
        deleted = self._db.execute(
            """DELETE FROM speakers WHERE id = :id
            AND NOT EXISTS (SELECT 1 FROM speaker_names WHERE speaker_id = :id)""",
            {"id": speaker},
        )
        if deleted.rowcount == 0 and speaker is not None:
            self._touched.add(speaker)

    # -- decisions

    def _decisions(self) -> Decisions:
        rows: list[Any] = self._db.execute("SELECT kind, one, other FROM speaker_decisions").fetchall()
        return Decisions(
            frozenset(frozenset((one, other)) for kind, one, other in rows if kind == "merge"),
            frozenset(frozenset((one, other)) for kind, one, other in rows if kind == "split"),
        )

    def _tied(self, unit: Unit, decisions: Decisions) -> set[Unit]:
        """Return the units that decisions tie to one."""
        address = address_of(*unit)
        return {unit_of(other) for pair in decisions.together if address in pair for other in pair}

    def _related(self, unit: Unit) -> set[Unit]:
        """Return the units whose names may be of the same speaker."""
        kind, key, scope = unit
        if scope or kind not in ("person", "organization"):
            return set()
        # Left to itself SQLite looks for the key in the index of blocks, all through.
        sql = """SELECT DISTINCT key, acronym FROM speaker_names WHERE kind = :kind AND scope = '' AND block = (
            SELECT block FROM speaker_names INDEXED BY speaker_names_key WHERE kind = :kind AND key = :key LIMIT 1)"""
        near = self._db.execute(sql, {"kind": kind, "key": key}).fetchall()
        short = {key, *(acronym for other, acronym in near if other == key)} - {""}
        return {(kind, other, "") for other, acronym in near if may_be(kind, key, other) or {other, acronym} & short}
