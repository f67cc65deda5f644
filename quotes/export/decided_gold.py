"""What was decided about quotes by hand, as gold: to measure with, and for `quotes.training` to learn from."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..errors import ExportError
from ..evaluation.gold import GoldArticle, GoldQuote
from ..records import Article, Outlet, Span

FOLDS = 5
"""Parts of the articles, as many as `quotes.training` measures on in turn."""

_DECIDED = """
SELECT articles.*, outlets.name AS outlet FROM articles LEFT JOIN outlets ON outlets.id = outlet_id
WHERE EXISTS (SELECT 1 FROM quote_decisions WHERE article = coalesce(url, sha256) AND fits)
"""
_WHOLLY = f"""{_DECIDED}
AND NOT EXISTS (SELECT 1 FROM quotes WHERE article_id = articles.id AND decision IS NULL)
ORDER BY articles.id
"""
_PIECES = """
SELECT quotes.*, quote_spans.start AS first, quote_spans."end" AS past,
       coalesce(speaker_names.name, speakers.name) AS named, speakers.name AS speaker, speakers.kind AS speaker_kind,
       via.name AS via
FROM quotes JOIN quote_spans ON quote_id = quotes.id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id LEFT JOIN speaker_names ON speaker_names.id = quotes.name_id
LEFT JOIN outlets AS via ON via.id = via_id
WHERE article_id = ? ORDER BY first, past DESC
"""


def decided_gold(db: Database) -> Iterator[tuple[GoldArticle, Article]]:
    """Yield the articles about whose quotes something was decided, with their gold, and as they were read.

    Quotes about which nothing was decided are optional: whether they are found is neither right nor wrong. What was
    rejected is not in it, and so an error when it is found.
    """
    for row in db.query(f"{_DECIDED} ORDER BY articles.id"):
        text = row["text"]
        gold = tuple(
            GoldQuote(
                span=(piece["first"], piece["past"]),
                kind=piece["kind"],
                names=tuple(dict.fromkeys(filter(None, (piece["named"], piece["speaker"])))),
                speaker_kind=piece["speaker_kind"],
                via=piece["via"] if piece["decision"] == "accept" else None,
                optional=piece["decision"] is None,
            )
            for piece in db.query(_PIECES, [row["id"]])
        )
        yield GoldArticle(Path(f"article {row['id']}"), text, gold), _article(db, row)


def write_gold(db: Database, folder: Path) -> int:
    """Write the articles in which everything is decided, as `quotes.training` reads them; return how many.

    A file `NAME.json` and `texts/NAME` an article, and `folds.csv`; articles of an outlet are in one part, and so are
    copies of one text.
    RAISES (ExportError): If the folder has something in it already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ExportError(f"{folder}: has something in it already; name a new folder")
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    parts = _parts(db)
    with (folder / "folds.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(("article", "fold"))
        count = 0
        for count, row in enumerate(db.query(_WHOLLY), 1):  # noqa: B007 counted
            name = f"{row['id']}.txt"
            entries = [_entry(row["text"], piece) for piece in db.query(_PIECES, [row["id"]])]
            document = json.dumps({"doc": name, "quotes": entries}, ensure_ascii=False, indent=1)
            (folder / f"{name}.json").write_text(document, encoding="utf-8")
            (folder / "texts" / name).write_bytes(row["text"].encode())  # offsets count \r too
            rows.writerow((name, parts[row["id"]]))
    return count


def _entry(text: str, piece: dict[str, Any]) -> dict[str, Any]:
    start, end = piece["first"], piece["past"]
    entry = {"start": start, "end": end, "text": text[start:end], "kind": piece["kind"]}
    for name, part in (("cue", "cue"), ("source", "mention")):
        if piece[part] is not None:
            at = piece[f"{part}_start"]
            entry |= {name: piece[part], f"{name}_start": at, f"{name}_end": at + len(piece[part])}
    # The name that the article gives, not the one that other articles know the speaker by.
    return entry | {"speaker": piece["named"], "speaker_type": piece["speaker_kind"], "via": piece["via"]}


def _parts(db: Database) -> dict[int, int]:
    """Return which part each article in which everything is decided is in: the largest outlets first, evenly."""
    homes: dict[int, object] = {}
    of_group: dict[object, object] = {}
    for row in db.query(_WHOLLY):
        home = row["outlet"] or row["id"]
        homes[row["id"]] = of_group.setdefault(row["group_id"] or f"alone {row['id']}", home)
    load: Counter[int] = Counter(dict.fromkeys(range(FOLDS), 0))
    part_of: dict[object, int] = {}
    for home, count in Counter(homes.values()).most_common():
        part_of[home] = min(load, key=lambda part: (load[part], part))
        load[part_of[home]] += count
    return {article: part_of[home] for article, home in homes.items()}


def _article(db: Database, row: dict[str, Any]) -> Article:
    furniture: list[Span] = db.execute(
        'SELECT start, "end" FROM furniture WHERE article_id = ?', [row["id"]]
    ).fetchall()
    return Article(
        row["text"],
        row["source"],
        title=row["title"],
        byline=row["byline"],
        published=row["published"],
        place=row["place"],
        url=row["url"],
        outlet=Outlet(row["outlet"]) if row["outlet"] else None,
        language=row["language"],
        furniture=tuple(sorted(furniture)),
    )
