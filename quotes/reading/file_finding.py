"""Which files a source stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from .addresses import without_credentials
from .decoding import SUFFIXES, printable
from .kinds import HEAD, HTML_SUFFIXES, OF_SUFFIX, kind_of

_OTHERS = (suffix for suffix, kind in OF_SUFFIX.items() if kind != "sqlite")
TAKEN = SUFFIXES | {*HTML_SUFFIXES, *_OTHERS, ".rss", ".atom"}
"""What is taken from a folder; databases are not, since most are something else.

A file that is named outright may be called anything.
"""
_XML = ".xml"  # agencies' feeds are called so, and much else

_OF_PROJECTS = frozenset({"readme.md", "license.md", "changelog.md", "contributing.md"})
"""What lies in folders of articles and is none."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read.

    source (str): How it is called in records: the path as given, `-` for standard input.
    path (Path | None): None for standard input.
    error (str | None): Why there is nothing to read.
    """

    source: str
    path: Path | None = None
    error: str | None = None


def find(sources: Iterable[str]) -> Iterator[Found]:
    """Yield the files that the sources stand for: files as they are, folders walked in sorted order.

    A source that is not there, or a folder with no article in it, is yielded with its error.
    """
    for source in sources:
        if source == "-":
            yield Found("-")
            continue
        if not source:
            yield Found("''", error="no name of a file or folder")
            continue
        path = Path(source)
        database, sign, _ = source.partition("#")
        if sign and not path.exists() and Path(database).is_file():
            yield Found(printable(source), path)  # a table of it
            continue
        try:
            is_folder = S_ISDIR(path.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            yield Found(without_credentials(printable(source)), error="no such file or folder")
        except OSError as error:
            yield Found(printable(source), error=f"can't be opened ({error.strerror})")
        else:
            yield from _walk(source) if is_folder else [Found(printable(source), path)]


def _walk(folder: str) -> Iterator[Found]:
    empty = True
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or name.lower() in _OF_PROJECTS:
                continue
            if path.suffix.lower() in TAKEN or _is_agency_xml(path):
                empty = False
                yield Found(printable(str(path)), path, "no regular file" if _is_special(path) else None)
    for error in errors:
        empty = False
        yield Found(printable(str(error.filename)), error=f"can't be opened ({error.strerror})")
    if empty:
        yield Found(
            printable(folder), error="no article in this folder (looked for text, pages, feeds, tables, archives)"
        )


def _is_agency_xml(path: Path) -> bool:
    """Whether it is XML of a format that has stories; a feed has mostly links to them."""
    if path.suffix.lower() != _XML or _is_special(path):
        return False
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD), path.name) not in ("text", "html", "feed")
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    """Whether it is a pipe or a device, which could be waited for without end."""
    try:
        return not S_ISREG(path.stat().st_mode)
    except OSError:
        return False  # reading will say why
