"""Which quotes are one wording: kept up as quotes come and go, the same whatever their order.

A *variant* is a normal form (`quotes.linking.normal_form`) that one or more quotes have. Two variants
that share a gram which is not common to many are compared, and what comes of it is kept as an edge. Each variant is
tied to one *parent*: of the fuller variants it is alike, the one it is most alike. The trees
that this makes are the wordings. All of it follows from the set of variants alone, not from the
order in which they came: a gram that becomes common takes the edges with it that hang on it only,
and gives them back when it is common no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from ..linking.grams import grams
from ..linking.likeness import fuller_first, likeness
from ..linking.normal_form import normal_form
from ..records import Quote

COMMON = 128
"""Variants with one gram, beyond which it is a phrase that everybody uses, and finds no candidates."""
FEWEST_SHARED = 0.15
"""Of the grams of the variant that has fewer, to be worth comparing."""

_COUNT = """
UPDATE wordings SET
    (quotes, outlets, speakers, first_published, last_published) = (
        SELECT count(*), count(DISTINCT outlet_id), count(DISTINCT speaker_id), min(published), max(published)
        FROM quotes WHERE wording_id = wordings.id),
    text = (SELECT min(text) FROM quotes WHERE variant_id = (
        SELECT id FROM wording_variants WHERE wording_id = wordings.id AND parent_id IS NULL))
WHERE id = ?
"""
_TREE = """
WITH RECURSIVE tree(id) AS (
    VALUES (?) UNION SELECT wording_variants.id FROM wording_variants JOIN tree ON parent_id = tree.id)
