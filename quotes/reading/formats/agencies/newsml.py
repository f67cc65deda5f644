"""NewsML 1: an XML file of news items, each of them components with a headline and content of several kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given
from ..elements import first, local_name, paragraphs_of, text_of
from ..markup import root
from ..registry import Head
from . import nitf
from .items import day, document, outlet
from .xml_items import items

# Roles of components that are no story.
_ASIDE = ("caption", "abstract", "summary", "teaser", "note", "keyword", "thumbnail")
_TEXT = ("text", "html", "nitf", "article", "story")


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    return head.text is not None and root(head.text) == "newsml"


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories, called `feed.xml#1` and so on; nothing is raised. Pictures and films are passed over."""
    number = others = 0
    try:
        for item in items(given, source, "NewsItem"):
            for component, contents in _components(item):
                texts = [content for content in contents if _is_text(content)]
                if texts:
                    number += 1
                    yield _document(f"{source}#{number}", item, component, texts)
                else:
                    others += 1
        if not number:
            what = f"{others} pictures or others" if others else "no news item"
            yield ReadingError(source, f"NewsML without a text: {what} in it")
    except ReadingError as error:
        yield error


def _components(item: Any) -> list[tuple[Any, list[Any]]]:
    """The components with a headline of their own, each with its content."""
    found: dict[Any, list[Any]] = {}
    for content in item.iter("{*}ContentItem"):
        above = list(content.iterancestors("{*}NewsComponent"))
        owner = next((component for component in above if _headline(component)), above[-1] if above else item)
        found.setdefault(owner, []).append(content)
    return list(found.items())


def _document(source: str, item: Any, component: Any, contents: list[Any]) -> Document | ReadingError:
    # The same text may be there as NITF, as HTML and as plain text.
    paragraphs, content = max(
        ((paragraphs_of(data), data) for data in map(_data, contents)), key=lambda found: sum(map(len, found[0]))
    )
    inside = first(content, "nitf")
    said = nitf.metadata(inside) if inside is not None else Metadata()
    lines = _child(component, "NewsLines")
    lines = lines if lines is not None else item
    holders = [party.get("FormalName") for name in ("Provider", "Source", "Creator") for party in _parties(item, name)]
    language = first(component, "Language")
    rights = (
        text_of(first(lines, "CreditLine")),
        text_of(first(item, "CopyrightHolder")),
        text_of(first(item, "ProviderId")),
    )
    metadata = Metadata(
        title=text_of(first(lines, "HeadLine")) or said.title,
        outlet=outlet((*holders, *rights)) or said.outlet,
        byline=text_of(first(lines, "ByLine")) or said.byline,
        published=day(
            *(text_of(first(item, name)) for name in ("ThisRevisionCreated", "FirstCreated", "DateId")), said.published
        ),
        language=language.get("FormalName", "").lower() if language is not None else said.language,
    )
    return document(source, paragraphs, metadata)


def _headline(component: Any) -> str:
    lines = _child(component, "NewsLines")
    return text_of(first(lines, "HeadLine")) if lines is not None else ""


def _is_text(content: Any) -> bool:
    if _data(content) is None:
        return False
    for component in content.iterancestors("{*}NewsComponent"):
        role = _child(component, "Role")
        if role is not None and any(word in (role.get("FormalName") or "").lower() for word in _ASIDE):
            return False
    kinds = [first(content, name) for name in ("MediaType", "MimeType", "Format")]
    said = " ".join(kind.get("FormalName") or "" for kind in kinds if kind is not None).lower()
    return not said or any(word in said for word in _TEXT)


def _data(content: Any) -> Any:
    return first(content, "DataContent")


def _parties(item: Any, name: str) -> list[Any]:
    return [party for holder in item.iter(f"{{*}}{name}") for party in holder.iter("{*}Party")]


def _child(element: Any, name: str) -> Any | None:
    return next((child for child in element if local_name(child) == name.lower()), None)
