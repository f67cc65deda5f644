"""Everything that sources hold, as articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import ReadingError, one_line
from ..records import Article
from .files import Found, find
from .text import read_article


def articles(sources: Iterable[str], outlet: str | None = None) -> Iterator[Article | ReadingError]:
    """Yield the articles of the sources in order, and an error for each that can't be read.

    outlet (str | None): Who printed them, over what they say.
    """
    for found in find(sources):
        yield _read(found, outlet)


def _read(found: Found, outlet: str | None) -> Article | ReadingError:
    try:
        return read_article(found, outlet)
    except ReadingError as error:
        return error
    except Exception as error:  # whatever it is, it is no reason to lose the other articles
        return ReadingError(found.source, one_line(error, found.source))
