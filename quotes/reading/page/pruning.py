"""What stands round a story on its page is taken out of the tree: by the names of elements, and by what they hold."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from .boilerplate import is_prose
from .page_tree import CONTAINERS, drop, link_share, one_line, paragraphs_in, walk

DEAD = (
    "script style noscript svg iframe button nav dialog template select input textarea object video audio"
    " canvas map embed meta link"
).split()
"""Elements in which no story stands."""

# Words of class names and ids. They are split at hyphens, underscores and capitals.
_FURNITURE = frozenset(
    "advert adverts advertisement advertising advertorial sponsored sponsor outbrain taboola promo"
    " promos promoted related recirc recirculation recommended recommendations recommends trending popular"
    " mostread mostpopular share sharing sharebar sharethis addtoany social follow newsletter newsletters"
    " subscribe subscription signup cookie cookies consent gdpr onetrust disclaimer comment comments disqus"
    " respond replies breadcrumb breadcrumbs nav navbar navigation menu sidebar footer masthead topbar toolbar"
    " tagcloud taglist caption captions credit credits byline bylines author authors"
    " timestamp pubdate standfirst dek deck summary subtitle lede-summary hidden modal"
    " popup overlay lightbox gallery slideshow carousel donate donation donations infobox factbox"
    " pullquote quiz ticker headline kicker".split()
)
# Words that are as often said of the story: `paywall-article`, `teaser-content`, `elementor-widget`.
_AMBIGUOUS = frozenset(
    "ad ads paywall regwall paygate teaser teasers widget widgets player tags keywords topics meta poll skip breaking"
    " print hide".split()
)
_PAIRS = frozenset(
    "most-read most-popular most-viewed read-more read-next read-also also-read must-read more-on more-stories"
    " more-news more-from see-also up-next sign-up pull-quote pulled-quote sr-only visually-hidden"
    " screen-reader skip-link story-links article-links link-list links-list key-points at-a-glance support-us"
    " back-top top-stories posted-on jump-links next-article previous-article post-navigation site-header"
    " page-header info-box fact-box".split()
)
# Names that tell how an element looks or what the page may do, not what it holds: `comments-enabled`, `has-sidebar`.
_STATES = frozenset(
    "has with without no not is on off enabled disabled open closed active inactive allowed overflow speakable free"
    " layout backface".split()
)
# `tag-poll category-social author-jane` on the post itself, as WordPress writes them.
_POSTS = frozenset("hentry post type-post status-publish".split())
_TAXONOMY = ("category-", "tag-", "author-")
_ALWAYS = frozenset("comments disqus respond consent cookie cookies gdpr onetrust gallery slideshow carousel".split())
_ROLES = frozenset("navigation banner complementary contentinfo search dialog alertdialog menu menubar toolbar".split())
_BLOCKS = CONTAINERS | frozenset(
    "p ul ol dl aside header footer table figure h2 h3 h4 h5 h6 time address small".split()
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_MADE_UP = re.compile(r"(?=[^\W_]*\d[^\W\d_])[^\W_]{4,}")  # `3f2ad9c1`: letters behind a digit
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MOST_OF_PROSE = 0.5
_MOST_OF_LIST = 0.6
_LONGEST_FIGURE = 25  # characters of a cell, on average
_LONGEST_LABELS = 300  # characters beside the links of a list
_OFFER = re.compile(
    r"\b(?:subscri\w+|sign (?:in|up)|log in|free trial|newsletters?|unlimited|(?:per|a) (?:month|week)|cancel any ?time"
    r"|cookies?|consent|our (?:\d+ )?partners|personal data|legitimate interests?|privacy (?:policy|notice))\b",
    re.I,
)
_TO_READERS = re.compile(r"\b(?:we|us|our|you|your)\b", re.I)
_PRIVACY = re.compile(
    r"\b(?:cookies?|consent|privacy|(?:our|and) (?:\d+ )?partners|personal data|legitimate interests?|vendors"
    r"|preferences|personali[sz]ed|browsing)\b",
    re.I,
)
_FEWEST_PRIVACY_WORDS = 3  # different ones
# A counter on a picture of a gallery: `3/50 The owner said`.
_COUNTER = re.compile(
    r"\s*(?:image |photo |slide )?(\d{1,3})\s?(?:/|of)\s?(\d{1,3})(?!\d|/)(?!\s(?:per|people)\b)", re.I
)
_FEWEST_PICTURES = 3


def prune(tree: Any, root: Any, sure: frozenset[Any]) -> None:
    """Take out what stands round a story.

    root (lxml.html.HtmlElement | None): The element that holds the story, as far as that is known; it stays.
    sure (frozenset[HtmlElement]): Paragraphs that are the story's; what holds one stays.
    """
    from lxml import etree

    kept = set(sure)
    for element in (*sure, *([root] if root is not None else ())):
        kept.update(element.iterancestors())
    if root is not None:
        kept.add(root)
    prose = _prose(tree)
    whole = prose.get(tree, 0)
    for element in list(tree.iter(etree.Element)):
        if element.getparent() is None or element in kept or element.tag in ("html", "body", "main"):
            continue
        if not _is_furniture(element) or any(True for _ in element.iter("main")):
            continue
        if prose.get(element, 0) > _MOST_OF_PROSE * whole and _ALWAYS.isdisjoint(names(element)):
            continue
        drop(element)


def is_story_marked(element: Any) -> bool:
    """Whether an element is said to be the story's body."""
    return "articleBody" in (element.get("itemprop"), element.get("property"))


