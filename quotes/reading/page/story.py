"""The story of a page: its paragraphs, without what stands round them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from .body import Body
from .boilerplate import is_noise, is_prose
from .normalizing import normalize
from .page_tree import BREAK, blocks, key, link_share, one_line, walk
from .pruning import DEAD, prune, prune_galleries, prune_lists, prune_privacy, prune_titles
from .repairs import repaired
from .story_root import find_root

MOST_ELEMENTS = 20_000
"""The worst of 20,000 take trafilatura seconds; a news page has 500 to 5,000."""

_QUOTED = re.compile(r"[\"“”„«»‘]")
_LETTER = re.compile(r"[^\W_]")
_ENDS = re.compile(r"[.!?…][\"”’'»)\]]*$")
_TEXTS = frozenset("p head item quote cell code ab".split())
_FOUND = 0.8  # of the words of the JSON-LD's body; below that another reading of the page is tried
_LINKED = 0.8  # of a line that is a link to another story
_LABEL = re.compile(r"(?:[A-Z]{3,}[A-Z’' ]{0,30}|(?:[A-Z][a-z]+ ?){1,3})\s*[:|>»–—]")
_FEWEST_WORDS = 20
_LEFT = 0.5  # of the prose in the element that holds the story; with less, pruning took too much


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


def read_story(
    tree: Any, title: str | None = None, body: Body | None = None, declared: frozenset[str] = frozenset()
) -> Story:
    """Return the story of a page; it has no paragraphs if there is none.

    tree (lxml.html.HtmlElement): The whole page. It is pruned in place.
    title (str | None): The page's title, which is no paragraph of its story.
    body (Body | None): The story as the page's JSON-LD has it.
    declared (frozenset[str]): Class names that its JSON-LD gives to parts of the story.
    """
    from lxml import etree

    etree.strip_elements(tree, etree.Comment, *DEAD, with_tail=False)
    normalize(tree)
    prune_titles(tree, title)
    prune_privacy(tree)
    prune_galleries(tree)
    root, sure = find_root(tree, body, declared)
    unpruned = deepcopy(root) if root is not None else None
    prune(tree, root, sure)
    prune_lists(tree)
    if root is not None:
        _make_plain(root)
    linked = _linked_texts(tree)
    links = _links(tree)
    _unlink(tree)
    read = _of_story(root) if root is not None and body is not None else []
    # Where the page's JSON-LD has the same words nobody else is asked: trafilatura takes a third of the time.
    if body is None or body.share_found(read) < _FOUND:
        read = _merged(list(_extracted(tree, fast=root is not None)), root)
    found = _without_insertions(read, title, links)
    if unpruned is not None or body is not None:
        found = _checked(found, unpruned, title, body)
    total = sum(map(len, found))
    teasers = sum(len(paragraph) for paragraph in found if key(paragraph) in linked)
    return Story(tuple(map(repaired, found)), teasers / total if total else 0.0)


def _make_plain(root: Any) -> None:
    """Take away what trafilatura would drop the story for: names like `embed` and `menu`, an `aside` round it."""
    for element in (root, *root.iterancestors("aside", "form")):
        if element.tag in ("aside", "form"):
            element.tag = "div"
    for element in root.iterdescendants():
        for name in ("class", "id", "role", "style"):
            element.attrib.pop(name, None)


def _checked(found: list[str], unpruned: Any, title: str | None, body: Body | None) -> list[str]:
    """The paragraphs that were found, or those of the unpruned element where these are much more of the story."""
    if body is not None and body.share_found(found) >= _FOUND:
        return _within(found, body)
    there = [text for text, _ in blocks(unpruned)] if unpruned is not None else []
    if body is not None:
        whole = _without_insertions(there, title, set())
        best = max((found, whole, list(body.paragraphs)), key=lambda one: round(body.share_found(one), 1))
        return _within(best, body)
    prose = sum(len(text) for text in there if is_prose(text))
    if sum(len(text) for text in found if is_prose(text)) < _LEFT * prose:
        return _without_insertions(there, title, set())
    return found


def _within(found: list[str], body: Body) -> list[str]:
    """The paragraphs without those above the first and below the last that the JSON-LD's body has too."""
    known = [number for number, text in enumerate(found) if len(text.split()) > 3 and body.holds(text)]
    if not known or sum(len(found[number]) for number in known) < 0.75 * sum(map(len, found)):
        return found
    return found[known[0] : known[-1] + 1]


