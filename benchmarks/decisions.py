"""What 100,000 decisions about quotes cost: an ingest that applies them, and the pages.

    python benchmarks/decisions.py [QUOTES]

Prints figures of one run. First, in CPU seconds: writing 1,000 synthetic articles of ten quotes again, about each of
which something is decided (accepted, another speaker, rejected, in turn), in a database that holds 100,000 decisions,
against writing them without; and what that is of an ingest, extraction of the sample articles included. Then, on a
database of QUOTES (default: 200,000), with decisions about 100,000 of them: milliseconds of pages, with decisions and
without, of the review page, and of a decision until it is stored, at the median and the 95th percentile.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from datasette.app import Datasette
from explore import write
from linking import EACH, extractions
from sqlite_utils import Database

import quotes
from quotes import pipeline
from quotes.plugin.datasette_compat import register_plugin
from quotes.plugin.review.reviewing import NAME, Review
from quotes.plugin.serving import SETTINGS
from quotes.reading import articles
from quotes.records import Article, Extraction, Quote, Speaker
from quotes.store.database import close_database, open_database
from quotes.store.decisions.decided_quotes import Decision, Verdict, article_key
from quotes.store.decisions.decision_table import put
from quotes.store.rows.inserting import now
from quotes.store.rows.stored_quotes import quote_hash
from quotes.store.writing import Writer

DECISIONS = 100_000
ARTICLES = 1_000
ROUNDS = 40
VERDICTS: tuple[Verdict, ...] = ("accept", "correct", "reject")
SAMPLES = Path(quotes.__file__).parent / "samples"
PAGES = ("/-/home", "/-/quotes", "/-/quotes?sort=unsure", "/-/article/7", "/-/speaker/3", "/-/outlet/3", "/quotes")


def main(count: int, folder: Path) -> None:
    ingest(folder / "ingest.db")
    path = folder / "pages.db"
    write(path, count)
    before = asyncio.run(asked(path, PAGES))
    cover(path)
    after = asyncio.run(asked(path, PAGES)) | asyncio.run(reviewed(path))
    print(f"{count:,} quotes, {DECISIONS:,} decisions:  median and p95 in ms, without decisions in brackets")
    for what, times in after.items():
        then = f" ({shown(before[what])})" if what in before else ""
        print(f"{what:<34} {shown(times)}{then}")


def shown(times: list[float]) -> str:
    return f"{median(times):.0f}, {quantiles(times, n=20)[-1]:.0f}"


def ingest(path: Path) -> None:
    """Print what applying decisions costs."""
    db = open_database(path)
    writer = Writer(db, "benchmark", force=True)
    some = list(extractions(ARTICLES * EACH))
    for _ in range(2):
        without = cpu(writer, some)
    decide(db, some)
    for _ in range(2):  # the first time they are laid over the quotes
        under = cpu(writer, some)
    made, fit = db.execute("SELECT count(*), sum(fits) FROM quote_decisions").fetchone()
    assert (made, fit) == (DECISIONS, DECISIONS)
    close_database(db)
    each = ARTICLES * EACH
    whole = extraction_per_quote() + without / each
    print(f"writing under decisions, against without:  {under / without:.2f}")
    print(f"what they cost an ingest:                  {(under - without) / each / whole:.2%}")


def cpu(writer: Writer, some: Iterable[Extraction]) -> float:
    began = time.process_time()
    for extraction in some:
        writer.write(extraction)
    return time.process_time() - began


def decide(db: Database, some: Iterable[Extraction]) -> None:
    """Decide about all quotes of articles, and about as many others as it takes; rows follow when they are written."""
    bo, at = Speaker("Bo Lind", "person"), now()
    with db.atomic():
        for extraction in some:
            for n, quote in enumerate(extraction.quotes):
                verdict = VERDICTS[n % len(VERDICTS)]
                decided = replace(quote, speaker=bo) if verdict == "correct" else quote
                digest = quote_hash(extraction.article, quote)
                put(db, Decision(digest, article_key(extraction.article), verdict, decided, quote, "benchmark", at))
        for n in range(DECISIONS - ARTICLES * EACH):
            url = f"https://elsewhere.example/{n // EACH}"
            put(db, Decision(f"{n:064}", url, "accept", quote, quote, "benchmark", at))


def cover(path: Path) -> None:
    """Decide about the first quotes of a database of `explore.py`."""
    db, at = open_database(path), now()
    rows = db.execute(
        """SELECT quotes.hash, url, kind, quotes.text, start, "end"
        FROM quotes JOIN articles ON articles.id = article_id ORDER BY quotes.id LIMIT ?""",
        [DECISIONS],
    ).fetchall()
    with db.atomic():
        for digest, url, kind, text, start, end in rows:
            quote = Quote(kind, ((start, end),), text)
            put(db, Decision(digest, url, "accept", quote, quote, "benchmark", at))
        db.execute("UPDATE quotes SET decision = 'accept', confidence = 1 WHERE id <= ?", [DECISIONS])
    close_database(db)


def extraction_per_quote() -> float:
    """Return CPU seconds a quote of the sample articles."""
    nlp = pipeline.build()
    read = [one for one in articles([str(SAMPLES)]) if isinstance(one, Article)]
    pipeline.extract(nlp, read[0])
    began = time.process_time()
    found = sum(len(pipeline.extract(nlp, one).quotes) for one in read)
    return (time.process_time() - began) / found


async def asked(path: Path, pages: Iterable[str]) -> dict[str, list[float]]:
    """Return milliseconds of pages, asked for one after the other, the first time left out."""
    served = Datasette([str(path)], settings=SETTINGS)
    times: dict[str, list[float]] = {}
    for page in pages:
        times[page] = []
        for _ in range(ROUNDS + 1):
            began = time.perf_counter()
            answer = await served.client.get(f"/{path.stem}{page}")
            times[page].append(1000 * (time.perf_counter() - began))
            assert answer.status_code == 200, page
        del times[page][0]
    return times


async def reviewed(path: Path) -> dict[str, list[float]]:
    """Return milliseconds of the review page, and of decisions until they are stored."""
    review = Review(path, "benchmark")
    register_plugin(review, NAME)
    served = Datasette([str(path)], settings=SETTINGS)
    served.root_enabled = True
    cookies = {"ds_actor": served.sign({"a": {"id": "root"}}, "actor")}
    route = f"/{path.stem}/-/review"
    times: dict[str, list[float]] = {"review page": [], "a decision": []}
    for n in range(ROUNDS):
        began = time.perf_counter()
        answer = await served.client.get(route, cookies=cookies)
        times["review page"].append(1000 * (time.perf_counter() - began))
        cookies |= dict(answer.cookies)
        form = answer.text[answer.text.index('id="decide"') :]
        fields: dict[str, Any] = dict(re.findall(r'name="(csrftoken|token|quote)" value="([^"]*)"', form))
        fields |= {"act": "accept" if n % 2 else "reject"}
        began = time.perf_counter()
        answer = await served.client.post(route, data=fields, cookies=cookies, follow_redirects=False)
        times["a decision"].append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 303, answer.text
    review.close()
    return times


if __name__ == "__main__":
    if len(sys.argv) > 2 or not all(argument.isdecimal() for argument in sys.argv[1:]):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, Path(folder))
