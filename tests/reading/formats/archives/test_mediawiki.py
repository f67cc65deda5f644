"""Dumps of wikis: stories of the main namespace, their templates read where they hold words."""

import io
import tracemalloc

import pytest

from quotes.reading.documents import Document
from quotes.reading.formats.archives.mediawiki import documents
from quotes.reading.kinds import kind_of
from quotes.reading.parsing import parse_document
from quotes.records import Article

pytest.importorskip("mwparserfromhell")
from quotes.reading.formats.archives.wikitext import read_story

BEGIN = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n<siteinfo>'
    "<sitename>Harbour Wiki</sitename><base>https://wiki.example/wiki/Main_Page</base></siteinfo>"
)
WIKITEXT = """{{date|March 4, 2025}}
{{Europe}}
[[File:Pier.jpg|thumb|The pier in 2019. {{image source|[[User:Bo|Bo]]}}]]
The mayor of [[w:Port Ellery|Port Ellery]], {{w|Ana Cortés (politician)|Ms Cortés}}, said '''on''' Monday&amp;nbsp;that
it would open.&lt;ref&gt;Courier&lt;/ref&gt; She spoke to [https://courier.example the Courier] and {{w|Reuters}}.

{{quote|We [[knew]] it would be long.|Ana Cortés, mayor}}
{{QuoteRight|We knew}}
"It's{{mdash}}open", she said.

== Reactions ==
* Bo Lind said he would wait. [[de:Fähre]]

== Sources ==
*{{source|url=https://courier.example/a|title=Pier|author=Lena Marsh|pub=Courier|date=March 3, 2025}}
== External links ==
* [https://pier.example The pier's own page]
[[Category:Published]]
"""
STORY = """The mayor of Port Ellery, Ms Cortés, said on Monday that
it would open. She spoke to the Courier and Reuters.

“We knew it would be long.” — Ana Cortés, mayor

"It's—open", she said.

Reactions

Bo Lind said he would wait."""


def page(number: int, title: str, text: str, ns: int = 0, more: str = "") -> str:
    return (
        f"<page><title>{title}</title><ns>{ns}</ns><id>{number}</id>{more}<revision><id>9</id>"
        f"<timestamp>2025-03-05T10:00:00Z</timestamp><text xml:space='preserve'>{text}</text></revision></page>\n"
    )


DUMP = (
    BEGIN
    + page(7, "Pier to reopen? Yes", WIKITEXT)
    + page(8, "Talk:Pier", "“No,” said a reader.", ns=1)
    + page(9, "Pier", "#REDIRECT [[Pier to reopen]]", more='<redirect title="Pier to reopen"/>')
    + page(10, "Ferry", "{{date|April 1, 2025}}\nThe ferry is back.")
    + "</mediawiki>\n"
)


def read(dump: str) -> list[Article | str]:
    """The articles in a dump, and what is said of what is none."""
    found = documents(io.BytesIO(dump.encode()), "dump.xml")
    parsed = (parse_document(one, None) if isinstance(one, Document) else one for one in found)
    return [one if isinstance(one, Article) else str(one) for one in parsed]


def test_the_stories_of_a_dump() -> None:
    for name in ("dump.xml", "dump.txt", "dump"):
        assert kind_of(DUMP.encode(), name) == "mediawiki"
    pier, ferry = read(DUMP)
    assert isinstance(pier, Article) and isinstance(ferry, Article)
    assert pier.text == STORY
    assert pier.source == "dump.xml#7"
    assert pier.url == "https://wiki.example/wiki/Pier_to_reopen%3F_Yes"
    assert (pier.title, pier.published, pier.byline) == ("Pier to reopen? Yes", "2025-03-04", None)
    assert pier.outlet and pier.outlet.name == "Harbour Wiki"
    assert (ferry.source, ferry.text, ferry.published) == ("dump.xml#10", "The ferry is back.", "2025-04-01")


def test_of_several_revisions_the_last_is_read() -> None:
    old = "<revision><timestamp>2025-03-01T10:00:00Z</timestamp><text>Old.</text></revision>"
    (found,) = read(BEGIN + page(1, "Ferry", "The ferry is back.", more=old) + "</mediawiki>")
    assert isinstance(found, Article)
    assert found.text == "The ferry is back."


@pytest.mark.parametrize(
    ("wikitext", "story"),
    [
        ("{{quote|We knew.}}", "We knew."),
        ("{{Blockquote|text=“We knew.”|author=[[Ana Cortés]]}}", "“We knew.” — Ana Cortés"),
        ("<blockquote>We knew.</blockquote>He left.", "We knew.\n\nHe left."),
        ("He{{nbsp}}left ({{lang|fr|ici}}).", "He left (ici)."),
        ("A [[Category:Ferries]]ferry<br>came<!-- no -->.", "A ferry\ncame."),
        ("{| class='x'\n|-\n| cell\n|}\nAfter [[Pier (Ellery)|]].", "After Pier."),
        ("{{unknown|words}}", ""),
        ("[[broken {{w|link", "[[broken {{w|link"),
    ],
)
def test_markup(wikitext: str, story: str) -> None:
    assert read_story(wikitext)[0] == story


def test_the_dateline() -> None:
    assert read_story("{{dateline|date=March 4, 2025|location=PORT ELLERY}}")[1] == "2025-03-04"
    assert read_story("{{date|soon}}")[1] is None


def test_what_is_broken_cut_off_or_empty() -> None:
    whole = DUMP.index("<page><title>Talk")
    first, error = read(DUMP[: whole + 30])
    assert isinstance(first, Article)
    assert str(error).startswith("dump.xml: broken or cut short after 1 articles; what was read before stays")
    assert read(BEGIN + "</mediawiki>")[0] == (
        "dump.xml: no article in this dump (looked for pages of the main namespace)"
    )
    assert str(read("")[0]).startswith("dump.xml: broken or cut short after 0 articles")
    assert read(BEGIN + page(1, "A", "{{date|May 1, 2025}}") + page(2, "B", "Story.") + "</mediawiki>")[0] == (
        "dump.xml#1: a page without a story"
    )


def test_a_long_dump_takes_little_memory() -> None:
    class Endless(io.RawIOBase):
        left = 400

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.left -= 1
            data = (
                BEGIN if self.left == 399 else page(self.left, "T", "x " * 20_000, ns=1 + (self.left == 5))
            ).encode()
            data = data if self.left > 0 else b""
            buffer[: len(data)] = data
            return len(data)

    tracemalloc.start()
    found = list(documents(io.BufferedReader(Endless(), 100_000), "dump.xml"))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert len(found) == 1
