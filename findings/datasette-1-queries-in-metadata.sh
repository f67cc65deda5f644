#!/usr/bin/env bash
# Datasette 1.0 alpha: of a 0.65 metadata file, `-m` drops the queries, `-c` the descriptions, neither says a word.
#
# Expected: what 1.0 has moved from the metadata to the configuration is either taken from a metadata file all the same, as
# `allow`, `plugins` and the settings of tables (facets, sort, size ...) are, or refused with a word.
# Seen in Datasette 1.0a41: with the file as metadata the canned query is a 404, while an `allow` beside it denies access
# and the facets are there; with the file as configuration the query answers, but the title and the descriptions of
# tables and columns are gone. Status 200 or 404, nothing on the terminal.
# Instead: give the same file twice, `datasette data.db -m metadata.yml -c metadata.yml`: each takes its own part.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "datasette==1.0a41"
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import sqlite3
import tempfile
from pathlib import Path

from datasette.app import Datasette
from datasette.version import __version__

print("Datasette", __version__)
PATH = Path(tempfile.mkdtemp(), "data.db")
with sqlite3.connect(PATH) as connection:
    connection.executescript("create table boats (id integer primary key, kind text); create table crew (id integer)")
    connection.executemany("insert into boats (kind) values (?)", [("ferry",), ("tug",), ("ferry",)])
FILE = {
    "title": "Boats of the harbour",
    "databases": {
        "data": {
            "tables": {
                "boats": {"description": "One row a boat", "facets": ["kind"], "columns": {"kind": "What boat it is"}},
                "crew": {"allow": False},
            },
            "queries": {"all_ferries": {"sql": "select * from boats where kind = 'ferry'"}},
        }
    },
}


async def seen(**files):
    ds = Datasette([str(PATH)], **files)
    status = {path: (await ds.client.get(path)).status_code for path in ("/data/all_ferries", "/data/crew")}
    table = (await ds.client.get("/data/boats")).text
    return {
        "query": status["/data/all_ferries"],
        "denied table": status["/data/crew"],
        "facets": 'class="facet-info' in table,
        "description": "One row a boat" in table,
        "description of a column": "What boat it is" in table,
        "title": "Boats of the harbour" in (await ds.client.get("/")).text,
    }


async def main():
    described = ("description", "description of a column", "title")
    given = {"-m": {"metadata": FILE}, "-c": {"config": FILE}, "-m and -c": {"metadata": FILE, "config": FILE}}
    found = {name: await seen(**files) for name, files in given.items()}
    for name, what in found.items():
        print(f"{name}: {what}")
    assert all(what["denied table"] == 403 and what["facets"] for what in found.values())
    assert found["-m"]["query"] == 404 and all(found["-m"][name] for name in described)
    assert found["-c"]["query"] == 200 and not any(found["-c"][name] for name in described)
    assert found["-m and -c"]["query"] == 200 and all(found["-m and -c"][name] for name in described)


asyncio.run(main())
PYTHON
