"""How `subjects` learns what articles are about, and how good it is on outlets that it has not seen.

Ridge regression on a story's words. There are twenty times as many words as articles: the weights of words that mean
alike, by the wordpieces of all-MiniLM-L6-v2, are held alike. Beside it are measured words alone and what the encoder
says of a story's first words.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.language import Language

from ...lexicon.media_topics import SUBJECTS
from ...pipeline.language.heads import Matrix
from ...pipeline.language.wordpieces import Wordpieces
from ...pipeline.language.words import words_of
from ...pipeline.subjects import bag, chosen, story_words
from ...reading.formats.text import parse
from ..calibration import Judged, fit
from ..networks.minilm import minilm

NAMES = tuple(SUBJECTS)
FOLDS = 5
FEWEST = 2
"""Articles of the training that a word stands in, for it to have weights."""
KEPT = 10_000
"""Words that are kept of some 16,000: those that move most."""
LIKENESS, DECAY = 1.0, 0.3
"""How much alike the weights of like words are, and how small all are; .7 to 1.4 and .1 to .5 give the same figures."""
SECOND = 0.7
"""How much of a subject an article is about that is not named first: the annotator chose those softly."""
LEAD = 250
"""Words of a story whose vectors are read: the annotator chose by headline and first words."""
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """An article whose subjects are known.

    outlet (str): Who printed it; articles of one outlet are in one part.
    subjects (tuple[str, ...]): The main one first.
    words (list[str]): Of its story.
    vectors (Matrix): Of the first `LEAD` of them.
    """

    name: str
    outlet: str
    subjects: tuple[str, ...]
    words: list[str]
    vectors: Matrix


def read(data: Path, nlp: Language, kept: Path) -> Iterator[Labelled]:
    """Yield the newswire's articles that `subjects.tsv` names; what was read once is kept in a folder.

    nlp (Language): A pipeline with `marks` and `encoder`.
    """
    folder = data / "worldwide-newswire"
    kept.mkdir(parents=True, exist_ok=True)
    with (folder / "subjects.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            name, known = row["article"], kept / f"{row['article']}.npz"
            if not known.exists():
                words, vectors = _read(folder / "articles" / name, nlp)
                np.savez(known, words=np.array(words, str), vectors=vectors.astype(np.float16))
            with np.load(known) as arrays:
                words, vectors = arrays["words"].tolist(), arrays["vectors"].astype(np.float32)
            yield Labelled(name, outlet_of(name), tuple(row["subjects"].split(",")), words, vectors)


def _read(path: Path, nlp: Language) -> tuple[list[str], Matrix]:
    article = parse(path.read_bytes().decode("utf-8", errors="replace"), path.name)
    doc = nlp.make_doc(article.text)
    doc._.article = article
    for _, component in nlp.pipeline:
        doc = component(doc)
    words = words_of(doc)
    furniture = np.zeros(len(article.text) + 1, bool)
    for start, end in article.furniture:
        furniture[start:end] = True
    tensor: Any = doc.tensor
    return story_words(words, article), tensor[words.tokens[~furniture[words.begins]][:LEAD]]


def outlet_of(name: str) -> str:
    """Return the outlet that the name of a newswire file says: `af_afrol` of `af_afrol_1.txt`."""
    return re.sub(r"_*\d*(?:\.txt)+$", "", name)


def parts(articles: Sequence[Labelled], given: Mapping[str, int]) -> NDArray[np.int64]:
    """Return the part that each article is in: that of its outlet, given for some articles, else the smallest one."""
    of_outlet = {article.outlet: given[article.name] for article in articles if article.name in given}
    sizes = Counter(of_outlet[article.outlet] for article in articles if article.outlet in of_outlet)
    rest = Counter(article.outlet for article in articles if article.outlet not in of_outlet)
    for outlet, count in rest.most_common():
        of_outlet[outlet] = min(range(FOLDS), key=lambda part: sizes[part])
        sizes[of_outlet[outlet]] += count
    return np.array([of_outlet[article.outlet] for article in articles])


class Meanings:
    """What words mean, by the wordpieces of all-MiniLM-L6-v2: of each word the mean of its wordpieces' vectors."""

    def __init__(self) -> None:
        self._wordpieces = Wordpieces(minilm("tokenizer.json").read_bytes())
        self._table: Matrix = load_file(minilm("model.safetensors"))["embeddings.word_embeddings.weight"]

    def __getitem__(self, word: str) -> Matrix:
        vector: Matrix = self._table[list(self._wordpieces.word(word).pieces)].mean(0)
        return vector


