"""Headlines whose quoted words the story has again, from somebody who has a name there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from ...spans.overlaps import Overlaps
from ..language.marks import Quotation
from ..quotation.statements import Statement

_FEWEST, _MOST = 2, 20
"""Words of a quotation; statements of headlines."""
_WORD = re.compile(r"\w+")


def told_again(
    text: str, statements: Sequence[Statement], marks: Sequence[Quotation], titles: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield the statements of headlines that quote words of the story, each with the first that has them there.

    `‘We had ten minutes’: families flee`, where the story says which of them said so. Of 81 such in the annotated
    newspaper articles 74 are of the one who is quoted in the story; most of the others name somebody.

    titles (Collection[int]): Which of the statements stand in headlines; the first of them are looked for.
    """
    over = Overlaps((mark.start, mark.end) for mark in marks)
    asked: dict[int, set[str]] = {}
    for n in sorted(titles)[:_MOST]:
        touched = [marks[k] for span in statements[n].spans for k in over.over(span)]
        quoted = {_words(text[mark.start : mark.end]) for mark in touched}
        asked[n] = {words for words in quoted if len(words.split()) >= _FEWEST}
    if not any(asked.values()):
        return
    story = [
        (n, " ".join(_words(text[slice(*span)]) for span in statement.spans))
        for n, statement in enumerate(statements)
        if n not in titles
    ]
    for n, quoted in asked.items():
        again = next((m for m, said in story if any(words in said for words in quoted)), None)
        if again is not None:
            yield n, again


def _words(text: str) -> str:
    """Return words in lower case, a space on each side."""
    return f" {' '.join(_WORD.findall(text.lower()))} "
