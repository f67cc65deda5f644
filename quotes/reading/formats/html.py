"""Web pages become articles: the story by trafilatura, the rest by what the page says of itself."""

from __future__ import annotations

import codecs
import re
import sys
from functools import cache
from typing import Any

from ...errors import ReadingError
from ...outlets.directory import by_name, host
from ...records import Article, Outlet
from ..dates import DAY_AND_MONTH, find_date
from ..decoding import BOMS
from ..documents import Document
from ..header import read_dateline
from ..page.body import read_body
from ..page.boilerplate import furniture, is_prose
from ..page.bylines import agency_in, joined, names_in
from ..page.metadata import PageMetadata, read_metadata
from ..page.page_tree import one_line
from ..page.story import MOST_ELEMENTS, Story, read_story

LARGEST = 10_000_000
"""Bytes. The largest of 181 real pages has 3 million; more is no page that people read."""

MOST_ATTRIBUTES = 1_000
"""Of a tag. Real ones have up to 40; the time that a parser takes grows with the square of them."""

FEWEST_WORDS = 20
"""Of a story. A stub before a paywall has more."""

LONGEST_STORY = 1_000_000
"""Characters. A live blog of a whole day has 200,000."""

_META = re.compile(rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# Not allowed in a tree; a NUL even ends the page for some parsers.
# What a parser of HTML takes for the attributes of a tag, and what holds no tags.
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+))?+"
_TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|</?[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?P<more>[\s/]*+[^\s/>])?+",
    re.I | re.S,
)
_RAW = re.compile(r"<(script|style|textarea|title)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-f]{1,8})|(?P<number>\d{1,8}))\b;?", re.I)
_WINDOWS = range(0x80, 0xA0)
_MOST_CONTROL = 0.01
_FEW_CONTROL = 100
# As browsers do: pages that say the one mean the other.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
_WALLS = (
    (
        re.compile(
            r"verif(?:y|ying) (?:that )?you are (?:a )?human|just a moment\.\.\.|checking (?:if the site|your browser)"
            r"|are you a robot|unusual (?:traffic|activity)|complete the captcha|attention required|ddos protection"
            r"|enable javascript and cookies to continue|access (?:to this page has been )?denied|request blocked",
            re.I,
        ),
        "a page that asks whether you are human, not the story; save it from a browser and read that",
    ),
    (
        re.compile(
            r"before you continue|we value your privacy|we use cookies|your (?:privacy|cookie|data) (?:choice|setting)s"
            r"|accept (?:all )?cookies|manage (?:your )?(?:consent|cookies|preferences)|we and our (?:\d+ )?partners",
            re.I,
        ),
        "a page that asks for consent to cookies, not the story; save it from a browser and read that",
    ),
    (
        re.compile(r"(?:page|article|story) (?:was |could )?not (?:be )?found|\b404\b|no longer available", re.I),
        "a page that says there is no such story",
    ),
)
# `By Jane Doe`, or a date and at most a weekday, a place and an hour with it.
_ABOVE = re.compile(
    rf"by:?\s+(?-i:[A-Z])[^.!?]{{2,120}}$|[^.!?“\"]{{0,40}}\b(?:{DAY_AND_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)\b[^.!?“\"]{{0,40}}$",
    re.I,
)
_BELOW = re.compile(
    r"^(?:do you have|have you|got|if you have|contact us|e-?mail|write to|reach|follow|subscribe|sign up)\b"
    r".*(?:\S@\S|\bus\b|@\w)"
    r"|\ball rights reserved\b",
    re.I | re.S,
)
_LINES_ABOVE = 6
_QUOTED = re.compile(r"[\"“”]")
_WORDS_OF_A_WALL = 150
_WORDS_OF_A_STORY = 60
_TEASERS = 0.6


def parse_page(document: Document) -> Article:
    """Return the article on a web page.

    What the document is told of goes before what the page says, but for the address: the page's
    canonical one stands for all under which it is found.
    RAISES (ReadingError): If it is no page, or one without a story.
    """
    source, metadata = document.source, document.metadata
    tree = _tree(_decoded(document), source)
    page = read_metadata(tree, metadata.url)
    shown = one_line(f"{page.title or ''} {tree.text_content()[:20_000]}")
    above, story = _parted(
        _checked(read_story(tree, page.title, read_body(page.body), page.declared), page, shown, source)
    )
    text = "\n\n".join(story)
    dateline = read_dateline(story[0])
    language = (metadata.language or page.language or "en").replace("_", "-")
    return Article(
        text=text,
        source=source,
        title=metadata.title or page.title,
        byline=metadata.byline or page.byline or joined(name for line in above for name in names_in(line, page.outlet)),
        published=metadata.published or page.published or next(filter(None, map(find_date, above)), None),
        place=dateline.place if dateline else None,
        url=page.url,
        outlet=_outlet(metadata.outlet, page),
        agency=page.agency
        or (dateline.agency if dateline else None)
        or next(filter(None, map(agency_in, above)), None),
        language=language,
        furniture=furniture(text),
    )


