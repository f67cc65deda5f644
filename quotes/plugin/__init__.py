"""The Datasette plugin: the pages on which people explore who said what, and links that lead there.

Datasette loads it in every process of the environment it is installed in. It leaves databases
that are not of quotes alone, and imports nothing of the pipeline.

This module imports nothing of Datasette, and all else when it is asked: Datasette registers its plugins while it is
imported itself, and of a module that is not complete by then, since its own import led there, it finds no hook.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from markupsafe import Markup
from pluggy import HookimplMarker

Hook = TypeVar("Hook", bound=Callable[..., Any])
hookimpl: Callable[[Hook], Hook] = HookimplMarker("datasette")

STATIC = "/-/static-plugins/quotes/"
ARTICLE = "quotes_article.html"
REVIEW = "quotes_review.html"


@hookimpl
def startup() -> None:
    """Have Datasette answer a 404 without a traceback on the terminal."""
    from .datasette_compat import silence_tracebacks

    silence_tracebacks()


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the routes of the pages."""
    from .caching import conditional_get
    from .pages import (
        article_page,
        atom_feed,
        compare_page,
        home_page,
        outlet_page,
        quotes_page,
        speaker_page,
        trace_page,
        wording_page,
    )

    pages = [
        (home_page.INDEX, home_page.index_page),
        (home_page.ROUTE, home_page.home_page),
        (quotes_page.ROUTE, quotes_page.quotes_page),
        (atom_feed.ROUTE, atom_feed.feed),
        (article_page.ROUTE, article_page.article_page),
        (speaker_page.ROUTE, speaker_page.speaker_page),
        (outlet_page.ROUTE, outlet_page.outlet_page),
        (wording_page.ROUTE, wording_page.wording_page),
        (compare_page.ROUTE, compare_page.compare_page),
    ]
    return [*((route, conditional_get(view)) for route, view in pages), (trace_page.ROUTE, trace_page.trace_page)]


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Return what makes the CSV of our tables whole."""
    from .exports import whole_tables

    return partial(whole_tables, datasette=datasette)


@hookimpl
def extra_css_urls(template: str, database: str | None, datasette: Any) -> Callable[[], Any]:
    """Return what Datasette awaits for the stylesheets of a page: none on pages of other databases."""

    from .quotes_databases import is_quotes_database

    async def urls() -> list[str]:
        if template.startswith("quotes_"):
            more = {ARTICLE: ["article"], REVIEW: ["article", "review"]}
            names = ["header", "pages", *more.get(template, [])]
        elif database in datasette.databases and await is_quotes_database(datasette.get_database(database)):
            names = ["header", "tables"]
        else:
            names = []
        return [f"{STATIC}{name}.css" for name in names]

    return urls


@hookimpl
def extra_template_vars(template: str, database: str | None, request: Any, datasette: Any) -> Callable[[], Any] | None:
    """Return what Datasette awaits for the header of its own pages of a database of quotes."""
    if template.startswith("quotes_"):
        return None
    from .page_context import header_address
    from .review.reviewing import reviewing

    async def header() -> dict[str, Any]:
        address = await header_address(database, request.actor if request else None, datasette)
        return {"quotes_header": address, "review": bool(address and reviewing(datasette, database))}

    return header


@hookimpl
def extra_js_urls(template: str) -> list[str]:
    """Return the scripts of the article page and the review page."""
    scripts = {ARTICLE: ["article.js"], REVIEW: ["review.js"]}
    return [STATIC + name for name in scripts.get(template, [])]


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | Callable[[], Any] | None:
    """Return a cell that leads somewhere, or what Datasette awaits for it; None for all others."""
    from .pages import cell_links
    from .quotes_databases import remembered

    link = cell_links.link_of(row, value, column, table)
    if link is None:
        return None
    is_of_quotes = remembered(datasette.get_database(database))
    if is_of_quotes is None:
        # A partial rather than a coroutine: if another plugin has the cell first, nobody awaits it.
        return partial(cell_links.html_if_quotes, link, datasette, database)
    return cell_links.html(link, datasette, database) if is_of_quotes else None
