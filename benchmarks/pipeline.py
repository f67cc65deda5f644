"""How fast the language pipeline reads, where its time goes, and what it needs.

    python benchmarks/pipeline.py FOLDER [MODEL]

Over the text files of a folder (up to 200), on one thread, prints in one run: the words a second of the whole
language pipeline against those of the bare encoder on the same windows, and against a stock spaCy
pipeline (`spacy init config -o efficiency`: tagger, parser, ner, one small convolutional network); each
component's share of the time; then, over up to 1,000 files, how memory goes, and the time to load.

The stock pipeline is trained for a moment on what ours finds in the sample articles: its speed is that of
a real one, its accuracy is not looked at.
"""

from __future__ import annotations

import os

for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.training import Example

import quotes
from quotes import pipeline
from quotes.pipeline.language.words import words_of

ROUNDS = 3


def texts(folder: str, most: int) -> Iterator[str]:
    """Yield the texts of a folder's articles."""
    for path in islice(sorted(Path(folder).rglob("*.txt")), most):
        yield path.read_text(encoding="utf-8", errors="replace")


def stock(ours: Language) -> Language:
    """Return a stock pipeline, trained for a moment on what ours finds in the samples."""
    samples = Path(quotes.__file__).parent / "samples"
    gold = list(ours.pipe(texts(str(samples), 20)))
    config = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency", silent=True)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    examples = [Example(nlp.make_doc(doc.text), _gold(nlp, doc)) for doc in gold]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(20):
        nlp.update(examples, sgd=optimizer)
    return nlp


def _gold(nlp: Language, doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
    copy = spacy.tokens.Doc(
        nlp.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )
    copy.set_ents([spacy.tokens.Span(copy, ent.start, ent.end, ent.label_) for ent in doc.ents])
    return copy


def bare(nlp: Language, read: list[str]) -> Callable[[], int]:
    """Return what runs nothing but the encoder's session, over the windows of some texts, and counts the words."""
    encoder: Any = nlp.get_pipe("encoder")
    feeds, count = [], 0
    for text in read:
        doc = nlp.make_doc(text)
        words = words_of(doc)
        count += len(words)
        feeds += [fed.network for fed in encoder.feeds(nlp.get_pipe("marks")(doc), words)]

    def run() -> int:
        for feed in feeds:
            encoder.session.run(["vectors"], feed)
        return count

    return run


def whole(nlp: Language, read: list[str]) -> Callable[[], int]:
    """Return what runs a pipeline over some texts and counts the words."""
    return lambda: sum(len(words_of(doc)) for doc in nlp.pipe(read))


def speed(folder: str, model: Path) -> None:
    """Print the ratios of speed and the shares of the time."""
    nlp = pipeline.build(path=model, exclude=pipeline.AFTER_LANGUAGE)
    read = list(texts(folder, 200))
    runs = {
        "whole pipeline": whole(nlp, read),
        "bare encoder": bare(nlp, read),
        "stock pipeline": whole(stock(nlp), read),
    }
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):  # in turns: a busy neighbour slows all of them alike
        for name, run in runs.items():
            start = time.process_time()
            words = run()
            rates[name].append(words / (time.process_time() - start))
    middle = {name: statistics.median(found) for name, found in rates.items()}
    for name, rate in middle.items():
        print(f"{name:<28} {rate:>7,.0f} words/s")
    print(f"whole / bare encoder         {middle['whole pipeline'] / middle['bare encoder']:>7.2f}")
    print(f"whole / stock pipeline       {middle['whole pipeline'] / middle['stock pipeline']:>7.2f}")
    spent: dict[str, float] = {}
    nlp = pipeline.build(path=model)
    for text in read:
        start = time.process_time()
        doc = nlp.make_doc(text)
        spent["tokenizer"] = spent.get("tokenizer", 0) + time.process_time() - start
        for name, component in nlp.pipeline:
            start = time.process_time()
            doc = component(doc)
            spent[name] = spent.get(name, 0) + time.process_time() - start
    for name, seconds in spent.items():
        print(f"  {name:<26} {seconds / sum(spent.values()):>7.0%} of the time")
    quotes = sum(spent[name] for name in pipeline.QUOTES)
    print(f"quotes / all before them     {quotes / (sum(spent.values()) - quotes):>7.2f}")


def memory(folder: str, model: Path) -> tuple[float, float]:
    """Return memory at the end of 1,000 articles against that after the first quarter, and its peak in MB."""
    nlp = pipeline.build(path=model, exclude=pipeline.AFTER_LANGUAGE)
    files = texts(folder, 1000)
    marks = []
    while batch := list(islice(files, 100)):
        with nlp.memory_zone():
            for _ in nlp.pipe(batch):
                pass
        marks.append(int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6)
    # Not getrusage: it counts what this process's parent held when it began.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return marks[-1] / marks[len(marks) // 4], int(peak[1]) / 1e3 if peak else float("nan")


def loading(model: Path) -> None:
    """Print the time to load and to read a first sentence, spaCy's own import aside, in a new process."""
    code = (
        "import time, spacy; s = time.perf_counter(); spacy.load({!r})('Kim said so.'); print(time.perf_counter() - s)"
    )
    took = [
        float(subprocess.run([sys.executable, "-c", code.format(str(model))], capture_output=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    print(f"load: {statistics.median(took):.2f} s")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    chosen = Path(sys.argv[2]) if len(sys.argv) == 3 else pipeline.MODEL
    speed(sys.argv[1], chosen)
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        grown, peak = fresh.submit(memory, sys.argv[1], chosen).result()
    print(f"memory at the end / after the first quarter {grown:.2f}; peak {peak:,.0f} MB")
    loading(chosen)
