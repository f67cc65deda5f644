"""JSON lines, and files of JSON objects: each object is a row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TextIO, cast

from ....errors import ReadingError
from ...streams import Given, as_text, opened
from .table_columns import LARGEST_PAGE, Mapping, Values, choose, is_story, row, story_columns

Row = tuple[int, Values]
Found = tuple[int, dict[str, object]] | ReadingError

_LONGEST_ROW = LARGEST_PAGE + 2_000_000  # characters
# Rows may leave out what they haven't: so many are looked at before a column is said not to be there.
_LOOKED_AT = 100
_LOOKED_AT_CHARACTERS = 20_000_000
_STEP = 65_536
# What lists of articles are called in the answers of servers, and what these lists lie in.
_ANSWERS = frozenset(
    "articles data docs documents entries hits items news newsitems posts records response result results rows stories"
    " value".split()
)
_DEEPEST = 3
_DEEPEST_COLUMN = 3
_LIST = re.compile(r'"(?P<name>\w{1,40})"\s*+:\s*+\[\s*+\{')
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?P<closed>")?|[{}]', re.S)


def read_lines(given: Given, source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    """Yield the rows of a file of JSON lines, numbered by line.

    A line that is no article but holds one list of objects stands for these.

    RAISES (ReadingError): If it is no text, or has not the columns that it needs.
    """
    with opened(given, source) as stream, as_text(stream, source) as text:
        yield from _rows(_unwrapped(_lines(text, source), mapping), source, mapping)


def read_objects(given: Given, source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    """Yield the rows of a file with a JSON array of objects, or with objects one after another.

    An object that is no article but holds one list of objects stands for these.

    RAISES (ReadingError): If it is no text, or has not the columns that it needs.
    """
    with opened(given, source) as stream, as_text(stream, source) as text:
        yield from _rows(_unwrapped(objects(text, source), mapping), source, mapping)


def _rows(found: Iterable[Found], source: str, mapping: Mapping) -> Iterator[Row | ReadingError]:
    first: list[Found] = []
    names: dict[str, None] = {}
    length = 0
    found = iter(found)
    for item in map(_flattened, found):
        first.append(item)
        if not isinstance(item, ReadingError):
            names.update(dict.fromkeys(item[1]))
            length += sum(len(value) for value in item[1].values() if isinstance(value, str))
        if len(first) >= _LOOKED_AT or length > _LOOKED_AT_CHARACTERS:
            break
    if first and all(isinstance(item, ReadingError) for item in first):
        yield from cast(list[ReadingError], first)
        if len(first) >= _LOOKED_AT:
            raise ReadingError(source, f"none of the first {len(first)} rows is a JSON object")
        return
    if not first:
        return
    columns = choose(names, mapping, source)
    for item in chain(first, map(_flattened, found)):
        if isinstance(item, ReadingError):
            yield item
        else:
            number, values = item
            yield number, row(columns, values.get)


def _flattened(item: Found) -> Found:
    """A row with what is in its objects as columns too: `_source.body`, `fields.bodyText`."""
    if isinstance(item, ReadingError):
        return item
    number, values = item
    return number, {**values, **dict(_columns(values))}


def _columns(values: dict[str, object], before: str = "", depth: int = 1) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        # `source.url` is the outlet's address, not the article's.
        if depth > 1 and (before, name.casefold()) != ("source.", "url"):
            yield before + name, value
        if isinstance(value, dict) and depth < _DEEPEST_COLUMN:
            yield from _columns(value, f"{before}{name}.", depth + 1)


def _lines(text: TextIO, source: str) -> Iterator[Found]:
    number = 0
    while line := text.readline(_LONGEST_ROW):
        number += 1
        if len(line) == _LONGEST_ROW and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = text.readline(_LONGEST_ROW)
            yield ReadingError(f"{source}#{number}", "longer than any article")
        elif line.strip():
            yield _parsed(line, number, source)


def objects(text: TextIO, source: str) -> Iterator[Found]:
    """Yield the objects of an array, of lines or one after another, numbered; what is broken as an error.

    They are parted by their braces, so that one which is broken inside doesn't take the next with it.
    """
    buffer = ""
    at = number = 0
    is_array: bool | None = None
    closed = is_answer = False
    while True:
        start = buffer.find("{", at)
        between = buffer[at:start] if start >= 0 else buffer[at:]
        if is_answer and "]" in between:
            return  # what stands below the list is of the answer, as what stands above it
        if is_array is None and between.strip():
            is_array = between.lstrip().startswith("[")
        closed = closed or "]" in between
        if between.strip(" \t\r\n,[]"):
            number += 1
            yield ReadingError(f"{source}#{number}", "no JSON object")
        at = start if start >= 0 else len(buffer)
        end = _end(buffer, start) if start >= 0 else -1
        if end >= 0:
            number += 1
            at = end
            yield _parsed(buffer[start:end], number, source)
            continue
        if len(buffer) - at > _LONGEST_ROW and not number and not is_array and (inside := _list_in(buffer, at)):
            at, is_array, is_answer = inside, True, True
            continue
        if len(buffer) - at > _LONGEST_ROW:
            yield ReadingError(
                f"{source}#{number + 1}", "longer than any article, or never closed; the rest is not read"
            )
            return
        # By doubling, so that a long object is not gone through again and again.
        more = text.read(max(_STEP, len(buffer) - at))
        if not more:
            break
        buffer, at = buffer[at:] + more, 0
    if start >= 0 or (is_array and not closed):
        yield ReadingError(source, f"cut short after {number:,} rows; what was read before stays")


def _list_in(text: str, start: int) -> int:
    """Where the objects of an answer begin that is longer than any article; 0 if it is none."""
    lists = (match for match in _LIST.finditer(text, start) if match["name"].casefold() in _ANSWERS)
    return next((match.end() - 1 for match in lists), 0)


def _end(text: str, start: int) -> int:
    """Where the object that begins there ends; -1 if the text ends first."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        sign = text[token.start()]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return token.end()
        elif not token["closed"]:
            return -1
    return -1


