"""The Datasette plugin: a page that shows an article with its quotes in place, and links that lead there.

Datasette loads it in every process of the environment it is installed in. It leaves databases
that are not ours alone, and imports nothing of the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from datasette import handle_exception
from datasette import hookimpl as untyped_hookimpl

from . import article_page, cells
from .ours import is_ours

Hook = TypeVar("Hook", bound=Callable[..., Any])
hookimpl: Callable[[Hook], Hook] = untyped_hookimpl  # Datasette carries no types

STYLESHEET = "/-/static-plugins/quotes/quotes.css"


@hookimpl
def startup() -> None:
    """Keep Datasette from printing a traceback for every 404: it does where rich is installed, as our command needs."""
    handle_exception.rich = None


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the route of the article page."""
    return [(article_page.ROUTE, article_page.article_page)]


@hookimpl
def extra_css_urls(database: str | None, datasette: Any) -> Callable[[], Any]:
    """Return what Datasette awaits for the stylesheets of a page: ours, on pages of our databases."""

    async def urls() -> list[str]:
        wanted = database in datasette.databases and await is_ours(datasette.get_database(database))
        return [STYLESHEET] if wanted else []

    return urls


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Callable[[], Any] | None:
    """Return what Datasette awaits for a cell that leads somewhere, None for all others."""
    link = cells.link_of(row, value, column, table)
    # A partial rather than a coroutine: if another plugin has the cell first, nobody awaits it.
    return partial(cells.render, link, datasette, database) if link else None
