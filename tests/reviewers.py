"""Somebody who reviews quotes: the forms of the review page, as a browser fills and sends them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from told import FULL, WELLS, article, said

from quotes.store.database import open_database

ARTICLES = (
    article("pier", said(FULL), said(WELLS, "Stefan Moss"), text="He added it was over.", outlet="Courier"),
    article("wells", said(WELLS, "Lola Reyne"), outlet="Lantern"),
)
ROOT = {"id": "root"}


def stored(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    opened = open_database(path, create=False)
    try:
        return list(opened.execute(sql, list(values)).fetchall())
    finally:
        opened.close()


def served(path: Path) -> Datasette:
    datasette = Datasette([str(path)])
    datasette.root_enabled = True  # as `--root` does it in 1.0; 0.65 has no such switch
    return datasette


class Reader:
    """Somebody with a browser: cookies, and the forms of the page that was loaded last."""

    def __init__(self, datasette: Datasette, actor: dict[str, str] | None = ROOT) -> None:
        self.datasette = datasette
        self.cookies = {"ds_actor": datasette.sign({"a": actor}, "actor")} if actor else {}
        self.page = ""

    async def get(self, query: str = "") -> Any:
        answer = await self.datasette.client.get(f"/quotes/-/review{query}", cookies=self.cookies)
        self.cookies |= dict(answer.cookies)
        self.page = answer.text
        return answer

    def form(self, which: str = 'id="decide"') -> dict[str, str]:
        """The fields of a form with their values."""
        inside = self.page[self.page.index(which) :].partition("</form>")[0]
        fields = re.findall(r'<input type="(?:hidden|radio)" name="([^"]+)" value="([^"]*)"([^>]*)>', inside)
        return {name: unescape(value) for name, value, rest in fields if name != "kind" or "checked" in rest}

    async def post(self, form: dict[str, str], **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.datasette.client.post(
            "/quotes/-/review", data=form, cookies=self.cookies, headers=named, follow_redirects=False
        )

    async def decide(self, **fields: str) -> Any:
        answer = await self.post(self.form() | fields)
        assert answer.status_code == 303, answer.text
        return await self.get(answer.headers["location"].partition("/-/review")[2])
