"""The component `turns`: words that the form of an article's lines gives to somebody, not its sentences.

Transcripts and interviews, round-ups (`Pat Doyle (Labour): “...”`), quotes with a line below that says whose they are,
embedded posts, block quotes below `Brill wrote:`, dialogue by dashes.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from ..annotations import article_on_doc, records_on_doc
from ..attribution import Attribution, Part
from ..language.marks import Quotation
from ..language.words import words_of
from .article_lines import ArticleLines, Turn
from .headlines import headlines
from .round_ups import attributed, labelled, led
from .signed_posts import signed
from .transcripts import dialogue, interview, transcript
from .turn_lines import label


@Language.factory("turns", assigns=["doc._.turns"], requires=["doc._.marks", "doc._.attributions", "doc.ents"])
def make_turns(nlp: Language, name: str) -> TurnFinder:
    """Return the component."""
    return TurnFinder()


class TurnFinder:
    """Sets `doc._.turns`, in the order of the text; furniture of `doc._.article` holds none."""

    def __init__(self) -> None:
        for name, record in (
            ("turns", Turn), ("attributions", Attribution), ("parts", Part), ("marks", Quotation),
        ):  # fmt: skip
            records_on_doc(name, record=record)
        article_on_doc()

    def __call__(self, doc: Doc) -> Doc:
        """Find the turns of `doc` and return it."""
        text = words_of(doc).text
        doc._.turns = tuple(turns_of(ArticleLines(doc, text)))
        return doc


def turns_of(lines: ArticleLines) -> list[Turn]:
    """Return all turns of an article, in the order of the text."""
    labels = {n: one for n, line in enumerate(lines.lines) if (one := label(lines.text, line))}
    found = [*transcript(lines, labels), *interview(lines), *signed(lines)]
    for n in range(len(lines.lines)):
        if n not in lines.taken:
            turn = labelled(lines, n, labels) or attributed(lines, n) or led(lines, n, labels)
            if turn:
                lines.taken.add(n)
                found.append(turn)
    found += dialogue(lines)
    found += headlines(lines)
    return sorted(found, key=lambda turn: turn.contents)