def _merged(found: list[str], root: Any) -> list[str]:
    """What trafilatura found, with the paragraphs of the element that holds the story which it left out."""
    if root is None:
        return found
    there = list(blocks(root))
    keys = key(" ".join(found))
    missing = [text for text, _ in there if is_prose(text) and key(text) not in keys]
    if not missing:
        return found
    held = key(" ".join(text for text, _ in there))
    if sum(len(text) for text in found if key(text) not in held) > 0.2 * sum(len(text) for text, _ in there):
        return found
    return [text for text, element in there if key(text) in keys or _is_of_story(text, element)]


def _of_story(root: Any) -> list[str]:
    return [text for text, element in blocks(root) if _is_of_story(text, element)]


def _is_of_story(text: str, element: Any) -> bool:
    """Whether a block is a heading, a paragraph of prose or a short one that is spoken or a sentence."""
    if element.tag in ("h2", "h3", "h4"):
        return len(text) < 200
    return is_prose(text) or (
        element.tag in ("p", "li", "blockquote") and bool(_QUOTED.search(text) or _ENDS.search(text))
    )


def _without_insertions(paragraphs: Sequence[str], title: str | None, links: set[str]) -> list[str]:
    """The paragraphs without the title, links to other stories, and what a page says to its readers."""
    found: list[str] = []
    for paragraph in paragraphs:
        if paragraph == title or not _LETTER.search(paragraph) or key(paragraph) in links:
            continue
        if is_noise(paragraph) and not (_QUOTED.search(paragraph) and _ENDS.search(paragraph)):
            continue
        if not found or found[-1] != paragraph:
            found.append(paragraph)
    return found


def _links(tree: Any) -> set[str]:
    """The lines that are links to other stories: nearly all of one is a link, and it doesn't end as a sentence does."""
    found: set[str] = set()
    for element in tree.iter("p", "h2", "h3", "h4", "h5", "li", "strong"):
        text = one_line(element.text_content())
        if not text or len(text) > 300 or next(element.iter("a"), None) is None:
            continue
        share = link_share(element)
        is_sentence = _ENDS.search(text) and not text.isupper()
        label = _LABEL.match(text)
        if (share > _LINKED and not is_sentence) or (
            label and share > 0.5 and share * len(text) > len(text) - label.end() - 5
        ):
            found.add(key(text))
    return found


def _unlink(tree: Any) -> None:
    """Make plain text of the links in prose: trafilatura drops paragraphs that are links by half."""
    for paragraph in list(tree.iter("p", "li")):
        if next(paragraph.iter("a"), None) is not None and is_prose(one_line(paragraph.text_content())):
            for link in list(paragraph.iter("a")):
                link.drop_tag()


def _extracted(tree: Any, fast: bool) -> Iterator[str]:
    from trafilatura import bare_extraction

    try:
        # Its second opinions are for pages of which it isn't known what holds the story.
        document = bare_extraction(tree, include_comments=False, include_formatting=False, fast=fast)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return
    if document is None:
        return
    yield from _texts(document.body)


def _texts(body: Any) -> Iterator[str]:
    """The paragraphs of trafilatura's tree: the text of each element that holds text, in its order."""
    pieces: list[str] = []
    for event, element in walk(body):
        if event == "start":
            if element.tag in _TEXTS and pieces:
                yield from _paragraph(pieces)
            if element.tag == "lb":
                pieces.append(BREAK)
            pieces.append(element.text or "")
        else:
            if element.tag in _TEXTS:
                yield from _paragraph(pieces)
            pieces.append(element.tail or "")
    yield from _paragraph(pieces)


def _paragraph(pieces: list[str]) -> Iterator[str]:
    text = "\n".join(filter(None, map(one_line, "".join(pieces).split(BREAK))))
    pieces.clear()
    if text:
        yield text


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
            found.add(key(text))
    return found
