from __future__ import annotations

import json

import bibtexparser
import pytest
from pybtex.database import parse_string

from quotes.export.citations import tex

from .conftest import Export

CSL = {"id", "type", "title", "author", "container-title", "issued", "URL", "source", "language", "note"}


def test_csl_has_an_item_an_article(exported: Export) -> None:
    first, second, third = json.loads(exported("csl-json"))
    assert all(set(item) <= CSL for item in (first, second, third))
    assert first["id"] == "zorrancouriersons2025-1"
    assert (first["type"], first["container-title"]) == ("article-newspaper", "Zorran Courier & Sons")
    assert first["issued"] == {"date-parts": [[2025, 3, 4]]}
    assert first["author"] == [{"literal": "Lena Marsh"}, {"literal": "Joe Roe"}]
    assert first["note"].splitlines()[0] == "“=1+1 is two,” “and {braces} cost 5% & more_or_less.” — Ana Cortés, mayor"
    assert "source" not in first and third["source"], "what has neither outlet nor URL is told by its file"
    assert "issued" not in third and third["note"] == "“@home,” — no speaker found"
    assert "“that\x0b the pier\rwould close” — a harbour official" in second["note"]


def test_bibtex_is_read_by_its_readers(exported: Export) -> None:
    written = exported("bibtex")
    entries = parse_string(written, "bibtex").entries
    assert list(entries) == ["zorrancouriersons2025-1", "zorrancouriersons2025-2", "article-3"]
    first = entries["zorrancouriersons2025-1"]
    assert first.fields["title"] == r"{Pier: 100\% \textbraceleft{}closed\textbraceright{} \#1}"
    assert [str(person) for person in first.persons["author"]] == ["{Lena Marsh}", "{Joe Roe}"]
    assert (first.fields["journal"], first.fields["year"]) == (r"Zorran Courier \& Sons", "2025")
    assert first.fields["month"] == "March", "a macro, not a word"
    assert first.fields["url"] == "https://courier.example/pier_1?a=1&b=%7B2%7D"
    assert r"cost 5\% \& more\_or\_less.” — Ana Cortés, mayor / “-2,” — Bo Lind <b>" in first.fields["annote"]
    assert entries["article-3"].type == "misc" and entries["article-3"].fields["howpublished"]
    again = bibtexparser.parse_string(written)
    assert not again.failed_blocks
    assert [entry.key for entry in again.entries] == list(entries)


@pytest.mark.parametrize("text", ["{", "}", "}{", "\\", "a \\} b", "% {", "@article{x, }", "a\n\n@b"])
def test_braces_are_in_pairs_whatever_a_text_has(text: str) -> None:
    entry = f"@misc{{key,\n  annote = {{{tex(text)}}},\n}}\n"
    assert parse_string(entry, "bibtex").entries["key"].fields["annote"] == tex(text)
    assert not bibtexparser.parse_string(entry).failed_blocks
