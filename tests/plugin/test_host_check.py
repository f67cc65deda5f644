from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from datasette.plugins import pm

from quotes.cli.main import main
from quotes.plugin import serving
from quotes.plugin.host_check import LOCAL, HostCheck, host_name


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8001", 200),
        ("LOCALHOST.:8001", 200),
        ("127.0.0.1:8001", 200),
        ("[::1]:8001", 200),
        ("[::1]", 200),
        ("news.example:8001", 200),
        ("evil.example", 403),
        ("evil.example:8001", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("evil.example@localhost", 403),
        ("localhost:8001:1", 403),
        ("[::1", 403),
        ("", 403),
    ],
)
async def test_only_who_knows_the_name_is_answered(sample_db: Path, host: str, status: int) -> None:
    pm.register(HostCheck((*LOCAL, "News.Example")), name="host check of a test")
    try:
        ds = Datasette([str(sample_db)])
        for path in ("/-/versions.json", "/-/static/app.css", "/samples/quotes.json?_size=1"):
            answer = await ds.client.get(path, headers={"host": host})
            assert answer.status_code == status
        if status == 403:
            assert "does not go by that name" in answer.text
            assert ("--allow-host" in answer.text) == bool(host_name(host) and "@" not in host)
    finally:
        pm.unregister(name="host check of a test")


def test_serve_takes_names(sample_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(serving, "serve", lambda *arguments, **options: asked.append(arguments))
    command = ["serve", "--db", str(sample_db), "--allow-host", "a.example", "--allow-host", "b.example"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert asked == [(sample_db, 8001, False, ("a.example", "b.example"))]
