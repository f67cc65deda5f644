"""What linking costs as a database grows, and whether the order of arrival matters.

    python benchmarks/linking.py [QUOTES] [--db FILE]

Writes synthetic articles of ten quotes (default: 1,000,000 quotes), of which a third have the words of others
but for cuts and small changes, and prints ratios of one run: seconds a thousand quotes at the end against
the start, memory at the end against the start; then writes the first 20,000 quotes in another order and says whether
the wordings and speakers are the same. The database is kept if it is named: `benchmarks/tracing.py` takes it.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from quotes.records import Article, Extraction, Outlet, Quote, Speaker
from quotes.store.database import close_database, open_database
from quotes.store.writing import Writer

EACH = 10
SHUFFLED = 20_000
ROLES = ("minister of ports", "spokesperson", "president of the union", "professor of law", "coach", "mayor")
SYLLABLES = [consonant + vowel for consonant in "b d f g k l m n p r s t w z".split() for vowel in "aeiou"]
OF_NAMES = "ban cor dal fen gar hol jim kel lom mar nev pol rud sim tor vis wen zak bri stu".split()
"""No two alike but for vowels: names that are would be taken for spellings of one."""


def words(chance: random.Random, count: int, syllables: list[str], fewest: int = 1) -> list[str]:
    return ["".join(chance.choices(syllables, k=chance.randint(fewest, fewest + 2))) for _ in range(count)]


def extractions(quotes: int) -> Iterator[Extraction]:
    """Yield articles: words by Zipf's law, 20,000 people, 200 outlets."""
    chance = random.Random(1)
    vocabulary = words(chance, 30_000, SYLLABLES)
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    given, surnames = words(chance, 400, OF_NAMES), words(chance, 4_000, OF_NAMES, 2)
    people = [f"{chance.choice(given)} {chance.choice(surnames)}".title() for _ in range(20_000)]
    said: list[str] = []
    for n in range(quotes // EACH):
        pieces, found, place = [], [], 0
        for _ in range(EACH):
            if said and chance.random() < 0.33:
                text = changed(chance.choice(said), chance)
                if chance.random() < 0.3:
                    text = f"{text.capitalize()}. {chance.choice(said).capitalize()}"
            else:
                text = " ".join(chance.choices(vocabulary, cum_weights=weights, k=chance.randint(8, 30)))
                if len(said) < 20_000:
                    said.append(text)
                elif chance.random() < 0.05:
                    said[chance.randrange(len(said))] = text
            text = f"“{text}”"
            speaker = Speaker(chance.choice(people), "person", chance.choice(ROLES))
            found.append(Quote("direct", ((place, place + len(text)),), text, speaker=speaker, method="synthetic"))
            pieces.append(text)
            place += len(text) + 1
        outlet = Outlet(f"Outlet {chance.randrange(200)}")
        url, day = f"https://outlet.example/{n}", f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
        yield Extraction(Article("\n".join(pieces), url, url=url, outlet=outlet, published=day), tuple(found))


def changed(text: str, chance: random.Random) -> str:
    """Return words cut at one end or both, with an ellipsis, or one of them left out."""
    found = text.split()
    start, end = chance.randrange(len(found) // 3), len(found) - chance.randrange(len(found) // 3)
    kept = found[start:end]
    if chance.random() < 0.3:
        kept[len(kept) // 2] = chance.choice(("…", ""))
    return " ".join(filter(None, kept))


def memory() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


def groups(path: Path | str, articles: Iterable[Extraction]) -> set[frozenset[str]]:
    """Return which quotes are of one wording, and which of one speaker, after articles went into a new database."""
    db = open_database(path)
    writer = Writer(db, "benchmark")
    for extraction in articles:
        writer.write(extraction)
    found: set[frozenset[str]] = set()
    joined = "SELECT {0}, hash || coalesce(n, '') FROM quotes LEFT JOIN sayings ON quote_id = id WHERE {0} IS NOT NULL"
    for column in ("wording_id", "speaker_id"):
        parts: defaultdict[int, set[str]] = defaultdict(set)
        for number, quote in db.execute(joined.format(column)):
            parts[number].add(f"{column} {quote}")
        found |= set(map(frozenset, parts.values()))
    close_database(db)
    return found


def main(quotes: int, path: Path | None) -> None:
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(path or Path(folder, "linking.db"))
        writer = Writer(db, "benchmark")
        began, before = time.process_time(), 0.0
        for n, extraction in enumerate(extractions(quotes), 1):
            writer.write(extraction)
            if n * EACH % 1_000 == 0:
                seconds.append(time.process_time() - began)
                began = time.process_time()
                before = before or (memory() if n * EACH >= 10_000 else 0.0)
                if sys.stderr.isatty():
                    print(f"\r{n * EACH:,} quotes", end="", file=sys.stderr)
        few = max(1, min(20, len(seconds) // 4))
        start, end = sum(seconds[1 : 1 + few]) / few, sum(seconds[-few:]) / few
        wordings, shared = db.execute("SELECT count(*), sum(quotes > 1) FROM wordings").fetchone()
        print(f"{quotes:,} quotes, {wordings:,} wordings, {shared:,} of more than one quote")
        print(f"a thousand quotes, end / start:  {end / start:.2f}")
        print(f"memory, end / start:             {memory() / before:.2f}")
        print(
            f"highest memory:                  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB",
            flush=True,
        )
        close_database(db)
    some = list(extractions(min(quotes, SHUFFLED)))
    in_order = groups(":memory:", some)
    random.Random(2).shuffle(some)
    print(f"same groups in another order:    {groups(':memory:', some) == in_order}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", nargs="?", type=int, default=1_000_000, metavar="QUOTES")
    parser.add_argument("--db", type=Path, metavar="FILE")
    options = parser.parse_args()
    main(options.quotes, options.db)
