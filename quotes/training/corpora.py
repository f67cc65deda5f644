"""The corpora, read into passages: words with what is known of each.

The folder holds, as their makers lay them out:

- `ud-ewt/en_ewt-ud-{train,dev,test}.conllu` and `ud-pud/en_pud-ud-test.conllu`, treebanks;
- `gum/GUM_*.conllu`, a file a document, and `gum/splits.md`, which says what is for training;
- `worldwide-newswire/articles/*.txt` and `worldwide-newswire/entities/*.tsv`, entities in BIO;
- `polnear/{train,dev}/text/*.txt` and `polnear/{train,dev}/attributions/*.ann`, who said what.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import conllu
import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from ..pipeline import blank
from ..pipeline.language.lemma_scripts import script_of
from ..pipeline.language.words import words_of

OPEN_GENRES = frozenset({"academic", "bio", "court", "interview", "news", "speech", "textbook", "voyage"})
"""GUM's genres that are trained on. Its licence allows only non-commercial use of essay, fiction, letter, podcast,
whow and reddit. Of speech and textbook it states none; nor of conversation and vlog, which are left out as talk,
far from news."""
ENTITIES = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "FAC",
    "Date": "DATE",
    "Money": "MONEY",
    "NORP": "NORP",
    "Product": "PRODUCT",
    "Misc": "MISC",
}
"""The newswire's classes, by the names that spaCy's users know."""
HELD_OUT = Path(__file__).with_name("held_out.txt")
"""The newswire's articles that are never trained on, a name a line."""
_SPLIT_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a treebank or a paragraph of an article.

    words (tuple[str, ...]): Its words.
    spaces (tuple[bool, ...]): Whether a space follows each word.
    starts_paragraph (bool): Whether a paragraph starts with it.
    labels (dict[str, tuple[str, ...]]): By task, a label a word: `tag`, `morph` (UPOS, `|` and features), `lemma`
        (a script), `dep`; `entity`.
    heads (tuple[int, ...]): The place of each word's head in `words`, the root's its own; empty without a tree.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    starts_paragraph: bool
    labels: dict[str, tuple[str, ...]]
    heads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entities:
    """An article of the newswire, and its named entities.

    name (str): The file's name without its ending.
    text (str): The raw text.
    spans (tuple[tuple[int, int, str], ...]): First character, one past the last, and label.
    lost (int): Words of the annotation that were not found in the text.
    """

    name: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    lost: int = field(default=0, compare=False)


@cache
def tokenizer() -> Language:
    """Return the tokenizer that articles are read with: the pipeline's own."""
    return blank()


def read_treebank(path: Path) -> Iterator[list[Passage]]:
    """Yield the documents of a CoNLL-U file, each a list of its sentences."""
    document: list[Passage] = []
    with path.open(encoding="utf-8") as lines:
        for tree in conllu.parse_incr(lines):
            if "newdoc id" in tree.metadata and document:
                yield document
                document = []
            starts = "newpar" in tree.metadata or "newpar id" in tree.metadata or not document
            document.append(_sentence(tree, starts))
    if document:
        yield document


def _sentence(tree: conllu.TokenList, starts_paragraph: bool) -> Passage:
    words = [token for token in tree if isinstance(token["id"], int)]
    # Of words that are written as one ("don't"), the line of the whole says what follows.
    whole_words = [token for token in tree if isinstance(token["id"], tuple) and token["id"][1] == "-"]
    joined = {n: token for token in whole_words for n in range(token["id"][0], token["id"][2] + 1)}
    spaces = []
    for word in words:
        whole = joined.get(word["id"], word)
        last = whole is word or whole["id"][2] == word["id"]
        spaces.append(last and (whole["misc"] or {}).get("SpaceAfter") != "No")
    forms = tuple(word["form"] for word in words)
    feats = ["|".join(f"{k}={v}" for k, v in (word["feats"] or {}).items()) for word in words]
    return Passage(
        forms,
        tuple(spaces),
        starts_paragraph,
        {
            "tag": tuple(word["xpos"] or "X" for word in words),
            "morph": tuple(f"{word['upos']}|{feat}".rstrip("|") for word, feat in zip(words, feats, strict=True)),
            "lemma": tuple(script_of(word["form"], word["lemma"] or word["form"]) for word in words),
            "dep": tuple("ROOT" if word["head"] == 0 else word["deprel"] for word in words),
        },
        tuple(n if word["head"] == 0 else word["head"] - 1 for n, word in enumerate(words)),
    )


def gum(data: Path, split: str, genres: Iterable[str] = OPEN_GENRES) -> list[Path]:
    """Return the GUM documents of a split (`train`, `dev`, `test`) that belong to some genres."""
    text = (data / "gum" / "splits.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", text, flags=re.M)
    names = next(re.findall(r"\* (GUM_\S+)", part) for part in section if part.split("\n", 1)[0].strip() == split)
    wanted = {f"GUM_{genre}_" for genre in genres}
    paths = [data / "gum" / f"{name}.conllu" for name in names if re.sub(r"[^_]+$", "", name) in wanted]
    return [path for path in paths if path.exists()]


