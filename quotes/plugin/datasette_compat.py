"""Datasette 0.65 and 1.0: all that is not of its documented interface, or that its versions have each their own way.

Nothing else in this package imports Datasette's modules or replaces a function of it. `tests/plugin/
test_datasette_compat.py` fails where a version no longer has what is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from inspect import iscoroutinefunction
from typing import Any, TextIO

from datasette.database import QueryInterrupted
from datasette.utils import is_url, tilde_decode, tilde_encode
from datasette.utils.asgi import asgi_send
from datasette.views.base import DatasetteError
from datasette.views.index import IndexView
from itsdangerous import BadSignature
from jinja2 import Environment, Template

try:  # 1.0a20 and later: permissions are asked of resources
    from datasette.resources import DatabaseResource, TableResource
except ImportError:
    IS_VERSION_1 = False
else:
    IS_VERSION_1 = True

__all__ = [
    "DatasetteError",
    "QueryInterrupted",
    "asgi_send",
    "is_url",
    "tilde_decode",
    "tilde_encode",
]

REVIEW = "review-quotes"
"""The permission to decide about quotes."""
MESSAGES_COOKIE = "ds_messages"
"""The cookie of what a page is to say once."""
TEMPLATE_AWAITABLES = {"menu_links", "crumb_items"}
"""The functions that Datasette gives to templates and that are awaited there."""
MAX_QUERIES = 1_000


def databases(datasette: Any) -> dict[str, Any]:
    """Return the databases that are served by name, without Datasette's own (0.65 has it among them)."""
    return {name: database for name, database in datasette.databases.items() if name != "_internal"}


async def may_view_instance(datasette: Any, actor: Any) -> bool:
    """Return whether somebody may see the index."""
    if IS_VERSION_1:
        return bool(await datasette.allowed(action="view-instance", actor=actor))
    return bool(await datasette.permission_allowed(actor, "view-instance", default=True))


async def may_view_database(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether somebody may see the page of a database."""
    if IS_VERSION_1:
        return bool(await datasette.allowed(action="view-database", resource=DatabaseResource(database), actor=actor))
    visible, _ = await datasette.check_visibility(actor, permissions=[("view-database", database)])
    return bool(visible)


async def may_view_tables(datasette: Any, actor: Any, database: str, tables: Iterable[str]) -> bool:
    """Return whether somebody may see all of these tables, by the rules for each, its database and the instance."""
    if IS_VERSION_1:
        for table in tables:
            resource = TableResource(database, table)
            if not await datasette.allowed(action="view-table", resource=resource, actor=actor):
                return False
        return True
    # Where no table is allowed or denied by itself, the database decides.
    own = [await datasette.permission_allowed(actor, "view-table", (database, table), default=None) for table in tables]
    if None not in own:
        return all(own)
    visible, _ = await datasette.check_visibility(actor, permissions=[("view-database", database), "view-instance"])
    return bool(visible) and False not in own


async def may_review(datasette: Any, actor: Any, database: str) -> bool:
    """Return whether somebody may decide about the quotes of a database."""
    if actor is None:
        return False
    if IS_VERSION_1:
        return bool(await datasette.allowed(action=REVIEW, resource=DatabaseResource(database), actor=actor))
    return bool(await datasette.permission_allowed(actor, REVIEW, resource=database, default=False))


def review_actions() -> list[Any]:
    """Return the permission to review as 1.0 wants it."""
    from datasette.permissions import Action

    description = "Decide about quotes: accept, reject, correct"
    return [Action(name=REVIEW, description=description, resource_class=DatabaseResource)]


def is_signed(datasette: Any, text: str, value: object, namespace: str) -> bool:
    """Return whether a text is what this Datasette makes of a value when it signs it."""
    try:
        return bool(datasette.unsign(text, namespace) == value)
    except BadSignature:
        return False


async def instance_title(datasette: Any) -> str | None:
    """Return the title that the metadata gives the instance."""
    metadata = await datasette.get_instance_metadata() if IS_VERSION_1 else datasette.metadata()
    title: str | None = metadata.get("title")
    return title


async def query_names(datasette: Any, database: str, actor: Any) -> set[str]:
    """Return the names of the canned (1.0: stored) queries of a database that somebody may see."""
    if IS_VERSION_1:
        page = await datasette.list_queries(database, actor=actor, limit=MAX_QUERIES)
        return {query.name for query in page.queries}
    return set(await datasette.get_canned_queries(database, actor))


def configuration(metadata: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return metadata as keyword arguments for `Datasette`; by their names also options of `datasette serve`.

    1.0 takes queries from its configuration alone and descriptions from its metadata alone; of what it takes from the
    other it says nothing.
    """
    names = ("metadata", "config") if IS_VERSION_1 else ("metadata",)
    return {name: dict(metadata) for name in names}


def app_css(datasette: Any) -> str:
    """Return the address of Datasette's stylesheet."""
    if IS_VERSION_1:
        return str(datasette.static("app.css"))
    return f"{datasette.urls.static('app.css')}?{datasette.app_css_hash()}"


async def index_page(request: Any, datasette: Any) -> Any:
    """Return Datasette's own index."""
    return await IndexView(datasette).dispatch_request(request)


def synchronous_environment(datasette: Any) -> Environment:
    """Return Datasette's Jinja environment with templates that await nothing.

    In Datasette's own each call and piece is awaited: a page takes twice the time.
    """
    of_datasette: Environment = datasette.get_jinja_environment() if IS_VERSION_1 else datasette.jinja_env
    environment = of_datasette.overlay(enable_async=False)
    environment.template_class = SynchronousTemplate
    return environment


class SynchronousTemplate(Template):
    """A template of `synchronous_environment`."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        """Return what `render` does, with the links of the menu, which only awaiting gives.

        If other plugins bring functions that are to be awaited, Datasette's environment renders the page.
        """
        context = dict(*args, **kwargs)
        awaited = {name for name, value in context.items() if iscoroutinefunction(value)}
        if awaited - TEMPLATE_AWAITABLES:
            of_datasette = self.environment.linked_to
            assert of_datasette is not None and self.name is not None
            return await of_datasette.get_template(self.name).render_async(context)
        links = await context["menu_links"]()
        return self.render(context, menu_links=lambda: links)


def silence_tracebacks() -> None:
    """Keep Datasette from printing a traceback for every 404: it does where rich is installed, as our command needs."""
    # Imported before Datasette itself, this module of its would not count among its plugins.
    from datasette import handle_exception

    handle_exception.rich = None


def replace_time_limit(limit: Callable[[Any, float], AbstractContextManager[None]]) -> None:
    """Have Datasette interrupt its queries by another context manager than its `sqlite_timelimit`.

    limit (Callable): Takes a connection and milliseconds.
    """
    from datasette import database

    database.sqlite_timelimit = limit


def register_plugin(plugin: object, name: str) -> None:
    """Register a plugin that no entry point names."""
    from datasette.plugins import pm

    pm.register(plugin, name=name)


def plugin_called(name: str) -> Any:
    """Return the plugin that was registered by this name, None if none was."""
    from datasette.plugins import pm

    return pm.get_plugin(name)


def run_serve(arguments: list[str], files: Mapping[str, TextIO]) -> None:
    """Run `datasette serve` until it is stopped.

    files (Mapping[str, TextIO]): What stands in the files of its options, by the options' names.
    """
    from click import Abort
    from datasette.cli import cli

    with suppress(Abort):  # 1.0 raises Ctrl-C once more after it has shut down
        cli.main(["serve", *arguments], standalone_mode=False, default_map={"serve": dict(files)})
