"""The story of a page: its paragraphs, without what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .boilerplate import is_noise

MOST_ELEMENTS = 20_000
"""The worst of 20,000 take trafilatura seconds; a news page has 500 to 5,000."""

# Words of class names and ids. They are split at hyphens, underscores and capitals.
_FURNITURE = frozenset(
    "ad ads advert adverts advertisement advertising advertorial sponsored sponsor outbrain taboola promo"
    " promos promoted related recirc recirculation recommended recommendations recommends trending popular"
    " mostread mostpopular share sharing sharebar sharethis addtoany social follow newsletter newsletters"
    " subscribe subscription signup cookie cookies consent gdpr onetrust disclaimer comment comments disqus"
    " respond replies breadcrumb breadcrumbs nav navbar navigation menu sidebar footer masthead topbar toolbar"
    " tags tagcloud taglist keywords topics caption captions credit credits byline bylines author authors meta"
    " timestamp pubdate standfirst dek deck summary subtitle lede-summary paywall regwall paygate hidden modal"
    " popup overlay lightbox player gallery slideshow carousel widget widgets donate donation donations"
    " pullquote teaser teasers poll quiz skip breaking ticker print hide headline kicker".split()
)
_PAIRS = frozenset(
    "most-read most-popular most-viewed read-more read-next read-also also-read must-read more-on more-stories"
    " more-news more-from see-also up-next sign-up pull-quote pulled-quote sr-only visually-hidden"
    " screen-reader skip-link story-links article-links link-list links-list key-points at-a-glance support-us"
    " back-top top-stories posted-on jump-links next-article previous-article post-navigation site-header"
    " page-header".split()
)
_DEAD = (
    "script style noscript svg iframe form button nav aside dialog template select input textarea object video audio"
    " canvas map embed meta link"
).split()
_ROLES = frozenset("navigation banner complementary contentinfo search dialog alertdialog menu menubar toolbar".split())
_BLOCKS = frozenset(
    "div section ul ol dl p aside header footer table figure article h2 h3 h4 h5 h6 time address small".split()
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MOST_OF_PROSE = 0.5
_MOST_OF_LIST = 0.6
_LONGEST_FIGURE = 25  # characters of a cell, on average
_LONGEST_LABELS = 300  # characters beside the links of a list
_QUOTED = re.compile(r"[\"“”„«»‘]")
_LETTER = re.compile(r"[^\W_]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BREAK = "\0"  # in no tree
_TEXTS = frozenset("p head item quote cell code ab".split())


@dataclass(frozen=True, slots=True)
class Story:
    """What was taken for the story of a page.

    paragraphs (tuple[str, ...]): Its headings, paragraphs, list items and block quotes.
    teasers (float): The share of its words that stand in links, or below a heading that is a link.
    """

    paragraphs: tuple[str, ...]
    teasers: float

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


def read_story(tree: Any, title: str | None = None) -> Story:
    """Return the story of a page; it has no paragraphs if there is none.

    tree (lxml.html.HtmlElement): The whole page. It is pruned in place.
    title (str | None): The page's title, which is no paragraph of its story.
    """
    _prune(tree, title)
    _paragraphs_of_breaks(tree)
    _undo_layout_tables(tree)
    _prune_lists(tree)
    linked = _linked_texts(tree)
    found: list[str] = []
    for paragraph in _extracted(tree):
        if (
            paragraph == title
            or not _LETTER.search(paragraph)
            or (is_noise(paragraph) and not _QUOTED.search(paragraph))
        ):
            continue
        if not found or found[-1] != paragraph:
            found.append(paragraph)
    total = sum(len(paragraph) for paragraph in found)
    teasers = sum(len(paragraph) for paragraph in found if _key(paragraph) in linked)
    return Story(tuple(found), teasers / total if total else 0.0)


def _extracted(tree: Any) -> Iterator[str]:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, include_comments=False, include_formatting=False, favor_precision=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return
    if document is None:
        return
    yield from _texts(document.body)


def _texts(body: Any) -> Iterator[str]:
    """The paragraphs of trafilatura's tree: the text of each element that holds text, in its order."""
    pieces: list[str] = []
    for event, element in _walk(body):
        if event == "start":
            if element.tag in _TEXTS and pieces:
                yield from _paragraph(pieces)
            if element.tag == "lb":
                pieces.append(_BREAK)
            pieces.append(element.text or "")
        else:
            if element.tag in _TEXTS:
                yield from _paragraph(pieces)
            pieces.append(element.tail or "")
    yield from _paragraph(pieces)


def _paragraph(pieces: list[str]) -> Iterator[str]:
    text = "\n".join(filter(None, map(one_line, "".join(pieces).split(_BREAK))))
    pieces.clear()
    if text:
        yield text


def one_line(text: str) -> str:
    """Return a text with single spaces, without soft hyphens and other signs that nobody sees."""
    return " ".join(_UNSEEN.sub("", text).split())


