"""Outlets, each of which has one row however articles spell it."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from ...linking.links import Linking
from ...outlets.directory import is_spelled_by, letters
from ...records import Outlet
from .inserting import insert


class OutletRows:
    """The rows of outlets in a database. To be used within a transaction of which `linking` is told."""

    def __init__(self, db: Database, linking: Linking) -> None:
        self._db = db
        self._linking = linking

    def id_of(self, outlet: Outlet | None) -> int | None:
        """Return the id of an outlet, new if need be, and learn of it what was not known; None for None."""
        if outlet is None:
            return None
        row = next(self._db.query("SELECT id, name, domain, kind FROM outlets WHERE name = ?", [outlet.name]), None)
        row = row or self._same_house(outlet)
        if row is None:
            return insert(self._db, "outlets", {"name": outlet.name, "domain": outlet.domain, "kind": outlet.kind})
        # An outlet that is first met as "told MPA" turns out to be an agency in the next dateline.
        better = {"domain": outlet.domain} if row["domain"] is None and outlet.domain else {}
        better |= {"kind": outlet.kind} if row["kind"] == "other" and outlet.kind != "other" else {}
        # Pages of one outlet call it `ellerypost` and `The Ellery Post`.
        if row["name"].islower() and letters(row["name"]) == letters(outlet.name) and not outlet.name.islower():
            better["name"] = outlet.name
        if better:
            self._db.table("outlets").update(row["id"], better)
            self._linking.copies.recount_of(row["id"])
        return int(row["id"])

    def _same_house(self, outlet: Outlet) -> dict[str, Any] | None:
        """The row of an outlet with the same host, if that is the outlet's own: one of the two names spells it."""
        if not outlet.domain:
            return None
        rows = self._db.query("SELECT id, name, domain, kind FROM outlets WHERE domain = ?", [outlet.domain])
        own = is_spelled_by(outlet.name, outlet.domain)
        return next((row for row in rows if own or is_spelled_by(row["name"], outlet.domain)), None)
