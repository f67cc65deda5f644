from __future__ import annotations

from collections.abc import Iterator

import spacy
from spacy.tokens import Doc, Span

from quotes.pipeline.language.spacy_compat import NO_PARSE, replace_noun_chunks


def test_doc_asks_the_function_for_its_noun_chunks() -> None:
    def first_token(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
        yield 0, 1, doclike.vocab.strings.add("NP")

    blank = spacy.blank("en")
    assert hasattr(blank.vocab, "get_noun_chunks")
    replace_noun_chunks(blank.vocab, first_token)
    (chunk,) = blank("Harbours freeze.").noun_chunks
    assert (chunk.text, chunk.label_) == ("Harbours", "NP")


def test_message_is_of_a_missing_parse() -> None:
    assert "parse" in NO_PARSE