def _parted(paragraphs: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """The lines above a story that tell its writer and day, and the story; without the calls below it."""
    story = list(paragraphs)
    begin = 0
    for number, line in enumerate(story[:_LINES_ABOVE]):
        if is_prose(line) or _QUOTED.search(line):
            break
        if _ABOVE.match(line):
            begin = number + 1
    above = [line for paragraph in story[:begin] for line in paragraph.splitlines()]
    story = story[begin:] or story
    while len(story) > 1 and _BELOW.search(story[-1]) and not _QUOTED.search(story[-1]):
        story.pop()
    return above, tuple(story)


def _outlet(metadata: str | None, page: PageMetadata) -> Outlet | None:
    if metadata is None:
        return page.outlet
    return by_name(metadata) or Outlet(metadata, host(page.url).removeprefix("www.") or None if page.url else None)


def _checked(story: Story, page: PageMetadata, shown: str, source: str) -> tuple[str, ...]:
    """The paragraphs of a story that is one.

    RAISES (ReadingError): If it is a wall, an index of stories or nothing.
    """
    paragraphs = story.paragraphs
    words = story.words
    if words < _WORDS_OF_A_WALL and not page.is_article:
        # Beside a story such words stand in a panel, which is no part of it.
        where = shown[:3000] if words < _WORDS_OF_A_STORY else "\n".join(paragraphs)
        for pattern, message in _WALLS:
            if pattern.search(where):
                raise ReadingError(source, message)
    if sum(map(len, paragraphs)) > LONGEST_STORY:
        raise ReadingError(source, f"a story of more than {LONGEST_STORY:,} characters, too long for one article")
    if words < FEWEST_WORDS:
        raise ReadingError(source, "a page without a story; nothing on it reads as paragraphs of one")
    if story.teasers > _TEASERS and not page.is_article:
        raise ReadingError(source, "an index of stories, not one of them; read the pages that it links to")
    return paragraphs


def _check_tags(page: str, source: str) -> None:
    """Refuse a page with a tag that no parser should be given.

    RAISES (ReadingError): If there is one.
    """
    place = 0
    while tag := _TAG.search(page, place):
        if tag["more"]:
            raise ReadingError(
                source, f"has a tag with more than {MOST_ATTRIBUTES:,} attributes, as no page with a story"
            )
        place = max(tag.end(), tag.start() + 1)
        if raw := _RAW.match(page, tag.start()):
            end = _ends(raw[1].lower()).search(page, place)
            place = end.start() if end else len(page)


def _tree(page: str, source: str) -> Any:
    from lxml import etree, html

    _check_tags(page, source)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError(source, "no web page; there is no markup in it that can be read") from error
    elements = sum(1 for _ in tree.iter())
    if elements > MOST_ELEMENTS:
        raise ReadingError(source, f"has {elements:,} elements, too many for a page with one story")
    return tree


@cache
def _ends(name: str) -> re.Pattern[str]:
    """Where an element ends whose content is no markup."""
    return re.compile(rf"</{name}\b", re.I)


def _decoded(document: Document) -> str:
    """The page as text.

    RAISES (ReadingError): If it is empty, too large, or no text.
    """
    data, source = document.data, document.source
    if len(data) > LARGEST:
        raise ReadingError(source, f"larger than {LARGEST // 1_000_000} MB, too large for one page")
    if data[:5] == b"%PDF-":
        raise ReadingError(source, "a PDF, not a web page; convert it to text first, for instance with pdftotext")
    decoded = decoded_text(data, document.charset) if isinstance(data, bytes) else data
    text = _XML.sub("", _CONTROL.sub("", decoded).removeprefix("\ufeff"))
    text = _REFERENCE.sub(_referred, text)
    if not text.strip():
        raise ReadingError(source, "empty, nothing to read")
    if len(_CONTROL.findall(decoded)) > max(_FEW_CONTROL, _MOST_CONTROL * len(decoded)):
        raise ReadingError(source, "not text (control characters all through); is it a binary file?")
    return text


def _referred(match: re.Match[str]) -> str:
    """What a numeric reference stands for where a parser gets it wrong: `&#147;` is a quotation mark."""
    number = int(match["hex"], 16) if match["hex"] else int(match["number"])
    if number in _WINDOWS:
        return bytes([number]).decode("cp1252", "ignore")
    return "" if number > sys.maxunicode or _CONTROL.match(chr(number)) else match.group()


def decoded_text(data: bytes, charset: str | None) -> str:
    """Return HTML, or the text of a mail, decoded: as UTF-8 if it is that, else by what it says of itself.

    charset (str | None): What the header round it says; that goes before, and may be no encoding at all.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").removeprefix("\ufeff")
    # Old servers call everything Latin-1, so what is UTF-8 to the last byte is that.
    if b"\0" in data[:1000] and (wide := _wide(data)):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    meta = _META.search(data[:4096])
    for said in (charset or "", meta[1].decode("ascii", "replace") if meta else ""):
        if (codec := _codec(said)) and not codec.startswith("utf-16"):
            try:
                return data.decode(codec)
            except (UnicodeDecodeError, ValueError):
                if codec == "utf-8" and b"\xe2\x80" in data:
                    return data.decode(codec, "replace")  # cut short, or a stray byte
    return data.decode("cp1252", "replace")


def _wide(data: bytes) -> str | None:
    """The UTF-16 that bytes without a mark are in, by where their NULs stand."""
    even, odd = data[:1000:2].count(0), data[1:1000:2].count(0)
    if max(even, odd) < 0.3 * len(data[:1000:2]):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip(" \"'"))
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found.name, found.name) if getattr(found, "_is_text_encoding", True) else None
