"""What pages do with markup that hides text from an extractor is undone: each paragraph of text becomes a `<p>`."""

from __future__ import annotations

import re
from typing import Any

from .boilerplate import is_prose
from .page_tree import CONTAINERS, INLINE, drop, one_line

_BLOCKS = CONTAINERS | frozenset(
    "ul ol dl p header footer table figure h2 h3 h4 h5 h6 address small blockquote hr center".split()
)
# Trafilatura 2.3 takes `<q>` and `<code>` for blocks, and loses what stands in elements that it doesn't know.
_TRANSPARENT = (
    "mark kbd samp tt var ins u abbr dfn bdi bdo data font big wbr nobr code sub small label acronym"
).split()
_STRUCK = ("del", "s", "strike")
_OPENS = re.compile(r"[“\"‘'«„]\s*$")
_MARKED = re.compile(r"^\s*[“\"‘'«„]")
_SPEAKS = re.compile(r"^\s*(?:[—–―-]|by\b|[“\"])", re.I)
_PARENTS = frozenset("div td p article section span font body center blockquote main li".split())


def normalize(tree: Any) -> None:
    """Make plain paragraphs of what a page writes otherwise; in place."""
    _undo_layout_tables(tree)
    _inline(tree)
    _sources_of_quotes(tree)
    _join_authors(tree)
    _paragraphs_of_breaks(tree)
    _paragraphs_of_text(tree)


def _inline(tree: Any) -> None:
    from lxml import etree

    for struck in list(tree.iter(*_STRUCK)):
        drop(struck)
    for quoted in list(tree.iter("q")):
        text = quoted.text_content()
        before = quoted.getprevious()
        ahead = (before.tail if before is not None else quoted.getparent().text) or ""
        if text.strip() and not _MARKED.match(text) and not _OPENS.search(ahead):
            quoted.text = f"“{quoted.text or ''}"
            if len(quoted):
                quoted[-1].tail = f"{quoted[-1].tail or ''}”"
            else:
                quoted.text += "”"
    unknown = {
        element.tag
        for element in tree.iter(etree.Element)
        if "-" in element.tag and element.getparent() is not None and element.getparent().tag in ("p", "li")
    }
    etree.strip_tags(tree, "q", *_TRANSPARENT, *unknown)


def _sources_of_quotes(tree: Any) -> None:
    """Make a paragraph of the line below a block quote that says whose words it has."""
    for element in list(tree.iter("footer", "cite", "figcaption")):
        quote = next(element.iterancestors("blockquote", "figure"), None)
        if quote is None or (quote.tag == "figure" and next(quote.iter("blockquote"), None) is None):
            continue
        text = one_line(element.text_content())
        within = element.getparent()
        if not text or within is None or (element.tag == "cite" and (within.tag in ("p", "footer", "figcaption"))):
            continue
        tail, element.tail = element.tail, None
        for child in list(element):
            element.remove(child)
        element.tag = "p"
        element.text = text if _SPEAKS.match(text) else f"— {text}"
        if (tail or "").strip():
            element.tail = tail
        element.attrib.clear()


def _join_authors(tree: Any) -> None:
    """Put the author of an embedded post, `— Jane Doe (@jane)`, behind its words."""
    for quote in tree.iter("blockquote"):
        last = next(reversed(list(quote.iterchildren("p"))), None)
        if last is None or not _SPEAKS.match(last.tail or ""):
            continue
        _add(last, f" {last.tail.strip()} ")
        last.tail = None
        for following in list(last.itersiblings()):
            last.append(following)


def _paragraphs_of_breaks(tree: Any) -> None:
    """Make paragraphs of what two line breaks part."""
    parents = {}
    for br in tree.iter("br"):
        following = br.getnext()
        if not (br.tail or "").strip() and following is not None and following.tag == "br":
            parents[br.getparent()] = True
    for parent in parents:
        if parent.tag in _PARENTS:
            _break_up(parent)


def _paragraphs_of_text(tree: Any) -> None:
    """Make paragraphs of the text that stands in a division beside others, and of divisions that are nothing else."""
    for element in list(tree.iter("div", "section", "article", "td", "main", "center")):
        children = [child for child in element if isinstance(child.tag, str)]
        if all(child.tag in INLINE or child.tag == "br" for child in children):
            if element.tag == "div" and is_prose(one_line(element.text_content())):
                element.tag = "p"
        elif any(is_prose(one_line(text or "")) for text in (element.text, *(child.tail for child in children))):
            _break_up(element)


def _break_up(parent: Any) -> None:
    from lxml import etree

    children = list(parent)
    text, parent.text = parent.text, None
    for child in children:
        parent.remove(child)
    paragraph = etree.SubElement(parent, "p")
    paragraph.text = text
    breaks = 0
    for child in children:
        tail = child.tail
        if child.tag == "br":
            breaks += 1
            if breaks == 2:
                paragraph = etree.SubElement(parent, "p")
            elif breaks == 1:
                child.tail = None
                paragraph.append(child)
            if (tail or "").strip():
                _add(paragraph, tail)
                breaks = 0
        elif child.tag in _BLOCKS:
            child.tail = None
            parent.append(child)
            paragraph = etree.SubElement(parent, "p")
            paragraph.text = tail
            breaks = 0
        else:
            child.tail = tail
            paragraph.append(child)
            breaks = 0
    if parent.tag in ("p", "span", "font"):
        parent.tag = "div"
    for paragraph in list(parent.iterchildren("p")):
        if not len(paragraph) and not (paragraph.text or "").strip() and not paragraph.attrib:
            drop(paragraph)


def _add(paragraph: Any, text: str | None) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + (text or "")
    else:
        paragraph.text = (paragraph.text or "") + (text or "")


def _undo_layout_tables(tree: Any) -> None:
    """Make divisions of tables that lay out the page: they hold paragraphs or other tables."""
    for table in list(tree.iter("table")):
        if next(table.iter("th", "caption"), None) is not None or not any(
            inner is not table for inner in table.iter("p", "table", "blockquote")
        ):
            continue
        for part in table.iter("tr", "td", "tbody", "thead", "tfoot"):
            if next(part.iterancestors("table"), None) is table:
                part.tag = "div"
        table.tag = "div"
