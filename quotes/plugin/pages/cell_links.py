"""Links in the cells of tables, views and queries: into the article, or to the page of a speaker, outlet or wording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from ..datasette_compat import tilde_encode
from ..quotes_databases import is_quotes_database

EXCERPT = 200  # characters of an article's text in a cell; all of it is one click away

ID_COLUMNS = {"speaker": "speaker_id", "outlet": "outlet_id", "via": "via_id", "words": "wording_id"}
# In views and queries a name leads to the page of the id in another column; in tables the id itself does.
PAGES = {
    "speaker_id": "speaker",
    "outlet_id": "outlet",
    "via_id": "outlet",
    "agency_id": "outlet",
    "wording_id": "wording",
}
QUOTED_IN = (None, "who_said_what", "disagreements")
"""Queries, and views, whose words lead to the quote."""
PAGES_BY_TABLE = {"speakers": "speaker", "outlets": "outlet"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads, from the database's own address on, and what it shows."""

    path: str
    label: str


def link_of(row: Any, value: Any, column: str, table: str | None) -> Link | None:
    """Return the link that a cell is to be, or None. Looks at nothing but the row.

    row (sqlite3.Row | CustomRow): The row as Datasette hands it to `render_cell`.
    value (Any): The cell's value; a dict with `value` and `label` where Datasette has expanded a foreign key.
    table (str | None): The table or view; None for a query.
    """
    match column:
        case "article_id":
            return _to_article(_id(row, "article_id"), _label(value))
        case "title" | "text" if table == "articles":
            return _to_article(_id(row, "id"), _excerpt(value) if value else "Untitled")
        case "title":
            return _to_article(_id(row, "article_id"), value)
        case "text" if table == "quotes":
            return _to_quote(row, _id(row, "id"), value)
        case "text" if table == "sayings":
            return _to_quote(row, _id(row, "quote_id"), value)
        case "text" | "said" if table in QUOTED_IN:
            return _to_quote(row, _id(row, "quote_id"), value)
        case "quote_id" if table in QUOTED_IN:
            return _to_quote(row, _id(row, "quote_id"), _label(value))
        case "speaker" | "outlet" | "via" | "words":
            return _link(f"/-/{PAGES[ID_COLUMNS[column]]}/{{}}", _id(row, ID_COLUMNS[column]), value)
        case "speaker_id" | "outlet_id" | "via_id" | "agency_id" | "wording_id":
            return _link(f"/-/{PAGES[column]}/{{}}", _id(row, column), _label(value))
        case "name" if table in PAGES_BY_TABLE:
            return _link(f"/-/{PAGES_BY_TABLE[table]}/{{}}", _id(row, "id"), value)
        case _:
            return None


def html(link: Link, datasette: Any, database: str) -> Markup:
    """Return a link as HTML.

    database (str): The name of a database of quotes.
    """
    limit = datasette.setting("truncate_cells_html")
    label = link.label[:limit] + "…" if limit and len(link.label) > limit else link.label
    address = _address(datasette.setting("base_url"), datasette.get_database(database).route)
    # Not Markup.format(): it takes half of the time of a page with thousands of cells.
    return Markup(f'<a href="{address}{link.path}">{escape(label)}</a>')


async def html_if_quotes(link: Link, datasette: Any, database: str) -> Markup | None:
    """Return a link as HTML; None if the database, not asked for lately, is not one of quotes."""
    return html(link, datasette, database) if await is_quotes_database(datasette.get_database(database)) else None


@lru_cache
def _address(base: str, route: str) -> str:
    # Datasette's urls.database() takes longer than all the rest of a cell.
    return str(escape(base + tilde_encode(route)))


def _to_article(article: int | None, label: Any) -> Link | None:
    return _link("/-/article/{}", article, label)


def _to_quote(row: Any, quote_id: int | None, label: Any) -> Link | None:
    article = _id(row, "article_id")
    if quote_id is not None and article is not None:
        return _link(f"/-/article/{article}#q-{{}}", quote_id, label)
    return _link("/quotes/{}", quote_id, label)


def _link(path: str, key: int | None, label: Any) -> Link | None:
    if key is None or not isinstance(label, str) or not label:
        return None
    return Link(path.format(key), label)


def _id(row: Any, column: str) -> int | None:
    """Return the integer in a column of the row; None if there is none, as in other people's queries."""
    try:
        value = row[column]
    except (KeyError, IndexError):
        return None
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, int) else None


def _label(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("label") or value.get("value")
    return str(value)


def _excerpt(value: Any) -> str:
    text = str(value)
    return text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + "…"
