"""Trees of texts that are alike, in a database: kept up as texts come and go, the same whatever their order.

Two texts that share a gram which is not common to many are compared, and what comes of it is kept as an edge. Each text
is tied to one *parent*: of the fuller texts it is alike, the one it is most alike, so that a fragment
that stands in two texts does not join these. The trees that this makes are the groups. All of it
follows from the set of texts alone, not from the order in which they came: a gram that becomes
common takes the edges with it that hang on it, and gives them back when it is common no more.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from .comparing import COMMON, Edge, is_worth_it


class Forest(ABC):
    """Texts that are tied to one another.

    db (Database): To be used within a transaction.
    name (str): Of what its tables have in common: `{name}_grams`, `{name}_edges`.
    nodes, group (str): The table of texts, and its column for the group that each is in.
    described (str): The table that has what is told of a text, by the same id.
    """

    name: str
    nodes: str
    described: str
    group: str
    common: int = COMMON
    nearest: str
    """How SQL, of SQLite and of Spark, is to order the edges to fuller texts (`edge`, `fuller`), the parent first."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._touched: set[int] = set()

    @abstractmethod
    def grams(self, node: int) -> frozenset[int]:
        """Return numbers that stand for what is in a text."""

    @abstractmethod
    def compare(self, one: int, other: int) -> Edge | None:
        """Return how two texts are alike, None if they are not."""

    @abstractmethod
    def new_group(self) -> int:
        """Return the id of a new group."""

    @abstractmethod
    def put(self, node: int, group: int) -> None:
        """Put what belongs to a text into a group."""

    def add(self, node: int) -> None:
        """Tie a new text to what is there."""
        numbers = self.grams(node)
        having = {number: self._having(number) for number in numbers}
        rows = [(number, node, len(numbers)) for number in numbers]
        self._db.conn.executemany(f"INSERT INTO {self.name}_grams VALUES (?, ?, ?)", rows)
        for others in having.values():
            if len(others) == self.common:
                self._cut(others)
        alike = self._connect(node, having)
        if alike:
            self._tie({node} | alike)
        else:
            self._put_tree(node, self.new_group())

    def drop(self, node: int) -> None:
        """Take a text out; its row can be deleted then."""
        group = self.group_of(node)
        if group is not None:
            self._touched.add(group)
        self._db.execute(f"UPDATE {self.nodes} SET {self.group} = NULL WHERE id = ?", [node])
        beside = self._beside(node)
        self._db.execute(f"DELETE FROM {self.name}_edges WHERE shorter_id = :id OR fuller_id = :id", {"id": node})
        self._tie((beside | self._release({node: self.grams(node)})) - {node})

    def group_of(self, node: int) -> Any:
        """Return the id of the group that a text is in."""
        return self._one(f"SELECT {self.group} FROM {self.nodes} WHERE id = ?", node)[0]

    def candidates(self, having: Mapping[int, Mapping[int, int]], node: int | None = None) -> list[int]:
        """Return the texts that share enough of these grams to be compared with the text that has them.

        having (Mapping[int, Mapping[int, int]]): By gram, the texts that have it, and how many grams they have.
        node (int | None): The text, if it is one of these.
        """
        shared: Counter[int] = Counter()
        grams_of: dict[int, int] = {}
        for others in having.values():
            if len(others.keys() - {node}) < self.common:
                shared.update(others.keys())
                grams_of.update(others)
        return [
            other
            for other, count in shared.items()
            if other != node and is_worth_it(count, grams_of[other], len(having))
        ]

    # -- edges

    def _connect(self, node: int, having: dict[int, dict[int, int]]) -> set[int]:
        """Compare a text with those that share its grams; return those that it is alike."""
        found = set()
        for other in self.candidates(having, node):
            edge = self.compare(node, other)
            if edge:
                self._db.execute(f"INSERT OR IGNORE INTO {self.name}_edges VALUES (?, ?, ?, ?)", list(edge))
                found.add(other)
        return found

    def _release(self, grams: Mapping[int, Iterable[int]]) -> set[int]:
        """Delete the grams of texts that go; return those that others are alike by, as a gram is common no more.

        grams (Mapping[int, Iterable[int]]): The grams of each text.
        """
        common_no_more: set[int] = set()
        for node, numbers in grams.items():
            for number in numbers:
                having = self._having(number)
                self._db.execute(f"DELETE FROM {self.name}_grams WHERE gram = ? AND node_id = ?", [number, node])
                common_no_more |= having.keys() if len(having) == self.common + 1 else set()
        left = common_no_more - grams.keys()
        alike = (self._connect(one, {number: self._having(number) for number in self.grams(one)}) for one in left)
        return left.union(*alike)

    def _cut(self, having: Iterable[int]) -> None:
        """Delete the edges that a gram led to which is common from now on, between the texts that had it."""
        numbers = {node: self.grams(node) for node in having}
        times: dict[int, int] = {}
        cut: set[int] = set()
        for shorter in numbers:
            edges = self._db.execute(f"SELECT fuller_id FROM {self.name}_edges WHERE shorter_id = ?", [shorter])
            for fuller in [fuller for (fuller,) in edges.fetchall() if fuller in numbers]:
                shared = numbers[shorter] & numbers[fuller]
                times |= {number: len(self._having(number)) for number in shared - times.keys()}
                count = sum(times[number] <= self.common for number in shared)
                if not is_worth_it(count, len(numbers[shorter]), len(numbers[fuller])):
                    pair = [shorter, fuller]
                    self._db.execute(f"DELETE FROM {self.name}_edges WHERE shorter_id = ? AND fuller_id = ?", pair)
                    cut |= set(pair)
        # Whom a conflict kept away from a parent may have it now.
        self._tie(cut.union(*map(self._beside, cut)))

    def _having(self, number: int) -> dict[int, int]:
        """Return the texts that have a gram, two more than `self.common` at the most, and how many grams they have."""
        sql = f"SELECT node_id, grams FROM {self.name}_grams WHERE gram = ? LIMIT ?"
        return dict(self._db.execute(sql, [number, self.common + 2]).fetchall())

    def _beside(self, node: int, kind: str = "<> ''") -> set[int]:
        """Return the texts that one has an edge with."""
        sql = f"""SELECT fuller_id FROM {self.name}_edges WHERE shorter_id = :id AND kind {kind}
            UNION ALL SELECT shorter_id FROM {self.name}_edges WHERE fuller_id = :id AND kind {kind}"""
        return {beside for (beside,) in self._db.execute(sql, {"id": node})}

    # -- trees

    def _tie(self, nodes: Iterable[int]) -> None:
        """Tie texts to their parents anew, and put the trees that this makes into groups."""
        roots: list[int] = []
        others: list[int] = []
        for node in sorted(nodes):
            before, group = self._one(f"SELECT parent_id, {self.group} FROM {self.nodes} WHERE id = ?", node)
            parent = self._parent(node)
            if parent != before:
                self._db.execute(f"UPDATE {self.nodes} SET parent_id = ? WHERE id = ?", [parent, node])
            if parent != before or group is None:
                (others if parent else roots).append(node)
        for root in roots:
            self._put_tree(root, self._group_of_tree(root))
        for node in others:
            root = node
            while parent := self._one(f"SELECT parent_id FROM {self.nodes} WHERE id = ?", root)[0]:
                root = parent
            self._put_tree(node, self.group_of(root))

    def _parent(self, node: int) -> int | None:
        """Return the fuller text that one is most alike, but for those akin to one that it is in conflict with."""
        conflicts = self._beside(node, "= 'conflict'")
        fuller = self._db.execute(
            f"""SELECT fuller_id FROM {self.name}_edges AS edge JOIN {self.described} AS fuller ON fuller.id = fuller_id
            WHERE shorter_id = ? AND kind <> 'conflict' ORDER BY {self.nearest}""",
            [node],
        ).fetchall()
        akin = (one for (one,) in fuller if not conflicts or conflicts.isdisjoint(self._beside(one, "<> 'conflict'")))
        return next(akin, None)

    def _group_of_tree(self, root: int) -> int:
        """Return the group for a new tree: one that a part of it has alone, so that addresses last, or a new one."""
        found = self._db.execute(
            f"""{self._tree} SELECT {self.group} FROM tree JOIN {self.nodes} AS tree_of USING (id)
            WHERE {self.group} IS NOT NULL GROUP BY {self.group}
            HAVING count(*) = (
                SELECT count(*) FROM {self.nodes} AS every WHERE every.{self.group} = tree_of.{self.group})
            ORDER BY count(*) DESC, {self.group} LIMIT 1""",
            [root],
        ).fetchone()
        return int(found[0]) if found else self.new_group()

    def _put_tree(self, node: int, group: int) -> None:
        """Put a text and all that is tied to it into a group."""
        self._touched.add(group)
        if self.group_of(node) == group:
            return
        tree = (
            f"{self._tree} SELECT id, {self.group} FROM tree JOIN {self.nodes} USING (id) WHERE {self.group} IS NOT ?"
        )
        for moved, before in self._db.execute(tree, [node, group]).fetchall():
            self._db.execute(f"UPDATE {self.nodes} SET {self.group} = ? WHERE id = ?", [group, moved])
            self.put(moved, group)
            self._touched |= {before} - {None}

    @property
    def _tree(self) -> str:
        return f"""WITH RECURSIVE tree(id) AS (
            VALUES (?) UNION SELECT child.id FROM {self.nodes} AS child JOIN tree ON child.parent_id = tree.id)"""

    def _one(self, sql: str, value: object) -> Any:
        return self._db.execute(sql, [value]).fetchone()
