"""JSON-LD: what a page tells search engines of itself, read as far as it can be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from .repairs import repaired

Node = Mapping[str, Any]

ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle AskPublicNewsArticle"
    " OpinionNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle ScholarlyArticle TechArticle"
    " Report BlogPosting LiveBlogPosting SocialMediaPosting PressRelease".split()
)
"""The types of schema.org that stand for a story."""

_WRAPPING = re.compile(r"/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>|<!--|-->")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_BETWEEN = re.compile(r"[\s,;]*")
_STRING = r'"((?:[^"\\]|\\.){1,1000}+)"'
_FIELD = re.compile(rf'"(headline|datePublished|inLanguage|url)"\s*:\s*{_STRING}')
_MAKER = re.compile(rf'"(author|publisher)"\s*:\s*(?:{_STRING}|([\[{{][^\]]{{0,600}}?"name"\s*:\s*{_STRING}))')
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_MOST_NODES = 5000
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
_ADDRESSES = ("url", "mainEntityOfPage", "@id")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """All that the JSON-LD blocks of a page hold.

    tops (Sequence[Node]): What the page is about: the blocks themselves and what their `@graph` and
        `mainEntity` hold, but not what stands deeper, as the entries of a list do.
    by_id (Mapping[str, Node]): What other nodes point to by `@id`.
    """

    tops: Sequence[Node]
    by_id: Mapping[str, Node]

    def article(self, addresses: Sequence[str] = ()) -> Node | None:
        """Return the node of the story: the one with an address of the page, else the only one or the first.

        None if there is none, or if there are many, each with another address: they are teasers.
        """
        articles = [node for node in self.tops if types(node) & ARTICLES]
        here = {_bare(address) for address in addresses if address}
        for node in articles:
            if here & {_bare(address) for key in _ADDRESSES for address in self.texts(node.get(key), "@id")}:
                return node
        elsewhere = {tuple(self.texts(node.get("url"), "@id")) for node in articles}
        return articles[0] if articles and (len(elsewhere) == 1 or len(articles) < 3) else None

    def texts(self, value: Any, key: str = "name") -> list[str]:
        """Return a value as texts: of objects what stands under `key`, of lists all."""
        found: list[str] = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                one = self.resolved(one)
                one = one.get(key) or one.get("@value")
            texts = one if isinstance(one, list) else [one]
            found.extend(words for text in texts if isinstance(text, str) and (words := clean(text)))
        return found

    def objects(self, value: Any) -> list[Node]:
        """Return the objects of a value, a text as an object with nothing but a name."""
        values = value if isinstance(value, list) else [value]
        return [
            self.resolved(one) if isinstance(one, Mapping) else {"name": one}
            for one in values
            if isinstance(one, Mapping | str)
        ]

    def resolved(self, node: Node) -> Node:
        """Return a node with what stands under its `@id` elsewhere."""
        there = self.by_id.get(node["@id"]) if isinstance(node.get("@id"), str) else None
        return {**there, **node} if there else node


def types(node: Node) -> set[str]:
    """Return the types of a node, without the vocabulary they are of."""
    value = node.get("@type")
    named = value if isinstance(value, list) else [value]
    return {re.split(r"[/#:]", name)[-1] for name in named if isinstance(name, str)}


def clean(text: str) -> str:
    """Return a text without character references, tags and needless white space."""
    return repaired(" ".join(_TAG.sub(" ", unescape(unescape(text))).split()))


def read_linked_data(blocks: Sequence[str]) -> LinkedData:
    """Return what the JSON-LD blocks of a page say. What can't be read of them is left out."""
    roots = [value for block in blocks for value in _loaded(block)]
    by_id: dict[str, Node] = {}
    for node in _all_nodes(roots):
        if isinstance(node.get("@id"), str) and len(node) > 1:
            by_id.setdefault(node["@id"], node)
    return LinkedData(_tops(roots), by_id)


def _tops(roots: Sequence[Any]) -> list[Node]:
    found: list[Node] = []
    queue = list(roots)
    for value in queue:  # grows while it is walked
        if isinstance(value, list):
            queue.extend(value)
        elif isinstance(value, Mapping):
            found.append(value)
            queue.extend(value[key] for key in _INSIDE if isinstance(value.get(key), Mapping | list))
        if len(queue) > _MOST_NODES:
            break
    return found


def _all_nodes(roots: Sequence[Any]) -> Iterator[Node]:
    queue = list(roots)
    for seen, value in enumerate(queue):
        if isinstance(value, Mapping):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)
        if seen > 10 * _MOST_NODES:
            return


def _loaded(block: str) -> list[Any]:
    text = _WRAPPING.sub("", block).strip().strip(";\ufeff \t\r\n")
    for mended in (str, _mended, _unescaped):
        if (values := _values(mended(text))) is not None:
            return values
    return _salvaged(text)


def _values(text: str) -> list[Any] | None:
    """All values of a text, one after the other; None if it is no JSON."""
    decoder = json.JSONDecoder(strict=False)  # line breaks in strings are common
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        values.append(value)
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
    return values


def _mended(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _BAD_ESCAPE.sub("", text))


def _unescaped(text: str) -> str:
    return _mended(unescape(text))


def _salvaged(text: str) -> list[Any]:
    """What can be told of a block that is no JSON: the first of each field that we read."""
    kinds = [kind for kind in _TYPE.findall(text) if kind in ARTICLES]
    if not kinds:
        return []
    node: dict[str, Any] = {"@type": kinds[0]}
    for key, value in _FIELD.findall(text):
        node.setdefault(key, _string(value))
    for match in _MAKER.finditer(text):
        kind = _TYPE.search(match[3] or "")
        maker = {"name": _string(match[2] or match[4])} | ({"@type": kind[1]} if kind else {})
        node.setdefault(match[1], maker)
    return [node]


def _string(inside: str) -> str:
    try:
        return str(json.loads(f'"{inside}"', strict=False))
    except ValueError:
        return inside


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", address.strip()).rstrip("/").lower()