def _walk(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    yield from etree.iterwalk(tree, ("start", "end"))


def _prune(tree: Any, title: str | None) -> None:
    from lxml import etree

    etree.strip_elements(tree, etree.Comment, *_DEAD, with_tail=False)
    _prune_titles(tree, title)
    prose = _prose(tree)
    whole = prose.get(tree, 0)
    for element in list(tree.iter(etree.Element)):
        if element.getparent() is None or element.tag in ("html", "body", "main"):
            continue
        if not _is_furniture(element) or any(True for _ in element.iter("main")) or _holds_story(element):
            continue
        if prose.get(element, 0) > _MOST_OF_PROSE * whole and not _is_comments(element):
            continue
        _drop(element)


def _prune_titles(tree: Any, title: str | None) -> None:
    """Drop the page's heading; other headings of the first level are the story's."""
    for number, heading in enumerate(list(tree.iter("h1"))):
        heading.tag = "h2"
        if number == 0 or one_line(heading.text_content()) == title:
            _drop(heading)


def _holds_story(element: Any) -> bool:
    return bool(element.xpath("boolean(descendant-or-self::*[@itemprop='articleBody'])"))


def _is_comments(element: Any) -> bool:
    return bool({"comments", "disqus", "respond"} & set(_words(element)))


def _words(element: Any) -> list[str]:
    return [word.lower() for word in _WORDS.findall(f"{element.get('class') or ''} {element.get('id') or ''}")]


def _is_furniture(element: Any) -> bool:
    if element.tag == "footer" or element.tag == "header":
        return not any(above.tag == "blockquote" for above in element.iterancestors())
    if element.tag in ("figure", "figcaption"):
        return (
            element.tag == "figcaption" or next(element.iter("blockquote", "table"), None) is None or _is_named(element)
        )
    if element.get("role") in _ROLES or element.get("aria-hidden") == "true" or "hidden" in element.attrib:
        return True
    if _NO_DISPLAY.search(element.get("style") or ""):
        return True
    if element.tag == "blockquote":
        return bool({"pullquote", "pull"} & set(_words(element)))
    inline = element.tag in ("span", "a", "em", "strong", "b", "i", "cite")
    if inline and any(above.tag in ("p", "li", "blockquote") for above in element.iterancestors()):
        return False
    return (inline or element.tag in _BLOCKS or "-" in element.tag) and _is_named(element)


def _is_named(element: Any) -> bool:
    words = _words(element)
    pairs = {f"{one}-{other}" for one, other in pairwise(words)}
    return not _FURNITURE.isdisjoint(words) or not _PAIRS.isdisjoint(pairs)


def _prose(tree: Any) -> dict[Any, int]:
    """How many characters of text outside links each element holds."""
    found: dict[Any, int] = {}
    for event, element in _walk(tree):
        if event == "start" or not isinstance(element.tag, str):
            continue
        inside = 0 if element.tag == "a" else len((element.text or "").strip())
        for child in element:
            inside += (found.get(child, 0) if element.tag != "a" else 0) + len((child.tail or "").strip())
        found[element] = inside
    return found


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _paragraphs_of_breaks(tree: Any) -> None:
    """Make paragraphs of what two line breaks part."""
    parents = {}
    for br in tree.iter("br"):
        following = br.getnext()
        if not (br.tail or "").strip() and following is not None and following.tag == "br":
            parents[br.getparent()] = True
    for parent in parents:
        if parent.tag in (
            "div",
            "td",
            "p",
            "article",
            "section",
            "span",
            "font",
            "body",
            "center",
            "blockquote",
            "main",
        ):
            _break_up(parent)


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
        elif child.tag in _BLOCKS or child.tag in ("blockquote", "hr", "center"):
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


def _prune_lists(tree: Any) -> None:
    """Drop lists of links and tables of figures."""
    for table in list(tree.iter("table")):
        cells = [one_line(cell.text_content()) for cell in table.iter("td", "th")]
        if sum(map(len, cells)) < _LONGEST_FIGURE * len(cells):
            _drop(table)
    for group in list(tree.iter("ul", "ol", "table")):
        text = one_line(group.text_content())
        linked = sum(len(one_line(link.text_content())) for link in group.iter("a"))
        if text and linked > _MOST_OF_LIST * len(text) and len(text) - linked < _LONGEST_LABELS:
            _drop(group)


def _linked_texts(tree: Any) -> set[str]:
    """The texts that are links, or stand below a heading that is one."""
    found: set[str] = set()
    teased = False
    for element in tree.iter("h2", "h3", "h4", "h5", "p", "li", "a", "div"):
        text = element.text_content()
        if len(text) > 2000:
            continue
        links = sum(len(link.text_content()) for link in element.iter("a")) if element.tag != "a" else len(text)
        is_link = links > 0.8 * len(text) > 0
        if element.tag in ("h2", "h3", "h4", "h5"):
            teased = is_link or element.getparent().tag == "a"
        if is_link or teased or next(element.iterancestors("a"), None) is not None:
            found.add(_key(text))
    return found


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text)
