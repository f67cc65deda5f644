"""The pages of the reference that are made, not written: of the commands, of the schema, and files that lie elsewhere.

A hook of MkDocs (`hooks` in mkdocs.yml).
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import yaml
from sqlite_utils import Database

from quotes.cli.main import main
from quotes.reading.decoding import SUFFIXES
from quotes.reading.kinds import DESCRIPTIONS, HTML_SUFFIXES, OF_SUFFIX, SOURCE_KINDS
from quotes.store.migrations import migrate, schema_sql

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parents[1]
ELSEWHERE = {
    "reference/database.md": "db/README.md",
    "reference/model-card.md": "quotes/pipeline/model/README.md",
    "changelog.md": "CHANGELOG.md",
}
"""Pages that are files of the repository as they stand."""
EXTRAS_OF_OURS = ("test", "docs", "train")
"""Extras for who works on the package."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those that are written."""
    from mkdocs.structure.files import File

    for uri, path in ELSEWHERE.items():
        files.append(File.generated(config, uri, abs_src_path=str(ROOT / path)))
    files.append(File.generated(config, "reference/cli.md", content=cli_page()))
    files.append(File.generated(config, "reference/formats.md", content=formats_page()))
    files.append(File.generated(config, "reference/schema.md", content=schema_page()))
    files.append(File.generated(config, "reference/licences.md", content=licences_page()))
    return files


def cli_page() -> str:
    """Return the reference of all commands and their options, as Markdown."""
    intro = (
        "# Command line\n\nExit codes: 0 when everything went well, 1 when something failed or nothing was found, 2 for"
        " a usage error, 130 after Ctrl-C, 143 after SIGTERM. Errors and progress go to standard error."
    )
    return "\n\n".join([intro, *_command(main, click.Context(main, info_name="quotes", **main.context_settings), 2)])


def _command(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{context.command_path}`"
    yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```"
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        # \b is how click is told to leave the lines of a paragraph as they are: these are examples.
        title, *lines = paragraph.removeprefix("\b\n").splitlines()
        if paragraph.startswith("\b"):
            yield f"{title}\n\n```text\n{inspect.cleandoc(chr(10).join(lines))}\n```"
        else:
            yield paragraph
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    options = [f"- `{names}`: {meaning}" for names, meaning in filter(None, records)]
    yield "\n".join(["Options:\n", *options])
    for name, one in sorted(getattr(command, "commands", {}).items()):
        yield from _command(one, click.Context(one, info_name=name, parent=context), level + 1)


def formats_page() -> str:
    """Return the reference of all formats that are read, as Markdown."""
    rows = ["| `--as` | format | suffixes |", "| --- | --- | --- |"]
    for kind in SOURCE_KINDS:
        told = {"text": sorted(SUFFIXES), "html": HTML_SUFFIXES, "feed": (".rss", ".atom")}.get(kind)
        suffixes = " ".join(f"`{one}`" for one in told or (suffix for suffix, of in OF_SUFFIX.items() if of == kind))
        rows.append(f"| `{kind}` | {DESCRIPTIONS[kind]} | {suffixes} |")
    intro = (
        "# Formats\n\nThe format of a source is detected from its contents. Where these can't tell, its suffix does;"
        " `--as` overrides both. [Ingest articles](../how-to/ingest.md) shows how to read each."
    )
    return intro + "\n\n" + "\n".join(rows)


def licences_page() -> str:
    """Return the libraries that the package needs, and each extra, with the licences that they state, as Markdown."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: needed for name, needed in project["optional-dependencies"].items() if name not in EXTRAS_OF_OURS}
    rows = ["| library | for | licence |", "| --- | --- | --- |"]
    for extra, needed in {"": project["dependencies"], **extras}.items():
        names = sorted(re.match(r"[\w.-]+", one)[0] for one in needed)
        rows += [f"| {name} | {f'`quotes[{extra}]`' if extra else 'all'} | {_licence(name)} |" for name in names]
    return (
        "# Licences\n\n`quotes` is under Apache-2.0. These are the licences that the libraries it needs state; the data"
        " on which its model was trained stand in the [model card](model-card.md).\n\n" + "\n".join(rows)
    )


def _licence(name: str) -> str:
    try:
        stated = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "not installed where this was made"
    classes = [one.rpartition(" :: ")[2] for one in stated.get_all("Classifier", []) if one.startswith("License :: ")]
    said = stated.get("License-Expression") or ", ".join(classes) or (stated.get("License") or "").partition("\n")[0]
    return " ".join(said.split()) or "none stated"


def schema_page() -> str:
    """Return the reference of all tables, views and their columns, and the schema as SQL, as Markdown."""
    described_by_us = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
    described = described_by_us["databases"]["quotes"]["tables"]
    db = Database(memory=True)
    migrate(db)
    ours = [table for table in db.tables if not table.name.startswith("_") and "_fts" not in table.name]
    parts = ["# Schema\n\n[The database](database.md) tells how the tables hang together; here is each of them."]
    parts += ["## Tables", *(_table(table, described.get(table.name, {})) for table in ours)]
    parts += ["## Views", *(_table(view, described.get(view.name, {})) for view in db.views)]
    parts.append(f"## As SQL\n\n```sql\n{schema_sql().strip()}\n```")
    db.close()
    return "\n\n".join(parts)


def _table(table: Any, described: dict[str, Any]) -> str:
    meanings = described.get("columns", {})
    keys = {key.column: key for key in getattr(table, "foreign_keys", ())}
    rows = ["| column | type | what it holds |", "| --- | --- | --- |"]
    for column in table.columns:
        leads = f" → [{keys[column.name].other_table}](#{keys[column.name].other_table})" if column.name in keys else ""
        rows.append(f"| `{column.name}` | {column.type.lower()} | {meanings.get(column.name, '')}{leads} |")
    return f"### {table.name}\n\n{described.get('description', '').strip()}\n\n" + "\n".join(rows)
