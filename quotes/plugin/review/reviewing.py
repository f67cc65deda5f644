"""The plugin by which a server lets quotes be reviewed: its page, who may use it, and the one that writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from datasette import NotFound
from datasette import hookimpl as untyped_hookimpl

from ...store.database import close_database, open_database
from ...store.locking import SharedDatabase
from .. import datasette_compat

Hook = TypeVar("Hook", bound=Callable[..., Any])
Result = TypeVar("Result")
hookimpl: Callable[[Hook], Hook] = untyped_hookimpl  # Datasette carries no types

NAME = "quotes: review"
ROUTE = r"/(?P<database>[^/]+)/-/review$"


class Review:
    """A plugin of Datasette, for the time of one server.

    path (Path): The database that is reviewed; no other is written to.
    reviewer (str): Who decides, where Datasette's root does.
    """

    __name__ = "quotes_review"

    def __init__(self, path: Path, reviewer: str) -> None:
        self.path = path.resolve()
        self.reviewer = reviewer
        self._thread = ThreadPoolExecutor(1, "quotes-review")
        self._opened: SharedDatabase | None = None

    def serves(self, database: Any) -> bool:
        """Return whether a database of Datasette's is the one that is reviewed."""
        return database.path is not None and Path(database.path).resolve() == self.path

    def require(self, database: Any) -> None:
        """Refuse a database that is not the one.

        RAISES (NotFound): If it is another.
        """
        if not self.serves(database):
            raise NotFound("This database is not reviewed here")

    async def write(self, act: Callable[[SharedDatabase], Result]) -> Result:
        """Return what something returns that writes to the database; one after the other, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: act(self._database()))

    def close(self) -> None:
        """Close the database."""
        if self._opened is not None:
            self._thread.submit(close_database, self._opened).result()
            self._opened = None
        self._thread.shutdown()

    def _database(self) -> SharedDatabase:
        if self._opened is None:  # by the thread that uses it
            self._opened = open_database(self.path, create=False)
        return self._opened

    @hookimpl
    def register_routes(self) -> list[tuple[str, Callable[..., Any]]]:
        """Return the route of the page."""
        from .review_page import review_page
        from .review_posts import decide

        async def review(request: Any, datasette: Any) -> Any:
            return await (decide if request.method == "POST" else review_page)(request, datasette, self)

        return [(ROUTE, review)]

    @hookimpl
    def register_actions(self) -> list[Any]:
        """Return the permission to review, for Datasette 1.0: its root has all; others as its configuration says."""
        return datasette_compat.review_actions()

    @hookimpl
    def permission_allowed(self, actor: Any, action: str) -> bool | None:
        """Return whether somebody may review, for Datasette 0.65: its root may; others as other plugins say."""
        return True if action == datasette_compat.REVIEW and actor and actor.get("id") == "root" else None


def reviewing(datasette: Any, name: str | None) -> Review | None:
    """Return the plugin by which quotes of a database are reviewed here, None if they are not.

    name (str | None): Of the database.
    """
    plugin: Review | None = datasette_compat.plugin_called(NAME)
    if plugin is None or name not in datasette_compat.databases(datasette):
        return None
    return plugin if plugin.serves(datasette.get_database(name)) else None
