from __future__ import annotations

import gc
import os
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import yaml
from datasette.app import Datasette

from quotes.errors import QuotesError
from quotes.plugin.datasette_compat import configuration
from quotes.plugin.serving import metadata_for, metadata_path, quotes_in, serve, time_limit

WAIT = 30
"""Seconds for a start on a busy machine; it takes two."""


def test_metadata_is_there() -> None:
    loaded = yaml.safe_load(metadata_path().read_text(encoding="utf-8"))
    assert loaded["databases"]["quotes"]["queries"]


@pytest.mark.parametrize("name", ["demo.db", "my news.db", "a.b/news.2025.sqlite", "quotes.db"])
def test_metadata_goes_by_the_name_of_the_file(name: str) -> None:
    ours = yaml.safe_load(metadata_path().read_text(encoding="utf-8"))
    renamed = metadata_for(Path(name))
    assert list(renamed["databases"]) == [Path(name).stem]
    tables = renamed["databases"][Path(name).stem]["tables"]
    assert tables == ours["databases"]["quotes"]["tables"]
    assert renamed["title"] == ours["title"]


async def test_links_of_the_home_page_hold_for_any_name(sample_db: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sample_db, tmp_path / "my news.db"))
    served = Datasette([str(path)], **configuration(metadata_for(path)))
    for page, pattern in (("/", r'href="(/my\+news[^"]*)"'), ("/my+news", r'href="(my\+news[^"]*)"')):
        links = set(re.findall(pattern, (await served.client.get(page)).text))
        assert links, page
        for link in links:
            assert (await served.client.get(f"/{unescape(link).lstrip('/')}")).status_code == 200, (page, link)


@pytest.fixture
def server(sample_db: Path, tmp_path: Path, quotes_command: list[str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`quotes serve` on a database of another name, and the address that it says it is at."""
    path = shutil.copy(sample_db, tmp_path / "harbour news.db")
    log = tmp_path / "log.txt"
    arguments = ["serve", "--port", "0", "--db", str(path)]
    with log.open("w") as errors:
        process = subprocess.Popen([*quotes_command, *arguments], stdout=subprocess.DEVNULL, stderr=errors, text=True)
    try:
        until = time.monotonic() + WAIT
        while not (said := re.search(r"running on (http://\S+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        yield process, said[1]
    finally:
        process.kill()
        process.wait()


def test_serve_answers_here_only_with_our_metadata_and_ends(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = server
    assert address.startswith("http://127.0.0.1:")
    with urlopen(f"{address}/harbour+news/top_speakers.json?_shape=array", timeout=WAIT) as answer:
        assert b"Cordray" in answer.read()
    with urlopen(f"{address}/", timeout=WAIT) as answer:
        assert b"quotes-home" in answer.read()
    with urlopen(f"{address}/-/settings.json", timeout=WAIT) as answer:
        assert b'"facet_time_limit_ms": 2000' in answer.read()
    with pytest.raises(HTTPError, match="403"):
        urlopen(Request(f"{address}/", headers={"Host": "evil.example"}), timeout=WAIT)
    process.send_signal(signal.SIGINT)
    assert process.wait(WAIT) in (0, 130)
    log = (tmp_path / "log.txt").read_text()
    assert "Traceback" not in log
    assert "Aborted" not in log


def test_a_port_that_is_taken_gives_one_line_and_changes_nothing(tmp_path: Path) -> None:
    before = gc.get_threshold()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(QuotesError, match="choose another with --port"):
            serve(tmp_path / "quotes.db", taken.getsockname()[1], False)
    assert gc.get_threshold() == before


def test_package_of_the_docs_carries_plugin_and_metadata(sample_db: Path, tmp_path: Path) -> None:
    """The command runs as it stands; a stand-in for docker keeps what it would build."""
    guide = (Path(__file__).parents[2] / "docs/how-to/publish.md").read_text(encoding="utf-8")
    command = shlex.split(re.search(r"^datasette package .*$", guide, re.M)[0])
    (tmp_path / "db").mkdir()
    shutil.copy(sample_db, tmp_path / "db" / "quotes.db")
    shutil.copy(metadata_path(), tmp_path / "metadata.yml")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "quotes-0.1.0-py3-none-any.whl").touch()
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(f"#!/bin/sh\ncp -r . {shlex.quote(str(tmp_path / 'built'))}\n")
    docker.chmod(0o755)
    environment = {**os.environ, "PATH": f"{docker.parent}:{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, env=environment, check=True, capture_output=True)
    built = tmp_path / "built"
    recipe = (built / "Dockerfile").read_text()
    assert "quotes-0.1.0-py3-none-any.whl" in recipe
    assert "pysqlite3-binary" in recipe  # the image's own SQLite, 3.34, knows no STRICT tables
    assert (built / "wheels" / "quotes-0.1.0-py3-none-any.whl").exists()
    assert (built / "quotes.db").exists()
    assert "sql_time_limit_ms 2000" in recipe
    assert "default_allow_sql off" in recipe
    assert "top_speakers" in (built / "metadata.json").read_text()


def test_a_query_is_interrupted_when_its_time_is_over_and_none_after_it() -> None:
    count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) SELECT max(i) FROM n"
    connection = sqlite3.connect(":memory:")
    with time_limit(connection, 10), pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(count.format(-1)).fetchall()
    assert connection.execute(count.format(300_000)).fetchall() == [(300_000,)]


async def test_datasette_asks_our_time_limit(sample_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    @contextmanager
    def limit(connection: sqlite3.Connection, milliseconds: float) -> Iterator[None]:
        asked.append(milliseconds)
        with time_limit(connection, milliseconds):
            yield

    monkeypatch.setattr("datasette.database.sqlite_timelimit", limit)
    served = Datasette([str(sample_db)], settings={"sql_time_limit_ms": 20})
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    answer = await served.client.get(f"/{sample_db.stem}.json?" + urlencode({"sql": endless}), follow_redirects=True)
    assert answer.status_code == 400
    assert "Interrupted" in answer.text or "too long" in answer.text
    assert 20 in asked


def test_large_databases_are_served_without_facets_in_tables() -> None:
    small = metadata_for(Path("quotes.db"))["databases"]["quotes"]["tables"]
    large = metadata_for(Path("quotes.db"), with_facets=False)["databases"]["quotes"]["tables"]
    assert small["quotes"]["facets"]
    assert not any("facets" in table for table in large.values())
    assert {name: table["columns"] for name, table in large.items()} == {
        name: table["columns"] for name, table in small.items()
    }


def test_quotes_are_told_without_counting(sample_db: Path, tmp_path: Path) -> None:
    assert quotes_in(sample_db) > 100
    (tmp_path / "other.db").touch()
    assert quotes_in(tmp_path / "other.db") == 0
