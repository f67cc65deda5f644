"""Articles put together at random from real and odd paragraphs: does any fail, and does time grow with length alone?

    python benchmarks/odd_articles.py [COUNT] [FOLDER...] [--seed N]

FOLDERs hold real texts (`*.txt`) beside the samples. Prints what fails, with how to make it again, and the time a
character by length: beside the shortest class, and of the slowest article beside the median of its class.
Exits with 1 if an article fails, if a quote is not what stands at its place, or if a class takes more than twice as
long a character as a shorter one. Ctrl-C prints what was found so far.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections import defaultdict
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from time import process_time

import quotes
from quotes import pipeline
from quotes.errors import ExtractionError
from quotes.records import Article, Extraction
from quotes.spans.paragraphs import paragraphs

SAMPLES = Path(quotes.__file__).parent / "samples"
CLASSES = (300, 600, 1_200, 2_400, 4_800, 9_600)
"""Characters at most; most articles of news have 2,000 to 8,000."""
RARELY_LONG = (36, 26, 18, 12, 6, 2)
"""How many of a hundred articles are of each class."""
TOO_LONG = 2.0
SIGNS = tuple("\"'“”‘’«»„‟″`´#§%•*—–-…:;,.!?()[]{}|/\\@&$€£™©→✓\u00ad\u200b\ufeff\u2028\u00a0\u0301\x07\ufffd")
LISTS = ("{n}. {words}", "{n}) {words}", "• {words}", "- {words}", "* {words}", "#{n} {words}", "| {words} | {n} |")
HEADINGS = ("# {words}", "§ {n}", "{words}:", "{words}", "Also read: {words}", "{n} % of {words}", "=== {words} ===")
BREAKS = ("\n\n", "\n\n", "\n\n", "\n\n", "\n", "\r\n", "\r\n\r\n", " ", "", "\n \n", "\u2029", "\f", "\n" * 5)


class Maker:
    """Makes odd articles.

    real (list[str]): Paragraphs of real articles.
    """

    def __init__(self, real: list[str], seed: int) -> None:
        self.real = real
        self.seed = seed

    def article(self, n: int) -> tuple[int, str]:
        """Return the class of the n-th article, and its text: always the same."""
        chance = random.Random(f"{self.seed} {n}")
        (limit,) = chance.choices(CLASSES, RARELY_LONG)
        parts: list[str] = []
        length = 0
        goal = chance.uniform(limit / 2, limit)
        while length < goal:
            parts += (self._paragraph(chance)[: limit - length], chance.choice(BREAKS))
            length = sum(map(len, parts))
        return limit, "".join(parts)[:limit]

    def _paragraph(self, chance: random.Random) -> str:
        real = chance.choice(self.real)
        kind = chance.random()
        if kind < 0.45:
            return real
        if kind < 0.7:
            return _broken(real, chance)
        words = " ".join(real.split()[: chance.randrange(1, 9)])
        if kind < 0.9:
            form = chance.choice(LISTS if kind < 0.8 else HEADINGS)
            return form.format(n=chance.randrange(1, 3_000), words=words)
        return "".join(chance.choices((*SIGNS, " ", "said", "\n"), k=chance.randrange(1, 12)))


def _broken(text: str, chance: random.Random) -> str:
    """Return a paragraph with marks lost, swapped or put in, words broken at lines' ends, or its end cut off."""
    signs = list(text)
    for _ in range(chance.randrange(1, 6)):
        if not signs:
            break
        at = chance.randrange(len(signs))
        marks = [n for n, sign in enumerate(signs) if sign in "\"'“”‘’.,:"]
        what = chance.random()
        if what < 0.3 and marks:
            del signs[chance.choice(marks)]
        elif what < 0.5 and marks:
            signs[chance.choice(marks)] = chance.choice(SIGNS)
        elif what < 0.75:
            signs.insert(at, chance.choice(SIGNS))
        elif what < 0.9:
            signs.insert(at, chance.choice(("-\n", "\u00ad\n", "\u00ad", "\n", "  ", "\n\n")))
        else:
            del signs[at:]
    return "".join(signs)


def real_paragraphs(folders: list[Path]) -> list[str]:
    """Return the paragraphs of all texts in some folders."""
    found = []
    for folder in (SAMPLES, *folders):
        for path in sorted(folder.rglob("*.txt")):
            text = path.read_bytes().decode("utf-8", "replace")
            found += [text[start:end] for start, end in paragraphs(text)]
    return found


def wrong(extraction: Extraction) -> str | None:
    """Return what a quote says that does not stand in the text."""
    text = extraction.article.text
    for quote in extraction:
        pieces = [text[start:end] for start, end in quote.spans]
        if not all(pieces) or " ".join(pieces) != quote.text:
            return f"no such words: {quote.text!r}"
        for mention in (quote.cue, quote.mention):
            if mention and (not mention.text or text[mention.start : mention.end] != mention.text):
                return f"no such mention: {mention.text!r}"
        if quote.speaker and quote.speaker.name != " ".join(quote.speaker.name.split()):
            return f"no such name: {quote.speaker.name!r}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1_000, help="articles (1000)")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    maker = Maker(real_paragraphs(asked.folders), asked.seed)
    nlp = pipeline.build()
    pipeline.extract(nlp, Article(maker.article(0)[1], "warm up"), with_topics=True)
    taken: dict[int, list[float]] = defaultdict(list)
    slowest: dict[int, tuple[float, int]] = {}
    failed = found = 0
    with suppress(KeyboardInterrupt):
        for n in range(asked.count):
            limit, text = maker.article(n)
            began = process_time()
            with nlp.memory_zone():
                try:
                    extraction = pipeline.extract(nlp, Article(text, f"article {n}"), with_topics=True)
                    fault = wrong(extraction)
                    found += len(extraction.quotes)
                except ExtractionError as error:
                    fault = str(error)
            time = (process_time() - began) / max(len(text), 1)
            taken[limit].append(time)
            slowest[limit] = max(slowest.get(limit, (0.0, 0)), (time, n))
            if fault:
                failed += 1
                print(f"article {n} (--seed {asked.seed}): {fault}", flush=True)
    print(f"{sum(map(len, taken.values()))} articles, {found} quotes, {failed} failed")
    print(f"{'characters':>12}{'articles':>10}{'time a character':>18}{'slowest':>9}")
    medians = {limit: statistics.median(taken[limit]) for limit in CLASSES if taken[limit]}
    shortest = next(iter(medians.values()), 1.0)
    for limit, median in medians.items():
        time, n = slowest[limit]
        row = f"{f'to {limit:,}':>12}{len(taken[limit]):>10,}{median / shortest:>18.2f}{time / median:>9.1f}"
        print(f"{row}  article {n}")
    least = list(accumulate(medians.values(), min))
    return int(failed > 0 or any(map(lambda median, low: median > TOO_LONG * low, medians.values(), least)))


if __name__ == "__main__":
    sys.exit(main())