class Model:
    """The table of words, and its weights.

    articles (Sequence[Labelled]): Those of the training.
    meanings (Mapping[str, Matrix]): A vector for each word.
    words, encoder (float): How much the weights of words, and those of the encoder's vectors, may say.
    """

    def __init__(
        self, articles: Sequence[Labelled], meanings: Meanings | Mapping[str, Matrix], words: float, encoder: float
    ) -> None:
        counted = Counter(word for article in articles for word in set(article.words) if _WORD.fullmatch(word))
        table = sorted(word for word, count in counted.items() if count >= FEWEST)
        moved = self._learn(articles, meanings, words, encoder, {word: counted[word] for word in table})
        if len(table) > KEPT:
            kept = sorted(table[n] for n in np.argsort(-moved)[:KEPT])
            self._learn(articles, meanings, words, encoder, {word: counted[word] for word in kept})

    def _learn(
        self,
        articles: Sequence[Labelled],
        meanings: Meanings | Mapping[str, Matrix],
        words: float,
        encoder: float,
        table: Mapping[str, int],
    ) -> Matrix:
        """Learn with a table of words, given how many articles have each; return how much each word moves."""
        self.words = list(table)
        counts = np.array(list(table.values()))
        self.rarity = (np.log((1 + len(articles)) / (1 + counts)) + 1).astype(np.float32)
        self._places = {word: n for n, word in enumerate(self.words)}
        self._mean = np.zeros_like(articles[0].vectors[0])
        bags, leads = self._bags(articles), self._leads(articles)
        meaning = np.stack([meanings[word] for word in self.words])
        meaning -= np.average(meaning, 0, self.rarity * counts)
        meaning *= LIKENESS / np.linalg.norm(bags @ meaning, axis=1).mean()  # that of a story is as long as its bag
        self._mean = leads.mean(0)
        leads -= self._mean
        scale = encoder / max(float(np.linalg.norm(leads, axis=1).mean()), 1e-9)
        alike = bags @ meaning
        kernel = words * ((bags @ bags.T).toarray() + alike @ alike.T) + scale**2 * (leads @ leads.T)
        wanted = targets(articles)
        self.bias: Matrix = wanted.mean(0)
        solution = np.linalg.solve(kernel + DECAY * np.eye(len(kernel)), wanted - self.bias).astype(np.float32)
        self.weights = words * (bags.T @ solution + meaning @ (alike.T @ solution))
        self.of_vectors: Matrix = (scale**2 * leads.T @ solution).astype(np.float32)
        moved: Matrix = np.linalg.norm(self.weights, axis=1) * self.rarity * np.sqrt(counts)
        return moved

    def scores(self, articles: Sequence[Labelled]) -> Matrix:
        """Return how much each article (row) is about each subject (column)."""
        found: Matrix = self._bags(articles) @ self.weights + self._leads(articles) @ self.of_vectors + self.bias
        return found

    def _bags(self, articles: Sequence[Labelled]) -> csr_array:
        bags = [bag(article.words, self._places, self.rarity) for article in articles]
        columns, shares = (np.concatenate(row) for row in zip(*bags, strict=True))
        ends = np.cumsum([0, *(len(places) for places, _ in bags)])
        return csr_array((shares, columns, ends), shape=(len(articles), len(self.words)))

    def _leads(self, articles: Sequence[Labelled]) -> Matrix:
        """Return the mean vector of each article's first words, the common ones left out, of length 1."""
        found = []
        for article in articles:
            places = [self._places.get(word, -1) for word in article.words[: len(article.vectors)]]
            pooled = np.where(np.array(places) < 0, 0, self.rarity[places] - 1) @ article.vectors
            found.append(pooled / max(float(np.linalg.norm(pooled)), 1e-9))
        rows: Matrix = np.stack(found) - self._mean
        return rows


def targets(articles: Sequence[Labelled]) -> Matrix:
    """Return how much each article (row) is about each subject (column), as it was annotated."""
    rows = np.zeros((len(articles), len(NAMES)), np.float32)
    for row, article in zip(rows, articles, strict=True):
        row[[NAMES.index(name) for name in article.subjects]] = SECOND
        row[NAMES.index(article.subjects[0])] = 1
    return rows


System = Callable[[Sequence[Labelled]], Callable[[Sequence[Labelled]], Matrix]]
"""Learns from articles what gives the scores of subjects (columns) for others (rows)."""


def systems(meanings: Meanings | Mapping[str, Matrix]) -> dict[str, System]:
    """Return what is compared; `words` is what `Subjects` has."""

    def system(words: float, encoder: float) -> System:
        return lambda articles: Model(articles, meanings, words, encoder).scores

    return {"baseline": _baseline, "encoder": system(0, 1), "words": system(1, 0), "both": system(1, 0.7)}


def _baseline(articles: Sequence[Labelled]) -> Callable[[Sequence[Labelled]], Matrix]:
    """tf-idf and logistic regression, one subject against the rest."""
    tfidf = TfidfVectorizer(sublinear_tf=True, min_df=FEWEST, stop_words="english")
    known = tfidf.fit_transform(" ".join(one.words) for one in articles)
    models = {}
    for name in NAMES:
        is_it = [name in one.subjects for one in articles]
        if any(is_it):  # with C = 1, or without weights, it is worse
            models[name] = LogisticRegression(C=10, class_weight="balanced", solver="liblinear").fit(known, is_it)

    def scores(others: Sequence[Labelled]) -> Matrix:
        rows = tfidf.transform(" ".join(one.words) for one in others)
        none = np.zeros(len(others))
        return np.stack([models[name].predict_proba(rows)[:, 1] if name in models else none for name in NAMES], 1)

    return scores


