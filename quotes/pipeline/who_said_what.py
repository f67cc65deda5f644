"""The component `who_said_what`: the quotes of an article, with their speakers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from ..records import Quote, Span
from .adjacency import find_quotes
from .annotations import records_on_doc
from .attribution import Attribution
from .chain import via, with_chain, with_quoted
from .clauses import names_something
from .marks import Quotation
from .overlaps import Overlaps
from .reported import completed, reported_quotes, with_attributions
from .sentences import sentences
from .sources import Report
from .speakers import resolve
from .subjects import subjects

_A_WORD = 8
"""Characters. A clause that holds no more than this beside a quotation is the quotation."""


@Language.factory("who_said_what", assigns=["doc._.quotes"], requires=["doc._.marks"])
def make_who_said_what(nlp: Language, name: str) -> WhoSaidWhat:
    """Return the component."""
    return WhoSaidWhat()


class WhoSaidWhat:
    """Sets `doc._.quotes`: a tuple of `Quote`, in the order of the text.

    Direct quotes go from mark to mark; a cue beside them, or the attribution that holds them, tells whose they are.
    Indirect and mixed quotes are the clauses among the contents of `doc._.attributions`. Furniture of `doc._.article`,
    where that is set, is passed over.
    """

    def __init__(self) -> None:
        records_on_doc("quotes")
        records_on_doc("attributions", record=Attribution)
        if not Doc.has_extension("article"):
            Doc.set_extension("article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of `doc` and return it."""
        article = doc._.article
        text = doc.text  # put together anew at every call
        left_out = article.furniture if article else ()
        story = sentences(doc, text, doc._.marks, left_out)
        reports = [Report.of(sentence, text) for sentence in story]
        outlet = article.outlet.name if article and article.outlet else None
        attributions = completed(doc)
        beside_marks = list(with_attributions(doc, text, attributions, find_quotes(reports)))
        spoken = [
            piece
            for report in reports
            for i, piece in enumerate(report.pieces)
            if isinstance(piece, Quotation) and not names_something(report, i)
        ]
        carriers = [via(report.pieces, text, outlet) for report in reports]
        quotes = merged(beside_marks, reported_quotes(doc, text, attributions, spoken, left_out), text)
        quotes = with_quoted(quotes, reports, carriers)
        found = with_chain(
            resolve(quotes, subjects(doc, spoken), set(filter(None, carriers)), doc),
            reports,
            carriers,
        )
        doc._.quotes = tuple(
            replace(quote, text=" ".join(text[start:end] for start, end in quote.spans)) for quote in found
        )
        return doc


def merged(beside_marks: list[Quote], reported: Iterable[Quote], text: str) -> list[Quote]:
    """Return both in the order of the text, none over another.

    Words between marks that are no sentence of their own yield to a reported clause that holds them and more; all
    else that is reported yields to what stands between marks, and the less sure to the surer.
    """
    reported = sorted(reported, key=lambda quote: -quote.confidence)
    spans = [span for quote in reported if quote.mention for span in quote.spans]
    clauses = Overlaps(spans)

    def in_clause(span: Span) -> bool:
        """Whether it lies in a clause, or all but its end does."""
        over = (spans[n] for n in clauses.over(span))
        return any(
            start <= span[0] and span[1] - end < end - span[0] and end - start > span[1] - span[0] + _A_WORD
            for start, end in over
        )

    found = [quote for quote in beside_marks if _is_sentence(quote, text) or not in_clause(quote.spans[0])]
    taken = Overlaps(span for quote in found for span in quote.spans)
    for quote in reported:
        free = tuple(span for span in quote.spans if not taken.touch(span))
        if free:
            found.append(replace(quote, spans=free))
            for span in free:
                taken.add(span)
    return sorted(found, key=lambda quote: quote.start)


def _is_sentence(quote: Quote, text: str) -> bool:
    """Whether what stands between the marks ends as a sentence does, or with the comma before its cue."""
    return quote.kind == "direct" and text[slice(*quote.spans[0])].rstrip("\"”’'»`“ ")[-1:] in tuple(".,!?…")