def treebanks(data: Path, split: str) -> list[list[Passage]]:
    """Return the documents of EWT and the open genres of GUM for a split."""
    paths = [data / "ud-ewt" / f"en_ewt-ud-{split}.conllu", *gum(data, split)]
    return [document for path in paths for document in read_treebank(path)]


def newswire_split(data: Path) -> dict[str, list[str]]:
    """Return the names of the newswire's articles for `train`, `dev` (40) and `test`: those in `held_out.txt`.

    Both were drawn once, from all names in order, shuffled by a fixed seed: the first 110, and the next 40.
    """
    folder = data / "worldwide-newswire"
    texts = {path.stem for path in (folder / "articles").glob("*.txt")}
    names = sorted(name for path in (folder / "entities").glob("*.tsv") if (name := _stem(path)) in texts)
    random.Random(_SPLIT_SEED).shuffle(names)
    held_out = set(HELD_OUT.read_text(encoding="utf-8").split())
    rest = [name for name in names if name not in held_out]
    return {"test": sorted(held_out.intersection(names)), "dev": sorted(rest[:40]), "train": rest[40:]}


def _stem(path: Path) -> str:
    return path.name.split(".txt")[0].removesuffix(".tsv")


def newswire(data: Path, names: Iterable[str]) -> Iterator[Entities]:
    """Yield articles of the newswire with their entities as spans of the raw text."""
    folder = data / "worldwide-newswire"
    tables = {_stem(path): path for path in (folder / "entities").glob("*.tsv")}
    for name in names:
        text = (folder / "articles" / f"{name}.txt").read_text(encoding="utf-8", errors="replace")
        yield _entities(name, text, tables[name].read_text(encoding="utf-8"))


def _entities(name: str, text: str, table: str) -> Entities:
    spans: list[tuple[int, int, str]] = []
    at = lost = 0
    for line in table.splitlines():
        # Where entities are nested, further columns hold the inner ones.
        word, label, *_ = [*line.split("\t"), ""]
        if not word.strip():
            continue
        found = text.find(word, at, at + len(word) + 60)
        if found < 0:
            lost += 1
            continue
        at = found + len(word)
        kind = ENTITIES.get(label[2:], "")
        if not kind:
            continue
        if label.startswith("I-") and spans and spans[-1][2] == kind and not text[spans[-1][1] : found].strip():
            spans[-1] = (spans[-1][0], at, kind)
        else:
            spans.append((found, at, kind))
    return Entities(name, text, tuple(spans), lost)


def entity_passages(article: Entities) -> list[Passage]:
    """Return an article's paragraphs with their entities, the first line (its address) left out."""
    doc = tokenizer().make_doc(article.text)
    return list(_paragraphs(doc, {"entity": article.spans}, after=article.text.find("\n") + 1))


Attribution = dict[str, list[tuple[int, int, str]]]
"""The spans of one attribution, by their kind: `cue`, `source`, `content`."""


def polnear(data: Path, split: str) -> Iterator[tuple[str, list[Attribution]]]:
    """Yield the articles of PolNeAR: the text, and its attributions that have a cue.

    Where several people annotated one article, the first of them by file name is read.
    """
    folder = data / "polnear" / split
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    for text_path in sorted((folder / "text").glob("*.txt")):
        if text_path.stem in annotations:
            standoff = annotations[text_path.stem].read_text(encoding="utf-8")
            yield text_path.read_text(encoding="utf-8"), list(_attributions(standoff))


def _attributions(standoff: str) -> Iterator[Attribution]:
    """Read brat's standoff format: T lines are spans of text, E lines tie them to attributions."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[str] = []
    for line in standoff.splitlines():  # some are the rest of a text that runs over several
        if span := re.match(r"(T\d+)\t\w\S* ([\d ;]+)\t", line):
            spans[span[1]] = [(int(start), int(end)) for start, end in (place.split() for place in span[2].split(";"))]
        elif event := re.match(r"E\d+\t(.+)", line):
            events.append(event[1])
    for parts in events:
        found: Attribution = {"cue": [], "source": [], "content": []}
        for part in parts.split():
            role, _, name = part.partition(":")
            kind = role.rstrip("0123456789").lower()
            if kind in found:
                found[kind] += [(start, end, kind) for start, end in spans.get(name, [])]
        if found["cue"]:
            yield found


def _paragraphs(
    doc: Doc,
    spans: Mapping[str, Iterable[tuple[int, int, str]]],
    after: int = 0,
) -> Iterator[Passage]:
    labels = {task: _bio(doc, places) for task, places in spans.items()}
    words = words_of(doc)
    for paragraph in np.split(words.tokens, np.flatnonzero(words.starts))[1:]:
        if doc[int(paragraph[0])].idx < after:
            continue
        places = paragraph.tolist()
        yield Passage(
            tuple(doc[i].text for i in places),
            tuple(bool(doc[i].whitespace_) for i in places),
            True,
            {task: tuple(row[i] for i in places) for task, row in labels.items()},
        )


def _bio(doc: Doc, spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return a BIO label a token; of spans that overlap, the longer."""
    row = ["O"] * len(doc)
    for start, end, kind in sorted(spans, key=lambda span: span[0] - span[1]):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or any(row[i] != "O" for i in range(span.start, span.end)):
            continue
        row[span.start : span.end] = [f"B-{kind}", *[f"I-{kind}"] * (len(span) - 1)]
    return row
