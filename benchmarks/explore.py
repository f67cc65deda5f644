"""How fast the pages answer on a large database, under several readers at once.

    python benchmarks/explore.py [QUOTES [DATABASE]]

Writes a synthetic database (default: 1,000,000 quotes in 100,000 articles, of 20,000 speakers in 300 outlets), or takes
the one that is there, serves it as `quotes serve` does, and asks for every page, facet and canned query from four
readers at once. Prints a line for each: milliseconds at the median and the 95th percentile, and what was refused.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote_plus

import httpx
import yaml
from linking import ROLES, SYLLABLES

from quotes.plugin.serving import metadata_path
from quotes.records import ACTS
from quotes.store.database import close_database, open_database

READERS = 4
ROUNDS = 40
EACH = 10
SPEAKERS, OUTLETS, TOPICS = 20_000, 300, 4_000
KINDS = ("direct", "indirect", "mixed")
SOURCES = ("person", "person", "person", "person", "organization", "organization", "unnamed", "document")


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))


def falling(size: int, power: float = 1.0) -> list[float]:
    """Return cumulative weights by Zipf's law."""
    return list(accumulate(1 / rank**power for rank in range(1, size + 1)))


def write(path: Path, quotes: int) -> None:
    """Write a database of this many quotes."""
    chance = random.Random(7)
    db = open_database(path)
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    vocabulary = [word(chance) for _ in range(30_000)]
    of_words, of_speakers = falling(len(vocabulary)), falling(SPEAKERS, 0.8)
    of_outlets, of_topics, of_acts = falling(OUTLETS, 0.7), falling(TOPICS, 0.8), falling(len(ACTS), 1.5)

    def text(fewest: int, most: int) -> str:
        return " ".join(chance.choices(vocabulary, cum_weights=of_words, k=chance.randint(fewest, most)))

    with db.atomic():
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        fill = db.conn.executemany
        fill(
            "INSERT INTO outlets VALUES (?, ?, ?, ?)",
            ((n, f"Outlet {n} {word(chance)}", f"outlet{n}.example", "newspaper") for n in range(1, OUTLETS + 1)),
        )
        people = [
            (n, f"{word(chance)} {word(chance)} {n}".title(), chance.choice(SOURCES), chance.choice(ROLES))
            for n in range(1, SPEAKERS + 1)
        ]
        fill("INSERT INTO speakers (id, name, kind, role) VALUES (?, ?, ?, ?)", people)
        fill(
            "INSERT INTO speaker_names VALUES (?, ?, ?, ?, ?, ?, '', '', '')",
            ((n, n, name, role, kind, name) for n, name, kind, role in people),
        )
        fill("INSERT INTO topics VALUES (?, ?)", ((n, f"{word(chance)} {n}") for n in range(1, TOPICS + 1)))
        shared = max(1, quotes // 100)
        for article in range(1, quotes // EACH + 1):
            outlet = chance.choices(range(1, OUTLETS + 1), cum_weights=of_outlets)[0]
            day = f"{2023 + article % 3}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            agency = chance.choice((None,) * 9 + (1,))
            cast = chance.choices(range(1, SPEAKERS + 1), cum_weights=of_speakers, k=4)
            rows, sayings, pieces, place = [], [], [], 0
            for n in range((article - 1) * EACH + 1, article * EACH + 1):
                said = text(8, 30)
                speaker = chance.choice(cast) if chance.random() < 0.97 else None
                wording = chance.randint(1, shared) if chance.random() < 0.05 else shared + n
                via = chance.randint(1, 12) if chance.random() < 0.03 else None
                act = chance.choices(ACTS, cum_weights=of_acts)[0]
                kind = chance.choices(KINDS, (5, 4, 1))[0]
                rows.append((n, article, outlet, speaker, day, kind, act, said, via, chance.random(), place,
                             place + len(said), f"{n:064}", speaker))  # fmt: skip
                sayings.append((n, said, place, place + len(said), wording))
                pieces.append(said)
                place += len(said) + 1
            story = "\n".join(pieces)
            db.execute(
                "INSERT INTO articles (id, outlet_id, agency_id, title, published, url, text, words, sha256,"
                " source, language, ingested_at, pipeline)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 's', 'en', '2026-01-01', 'synthetic')",
                [article, outlet, agency, text(4, 9), day, f"https://outlet{outlet}.example/{article}", story,
                 story.count(" ") + EACH, f"{article:064}"],
            )  # fmt: skip
            fill(
                "INSERT INTO wordings (id, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
                ((wording, said) for _, said, *_, wording in sayings),
            )
            fill(
                "INSERT INTO quotes (id, article_id, outlet_id, speaker_id, published, kind, act, text, via_id,"
                ' confidence, start, "end", hash, name_id, mention_kind, method)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', 'synthetic')",
                rows,
            )
            fill('INSERT INTO sayings (quote_id, n, text, start, "end", wording_id) VALUES (?, 0, ?, ?, ?, ?)', sayings)
            fill("INSERT INTO quote_spans VALUES (?, 0, ?, ?)", ((row[0], row[10], row[11]) for row in rows))
            about = set(chance.choices(range(1, TOPICS + 1), cum_weights=of_topics, k=6))
            pairs = ((article, topic) for topic in about)
            fill("INSERT INTO article_topics (article_id, topic_id) VALUES (?, ?)", pairs)
        db.execute(
            """UPDATE wordings SET (quotes, outlets, speakers, first_published, last_published) = (
                SELECT count(*), count(DISTINCT outlet_id), count(DISTINCT speaker_id), min(published), max(published)
                FROM sayings JOIN quotes ON quotes.id = quote_id WHERE wording_id = wordings.id)"""
        )
        for table in ("quotes", "articles"):
            db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        for _, sql in triggers:
            db.execute(sql)
    db.execute("ANALYZE")
    close_database(db)


def pages(base: str, quotes: int) -> Iterator[tuple[str, str]]:
    """Yield names and addresses of all that is asked for, other numbers and another order each time."""
    chance = random.Random(3)
    queries = yaml.safe_load(metadata_path().read_text())["databases"]["quotes"]["queries"]
    for _ in range(ROUNDS):
        speaker, outlet = int(SPEAKERS * chance.random() ** 3) + 1, int(OUTLETS * chance.random() ** 2) + 1
        article, topic = chance.randint(1, quotes // EACH), chance.randint(1, 500)
        month, words = f"2024-{chance.randint(1, 12):02}", f"{word(chance)} {word(chance)}"
        found = {
            "home": "/-/home",
            "index": "",
            "quotes": "/-/quotes",
            "quotes, page 9": "/-/quotes?page=9",
            "quotes, by certainty": f"/-/quotes?sort=unsure&outlet={outlet}",
            "facet speaker": f"/-/quotes?speaker={speaker}",
            "facet outlet": f"/-/quotes?outlet={outlet}",
            "facet kind": f"/-/quotes?kind={chance.choice(KINDS)}&topic={topic}",
            "facet kind, alone": f"/-/quotes?kind={chance.choice(KINDS)}",
            "facet act": f"/-/quotes?act={chance.choice(ACTS)}&month={month}",
            "facet via": f"/-/quotes?via={chance.randint(1, 12)}",
            "facet topic": f"/-/quotes?topic={topic}",
            "facet month": f"/-/quotes?month={month}",
            "facet source": f"/-/quotes?source=unnamed&month={month}",
            "facets, more": f"/-/quotes?more=speaker&outlet={outlet}",
            "search": f"/-/quotes?q={quote_plus(words)}",
            "search, one syllable": f"/-/quotes?q={chance.choice(SYLLABLES)}",
            "search in days": f"/-/quotes?q={word(chance)}&since={month}-01&until={month}-28",
            "article": f"/-/article/{article}",
            "speaker": f"/-/speaker/{speaker}",
            "outlet": f"/-/outlet/{outlet}",
            "wording": f"/-/wording/{chance.randint(1, quotes // 100)}",
            "compare outlets": f"/-/compare?a={outlet}&b={chance.randint(1, OUTLETS)}&since={month}-01",
            "compare speakers": f"/-/compare?of=speaker&a={speaker}&b={chance.randint(1, 100)}",
            "voices": "/-/voices",
            "voices of an outlet": f"/-/voices?outlet={outlet}&month={month}",
            "voices, each story once": f"/-/voices?stories=once&month={month}",
            "feed": f"/-/quotes.atom?speaker={speaker}",
            "table quotes": "/quotes",
            "table quotes, outlet": f"/quotes?outlet_id={outlet}",
            "table articles": "/articles",
            "table speakers": "/speakers",
            **{f"query {name}": f"/{name}" for name in queries},
        }
        mixed = list(found.items())
        chance.shuffle(mixed)  # in one order, a page would always be beside the same others
        for name, path in mixed:
            yield name, f"{base.rsplit('/', 1)[0]}/" if name == "index" else base + path


def main(quotes: int, path: Path) -> None:
    if not path.exists():
        began = time.monotonic()
        write(path, quotes)
        print(f"wrote {quotes:,} quotes in {time.monotonic() - began:.0f} s", file=sys.stderr)
    command = [
        sys.executable,
        "-c",
        "from quotes.cli.main import main; main()",
        "serve",
        "--db",
        str(path),
        "--port",
        "0",
    ]
    with tempfile.NamedTemporaryFile("w+") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            while not (said := re.search(r"running on (http://\S+)", Path(log.name).read_text())):
                if server.poll() is not None:
                    sys.exit(f"the server does not start: {Path(log.name).read_text()}")
                time.sleep(0.2)
            base = f"{said[1]}/{path.stem}"
            began = time.monotonic()
            httpx.get(f"{base}/-/home", timeout=120).raise_for_status()
            print(f"first page {time.monotonic() - began:.1f} s after the start")
            measure(base, quotes)
            memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text())
            print(f"highest memory of the server: {int(memory[1]) / 1000:.0f} MB")
        finally:
            server.terminate()


def measure(base: str, quotes: int) -> None:
    times: defaultdict[str, list[float]] = defaultdict(list)
    wrong: defaultdict[str, set[int]] = defaultdict(set)
    with httpx.Client(timeout=60) as client, ThreadPoolExecutor(READERS) as readers:

        def ask(page: tuple[str, str]) -> None:
            name, url = page
            began = time.perf_counter()
            answer = client.get(url)
            times[name].append(1000 * (time.perf_counter() - began))
            if answer.status_code != 200:
                wrong[name].add(answer.status_code)

        list(readers.map(ask, pages(base, quotes)))
    print(f"{'page':<32} {'median':>7} {'p95':>7} ms")
    for name, taken in sorted(times.items(), key=lambda item: median(item[1])):
        late = " " + " ".join(map(str, wrong[name])) if wrong[name] else ""
        print(f"{name:<32} {median(taken):>7.0f} {quantiles(taken, n=20)[-1]:>7.0f}{late}")
    every = [one for taken in times.values() for one in taken]
    print(f"{'all':<32} {median(every):>7.0f} {quantiles(every, n=20)[-1]:>7.0f}")


if __name__ == "__main__":
    if len(sys.argv) > 3 or not all(argument.isdecimal() for argument in sys.argv[1:2]):
        sys.exit(__doc__)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        main(wanted, Path(sys.argv[2]) if len(sys.argv) == 3 else Path(folder, "million.db"))
