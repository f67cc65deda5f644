"""The component `ner`: named entities."""

from __future__ import annotations

from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span

from .heads import Head, Matrix
from .words import Words


@Language.factory(
    "word_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    requires=["doc.tensor"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
def make_ner(nlp: Language, name: str) -> Entities:
    """Return the component, without weights until `from_disk`."""
    return Entities(nlp.vocab, name, get_ner_prf)


class Entities(Head):
    """Sets `doc.ents`: PERSON, ORG, LOC, FAC, NORP, PRODUCT, DATE, MONEY and MISC.

    The classes are those of the English Worldwide Newswire (Shan et al. 2023); LOC holds countries and cities too.
    """

    def prepare(self) -> None:
        """Make the labels strings of the vocabulary: one that a text adds would go with the text."""
        self.strings({name.partition("-")[2] for name in self.names["entity"]})

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Set the entities; none goes over a paragraph's end."""
        chosen = self.linear("entity", vectors).argmax(1).tolist()
        found: list[tuple[int, int, str]] = []
        for n, (number, starts) in enumerate(zip(chosen, words.starts.tolist(), strict=True)):
            place, _, kind = self.names["entity"][number].partition("-")
            if place == "O":
                continue
            if place == "I" and not starts and found and found[-1][1] == n and found[-1][2] == kind:
                found[-1] = (found[-1][0], n + 1, kind)
            else:
                found.append((n, n + 1, kind))
        tokens = words.tokens
        doc.set_ents([Span(doc, tokens[s], tokens[e - 1] + 1, label=kind) for s, e, kind in found])
