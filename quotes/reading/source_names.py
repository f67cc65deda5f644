"""How sources are called in records, and what they are found by when they are read again.

Databases are published: what stands in them holds no passwords, and of a file no more than was
named, not in whose home folder it lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from .addresses import is_address, without_credentials
from .decoding import printable
from .kinds import OF_SUFFIX

_STANDARD_INPUT = re.compile(r"-(?:#.*)?", re.DOTALL)


class NotReadAgainError(Exception):
    """A source that is gone once it was read."""


def labels_of(sources: Iterable[str]) -> dict[str, str]:
    """Return how the files and folders are called in the database that were named by absolute paths.

    `/home/a/news` is `news` there; what was named by a relative path stays as it is.
    """
    named = [source for source in sources if not is_address(source) and Path(source).is_absolute()]
    return {printable(path): printable(Path(path).name) for source in named for path in (source, str(Path(source)))}


def label(source: str, labels: Mapping[str, str]) -> str:
    """Return how a source is called in the database: from the name on by which it was asked for, without passwords.

    labels (Mapping[str, str]): As `labels_of` returns them; they stand for all that lies in the files and folders:
        with `news` for `/home/a/news`, `/home/a/news/ferry.zip#page.html` is `news/ferry.zip#page.html`.
    """
    for end in (len(source), *_places("/#", source)) if labels else ():
        if (called := labels.get(source[:end] or "/")) is not None:
            return without_credentials((called + source[end:]).removeprefix("/"))
    return without_credentials(source)


def source_of(called: str, folders: Sequence[str] = ()) -> tuple[str, str]:
    """Return what to name to have something read again that is called so in the database, and how that is called.

    Of `news.zip#page.html` that is `news.zip`, of `a#b.txt` the file itself; of a table in a database the table.
    folders (Sequence[str]): Where files and folders lie that were named by absolute paths.
    RAISES (NotReadAgainError): If it was standard input or a pipe.
    """
    if is_address(called):
        return (address := called.partition("#")[0]), address
    ends = [len(called), *filter(None, _places("#", called))]
    for folder in (*folders, ""):
        for end in ends:
            path = Path(folder, called[:end])
            try:
                mode = path.stat().st_mode
            except (OSError, ValueError):
                continue
            if not (S_ISREG(mode) or S_ISDIR(mode)):
                raise NotReadAgainError("no regular file but a pipe or device, which can't be read twice")
            table = _table(path, called[end + 1 :]) if S_ISREG(mode) else ""
            return str(path) + table, called[:end] + table
    if _STANDARD_INPUT.fullmatch(called):
        raise NotReadAgainError("came by standard input, which can't be read twice")
    packed = (end for end in reversed(ends) if Path(called[:end]).suffix.lower() in OF_SUFFIX)
    called = called[: next(packed, len(called))]
    return called, called


def _places(signs: str, text: str) -> list[int]:
    """Where these signs stand in a text, the last first."""
    return [place for place in range(len(text) - 1, -1, -1) if text[place] in signs]


def _table(path: Path, rest: str) -> str:
    """The table of a database that is named by what follows its path; empty where there is only the number of a row."""
    table = rest.partition("#")[0]
    with path.open("rb") as file:
        is_database = file.read(16) == b"SQLite format 3\0"
    return f"#{table}" if is_database and table and not table.isdecimal() else ""
