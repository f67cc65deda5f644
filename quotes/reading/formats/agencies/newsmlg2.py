"""NewsML-G2: a news item in XML, or a message with many of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given
from ..elements import first, paragraphs_of, text_of
from ..markup import looks_html, root
from ..registry import Head
from . import nitf
from .items import day, document, outlet
from .xml_items import items

_ITEM = re.compile(r"<(?:[\w-]+:)?(?:newsItem|packageItem|conceptItem|knowledgeItem|planningItem|catalogItem)[\s>]")
_OWN = re.compile(
    r"iptc\.org/std/(?:nar|newsml-?g2)/|standard\s*=\s*[\"']NewsML-G2|<(?:[\w-]+:)?(?:itemMeta|contentMeta|contentSet)[\s>]",
    re.I,
)
_NOT_TEXT = ("picture", "graphic", "video", "audio", "animation", "photo", "composite", "infographics")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    text = head.text
    if text is None or not text.lstrip().startswith("<") or not _OWN.search(text):
        return False
    if root(text) in ("rss", "feed", "rdf", "newsml", "nitf") or looks_html(text):
        return False
    return bool(root(text) == "newsmessage" or _ITEM.search(text))


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories, `feed.xml#1` of a message; nothing is raised.

    Pictures and films are passed over, and so are packages, which only name items.
    """
    number = others = 0
    try:
        for item in items(given, source, "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem"):
            if not _is_text(item):
                others += 1
                continue
            number += 1
            yield _document(source if item.getparent() is None else f"{source}#{number}", item)
        if not number:
            what = "only packages, pictures or others; read the items themselves" if others else "no item in it"
            yield ReadingError(source, f"NewsML-G2 without a text: {what}")
    except ReadingError as error:
        yield error


def _is_text(item: Any) -> bool:
    if item.tag.rpartition("}")[2] != "newsItem":
        return False
    sort = first(item, "itemClass")
    code = (sort.get("qcode") or sort.get("uri") or "").lower() if sort is not None else ""
    return not code.endswith(_NOT_TEXT)


def _document(source: str, item: Any) -> Document | ReadingError:
    meta, about = first(item, "contentMeta"), first(item, "itemMeta")
    meta, about = (meta if meta is not None else item), (about if about is not None else item)
    paragraphs, inside = _content(item)
    said = nitf.metadata(inside) if inside is not None else Metadata()
    parties = [about.find("{*}provider"), meta.find("{*}infoSource"), first(item, "copyrightHolder")]
    names = [text_of(meta.find("{*}creditline")), *(name for party in parties for name in _names(party))]
    # Reporters stand there, or the house.
    creators = [name for creator in meta.iterfind("{*}creator") for name in _names(creator)]
    language = meta.find("{*}language")
    metadata = Metadata(
        title=_headline(meta) or said.title or text_of(about.find("{*}title")),
        outlet=outlet([*names, *creators]) or said.outlet,
        byline=text_of(meta.find("{*}by")) or said.byline or next(iter(creators), None),
        published=day(
            *(text_of(about.find(f"{{*}}{name}")) for name in ("versionCreated", "firstCreated")),
            text_of(meta.find("{*}contentCreated")),
            said.published,
        ),
        language=language.get("tag") if language is not None else item.get(_XML_LANGUAGE),
    )
    return document(source, paragraphs, metadata)


def _content(item: Any) -> tuple[list[str], Any | None]:
    """The paragraphs of an item, and the NITF that they stand in.

    Its content may be there in several forms: the first that has a text counts.
    """
    contents = first(item, "contentSet")
    for content in contents if contents is not None else ():
        if content.tag.rpartition("}")[2] not in ("inlineXML", "inlineData") or content.get("encoding"):
            continue
        inside = first(content, "nitf")
        paragraphs = nitf.paragraphs_of_story(inside) if inside is not None else paragraphs_of(content)
        if paragraphs:
            return paragraphs, inside
    return [], None


def _headline(meta: Any) -> str:
    found = list(meta.iterfind("{*}headline"))
    main = [one for one in found if not one.get("role") or "main" in one.get("role").lower()]
    return text_of((main or found or [None])[0])


def _names(party: Any | None) -> list[str]:
    """What a party is called: by name, by words of its own, and by its code without the scheme."""
    if party is None:
        return []
    code = (party.get("qcode") or "").partition(":")[2]
    return [*(text_of(name) for name in party.iterfind("{*}name")), party.get("literal") or "", code]
