"""Which sayings are one wording: the same words but for small differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...records import Quote
from ..comparing import Edge
from ..similarity_trees import Forest
from .grams import grams
from .likeness import NEAREST, Likeness, compared
from .sayings import sayings

_COUNT = """
UPDATE wordings SET
    (quotes, outlets, first_published, last_published) = (
        SELECT count(DISTINCT quotes.id), count(DISTINCT outlet_id), min(published), max(published)
        FROM sayings JOIN quotes ON quotes.id = quote_id WHERE wording_id = wordings.id),
    speakers = (
        SELECT count(DISTINCT speaker_id) FROM sayings JOIN quotes ON quotes.id = quote_id
        JOIN speakers ON speakers.id = speaker_id
        WHERE wording_id = wordings.id AND speakers.kind IN ('person', 'organization')),
    text = (SELECT min(text) FROM sayings WHERE variant_id = (
        SELECT id FROM wording_variants WHERE wording_id = wordings.id AND parent_id IS NULL))
WHERE id = ?
"""


class Wordings(Forest):
    """The wordings of a database: trees of variants, each of which is a normal form that sayings have.

    To be used within a transaction; `settle` ends what was begun in it.
    """

    name = "wording"
    nodes = described = "wording_variants"
    group = "wording_id"
    nearest = NEAREST

    def enter(self, quote_id: int, quote: Quote) -> None:
        """Store the sayings of a quote, each with its variant and wording, both new if need be."""
        for n, saying in enumerate(sayings(quote)):
            variant, wording = self._variant_of(saying.form) if saying.form else (None, None)
            values = [quote_id, n, saying.text, saying.start, saying.end, wording, variant]
            self._db.execute("INSERT INTO sayings VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def _variant_of(self, form: str) -> tuple[int, int]:
        row = self._one("SELECT id FROM wording_variants WHERE form = ?", form)
        if row is None:
            self._db.execute("INSERT INTO wording_variants (form) VALUES (?)", [form])
            row = self._one("SELECT id FROM wording_variants WHERE form = ?", form)
            self.add(row[0])
        wording = self.group_of(row[0])
        self._touched.add(wording)
        return row[0], wording

    def like(self, form: str) -> Iterator[tuple[int, str, Likeness]]:
        """Yield the variants that are like a form which need not be one of them: id, form, and how; nothing changes."""
        row = self._one("SELECT id FROM wording_variants WHERE form = ?", form)
        if row:
            yield row[0], form, Likeness("same", 1.0)
        for variant in self.candidates({number: self._having(number) for number in grams(form)}):
            other = self._form(variant)
            found = compared(form, other) if other != form else None
            if found:
                yield variant, other, found[1]

    def recount(self, wordings: Iterable[int]) -> None:
        """Note that the sayings of these wordings are others, or have other outlets, dates or speakers."""
        self._touched.update(wordings)

    def settle(self, left: Iterable[int] = ()) -> None:
        """Count the quotes of the wordings that have changed.

        left (Iterable[int]): Variants that sayings had which are gone; those that none has any more are dropped.
        """
        for variant in sorted(left):
            unused = """SELECT 1 FROM wording_variants WHERE id = ?
                AND NOT EXISTS (SELECT 1 FROM sayings WHERE variant_id = wording_variants.id)"""
            if self._one(unused, variant):
                self.drop(variant)
                self._db.execute("DELETE FROM wording_variants WHERE id = ?", [variant])
        for wording in sorted(self._touched):
            if self._one("SELECT 1 FROM wording_variants WHERE wording_id = ? LIMIT 1", wording) is None:
                self._db.execute("DELETE FROM wordings WHERE id = ?", [wording])
            else:
                self._db.execute(_COUNT, [wording])
        self._touched.clear()

    def grams(self, node: int) -> frozenset[int]:
        """Return the grams of a variant."""
        return grams(self._form(node))

    def compare(self, one: int, other: int) -> Edge | None:
        """Return how two variants are alike, None if they are different sayings."""
        form = self._form(one)
        found = compared(form, self._form(other))
        if found is None:
            return None
        shorter, alike = found
        return Edge(*((one, other) if shorter == form else (other, one)), alike.kind, alike.score)

    def new_group(self) -> int:
        """Return the id of a new wording."""
        wording = self._db.execute("INSERT INTO wordings (text) VALUES (NULL)").lastrowid
        assert wording is not None
        return wording

    def put(self, node: int, group: int) -> None:
        """Put the sayings with a variant into a wording."""
        self._db.execute("UPDATE sayings SET wording_id = ? WHERE variant_id = ?", [group, node])

    def _form(self, variant: int) -> str:
        return str(self._one("SELECT form FROM wording_variants WHERE id = ?", variant)[0])