def out_of_fold(system: System, articles: Sequence[Labelled], part: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """Return the scores of each article by what was not trained on its part, and the threshold for it.

    The threshold of a part is the best one for the other parts, each read by what was trained on the rest of those.
    """
    wanted = targets(articles) > 0
    learned: dict[frozenset[int], Callable[[Sequence[Labelled]], Matrix]] = {}

    def read(part_read: int, *others: int) -> Matrix:
        left_out = frozenset({part_read, *others})
        if left_out not in learned:
            learned[left_out] = system([one for one, n in zip(articles, part, strict=True) if n not in left_out])
        return learned[left_out]([one for one, n in zip(articles, part, strict=True) if n == part_read])

    scores, thresholds = np.zeros(wanted.shape, np.float32), np.zeros((len(articles), 1), np.float32)
    for tested in range(FOLDS):
        scores[part == tested] = read(tested)
        inner = np.zeros(wanted.shape, np.float32)
        for other in set(range(FOLDS)) - {tested}:
            inner[part == other] = read(other, tested)
        rest = part != tested
        thresholds[part == tested] = best_threshold(inner[rest], wanted[rest])
    return scores, thresholds


def best_threshold(scores: Matrix, wanted: NDArray[np.bool_]) -> float:
    """Return the threshold with the best F1 over all subjects given."""
    return float(max(np.linspace(0.05, 0.95, 91), key=lambda threshold: f1(scores, threshold, wanted)[0]))


def f1(scores: Matrix, thresholds: Matrix | float, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """Return F1 over all subjects given (micro), and the mean of each subject's own (macro)."""
    given = np.zeros_like(wanted)
    for row, places in zip(given, chosen(scores, thresholds), strict=True):
        row[places] = True
    right, sums = (given & wanted).sum(0), given.sum(0) + wanted.sum(0)
    return float(2 * right.sum() / sums.sum()), float(np.mean(2 * right / np.maximum(sums, 1)))


def figures(scores: Matrix, thresholds: Matrix, articles: Sequence[Labelled]) -> dict[str, float]:
    """Return F1, how often the main subject is given, how often the likeliest is right, and subjects an article."""
    wanted = targets(articles) > 0
    micro, macro = f1(scores, thresholds, wanted)
    given = chosen(scores, thresholds)
    main: list[float] = [NAMES.index(one.subjects[0]) in row for one, row in zip(articles, given, strict=True)]
    right: list[float] = [bool(wanted[n, row[0]]) for n, row in enumerate(given)]
    told: dict[str, list[float]] = {
        "main given": main,
        "likeliest right": right,
        "subjects": [len(row) for row in given],
    }
    means = {name: sum(values) / len(values) for name, values in told.items()}
    return {"micro F1": micro, "macro F1": macro} | means


def errors(scores: Matrix, thresholds: Matrix, articles: Sequence[Labelled]) -> dict[str, float]:
    """Return how many articles are wrong by what they were given, and F1 if their number of subjects were known.

    `too many` and `too few`: all that was given, or that should have been, besides what is right; `another`: both.
    """
    wanted = targets(articles) > 0
    given, told = np.zeros_like(wanted), np.zeros_like(wanted)
    for n, places in enumerate(chosen(scores, thresholds)):
        given[n, places] = True
        told[n, np.argsort(-scores[n], kind="stable")[: wanted[n].sum()]] = True
    more, fewer = (given & ~wanted).any(1), (wanted & ~given).any(1)
    counts = {"right": ~more & ~fewer, "too many": more & ~fewer, "too few": fewer & ~more, "another": more & fewer}
    right = 2 * (told & wanted).sum() / (told.sum() + wanted.sum())
    return {name: int(found.sum()) for name, found in counts.items()} | {"F1 if their number were known": float(right)}


def give(
    nlp: Language, articles: Sequence[Labelled], meanings: Meanings | Mapping[str, Matrix], part: NDArray[np.int64]
) -> None:
    """Give a pipeline's `subjects` the weights learned from all articles; likelihoods and threshold are out of fold."""
    scores, _ = out_of_fold(systems(meanings)["words"], articles, part)
    wanted = targets(articles) > 0
    sure = 1 / (1 + np.exp(-scores))
    pairs = zip(sure.ravel().tolist(), wanted.ravel().tolist(), strict=True)
    offset, slope = fit([Judged("subjects", one, right) for one, right in pairs])
    model = Model(articles, meanings, 1, 0)
    threshold = offset + slope * best_threshold(scores, wanted)
    component: Any = nlp.get_pipe("subjects")
    component.take(
        {"word": model.words, "subject": list(NAMES)},
        {
            "word.weight": slope * model.weights,
            "word.bias": offset + slope * model.bias,
            "rarity": model.rarity,
            "threshold": np.array([1 / (1 + np.exp(-threshold))]),
        },
    )
