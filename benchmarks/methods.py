"""How often each way of finding a quote is right, on the sample articles and their gold.

    python benchmarks/methods.py

Prints a line a method: pieces of content, the share of them that is right, and the share whose
speaker is right too.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import quotes
from quotes import pipeline
from quotes.reading import find, read_article

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))

from scoring import LEAST_OVERLAP, letters, load_gold, place, same_speaker  # noqa: E402


def main() -> None:
    samples = {Path(found.source).name: found for found in find([str(Path(quotes.__file__).parent / "samples")])}
    n: Counter[tuple[str, str]] = Counter()
    for document in load_gold(TESTS / "gold"):
        extraction = pipeline.extract(quotes.load(), read_article(samples[document["doc"]]))
        text = extraction.article.text
        gold = [(entry, letters(text, place(entry, text))) for entry in document["quotes"]]
        for quote in extraction:
            for span in quote.spans:
                piece = letters(text, span)
                best, entry = max(
                    ((len(piece & other) / len(piece | other), entry) for entry, other in gold),
                    key=lambda pair: pair[0],
                )
                right = best >= LEAST_OVERLAP
                n[quote.method, "pieces"] += 1
                n[quote.method, "right"] += right
                n[quote.method, "speaker"] += right and same_speaker(
                    entry["speaker"], quote.speaker.name if quote.speaker else None
                )
    print(f"{'method':<10} {'pieces':>6} {'content':>8} {'speaker':>8}")
    for method in sorted({method for method, _ in n}):
        pieces = n[method, "pieces"]
        print(f"{method:<10} {pieces:>6} {n[method, 'right'] / pieces:>8.2f} {n[method, 'speaker'] / pieces:>8.2f}")


if __name__ == "__main__":
    main()
