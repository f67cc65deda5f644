"""The articles that were annotated for this project, and PolNeAR's, as the language components read them.

A folder of annotated articles holds `NAME.json` files, `texts/NAME` and `folds.csv` (`article,fold`); an entry of a
file is a contiguous piece of what was said: `start`, `end`, `kind`, and where they are stated `cue_start`, `cue_end`,
`source_start`, `source_end`; `speaker` is its resolved name, `speaker_type` what that is.

`corpus_annotations.jsonl` beside this module has such entries for articles of the corpora, without their texts: a line
an article, with its `corpus`, the name of its file and the SHA-256 digest of what is in that; a `speaker` or `via` that
the text has is its place there. `written_articles.jsonl` has articles that were written to be learned from, with their
`text`.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ..errors import ReadingError
from ..pipeline import AFTER_LANGUAGE
from ..pipeline.speakers.cast import Phrase
from ..pipeline.word_table import WordTable
from ..reading.formats.text import parse
from .corpora import polnear

Entry = Mapping[str, Any]

WRITTEN_AND_SEEN = 1284
"""Of the written articles so many, the first, are among those that the packaged encoder was tuned on."""
IN_CORPORA = Path(__file__).with_name("corpus_annotations.jsonl")
WRITTEN = Path(__file__).with_name("written_articles.jsonl")
_TEXTS = {"worldwide-newswire": "articles", "polnear": "train/text"}
"""Where the texts of a corpus lie in its folder."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated article.

    entries (Sequence[Entry]): In the order of the text, the longer before what lies in it.
    fold (int): Which part of the articles it belongs to, -1 if there are none.
    """

    name: str
    text: str
    entries: Sequence[Entry]
    fold: int = -1


def annotated(folder: Path) -> list[Annotated]:
    """Return the annotated articles of a folder."""
    with (folder / "folds.csv").open(encoding="utf-8", newline="") as lines:
        folds = {row["article"]: int(row["fold"]) for row in csv.DictReader(lines)}
    found = []
    for path in sorted(folder.glob("*.json")):
        name = path.name.removesuffix(".json")
        entries = json.loads(path.read_text(encoding="utf-8"))["quotes"]
        entries.sort(key=lambda entry: (entry["start"], -entry["end"]))
        text = (folder / "texts" / name).read_bytes().decode("utf-8")  # offsets count \r too
        found.append(Annotated(name, text, entries, folds.get(name, -1)))
    return found


def further(corpora: Path, measured: Sequence[Annotated]) -> list[Annotated]:
    """Return the articles to learn from beside those that are measured: of the corpora, and written ones."""
    return [*annotated_in_corpora(corpora, measured), *written()]


def annotated_in_corpora(
    corpora: Path, others: Sequence[Annotated] = (), annotations: Path = IN_CORPORA
) -> Iterator[Annotated]:
    """Yield the articles of the corpora that were annotated, each in the part of the articles of its outlet.

    others (Sequence[Annotated]): Articles whose parts are known, and with them those of outlets; others are in none.
    RAISES (ReadingError): If an article is not there, or is another than was annotated.
    """
    parts = {outlet_of(article.name): article.fold for article in others}
    for line in annotations.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = corpora / row["corpus"] / _TEXTS[row["corpus"]] / row["article"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ReadingError(str(path), "an article that was annotated is missing; see --data") from error
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise ReadingError(str(path), "another text than the one that was annotated")
        text = content.decode("utf-8")
        entries = [_with_names(entry, text) for entry in row["quotes"]]
        yield Annotated(path.name, text, entries, parts.get(outlet_of(path.name), -1))


def _with_names(entry: Entry, text: str) -> Entry:
    """Return an entry with names in place of their places."""
    places = {key: entry[key] for key in ("speaker", "via") if isinstance(entry.get(key), list)}
    return {**entry, **{key: " ".join(text[start:end].split()) for key, (start, end) in places.items()}}


def written(articles: Path = WRITTEN) -> Iterator[Annotated]:
    """Yield the articles that were written to be learned from; they are in no part."""
    for line in articles.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Annotated(row["article"], row["text"], row["quotes"])


def unseen_written() -> list[Annotated]:
    """Return the written articles that the encoder is not tuned on: judging pieces is learned from them."""
    return list(written())[WRITTEN_AND_SEEN:]


def outlet_of(name: str) -> str:
    """Return how the names of an outlet's articles begin: `in_herald` of `in_herald_12.txt`."""
    return re.split(r"_\d", name)[0]


def polnear_entries(data: Path, but: Sequence[Annotated]) -> Iterator[Annotated]:
    """Yield PolNeAR's train part in the same form, without the articles whose texts are among `but`."""
    known = {opening(article.text) for article in but}
    for n, (text, attributions) in enumerate(polnear(data, "train")):
        if opening(text) in known:
            continue
        entries = []
        for attribution in attributions:
            cue = max(attribution["cue"], key=lambda span: span[1] - span[0])
            source = attribution["source"][0] if attribution["source"] else None
            for start, end, _ in attribution["content"]:
                entry = {"start": start, "end": end, "kind": "indirect", "cue_start": cue[0], "cue_end": cue[1]}
                entries.append(entry | ({"source_start": source[0], "source_end": source[1]} if source else {}))
        yield Annotated(f"polnear-{n}", text, entries)


def opening(text: str) -> str:
    """Return the first letters of a text, which copies of it have too."""
    return "".join(text.split())[:200]


def read(nlp: Language, article: Annotated, kept: Path) -> Doc:
    """Return an article with everything but its quotes; what was read once is kept in a folder."""
    path = kept / f"{hashlib.sha256(article.text.encode()).hexdigest()[:24]}.doc"
    if path.exists():
        return Doc(nlp.vocab).from_bytes(path.read_bytes())
    doc = nlp.make_doc(article.text)
    doc._.article = parse(article.text, article.name)
    for name, component in nlp.pipeline:
        if name not in AFTER_LANGUAGE:
            doc = component(doc)
    kept.mkdir(parents=True, exist_ok=True)
    path.write_bytes(doc.to_bytes())
    return doc


def read_on(nlp: Language, article: Annotated, kept: Path, components: Sequence[str]) -> Doc:
    """Return an article as `read` does, and as further components of the pipeline read it."""
    doc = read(nlp, article, kept)
    for component in components:
        pipe: Any = nlp.get_pipe(component)
        doc = pipe(doc)
    return doc


def phrase(table: WordTable, entry: Entry, part: str) -> Phrase | None:
    """Return the words of an entry's `cue` or `source`; None where it has none."""
    if entry.get(f"{part}_start") is None:
        return None
    first, last = table.covered((entry[f"{part}_start"], entry[f"{part}_end"]))
    return (first, last) if first < last else None
