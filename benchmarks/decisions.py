"""What decisions about quotes cost: an ingest that applies them, and the page on which they are made.

    python benchmarks/decisions.py [QUOTES [DATABASE]]

Writes synthetic articles of ten quotes (default: 112,000 quotes), decides about nine in ten (accepted, another
speaker, rejected, in turn), writes these articles again, and prints ratios of one run, in CPU seconds: writing articles
again under decisions against without them; what that is of an ingest, extraction of the sample articles included;
milliseconds of the review page and of a decision, at the median and the 95th percentile. DATABASE is where the database
stays, for `benchmarks/explore.py`.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from datasette.app import Datasette
from linking import EACH, extractions
from sqlite_utils import Database

import quotes
from quotes import pipeline
from quotes.plugin.datasette_compat import register_plugin
from quotes.plugin.review.reviewing import NAME, Review
from quotes.plugin.serving import SETTINGS
from quotes.reading import articles
from quotes.records import Article, Extraction, Speaker
from quotes.store.database import close_database, open_database
from quotes.store.decisions.decided_quotes import Decision, Verdict, article_key
from quotes.store.decisions.decision_table import put
from quotes.store.rows.inserting import now
from quotes.store.rows.stored_quotes import quote_hash
from quotes.store.writing import Writer

AGAIN = 500
"""Articles that are written again."""
ROUNDS = 60
VERDICTS: tuple[Verdict, ...] = ("accept", "correct", "reject")
SAMPLES = Path(quotes.__file__).parent / "samples"


def main(count: int, path: Path) -> None:
    db = open_database(path)
    writer = Writer(db, "benchmark", force=True)
    for n, extraction in enumerate(extractions(count), 1):
        writer.write(extraction)
        if sys.stderr.isatty():
            print(f"\r{n * EACH:,} quotes", end="", file=sys.stderr)
    some = list(islice(extractions(count), min(AGAIN, count // EACH)))
    cpu(writer, some)  # what is read for the first time
    without = cpu(writer, some)
    decided = count * 9 // 10 // EACH
    decide(db, islice(extractions(count), decided))
    cpu(writer, islice(extractions(count), decided))  # the decisions are laid over the quotes
    under = cpu(writer, some)
    made, rejected = db.execute("SELECT count(*), sum(verdict = 'reject') FROM quote_decisions").fetchone()
    left = db.execute("SELECT count(*) FROM quotes WHERE decision IS NULL").fetchone()[0]
    print(f"{count:,} quotes, {made:,} decisions, {rejected:,} of them rejections; {left:,} still to review")
    close_database(db)
    per_quote = (under - without) / (len(some) * EACH)
    print(f"writing under decisions / without:  {under / without:.2f}")
    print(
        f"of an ingest, with extraction:      {per_quote / (extraction_per_quote() + without / len(some) / EACH):.2%}"
    )
    for what, times in asyncio.run(pages(path)).items():
        print(f"{what:<35} {median(times):.0f} ms, p95 {quantiles(times, n=20)[-1]:.0f} ms")


def cpu(writer: Writer, some: Iterable[Extraction]) -> float:
    began = time.process_time()
    for extraction in some:
        writer.write(extraction)
    return time.process_time() - began


def decide(db: Database, some: Iterable[Extraction]) -> None:
    """Decide about all quotes of articles that stand in the database; their rows follow when they are written again."""
    bo, at = Speaker("Bo Lind", "person"), now()
    with db.atomic():
        for extraction in some:
            for n, quote in enumerate(extraction.quotes):
                verdict = VERDICTS[n % len(VERDICTS)]
                decided = replace(quote, speaker=bo) if verdict == "correct" else quote
                digest = quote_hash(extraction.article, quote)
                put(db, Decision(digest, article_key(extraction.article), verdict, decided, quote, "benchmark", at))


def extraction_per_quote() -> float:
    """Return CPU seconds a quote of the sample articles."""
    nlp = pipeline.build()
    read = [one for one in articles([str(SAMPLES)]) if isinstance(one, Article)]
    pipeline.extract(nlp, read[0])
    began = time.process_time()
    found = sum(len(pipeline.extract(nlp, one).quotes) for one in read)
    return (time.process_time() - began) / found


async def pages(path: Path) -> dict[str, list[float]]:
    """Return milliseconds of the review page, and of decisions until the next quote is shown."""
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
        fields: dict[str, Any] = dict(re.findall(r'name="(csrftoken|token|quote)" value="([^"]*)"', answer.text))
        fields |= {"act": "accept" if n % 2 else "reject"}
        began = time.perf_counter()
        answer = await served.client.post(route, data=fields, cookies=cookies, follow_redirects=False)
        times["a decision"].append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 303, answer.text
    review.close()
    return times


if __name__ == "__main__":
    if len(sys.argv) > 3 or "-h" in sys.argv or "--help" in sys.argv:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 112_000,
            Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder, "decisions.db"),
        )
