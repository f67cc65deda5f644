"""From an article to what was said in it: the components in turn, none of which takes the others down with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, overload

from ..errors import ExtractionError, one_line
from ..records import Article, Extraction, Failure, Mention, Quote, Span, Subject
from .escapes import Origins, unescaped
from .hyphenation import Places, rejoined
from .long_texts import parts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Given = TypeVar("Given")
Result = TypeVar("Result")


def extract(nlp: Language, article: Article, *, with_topics: bool = False) -> Extraction:
    """Return what was said in an article.

    with_topics (bool): Say whom and what it is about too.
    Escaped characters are read as what they stand for, words that were broken at the ends of lines whole, and a text
    that is longer than articles in parts; the places are those of the article's text all the same.
    RAISES (ExtractionError): If a component fails on it; what the others found is its `extraction`.
    """
    from .word_table import forget

    components = _Components(nlp, article.source)
    plain, origins = components.attempt("escapes", unescaped, article) or (article, Origins.of(article.text))
    read, places = components.attempt("hyphenation", rejoined, plain) or (plain, range(len(plain.text)))
    quotes: list[Quote] = []
    about: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    for start, part in parts(read):
        doc = components.annotated(part)
        if doc is None:
            continue
        quotes += (_placed(quote, start, article.text, places, plain.text, origins) for quote in doc._.quotes)
        if not start:
            subjects = doc._.subjects
            about = components.topics(doc) if with_topics else ()
        del doc  # it must not stand in memory beside the next
        forget()
    found = Extraction(article, tuple(quotes), about, tuple(components.failures.values()), subjects)
    if found.failures:
        raise ExtractionError(found)
    return found


def _placed(quote: Quote, start: int, text: str, places: Places, plain: str, origins: Origins) -> Quote:
    """Return a quote of a part with its places in the text itself.

    start (int): Where the part begins in the rejoined text.
    places (Places): Those of the rejoined text in `plain`; origins (Origins): those of `plain` in `text`.
    """

    def in_plain(place: Span) -> Span:
        return places[start + place[0]], places[start + place[1] - 1] + 1

    def mention(found: Mention | None) -> Mention | None:
        if found is None:
            return None
        begin, end = origins.span(in_plain((found.start, found.end)))
        return Mention(text[begin:end], begin, end)

    spans = tuple(origins.words(in_plain(place), plain) for place in quote.spans)
    speaker = quote.speaker
    return replace(
        quote,
        spans=spans,
        text=" ".join(text[slice(*place)] for place in spans),
        cue=mention(quote.cue),
        mention=mention(quote.mention),
        speaker=speaker and replace(speaker, name=_on_one_line(speaker.name), role=_on_one_line(speaker.role)),
        citing=_on_one_line(quote.citing),
    )


@overload
def _on_one_line(words: str) -> str: ...
@overload
def _on_one_line(words: None) -> None: ...
def _on_one_line(words: str | None) -> str | None:
    return " ".join(words.split()) if words else words


class _Components:
    """The components of a pipeline, and which of them have failed on an article.

    spaCy's error handlers would do, but for a KeyError: that `nlp(doc)` raises whatever they say.
    """

    def __init__(self, nlp: Language, source: str) -> None:
        self.nlp = nlp
        self.source = source
        self.failures: dict[str, Failure] = {}
        self.missing: set[str] = set()

    def annotated(self, article: Article) -> Doc | None:
        """Return an article as a Doc with all that can be found in it; None if it can't even be cut into words."""
        self.missing = set()
        doc = self.attempt("tokenizer", self.nlp.make_doc, article.text)
        if doc is None:
            return None
        doc._.article = article
        for name, component in self.nlp.pipeline:
            meta = self.nlp.get_pipe_meta(name)
            if self.attempt(name, component, doc, meta.requires) is None:
                self.missing.update(meta.assigns)
        return doc

    def topics(self, doc: Doc) -> tuple[str, ...]:
        """Return what a Doc is about."""
        from .topics import topics

        return (
            self.attempt(
                "topics", topics, doc, ("doc.tensor", "doc._.marks", "token.tag", "token.dep", "doc.sents", "doc.ents")
            )
            or ()
        )

    def attempt(
        self, name: str, step: Callable[[Given], Result], given: Given, requires: Iterable[str] = ()
    ) -> Result | None:
        """Return what a step returns; None if it fails, which is noted unless it lacks what another failed to set."""
        try:
            return step(given)
        except Exception as error:  # whatever it is, it is no reason to lose what the others find
            if self.missing.isdisjoint(requires):
                reason = f"{name} failed ({one_line(error, self.source)})"
                self.failures.setdefault(name, Failure(self.source, name, reason))
            return None
