"""Links that were found elsewhere, put into a database whose articles are written without any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from ..linking.copies.copy_index import Copies
from ..linking.links import Linking, Links
from ..linking.people.speaker_index import Speakers, Unit
from ..linking.similarity_trees import Forest
from ..linking.wordings.wording_index import Wordings

Node = tuple[int, str, str | None, str]
"""A text of the database, its id elsewhere, and there the ids of its parent and its root."""
Given = tuple[str, str, str, float]
"""An edge: the ids of the shorter and the fuller text elsewhere, kind and score."""


class _Apart(Forest):
    """Texts of which each is a tree of its own until it is told which are one."""

    def add(self, node: int) -> None:
        """Add a text without looking for any that it is like."""
        numbers = self.grams(node)
        rows = [(number, node, len(numbers)) for number in numbers]
        self._db.conn.executemany(f"INSERT INTO {self.name}_grams VALUES (?, ?, ?)", rows)
        self._put_tree(node, self.new_group())

    def tie(self, nodes: Iterable[Node], edges: Iterable[Given]) -> None:
        """Tie the texts as was found elsewhere, those that are there."""
        of_id: dict[str, int] = {}
        for _, tree in groupby(sorted(nodes, key=lambda node: node[3]), key=lambda node: node[3]):
            parts = list(tree)
            of_id |= {name: node for node, name, _, _ in parts}
            self._tie_tree(parts)
        for shorter, fuller, kind, score in edges:
            if shorter in of_id and fuller in of_id:
                values = [of_id[shorter], of_id[fuller], kind, score]
                self._db.execute(f"INSERT INTO {self.name}_edges VALUES (?, ?, ?, ?)", values)

    def _tie_tree(self, parts: Collection[Node]) -> None:
        of_id = {name: node for node, name, _, _ in parts}
        # Of a tree that is here in part, what hung on something that is not here hangs on its first text.
        loose = [node for node, _, parent, _ in parts if parent not in of_id]
        root = of_id.get(next(iter(parts))[3], min(loose))
        group = self.group_of(root)
        for node, _, parent, _ in parts:
            if node != root:
                above = of_id.get(parent or "", root)
                self._db.execute(f"UPDATE {self.nodes} SET parent_id = ? WHERE id = ?", [above, node])
                self._touched.add(self.group_of(node))
                self._db.execute(f"UPDATE {self.nodes} SET {self.group} = ? WHERE id = ?", [group, node])
                self.put(node, group)
        self._touched.add(group)


class _Wordings(_Apart, Wordings):
    pass


class _Copies(_Apart, Copies):
    pass


class _Speakers(Speakers):
    """Namings of which each is a speaker of its own until it is told which are one."""

    def link(self, units: Collection[Unit]) -> None:
        """Link nothing."""

    def join(self, name_ids: Collection[int], name: str) -> None:
        """Make these namings one speaker, called so."""
        marks = ", ".join("?" * len(name_ids))
        had = self._db.execute(f"SELECT DISTINCT speaker_id FROM speaker_names WHERE id IN ({marks})", [*name_ids])
        speaker, *others = sorted(number for (number,) in had.fetchall())
        for name_id in name_ids:
            for table, column in (("speaker_names", "id"), ("quotes", "name_id")):
                sql = f"UPDATE {table} SET speaker_id = ? WHERE {column} = ? AND speaker_id <> ?"
                self._db.execute(sql, [speaker, name_id, speaker])
        for other in others:
            self._drop_nameless(other)
        self._touched -= set(others)
        self._touched.add(speaker)
        self._db.execute("UPDATE speakers SET name = ? WHERE id = ?", [name, speaker])


class GivenLinks(Linking):
    """The links of a new database: none while articles are written, then those that are given."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.speakers: _Speakers = _Speakers(db)
        self.wordings: _Wordings = _Wordings(db)
        self.copies: _Copies = _Copies(db)

    def is_stale(self) -> bool:
        """Return False: nothing is deleted meanwhile."""
        return False

    def settle(self, before: Links) -> None:
        """Count nothing yet."""

    def settle_deleted(self) -> None:
        """Count nothing yet."""

    def tie_wordings(self, variants: Iterable[dict[str, Any]], edges: Iterable[Given]) -> None:
        """Tie the variants: rows of `id`, `form`, `parent`, `root`."""
        self.wordings.tie(self._nodes(variants, "SELECT id FROM wording_variants WHERE form = ?", "form"), edges)

    def tie_copies(self, copies: Iterable[dict[str, Any]], edges: Iterable[Given]) -> None:
        """Tie the articles: rows of `id`, `parent`, `root`."""
        sql = (
            "SELECT id FROM articles WHERE url = ?1 UNION ALL SELECT id FROM articles WHERE url IS NULL AND sha256 = ?1"
        )
        self.copies.tie(self._nodes(copies, sql, "id"), edges)

    def join_speakers(self, namings: Iterable[dict[str, Any]]) -> None:
        """Join namings: rows of `name_kind`, `name_key` and so on, with `speaker` and `speaker_name`."""
        columns = ("name", "role", "kind", "key", "acronym", "scope")
        sql = f"SELECT id FROM speaker_names WHERE {' AND '.join(f'{column} = ?' for column in columns)}"
        groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for row in namings:
            found = self._db.execute(sql, [row[f"name_{column}"] for column in columns]).fetchone()
            if found:
                groups[row["speaker"], row["speaker_name"]].append(found[0])
        for (_, name), name_ids in groups.items():
            self.speakers.join(name_ids, name)

    def finish(self) -> None:
        """Count what all links come to."""
        for table, recount in (("wordings", self.wordings.recount), ("article_groups", self.copies.recount_groups)):
            recount(number for (number,) in self._db.execute(f"SELECT id FROM {table}").fetchall())
        super().settle({})

    def _nodes(self, rows: Iterable[dict[str, Any]], sql: str, column: str) -> Iterator[Node]:
        for row in rows:
            found = self._db.execute(sql, [row[column]]).fetchone()
            if found:
                yield found[0], row["id"], row["parent"], row["root"]