def _parsed(text: str, number: int, source: str) -> Found:
    source = f"{source}#{number}"
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return ReadingError(source, f"broken JSON ({error.msg}, at character {error.pos + 1})")
    except (ValueError, RecursionError):
        return ReadingError(source, "JSON with a number too long, or too deeply nested")
    if not isinstance(value, dict):
        return ReadingError(source, "no JSON object")
    return number, value


def _unwrapped(found: Iterable[Found], mapping: Mapping) -> Iterator[Found]:
    """The rows, those of a list in place of the object round it; numbered on from there."""
    more = 0
    for item in found:
        if isinstance(item, ReadingError):
            yield item
            continue
        number, values = item
        parts = _parts(values, mapping)
        if parts is None:
            yield number + more, values
            continue
        for place, part in enumerate(parts):
            yield number + more + place, part
        more += len(parts) - 1


def _parts(values: dict[str, object], mapping: Mapping, depth: int = 0) -> list[dict[str, object]] | None:
    """The objects in an answer such as `{"status": "ok", "articles": [...]}`; None if it is no such answer."""
    lists: dict[str, list[dict[str, object]]] = {
        name: value for name, value in values.items() if isinstance(value, list) and all(map(_is_object, value))
    }
    answers = {name for name in values if name.casefold() in _ANSWERS}
    stories = [name for name in story_columns(values, mapping) if name not in lists]
    if stories and (not answers & lists.keys() or any(is_story(values[name]) for name in stories)):
        return None
    found = {
        name: value for name, value in lists.items() if value and (name in answers or _has_story(value[0], mapping))
    }
    with_stories = [value for value in found.values() if _has_story(value[0], mapping)]
    if len(with_stories or found) == 1:
        return (with_stories or list(found.values()))[0]
    if not found and answers & lists.keys():
        return []
    inside = [value for name, value in values.items() if name in answers and isinstance(value, dict)]
    return _parts(inside[0], mapping, depth + 1) if len(inside) == 1 and depth < _DEEPEST else None


def _has_story(values: dict[str, object], mapping: Mapping) -> bool:
    return bool(story_columns([*values, *dict(_columns(values))], mapping))


def _is_object(value: object) -> bool:
    return isinstance(value, dict)
