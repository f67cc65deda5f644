"""How often each way of finding a quote is right, on articles annotated by hand.

    python benchmarks/methods.py [GOLD TEXTS]

Takes the sample articles and their gold by default. Prints a line a method: pieces of content, the share of them
that is right, and the share whose speaker is right too.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import quotes
from quotes.evaluation.gold import read_gold
from quotes.evaluation.scoring import matched, speaker_right
from quotes.evaluation.systems import ours
from quotes.reading import Found, read_article

SAMPLES = Path(__file__).parents[1] / "tests" / "gold", Path(quotes.__file__).parent / "samples"


def main(gold: Path, texts: Path) -> None:
    find_quotes = ours()
    n: Counter[tuple[str, str]] = Counter()
    for article in read_gold(gold, texts):
        pieces = [
            (quote, span)
            for quote in find_quotes(read_article(Found(article.path.name, article.path)))
            for span in quote.spans
        ]
        pairs = matched(article.text, [gold.span for gold in article.quotes], [span for _, span in pieces])
        wanted = {found: article.quotes[at] for at, found in pairs.items()}
        for at, (quote, _) in enumerate(pieces):
            n[quote.method, "pieces"] += 1
            if at in wanted:
                n[quote.method, "right"] += 1
                n[quote.method, "speaker"] += speaker_right(wanted[at], quote)
    print(f"{'method':<10} {'pieces':>6} {'content':>8} {'speaker':>8}")
    for method in sorted({method for method, _ in n}):
        pieces = n[method, "pieces"]
        print(f"{method:<10} {pieces:>6} {n[method, 'right'] / pieces:>8.2f} {n[method, 'speaker'] / pieces:>8.2f}")


if __name__ == "__main__":
    if len(sys.argv) not in (1, 3):
        sys.exit(__doc__)
    main(*([Path(path) for path in sys.argv[1:]] or SAMPLES))
