"""Text out of markup that is no web page: NITF, XHTML and HTML of agencies, the HTML of mail."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from .wrapped_lines import paragraphs

# What is no story: headlines, teasers, captions.
_SKIPPED = frozenset(
    "head title body.head body.end hedline headline hl1 hl2 h1 h2 h3 h4 h5 h6 byline byttl distributor dateline rights"
    " abstract note ednote media media-caption media-producer media-reference media-metadata figure figcaption"
    " nitf-table custom-table header footer aside nav form button script style object iframe video audio svg".split()
)
_TABLES = frozenset({"table", "tbody", "tr", "td", "th", "caption"})
_BLOCKS = frozenset(
    "p div section article block body body.content main li ul ol dl dt dd blockquote bq pre hr center address credit"
    " html nitf lead summary".split()
)
_CLASSES = re.compile(
    r"\b(?:caption|byline|ednote|editor-?note|copyright|slugline|keywords?|headline|np-(?:non)?public|closingline)\b",
    re.I,
)
_TAG = re.compile(r"</?(?:p|br|div|span|strong|em|b|i|a|ul|li|h[1-6])(?:\s[^<>]*)?/?>", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_MARKS = tuple("\"“”«»‘’'")
_PART = "\x1d"  # stands in no text: XML can't hold it, and HTML loses it here
_CONTROL_REFERENCE = re.compile(r"&#(?:x0*1?[0-9a-f]|0*(?:[12]?\d|3[01]|127));?(?![0-9a-fA-F])", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1c\x1e\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_GLUED = re.compile(r"[.,;:!?)](?:\s|$)")
_WRAP = re.compile(r"[^\S\n]*\n\s*")


def paragraphs_of(element: Any) -> list[str]:
    """Return the paragraphs of an element's story, each in one line. Tables are left out, as are headings."""
    text = "".join(_pieces(element, as_page=False))
    # Markup that came as text, escaped or in a CDATA section.
    return paragraphs_in(text) if _TAG.search(text) else _paragraphs(text)


def paragraphs_in(text: str) -> list[str]:
    """Return the paragraphs of a text that may be a piece of HTML."""
    if not _TAG.search(text):
        return _paragraphs(text)
    tree = tree_of(text)
    return _paragraphs("".join(_pieces(tree, as_page=False))) if tree is not None else []


def lines_of(element: Any) -> str:
    """Return an element's text with its line breaks, its paragraphs parted by blank lines; tables lay it out."""
    parts = _CONTROL.sub("", "".join(_pieces(element, as_page=True))).split(_PART)
    blocks = ("\n".join(" ".join(line.split()) for line in part.split("\n")).strip() for part in parts)
    return "\n\n".join(filter(None, blocks))


def tree_of(text: str) -> Any | None:
    """Return a piece of HTML as an element round all of it; None if nothing in it can be read."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # A tree of HTML can be read with control characters in it, but not be changed.
    text = _CONTROL_REFERENCE.sub(" ", _CONTROL.sub("", text.replace(_PART, " ")))
    data = f"<div>{text}</div>".encode("utf-8", "replace")
    try:
        return lxml_html.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def first(element: Any, *names: str) -> Any | None:
    """Return the first element below that is called so, in any namespace; of the first name that there is."""
    return next((found for name in names for found in element.iter(f"{{*}}{name}")), None)


def text_of(element: Any | None) -> str:
    """Return the text of an element in one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def local_name(element: Any) -> str:
    """Return what an element is called, without its namespace, in small letters."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _paragraphs(text: str) -> list[str]:
    parts = (_REFERENCE.sub(lambda match: html.unescape(match.group()), part) for part in text.split(_PART))
    parts = (_CONTROL.sub("", part) for part in parts)
    return [paragraph for part in parts for paragraph in paragraphs(part)]


def _pieces(element: Any, as_page: bool) -> Iterator[str]:
    """The text of an element, with a sign between blocks.

    as_page (bool): Tables lay it out, and it breaks its lines with `<br>` only.
    """
    name = local_name(element)
    is_block = _is_block(name)
    skipped = name in _SKIPPED or (name in _TABLES and not as_page)
    if is_block or skipped:
        yield _PART
    # Within a line a name in this class is part of the story: `<span class="dateline">`.
    if not skipped and not (is_block and _CLASSES.search(element.get("class") or "")):
        if name == "br":
            yield "\n"
        quoted = name == "q" and not text_of(element).startswith(_MARKS)
        yield "“" if quoted else ""
        children = list(element)
        yield _unwrapped(element.text, as_page, not is_block, bool(children) and _is_inline(children[0]))
        for number, child in enumerate(children):
            if isinstance(child.tag, str):
                yield from _pieces(child, as_page)
            following = children[number + 1 : number + 2]
            before_inline = any(map(_is_inline, following)) or not (is_block or following)
            yield _unwrapped(child.tail, as_page, _is_inline(child), before_inline)
        yield "”" if quoted else ""
    if is_block:
        yield _PART


def _is_block(name: str) -> bool:
    return name in _BLOCKS or name in _TABLES


def _is_inline(element: Any) -> bool:
    return isinstance(element.tag, str) and not _is_block(local_name(element))


def _unwrapped(text: str | None, as_page: bool, after_inline: bool, before_inline: bool) -> str:
    """A text without the line breaks next to tags within a line: an editor of XML made these."""
    if not text or "\n" not in text:
        return text or ""
    if as_page:
        return text.replace("\n", " ")
    if after_inline and (match := _WRAP.match(text)):
        text = text[match.end() :]
        text = text if _GLUED.match(text) else f" {text}"
    if before_inline and text.rstrip() != text and "\n" in text[len(text.rstrip()) :]:
        text = f"{text.rstrip()} "
    return text
