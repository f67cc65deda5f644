"""Which element of a page holds its story, before anything is taken out of the page."""

from __future__ import annotations

from typing import Any

from .body import Body
from .boilerplate import is_prose
from .page_tree import blocks, link_share
from .pruning import is_bad, is_story_marked

# How much a paragraph counts for the elements above it, the nearest first: one that wraps each paragraph in an
# element of its own must not hide the one that holds all.
_WEIGHTS = (1.0, 0.8, 0.65, 0.5)
_MOST_LINKED = 0.5
_WHOLE = 0.95
_FEWEST_SURE = 0.5
_SHORTEST_SURE = 6  # words


def find_root(tree: Any, body: Body | None, declared: frozenset[str]) -> tuple[Any, frozenset[Any]]:
    """Return the element that holds the story (or None), and the paragraphs that surely are its.

    body (Body | None): The story as the page's JSON-LD has it.
    declared (frozenset[str]): Class names that the page's JSON-LD gives to parts of the story.
    """
    prose: list[tuple[Any, int]] = []
    sure: list[tuple[Any, int]] = []
    for text, element in blocks(tree):
        if element.tag in ("html", "figcaption", "header", "footer") or any(
            above.tag in ("figure", "nav", "blockquote") for above in element.iterancestors()
        ):
            continue
        if (
            body is not None
            and len(text.split()) >= _SHORTEST_SURE
            and body.holds(text)
            and element.tag != "blockquote"
        ):
            sure.append((element, len(text)))
        elif is_prose(text):
            prose.append((element, len(text)))
    if body is not None and sum(length for _, length in sure) > _FEWEST_SURE * body.length:
        return _holder(sure), frozenset(element for element, _ in sure if element.tag == "p")
    bad: dict[Any, bool] = {}
    found = prose + sure
    good = [pair for pair in found if not _stands_beside(pair[0], bad)]
    if not good:
        good = [pair for pair in found if next(pair[0].iterancestors("aside"), None) is not None]
    marked = [
        (element, length)
        for element, length in good
        if any(is_story_marked(above) or declared & _classes(above) for above in (element, *element.iterancestors()))
    ]
    good = [pair for pair in marked or good if link_share(pair[0]) < _MOST_LINKED]
    if not good:
        return None, frozenset()
    return (_holder(marked) if marked else _best(good)), frozenset(
        element for element, _ in marked if element.tag == "p"
    )


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _stands_beside(element: Any, known: dict[Any, bool]) -> bool:
    """Whether an element stands in what is named as furniture, and that isn't all of the page."""
    parent = element.getparent()
    if parent is None or element.tag in ("html", "body", "main"):
        return False
    if element not in known:
        named = (element.tag == "aside" or is_bad(element)) and next(element.iter("h1"), None) is None
        known[element] = named or _stands_beside(parent, known)
    return known[element]


def _holder(found: list[tuple[Any, int]]) -> Any:
    """The innermost element that holds nearly all of some paragraphs."""
    total = sum(length for _, length in found)
    held: dict[Any, int] = {}
    for element, length in found:
        for above in (element, *element.iterancestors()) if element.tag != "p" else element.iterancestors():
            held[above] = held.get(above, 0) + length
    whole = [element for element, length in held.items() if length >= _WHOLE * total]
    return max(whole, key=lambda element: sum(1 for _ in element.iterancestors())) if whole else None


def _best(found: list[tuple[Any, int]]) -> Any:
    scores: dict[Any, float] = {}
    for element, length in found:
        above = element if element.tag not in ("p", "li") else element.getparent()
        for weight in _WEIGHTS:
            if above is None or above.tag == "html":
                break
            scores[above] = scores.get(above, 0.0) + weight * length
            above = above.getparent()
    return max(scores, key=lambda element: scores[element]) if scores else None