def prune_privacy(tree: Any) -> None:
    """Take out panels that tell readers of cookies and ask for their consent, whatever they are called."""
    if len({word.lower() for word in _PRIVACY.findall(tree.text_content())}) < _FEWEST_PRIVACY_WORDS:
        return
    for element in list(tree.iter("div", "section", "aside", "form", "dialog")):
        if element.getparent() is None or next(element.iter("h1", "main", "article"), None) is not None:
            continue
        blocks = paragraphs_in(element)
        metadata = sum(map(len, blocks))
        asking = [block for block in blocks if _PRIVACY.search(block) and _TO_READERS.search(block)]
        if not metadata or sum(map(len, asking)) < 0.5 * metadata:
            continue
        if len({word.lower() for word in _PRIVACY.findall(" ".join(asking))}) >= _FEWEST_PRIVACY_WORDS:
            drop(element)


def prune_galleries(tree: Any) -> None:
    """Take out the pictures of a gallery with what stands under them: they are counted, `1/50`, `2/50`."""
    counted: dict[str, list[Any]] = {}
    for element in tree.iter("p", "div", "span", "li", "figcaption", "figure", "small", "h2", "h3", "h4", "strong"):
        match = _COUNTER.match(element.text or "")
        if match and 0 < int(match[1]) <= int(match[2]):
            counted.setdefault(match[2], []).append(element)
    for elements in counted.values():
        if len(elements) < _FEWEST_PICTURES:
            continue
        above: dict[Any, int] = {}
        for element in elements:
            for holder in element.iterancestors():
                above[holder] = above.get(holder, 0) + 1
        for element in elements:
            picture = element
            while (
                (holder := picture.getparent()) is not None and above.get(holder) == 1 and not is_story_marked(holder)
            ):
                picture = holder
            drop(picture)


def prune_titles(tree: Any, title: str | None) -> None:
    """Take out the page's heading; other headings of the first level are the story's."""
    for number, heading in enumerate(list(tree.iter("h1"))):
        heading.tag = "h2"
        if number == 0 or one_line(heading.text_content()) == title:
            drop(heading)


def prune_lists(tree: Any) -> None:
    """Take out lists of links and tables of figures."""
    for table in list(tree.iter("table")):
        cells = [one_line(cell.text_content()) for cell in table.iter("td", "th")]
        if sum(map(len, cells)) < _LONGEST_FIGURE * len(cells):
            drop(table)
    for group in list(tree.iter("ul", "ol", "table")):
        text = one_line(group.text_content())
        linked = sum(len(one_line(link.text_content())) for link in group.iter("a"))
        if text and linked > _MOST_OF_LIST * len(text) and len(text) - linked < _LONGEST_LABELS:
            drop(group)


def names(element: Any) -> tuple[str, ...]:
    """Return the words that an element is named by, without those of its state and those that a program made up."""
    return _names(element.get("class") or "", element.get("id") or "", element.tag if "-" in element.tag else "")


@lru_cache(4096)  # the elements of a site share their names
def _names(classes: str, number: str, tag: str) -> tuple[str, ...]:
    tokens = [*classes.split(), number, tag]
    is_post = not _POSTS.isdisjoint(tokens)
    found: list[str] = []
    for token in tokens:
        if ":" in token or (is_post and token.startswith(_TAXONOMY)):
            continue
        words = [word.lower() for word in _WORDS.findall(_MADE_UP.sub(" ", _UUID.sub(" ", token)))]
        if _STATES.isdisjoint(words):
            found.extend(words)
    return tuple(found)


def is_bad(element: Any) -> bool:
    """Whether an element is named as furniture whatever it holds."""
    return not _FURNITURE.isdisjoint(names(element))


def _is_furniture(element: Any) -> bool:
    if element.tag == "footer" or element.tag == "header":
        return not any(above.tag == "blockquote" for above in element.iterancestors())
    if element.tag in ("figure", "figcaption"):
        return (
            element.tag == "figcaption" or next(element.iter("blockquote", "table"), None) is None or _is_named(element)
        )
    if element.tag in ("aside", "form"):
        return True
    if element.get("role") in _ROLES or element.get("aria-hidden") == "true" or "hidden" in element.attrib:
        return True
    if _NO_DISPLAY.search(element.get("style") or ""):
        return True
    if element.tag == "blockquote":
        return not {"pullquote", "pull"}.isdisjoint(names(element))
    inline = element.tag in ("span", "a", "em", "strong", "b", "i", "cite")
    if inline and any(above.tag in ("p", "li", "blockquote") for above in element.iterancestors()):
        return False
    return (inline or element.tag in _BLOCKS or "-" in element.tag) and _is_named(element)


def _is_named(element: Any) -> bool:
    words = names(element)
    pairs = {f"{one}-{other}" for one, other in pairwise(words)}
    if not _FURNITURE.isdisjoint(words) or not _PAIRS.isdisjoint(pairs):
        return True
    return not _AMBIGUOUS.isdisjoint(words) and not _reads_as_story(element)


def _reads_as_story(element: Any) -> bool:
    """Whether an element holds prose that offers its readers nothing: one paragraph that it is, or several."""
    blocks = [block for block in paragraphs_in(element) if is_prose(block)]
    offers = sum(bool(_OFFER.search(block) and _TO_READERS.search(block)) for block in blocks)
    if len(blocks) < (1 if element.tag == "p" else 2) or 2 * offers >= len(blocks) or link_share(element) > 0.3:
        return False
    return not any(link_share(heading) > 0.5 for heading in element.iter("h2", "h3", "h4"))


def _prose(tree: Any) -> dict[Any, int]:
    """How many characters of text outside links each element holds."""
    found: dict[Any, int] = {}
    for event, element in walk(tree):
        if event == "start" or not isinstance(element.tag, str):
            continue
        inside = 0 if element.tag == "a" else len((element.text or "").strip())
        for child in element:
            inside += (found.get(child, 0) if element.tag != "a" else 0) + len((child.tail or "").strip())
        found[element] = inside
    return found
