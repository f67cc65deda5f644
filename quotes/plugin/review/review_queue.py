"""What is still to be reviewed, in which order, and how much has been done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ..page_context import PageContext, whole_number

FILTERS = {"speaker": "speakers", "outlet": "outlets", "article": "articles"}
"""What the quotes can be chosen by, and the tables that have the names."""

COLUMNS = """
SELECT quotes.id, quotes.hash, quotes.article_id, quotes.outlet_id, quotes.speaker_id, quotes.kind, quotes.text,
       quotes.start, quotes.cue, quotes.cue_start, quotes.mention, quotes.mention_start, quotes.confidence,
       quotes.decision, speakers.name AS speaker, speakers.kind AS speaker_kind
FROM quotes LEFT JOIN speakers ON speakers.id = quotes.speaker_id
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """The quotes that a reviewer wants to see one after the other: those of an article as they stand there, others the
    least sure first.

    chosen (tuple): Names of `FILTERS` with a number each.
    after (tuple[float, int] | None): Behind which quote to go on: what it is ordered by, and its id.
    """

    chosen: tuple[tuple[str, int], ...] = ()
    after: tuple[float, int] | None = None

    @property
    def article(self) -> int | None:
        """The article that is reviewed, None if it is not one."""
        return dict(self.chosen).get("article")

    @property
    def by(self) -> str:
        """The column by which the quotes are ordered."""
        return "start" if self.article else "confidence"

    @property
    def position(self) -> str:
        """The parameter that goes on where this queue does, "" at its beginning."""
        return f"{self.after[0]!r},{self.after[1]}" if self.after else ""

    def query(self, **more: object) -> str:
        """Return the query string of this choice, with "?" if it is not empty."""
        pairs = [*self.chosen, *((name, value) for name, value in more.items() if value not in (None, ""))]
        return f"?{urlencode(pairs)}" if pairs else ""

    def without(self, name: str) -> Queue:
        """Return the queue with one filter less."""
        return Queue(tuple(pair for pair in self.chosen if pair[0] != name))

    def behind(self, quote: Any) -> str:
        """Return the parameter that goes on behind a quote."""
        return f"{quote[self.by]!r},{quote['id']}"

    async def next(self, context: PageContext) -> Any:
        """Return the row of the next quote, None if there is none."""
        where, parameters = self._where()
        # The plus keeps SQLite from going through all quotes in this order until it meets one that is wanted.
        by = f"{'+' if self.chosen else ''}quotes.{self.by}"
        if self.after:
            where += f" AND ({by}, quotes.id) > (:key, :id)"
            parameters |= {"key": self.after[0], "id": self.after[1]}
        sql = f"{COLUMNS} WHERE {where} ORDER BY {by}, quotes.id LIMIT 1"
        return next(iter(await context.rows(sql, parameters)), None)

    async def left(self, context: PageContext) -> int:
        """Return how many quotes nothing has been decided about."""
        where, parameters = self._where()
        return int((await context.rows(f"SELECT count(*) FROM quotes WHERE {where}", parameters))[0][0])

    def _where(self) -> tuple[str, dict[str, object]]:
        conditions = [f"quotes.{name}_id = :{name}" for name, _ in self.chosen]
        return " AND ".join(("quotes.decision IS NULL", *conditions)), dict(self.chosen)


def queue_of(get: Any) -> Queue:
    """Return the queue that parameters ask for; what is no number is passed over.

    get (Callable): Returns the value of a parameter, or None.
    """
    chosen = ((name, whole_number(get(name) or "")) for name in FILTERS)
    key, _, number = (get("after") or "").partition(",")
    after = None
    with suppress(ValueError):
        if (behind := whole_number(number)) is not None:
            after = float(key), behind
    return Queue(tuple((name, value) for name, value in chosen if value is not None), after)
