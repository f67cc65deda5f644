"""The story in MediaWiki's markup: templates that hold its words are read, all others left out.

mwparserfromhell's own `strip_code` leaves out all templates, `{{w|Jane Roe|Ms Roe}}` and `{{quote|...}}` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, Heading, HTMLEntity, Tag, Template, Text, Wikilink

from ....errors import ReadingError
from ....records import Article
from ...dates import to_day
from ...documents import Document
from ..text import parse

_NO_STORY = frozenset(
    {
        "sources", "source", "related news", "related articles", "related stories", "sister links", "external links",
        "references", "notes", "see also", "further reading",
    }
)  # fmt: skip
# Templates that stand for words of theirs: the number of the parameter with these, the last if there are fewer.
_WORDS = {
    "w": 2, "wikipedia": 2, "wikt": 2, "wiktionary": 2, "wn": 2, "l": 2, "lang": 2, "small": 1, "nowrap": 1, "nobr": 1,
    "abbr": 1, "\"": 1, "sic": 1, "main page": 1, "big": 1, "underline": 1, "smallcaps": 1, "resize": 2,
}  # fmt: skip
_SIGNS = {
    "ndash": "–", "spaced ndash": " – ", "snd": " – ", "mdash": "—", "spaced mdash": " — ", "nbsp": " ", "spaces": " ",
    "'": "’", "!": "|", "=": "=", "quote mark": '"', "...": "…", "ellipsis": "…", "euro": "€", "pound": "£",
}  # fmt: skip
# Pull quotes are left out: what they hold stands in the story already.
_BLOCK_QUOTES = frozenset({"quote", "blockquote", "cquote", "quotation", "bquote", "bq"})
_SPEAKER = ("author", "sign", "speaker", "by", "2")
_DATES = frozenset({"date", "dateline", "byline"})
_NOTHING = frozenset("ref references gallery math table timeline score noinclude imagemap syntaxhighlight pre".split())
_NO_LINK = re.compile(r"\s*(?:file|image|media|category)\s*:", re.I)
_PREFIX = re.compile(r":?(?:[a-z]+:)*", re.I)
_OTHER_LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]+)?:\S", re.I)
_MAGIC = re.compile(r"__[A-Z]+__")
_MARKED = re.compile(r"^[\"“‘'«]")


def read_story(wikitext: str) -> tuple[str, str | None]:
    """Return the text of a page's story, its paragraphs parted by blank lines, and its day as `YYYY-MM-DD`."""
    code = mwparserfromhell.parse(wikitext)
    day = None
    parts: list[str] = []
    metadata = True  # whether what follows the last heading is of the story
    for node in code.nodes:
        if isinstance(node, Heading):
            heading = _words(node.title.nodes).strip()
            metadata = heading.rstrip(":").casefold() not in _NO_STORY
            if metadata:
                parts.append(f"\n\n{heading}\n\n")
            continue
        if isinstance(node, Template) and _name(node) in _DATES:
            day = day or _day(node)
        elif metadata:
            parts.append(_of_node(node))
    text = _MAGIC.sub("", "".join(parts)).replace("\xa0", " ")
    paragraphs = (_lines(paragraph) for paragraph in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, paragraphs)), day


def parse_wikitext(document: Document) -> Article:
    """Return the article that a page of a wiki is.

    RAISES (ReadingError): If there is no story on it.
    """
    text, day = read_story(str(document.data))
    if not text:
        raise ReadingError(document.source, "a page without a story")
    return parse(
        text, document.source, metadata=replace(document.metadata, published=document.metadata.published or day)
    )


def _lines(paragraph: str) -> str:
    """A paragraph without the spaces and brackets that what was left out leaves behind."""
    lines = (" ".join(re.sub(r"\(\s*\)", "", line).split()) for line in paragraph.split("\n"))
    return "\n".join(line for line in lines if any(map(str.isalnum, line)))


def _words(nodes: Iterable[Any]) -> str:
    return "".join(map(_of_node, nodes))


def _of_node(node: Any) -> str:
    if isinstance(node, Text):
        return str(node)
    if isinstance(node, HTMLEntity):
        return str(node.normalize())
    if isinstance(node, Wikilink):
        return _of_link(node)
    if isinstance(node, ExternalLink):
        return _words(node.title.nodes) if node.title else ""
    if isinstance(node, Template):
        return _of_template(node)
    return _of_tag(node) if isinstance(node, Tag) else ""


def _of_link(link: Wikilink) -> str:
    title = _words(link.title.nodes)
    if _NO_LINK.match(title):
        return ""
    text = _words(link.text.nodes) if link.text else ""
    if text.strip():
        return text
    # `[[de:Fähre]]` leads to the same page in another language; `[[w:Ferry]]` to one in another wiki.
    if _OTHER_LANGUAGE.match(title):
        return ""
    page = _PREFIX.sub("", title, count=1).partition("#")[0]
    return re.sub(r"\s*\([^()]*\)$", "", page) if link.text is not None else page


def _of_tag(tag: Tag) -> str:
    name = str(tag.tag).strip().lower()
    if name in _NOTHING:
        return ""
    if name in {"br", "li", "dd", "dt", "hr"} and not tag.contents:
        return "\n" if name == "br" else ""
    inner = _words(tag.contents.nodes) if tag.contents else ""
    return f"\n\n{inner}\n\n" if name in {"blockquote", "p", "poem"} else inner


def _of_template(template: Template) -> str:
    name = _name(template)
    if name in _SIGNS:
        return _SIGNS[name]
    if name in _BLOCK_QUOTES:
        return f"\n\n{_block_quote(template)}\n\n"
    if name not in _WORDS:
        return ""
    given = [parameter for parameter in template.params if not parameter.showkey]
    return _words(given[min(_WORDS[name], len(given)) - 1].value.nodes) if given else ""


def _block_quote(template: Template) -> str:
    """A block quote as the page shows it: with its speaker it is between marks."""
    text = _parameter(template, ("text", "quote", "1"))
    speaker = _parameter(template, _SPEAKER)
    if not text or not speaker:
        return text
    said = text if _MARKED.match(text) else f"“{text}”"
    return f"{said} — {speaker}"


def _parameter(template: Template, names: Iterable[str]) -> str:
    for name in names:
        if template.has(name) and (words := _words(template.get(name).value.nodes).strip()):
            return words
    return ""


def _day(template: Template) -> str | None:
    return to_day(_parameter(template, ("date", "1")))


def _name(template: Template) -> str:
    return " ".join(str(template.name).replace("_", " ").split()).lower()
