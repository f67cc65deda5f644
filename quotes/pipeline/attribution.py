"""The component `attribution`: who said what in an article."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from .adjacency import find_quotes
from .annotations import records_on_doc
from .sentences import sentences
from .sources import Report, subjects
from .speakers import resolve


@Language.factory("attribution", assigns=["doc._.quotes"], requires=["doc._.marks"])
def make_attribution(nlp: Language, name: str) -> Attribution:
    """Return the component."""
    return Attribution()


class Attribution:
    """Sets `doc._.quotes`: a tuple of `Quote`, in the order of the text.

    Reads `doc._.marks`, and `doc._.article` where it is set: its furniture is passed over.
    """

    def __init__(self) -> None:
        records_on_doc("quotes")
        if not Doc.has_extension("article"):
            Doc.set_extension("article", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of `doc` and return it."""
        article = doc._.article
        text = doc.text  # put together anew at every call
        story = sentences(doc, text, doc._.marks, article.furniture if article else ())
        reports = [Report.of(sentence, text) for sentence in story]
        outlet = article.outlet.name if article and article.outlet else None
        found = resolve(find_quotes(reports, outlet), subjects(reports), text)
        doc._.quotes = tuple(
            replace(quote, text=" ".join(text[start:end] for start, end in quote.spans)) for quote in found
        )
        return doc
