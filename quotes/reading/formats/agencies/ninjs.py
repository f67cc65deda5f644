"""ninjs 1 to 3, news in JSON: an object, an array of them, JSON lines, or a server's answer that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ....errors import ReadingError
from ...documents import Document, Metadata
from ...streams import Given, as_text, opened
from ..elements import paragraphs_in
from ..registry import Head
from ..tables.json_rows import objects
from .items import day, document, outlet

Item = dict[str, Any]

_BEGINS = re.compile(r"\s*(?:\[\s*)?\{")
# Names that hardly any other JSON has, by what each tells; of each sort there must be one.
_SIGNS = (
    re.compile(r'"(?:versioncreated|contentcreated|firstcreated)"\s*:\s*"', re.I),
    re.compile(r'"(?:body_?(?:xhtml|html|text)|bodies|headlines|description_(?:text|html)|associations)"\s*:', re.I),
    re.compile(r'"(?:type|uri|guid|pubstatus|standard|profile)"\s*:', re.I),
)
_NAMES_ITSELF = re.compile(r'"(?:name|schema|\$schema)"\s*:\s*"[^"]{0,80}\bninjs\b', re.I)
# What holds the items in a server's answer.
_LISTS = ("item", "items", "_items", "data", "newsitems", "results")
_DEEPEST = 4
_HTML = ("text/html", "application/xhtml+xml")
_ASIDE = ("summary", "caption", "teaser", "abstract", "note")


def looks_like(head: Head) -> bool:
    """Return whether a source that begins so is one."""
    text = head.text
    if text is None or not _BEGINS.match(text.removeprefix("\ufeff")):
        return False
    return bool(_SIGNS[0].search(text)) and (
        all(sign.search(text) for sign in _SIGNS[1:]) or bool(_NAMES_ITSELF.search(text))
    )


def documents(given: Given, source: str) -> Iterator[Document | ReadingError]:
    """Yield the stories, called `feed.json#1` and so on; nothing is raised. Pictures and films are passed over."""
    number = others = 0
    broken = False
    try:
        with opened(given, source) as stream, as_text(stream, source) as text:
            for found in objects(text, source):
                if isinstance(found, ReadingError):
                    broken = True
                    yield found
                    continue
                for item in _items(found[1]):
                    if not _is_text(item):
                        others += 1
                        continue
                    number += 1
                    yield _document(f"{source}#{number}", item)
            if not number and not broken:
                what = f"{others} pictures or others" if others else "no item"
                yield ReadingError(source, f"ninjs without a text: {what} in it")
    except ReadingError as error:
        yield error
    except UnicodeError:
        yield ReadingError(source, "broken: its bytes are not in the encoding that it begins with")


def _items(values: Mapping[str, object], depth: int = 0) -> Iterator[Item]:
    """The items in an object: itself, those of a list in it, those of a package."""
    # In ninjs 3.1 names have capitals: `versionCreated`.
    item = {name.lower(): value for name, value in values.items()}
    inside: list[object] = []
    if _body(item) is None and depth < _DEEPEST:
        held = [item[name] for name in _LISTS if name in item]
        associations = item.get("associations") if item.get("type") == "composite" else None
        held += [associations.values()] if isinstance(associations, dict) else [associations]
        for value in held:
            inside += [value] if isinstance(value, dict) else value if isinstance(value, list) else list(value or ())  # type: ignore[call-overload]
    found = [one for one in inside if isinstance(one, dict)]
    if not found:
        yield item
    for one in found:
        yield from _items(one, depth + 1)


def _is_text(item: Item) -> bool:
    sort = item.get("type")
    return sort in ("text", None) or (isinstance(sort, str) and sort not in _OTHERS and _body(item) is not None)


_OTHERS = frozenset({"picture", "photo", "audio", "video", "graphic", "animation", "composite", "event", "planning"})


def _document(source: str, item: Item) -> Document | ReadingError:
    sources = item.get("infosources")
    infos = [info.get("name") for info in sources if isinstance(info, dict)] if isinstance(sources, list) else []
    names = [item.get(name) for name in ("source", "creditline", "provider", "copyrightholder", "copyrightnotice")]
    metadata = Metadata(
        url=_string(item.get("url")) or _string(item.get("uri")),
        title=_headline(item),
        outlet=outlet(_string(name) for name in (*names[:3], *infos, *names[3:])),
        byline=_string(item.get("byline")) or _string(item.get("by")),
        published=day(*(_string(item.get(f"{name}created")) for name in ("version", "first", "content"))),
        language=_string(item.get("language")),
    )
    return document(source, paragraphs_in(_body(item) or ""), metadata)


def _headline(item: Item) -> str | None:
    headlines = _values(item.get("headlines"))
    title = _string(item.get("headline")) or _chosen(headlines) or _string(item.get("title"))
    return " ".join(" ".join(paragraphs_in(title)).split()) or None if title else None


def _body(item: Item) -> str | None:
    """The story in its fullest form: HTML before text without paragraphs."""
    bodies = [body for body in _values(item.get("bodies")) if not any(word in _role(body) for word in _ASIDE)]
    with_markup = [body for body in bodies if _string(body.get("contenttype")) in _HTML]
    found = _chosen(with_markup) or _chosen(bodies)
    if found:
        return found
    names = ("body_xhtml", "body_html", "body_text", *(name for name in item if name.startswith("body_")))
    return next(filter(None, (_string(item.get(name)) for name in names)), None)


def _values(value: object) -> list[Item]:
    """What a list of ninjs 2 and 3 holds, with names in small letters."""
    found = value if isinstance(value, list) else []
    return [{name.lower(): one for name, one in entry.items()} for entry in found if isinstance(entry, dict)]


def _chosen(entries: list[Item]) -> str | None:
    """The value that is the main one, else the first."""
    main = [entry for entry in entries if _role(entry) in ("main", "")]
    return next(filter(None, (_string(entry.get("value")) for entry in (*main, *entries))), None)


def _role(entry: Item) -> str:
    return (_string(entry.get("role")) or "").lower()


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
