"""The figures of the model card: a packaged pipeline over the test sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score
from spacy.scorer import PRFScore, Scorer
from spacy.tokens import Doc
from spacy.training import Example

from ..pipeline.language.lemma_scripts import apply
from . import corpora
from .corpora import Passage

BREAK = "\n\n"
"""Between paragraphs, as in a text file."""
IGNORED = "space"
"""Relation of white space, which is not counted."""


def gold_doc(nlp: Language, sentences: Sequence[Passage]) -> Doc:
    """Return a document of a treebank as a Doc, its paragraphs apart."""
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    labels: dict[str, list[str]] = {"tag": [], "morph": [], "dep": [], "lemma": []}
    for n, sentence in enumerate(sentences):
        if n and sentence.starts_paragraph:
            spaces[-1] = False
            heads.append(len(words) - 1)
            words.append(BREAK)
            spaces.append(False)
            starts.append(False)
            for row in labels.values():
                row.append("")  # nothing is asked of white space
            # spaCy 3.8 takes a label that is missing for missing in all later documents as well.
            labels["dep"][-1] = IGNORED
        heads += [len(words) + head for head in sentence.heads]
        words += sentence.words
        spaces += sentence.spaces
        starts += [place == 0 for place in range(len(sentence.words))]
        for task, row in labels.items():
            row += sentence.labels[task]
        labels["lemma"][-len(sentence.words) :] = map(apply, sentence.labels["lemma"], sentence.words)
    morphs = [label.partition("|") for label in labels["morph"]]
    return Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        heads=heads,
        deps=labels["dep"],
        tags=labels["tag"],
        pos=[part for part, _, _ in morphs],
        morphs=[feats for _, _, feats in morphs],
        lemmas=labels["lemma"],
        sent_starts=starts,
    )


def examples(nlp: Language, documents: Iterable[Sequence[Passage]], *, given: bool = False) -> Iterator[Example]:
    """Yield what the pipeline makes of each document beside what is right.

    given (bool): Words and sentences are given; else the raw text.
    """
    for sentences in documents:
        gold = gold_doc(nlp, sentences)
        if given:
            starts: list[Any] = [token.is_sent_start for token in gold]
            doc = Doc(nlp.vocab, [t.text for t in gold], [bool(t.whitespace_) for t in gold], sent_starts=starts)
        else:
            doc = nlp.make_doc(gold.text)
        yield Example(nlp(doc), gold)


def treebank_figures(nlp: Language, documents: Sequence[Sequence[Passage]]) -> dict[str, float]:
    """Return figures in per cent, punctuation counted.

    `tag`, `pos`, `morph`, `lemma`, `uas`, `las` of words and sentences as given; `raw uas`, `raw las` and `sentences`,
    F1, of raw text.
    """
    given = list(examples(nlp, documents, given=True))
    raw = list(examples(nlp, documents))
    trees: dict[str, Any] = parser_score(given, ignore_labels=(IGNORED,))
    found: dict[str, Any] = parser_score(raw, ignore_labels=(IGNORED,))
    words: dict[str, Any] = {}
    for attribute in ("tag", "pos", "morph", "lemma"):
        words |= Scorer.score_token_attr(given, attribute)
    figures = {
        **{name.removesuffix("_acc"): value for name, value in words.items()},
        "uas": trees["dep_uas"],
        "las": trees["dep_las"],
        "raw uas": found["dep_uas"],
        "raw las": found["dep_las"],
        "sentences": found["sents_f"],
    }
    return {name: 100 * value for name, value in figures.items()}


def entity_figures(nlp: Language, articles: Iterable[corpora.Entities]) -> dict[str, float]:
    """Return F1 in per cent over all entities and by label: a span counts that is right to the character."""
    scores: dict[str, PRFScore] = {"all": PRFScore()}
    for article in articles:
        after = article.text.find("\n") + 1  # the address on the first line
        gold = {span for span in article.spans if span[0] >= after}
        ents = nlp(article.text).ents
        got = {(ent.start_char, ent.end_char, ent.label_) for ent in ents if ent.start_char >= after}
        scores["all"].score_set(got, gold)
        for label in {span[2] for span in got | gold}:
            scores.setdefault(label, PRFScore()).score_set(
                {span for span in got if span[2] == label}, {span for span in gold if span[2] == label}
            )
    return {label: 100 * score.fscore for label, score in scores.items()}


def figures(nlp: Language, data: Path, part: str = "test") -> dict[str, dict[str, float]]:
    """Return all figures of a part (`dev` or `test`) by set."""
    found: dict[str, dict[str, float]] = {}
    ewt = list(corpora.read_treebank(data / "ud-ewt" / f"en_ewt-ud-{part}.conllu"))
    found["EWT"] = treebank_figures(nlp, ewt)
    for genre in ("news", "interview"):
        paths = corpora.gum(data, part, [genre])
        found[f"GUM {genre}"] = treebank_figures(nlp, [d for path in paths for d in corpora.read_treebank(path)])
    if part == "test":
        pud = list(corpora.read_treebank(data / "ud-pud" / "en_pud-ud-test.conllu"))
        found["PUD"] = treebank_figures(nlp, pud)
    articles = corpora.newswire(data, corpora.newswire_split(data)[part])
    found["newswire entities"] = entity_figures(nlp, articles)
    return found