"""


class Wordings:
    """The wordings of a database. To be used within a transaction; `settle` ends what was begun in it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._touched: set[int] = set()
        self._left: set[int] = set()

    def variant_of(self, quote: Quote) -> tuple[int | None, int | None]:
        """Return the ids of a quote's variant and wording, both new if need be; None if its words tell nothing."""
        form = normal_form(quote)
        if form is None:
            return None, None
        row = self._one("SELECT id, wording_id FROM wording_variants WHERE form = ?", form)
        if row is None:
            variant = self._add(form)
            row = variant, self._wording(variant)
        self._touched.add(row[1])
        return int(row[0]), int(row[1])

    def leave(self, variants: Iterable[int]) -> None:
        """Note that quotes with these variants are gone, or may be."""
        self._left.update(variants)

    def recount(self, wordings: Iterable[int]) -> None:
        """Note that the quotes of these wordings have other outlets, dates or speakers."""
        self._touched.update(wordings)

    def settle(self) -> None:
        """Drop the variants that no quote has any more, and count the quotes of the wordings that have changed."""
        for variant in sorted(self._left):
            if self._one("SELECT 1 FROM quotes WHERE variant_id = ? LIMIT 1", variant) is None:
                self._drop(variant)
        self._left.clear()
        for wording in sorted(self._touched):
            if self._one("SELECT 1 FROM wording_variants WHERE wording_id = ? LIMIT 1", wording) is None:
                self._db.execute("DELETE FROM wordings WHERE id = ?", [wording])
            else:
                self._db.execute(_COUNT, [wording])
        self._touched.clear()

    # -- variants and their edges

    def _add(self, form: str) -> int:
        variant = self._db.execute("INSERT INTO wording_variants (form) VALUES (?)", [form]).lastrowid
        assert variant is not None
        numbers = grams(form)
        for number in numbers:
            having = self._having(number)
            if len(having) == COMMON:
                self._cut(having, number)
            self._db.execute("INSERT INTO wording_grams VALUES (?, ?, ?)", [number, variant, len(numbers)])
        self._tie({variant} | self._connect(variant, form, numbers))
        return variant

    def _drop(self, variant: int) -> None:
        row = self._one("SELECT form, wording_id FROM wording_variants WHERE id = ?", variant)
        if row is None:
            return
        form, wording = row
        self._touched.add(wording)
        self._db.execute("UPDATE wording_variants SET wording_id = NULL WHERE id = ?", [variant])
        beside = self._beside(variant)
        self._db.execute("DELETE FROM wording_edges WHERE shorter_id = :id OR fuller_id = :id", {"id": variant})
        common_no_more: set[int] = set()
        for number in grams(form):
            having = self._having(number)
            self._db.execute("DELETE FROM wording_grams WHERE gram = ? AND variant_id = ?", [number, variant])
            common_no_more |= having.keys() if len(having) == COMMON + 1 else set()
        for other in common_no_more - {variant}:
            other_form = self._form(other)
            beside |= {other} | self._connect(other, other_form, grams(other_form))
        self._tie(beside - {variant})
        self._db.execute("DELETE FROM wording_variants WHERE id = ?", [variant])

    def _connect(self, variant: int, form: str, numbers: frozenset[int]) -> set[int]:
        """Compare a variant with those that share its grams; return those that it is alike."""
        shared: Counter[int] = Counter()
        grams_of: dict[int, int] = {}
        for number in numbers:
            having = self._having(number)
            if len(having) <= COMMON:
                shared.update(having.keys())
                grams_of |= having
        del shared[variant]
        found = set()
        for other, count in shared.items():
            if not _is_worth_comparing(count, grams_of[other], len(numbers)):
                continue
            other_form = self._form(other)
            fuller, shorter = fuller_first(form, other_form)
            alike = likeness(fuller, shorter)
            if alike:
                ids = (other, variant) if shorter == other_form else (variant, other)
                self._db.execute(
                    "INSERT OR IGNORE INTO wording_edges (shorter_id, fuller_id, kind, score) VALUES (?, ?, ?, ?)",
                    [*ids, alike.kind, alike.score],
                )
                found.add(other)
        return found

    def _cut(self, having: Iterable[int], common: int) -> None:
        """Delete the edges between variants that a gram led to that is common from now on."""
        numbers = {variant: grams(self._form(variant)) for variant in having}
        times: dict[int, int] = {common: COMMON + 1}
        cut = set()
        for shorter in numbers:
            edges = self._db.execute("SELECT fuller_id FROM wording_edges WHERE shorter_id = ?", [shorter])
            for fuller in [fuller for (fuller,) in edges.fetchall() if fuller in numbers]:
                shared = numbers[shorter] & numbers[fuller]
                times |= {number: len(self._having(number)) for number in shared - times.keys()}
                count = sum(times[number] <= COMMON for number in shared)
                if not _is_worth_comparing(count, len(numbers[shorter]), len(numbers[fuller])):
                    pair = [shorter, fuller]
                    self._db.execute("DELETE FROM wording_edges WHERE shorter_id = ? AND fuller_id = ?", pair)
                    cut |= set(pair)
        # Whom a conflict kept away from a parent may have it now.
        self._tie(cut.union(*map(self._beside, cut)))

    def _having(self, number: int) -> dict[int, int]:
        """Return the variants that have a gram, two more than `COMMON` at the most, and how many grams they have."""
        return dict(
            self._db.execute(
                "SELECT variant_id, grams FROM wording_grams WHERE gram = ? LIMIT ?", [number, COMMON + 2]
            ).fetchall()
        )

    # -- trees

    def _tie(self, variants: Iterable[int]) -> None:
        """Tie variants to their parents anew, and put the trees that this makes into wordings."""
        roots: list[int] = []
        others: list[int] = []
        for variant in sorted(variants):
            before, wording = self._one("SELECT parent_id, wording_id FROM wording_variants WHERE id = ?", variant)
            parent = self._parent(variant)
            if parent != before:
                self._db.execute("UPDATE wording_variants SET parent_id = ? WHERE id = ?", [parent, variant])
            if parent != before or wording is None:
                (others if parent else roots).append(variant)
        for root in roots:
            self._put(root, self._wording_of_tree(root))
        for variant in others:
            root = variant
            while parent := self._one("SELECT parent_id FROM wording_variants WHERE id = ?", root)[0]:
                root = parent
            self._put(variant, self._wording(root))

    def _parent(self, variant: int) -> int | None:
        """Return the fuller variant that one is most alike, but for those akin to one that it is in conflict with."""
        conflicts = self._beside(variant, "= 'conflict'")
        candidates = self._db.execute(
            """
            SELECT fuller_id FROM wording_edges JOIN wording_variants ON wording_variants.id = fuller_id
            WHERE shorter_id = ? AND kind <> 'conflict' ORDER BY kind = 'overlaps', score DESC, length(form), form
            """,
            [variant],
        )
        for (candidate,) in candidates if not conflicts else candidates.fetchall():
            if not conflicts or conflicts.isdisjoint(self._beside(candidate, "<> 'conflict'")):
                return int(candidate)
        return None

    def _wording_of_tree(self, root: int) -> int:
        """Return the wording for a new tree: one that a part of it has alone, so that addresses last, or a new one."""
        found = self._db.execute(
            f"""{_TREE} SELECT wording_id FROM tree JOIN wording_variants USING (id) WHERE wording_id IS NOT NULL
            GROUP BY wording_id
            HAVING count(*) = (
                SELECT count(*) FROM wording_variants AS every WHERE every.wording_id = wording_variants.wording_id)
            ORDER BY count(*) DESC, wording_id LIMIT 1""",
            [root],
        ).fetchone()
        if found:
            return int(found[0])
        wording = self._db.execute("INSERT INTO wordings (text) VALUES ('')").lastrowid
        assert wording is not None
        return wording

    def _put(self, variant: int, wording: int) -> None:
        """Put a variant and all that is tied to it into a wording."""
        self._touched.add(wording)
        if self._wording(variant) == wording:
            return
        tree = f"{_TREE} SELECT id, wording_id FROM tree JOIN wording_variants USING (id) WHERE wording_id IS NOT ?"
        for moved, before in self._db.execute(tree, [variant, wording]).fetchall():
            self._db.execute("UPDATE wording_variants SET wording_id = ? WHERE id = ?", [wording, moved])
            self._db.execute("UPDATE quotes SET wording_id = ? WHERE variant_id = ?", [wording, moved])
            self._touched |= {before} - {None}

    def _wording(self, variant: int) -> Any:
        return self._one("SELECT wording_id FROM wording_variants WHERE id = ?", variant)[0]

    def _beside(self, variant: int, kind: str = "<> ''") -> set[int]:
        """Return the variants that one has an edge with."""
        sql = f"""SELECT fuller_id FROM wording_edges WHERE shorter_id = :id AND kind {kind}
            UNION ALL SELECT shorter_id FROM wording_edges WHERE fuller_id = :id AND kind {kind}"""
        return {beside for (beside,) in self._db.execute(sql, {"id": variant})}

    def _form(self, variant: int) -> str:
        return str(self._one("SELECT form FROM wording_variants WHERE id = ?", variant)[0])

    def _one(self, sql: str, value: object) -> Any:
        return self._db.execute(sql, [value]).fetchone()


def _is_worth_comparing(shared: int, grams_of_one: int, grams_of_other: int) -> bool:
    return shared > 0 and shared >= FEWEST_SHARED * min(grams_of_one, grams_of_other)
