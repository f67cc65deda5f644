"""Which quotes of a database are meant, as conditions that SQL takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TypeVar

from sqlite_utils import Database

from ..errors import ExportError
from ..lexicon.plain_letters import plain_name

Advance = Callable[[int], None]
Row = TypeVar("Row")

TOLD = 1_000
"""Rows between two words about progress: told of each, a bar takes longer than the rows."""
_NAMED = "quotes.{0}_id IN (SELECT id FROM {0}s WHERE instr(plain_name(name), :{0}))"


@dataclass(frozen=True, slots=True)
class Selection:
    """Some of the quotes of a database; without conditions, all.

    speaker (str | None): Those of speakers whose name holds this; case and accents don't matter.
    outlet (str | None): Those printed by outlets whose name holds this; likewise.
    since, until (str | None): Days, `YYYY-MM-DD`, both included; quotes without a day are left out then.
    min_confidence (float): Those at least as sure as this.
    """

    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    @property
    def where(self) -> str:
        """The condition on a row of `quotes`; it takes `parameters`."""
        return " AND ".join(self._conditions()) or "true"

    @property
    def where_any_speaker(self) -> str:
        """The condition without that on the speaker."""
        return " AND ".join(self._conditions(but="speaker")) or "true"

    @property
    def parameters(self) -> dict[str, object]:
        """What `where` asks for."""
        return asdict(self) | {"speaker": plain_name(self.speaker or ""), "outlet": plain_name(self.outlet or "")}

    def _conditions(self, but: str = "") -> Iterator[str]:
        for name in ("speaker", "outlet"):
            if getattr(self, name) and name != but:
                yield _NAMED.format(name)
        if self.since:
            yield "quotes.published >= :since"
        if self.until:
            yield "quotes.published <= :until"
        if self.min_confidence:
            yield "quotes.confidence >= :min_confidence"


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """Let all that is read meanwhile be of one moment, whoever writes."""
    db.register_function(plain_name, deterministic=True, replace=True)
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


def count(db: Database, selection: Selection, also: str = "true") -> int:
    """Return how many quotes are meant; within a `snapshot`, as all that takes a selection.

    also (str): A further condition, in SQL.
    """
    sql = f"SELECT count(*) FROM quotes WHERE {selection.where} AND {also}"
    return int(db.execute(sql, selection.parameters).fetchone()[0])


def refuse_unknown_names(db: Database, selection: Selection) -> None:
    """Raise where no speaker, or no outlet, is called as was asked for: nothing of it is in the database.

    RAISES (ExportError): With the name, and where to look.
    """
    for table, name in (("speakers", selection.speaker), ("outlets", selection.outlet)):
        sql = f"SELECT 1 FROM {table} WHERE instr(plain_name(name), nullif(?, ''))"
        if name is not None and db.execute(sql, [plain_name(name)]).fetchone() is None:
            look = "`quotes speakers list` shows them" if table == "speakers" else "the table of outlets has them"
            raise ExportError(f"{name}: none of the {table} has this in its name; {look}")


def counted(rows: Iterable[Row], advance: Advance) -> Iterator[Row]:
    """Yield rows, and tell now and then how many there were since."""
    n = 0
    for n, row in enumerate(rows, 1):
        yield row
        if n % TOLD == 0:
            advance(TOLD)
    advance(n % TOLD)
