"""Which column of a table holds what, and the document that a row of it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as AbstractMapping
from datetime import UTC, date, datetime

from ....errors import ReadingError
from ....outlets.directory import by_domain
from ...addresses import without_credentials
from ...dates import DateOrder, to_day
from ...decoding import LARGEST
from ...documents import Document, DocumentKind, Link, Metadata
from ..markup import looks_html

Mapping = AbstractMapping[str, str]
"""Columns by the field that they hold: `{"text": "body", "outlet": "source"}`. What it leaves out is guessed."""

Values = dict[str, object]
"""What a row holds, by field."""

Columns = dict[str, tuple[str, ...]]
"""Columns by the field that they hold, the likeliest first."""

FEWEST_WORDS = 20
"""Of a story that is taken from another column than the likeliest. A stub before a paywall has more."""

LARGEST_PAGE = 10_000_000
"""Bytes of a web page, its markup included."""

# The usual names, the likeliest first; of case and of what is no letter or digit they are free: `fieldsbody` is the
# Guardian's `fields.body`, whose `fields.bodyText` has no paragraphs.
_USUAL = {
    "text": "text fulltext articletext maintext plaintext bodytext textcontent contenttext body articlebody content "
    "articlecontent newscontent article story newsarticle fullarticle fieldsbody fieldsbodytext",
    "html": "html rawhtml pagehtml articlehtml bodyhtml contenthtml htmlcontent htmlbody",
    "url": "url articleurl pageurl canonicalurl canonicallink sourceurl originalurl weburl newsurl link permalink uri "
    "href",
    "title": "title headline articletitle newstitle headlinemain fieldsheadline webtitle heading",
    "outlet": "outlet outletname newspaper publication publisher sourcename sourcehostname sourcetitle sitename "
    "metasitename medianame newsoutlet newssource source fieldspublication media sourcedomain hostname domain site "
    "website",
    "byline": "byline bylineoriginal fieldsbyline author authors writer reporter journalist authorname creator",
    "published": "published publishedat publisheddate datepublished datepublish publishdate publicationdate pubdate "
    "publishedon publishtime publishedtime publicationtime webpublicationdate articledate newsdate date datetime "
    "timestamp time day created createdat",
    "language": "language lang languagecode langcode inlanguage metalang fieldslang",
}  # fmt: skip
FIELDS = tuple(_USUAL)
_GUESSES = {field: tuple(names.split()) for field, names in _USUAL.items()}

_TRAFILATURA = "sourcehostname"  # beside which `source` is the address
_STORIES = frozenset({"text", "html"})
_SHOWN = 20
_MISSING = frozenset({"", "nan", "none", "null", "nil", "n/a", "na", "\\n", "-", "[removed]"})
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.I)
_PAGE = re.compile(r"https?://[^\s/]+/[^\s/]\S*", re.I)
_BY = re.compile(r"^by:?\s+(?=\S)", re.I)
# How NewsAPI ends a text of which it sends the first 200 characters.
_CUT = re.compile(r"\s*(?:…|\.{3})?\s*\[\+\s?\d+ char(?:acter)?s\]\s*$")
_LONGEST_CUT = 60  # characters
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:[:/]\S*)?", re.I)
_CODE = re.compile(r"(?P<language>[a-z]{2})(?:[-_](?P<rest>[a-z0-9]{2,8}(?:[-_][a-z0-9]{2,8})*))?", re.I)
_LANGUAGES = {
    "english": "en", "eng": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl",
    "portuguese": "pt", "russian": "ru", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar",
}  # fmt: skip
_LONGEST_DATE = 60
# What nearly all tables have is read here: `to_day` takes longer than all the rest of a row.
_ISO = re.compile(r"(?P<day>(?:19|20)\d\d-\d\d-\d\d)(?:[T ]\d\d:\d\d[\d:.+Z -]*)?", re.A)
# Powers of ten by which seconds, milli-, micro- and nanoseconds since 1970 differ; the years 1973 to 2099.
_SECONDS = range(100_000_000, 4_102_444_800)
_UNITS = (1, 1_000, 1_000_000, 1_000_000_000)


def recognised(names: Iterable[str]) -> dict[str, str]:
    """Return the columns whose names are usual ones, by field."""
    return _guessed(_by_form(names), {})


def story_columns(names: Iterable[str], mapping: Mapping) -> list[str]:
    """Return the columns in which stories may stand: those of the mapping, else those whose names are usual ones."""
    by_form = _by_form(names)
    given = [mapping[field] for field in _STORIES if field in mapping]
    forms = map(_form, given) if given else (form for field in _STORIES for form in _GUESSES[field])
    return [by_form[form] for form in forms if form in by_form]


def is_story(cell: object) -> bool:
    """Return whether a cell holds as many words as a story has, not the name, slug or number of one."""
    if isinstance(cell, (list, tuple)) and all(isinstance(part, str) for part in cell):
        cell = " ".join(cell)
    return isinstance(cell, (str, bytes)) and len(cell[:LARGEST].split(None, FEWEST_WORDS)) >= FEWEST_WORDS


def choose(names: Iterable[str], mapping: Mapping, source: str) -> Columns:
    """Return the columns to be read, by field.

    mapping (Mapping): What is known of them; the others are guessed. Where the column of stories is, the usual ones
        that stand beside it are named too: news-please leaves `text` empty and fills `maintext`.
    RAISES (ReadingError): If a column of the mapping isn't there, or none holds a text or the address of one.
    """
    names = list(names)
    by_form = _by_form(names)
    there = set(names)
    given: dict[str, str] = {}
    for field, name in mapping.items():
        if field not in FIELDS:
            raise ReadingError(source, f"nothing is called {field!r:.40}; a column may be {', '.join(FIELDS)}")
        column = name if name in there else by_form.get(_form(name))
        if column is None:
            raise ReadingError(source, f"no column {name!r:.60}; there {_listed(names)}")
        given[field] = column
    chosen = _guessed(by_form, given)
    # Any object may have an address: an article's stands alone, or beside its title.
    is_list = "url" in chosen and ("title" in chosen or "url" in given or len(names) == 1)
    if not _STORIES & chosen.keys() and not is_list:
        raise ReadingError(
            source, f"no column is called as texts are; say which one holds them: there {_listed(names)}"
        )
    taken = set(chosen.values())
    return {
        field: (column,) if field in given else (column, *_others(by_form, field, taken))
        for field, column in chosen.items()
    }


def row(columns: Columns, cell: Callable[[str], object]) -> Values:
    """Return what a row holds, by field: of several columns the first that holds such a thing.

    cell (Callable): Returns what stands in a column, None where nothing does.
    """
    return {field: _first(field, [cell(name) for name in names]) for field, names in columns.items()}


def document(values: Values, source: str, order: DateOrder | None = None) -> Document | Link:
    """Return the document that a row is; where the table has no column of texts, the link to it.

    order (DateOrder | None): What stands first in 03/04/2025; None if that isn't known.
    RAISES (ReadingError): If it holds no text, or one that can't be read.
    """
    kind: DocumentKind = "text"
    data = _story(values.get("text"), source, LARGEST)
    if data is None:
        kind = "html"
        data = _story(values.get("html"), source, LARGEST_PAGE)
    if isinstance(data, str) and looks_html(data):
        kind = "html"
    metadata = Metadata(
        url=_address(values.get("url")),
        title=_words(values.get("title")),
        outlet=_outlet(values.get("outlet")),
        byline=_byline(values.get("byline")),
        published=_day(values.get("published"), order),
        language=_language(values.get("language")),
    )
    if data is not None:
        return Document(source, data, kind, metadata)
    if _STORIES & values.keys():
        raise ReadingError(source, "no text in this row")
    if metadata.url is None:
        raise ReadingError(source, "no text in this row, and no address to fetch it from")
    return Link(str(_words(values["url"])), metadata)


def is_cut(values: Values) -> bool:
    """Return whether the text of a row ends with the mark of a service that sends no more of it."""
    text = values.get("text")
    return isinstance(text, str) and bool(_CUT.search(text[-_LONGEST_CUT:]))


def _form(name: str) -> str:
    name = name.removeprefix("_source.")  # of a hit of Elasticsearch
    return re.sub(r"[\W_]+", "", name).casefold()


def _by_form(names: Iterable[str]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for name in names:
        forms.setdefault(_form(name), name)
    return forms


def _guessed(by_form: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    chosen = dict(given)
    for field, usual in _GUESSES.items():
        if field in chosen:
            continue
        taken = set(chosen.values())
        if field == "url" and _TRAFILATURA in by_form:
            usual = (*usual, "source")
        for form in usual:
            if form in by_form and by_form[form] not in taken:
                chosen[field] = by_form[form]
                break
    return chosen


def _others(by_form: dict[str, str], field: str, taken: set[str]) -> list[str]:
    """The columns that may hold a field beside the one that was chosen."""
    return [by_form[form] for form in _GUESSES[field] if form in by_form and by_form[form] not in taken]


def _first(field: str, cells: list[object]) -> object:
    """The likeliest cell if it can be read, else the first of the others that can."""
    likeliest, *others = cells
    if not others:
        return likeliest
    if field in _STORIES:
        if isinstance(likeliest, (str, bytes, list, tuple)) and not _is_missing(likeliest):
            return likeliest
        # A page is one however few its words; what stands under `article` may be its number.
        return next(
            (cell for cell in others if not _is_missing(cell) and (field == "html" or is_story(cell))), likeliest
        )
    readable = _READABLE[field]
    if not _is_missing(likeliest) and readable(likeliest):
        return likeliest
    if field == "url":
        readable = _page_address  # a site's address would make one article of all its articles
    return next((cell for cell in others if not _is_missing(cell) and readable(cell)), likeliest)


def _is_missing(cell: object) -> bool:
    if isinstance(cell, str):
        return not cell.strip() or (len(cell) < 10 and cell.strip().casefold() in _MISSING)
    if isinstance(cell, (bytes, list, tuple)):
        return not (cell.strip() if isinstance(cell, bytes) else cell)
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _listed(names: list[str]) -> str:
    if not names:
        return "are none"
    shown = ", ".join(" ".join(name.split())[:40] or "''" for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"are {shown}{more}"


def _story(value: object, source: str, largest: int) -> str | bytes | None:
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)  # a text as the list of its paragraphs
    if not isinstance(value, (str, bytes)):
        if _is_missing(value):
            return None
        raise ReadingError(source, f"no text in this row but {_sort(value)}")
    if len(value) > largest:
        raise _too_large(source, largest)
    if _is_missing(value):
        return None
    if isinstance(value, bytes):
        return value
    if "\0" in value:
        raise ReadingError(source, "holds NUL characters, so it is no text")
    text = whole(value)
    tail = text[-_LONGEST_CUT:]
    return text[: len(text) - len(tail)] + _CUT.sub("", tail)


def whole(text: str) -> str:
    """Return a text with a sign of replacement for every half of a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _too_large(source: str, largest: int) -> ReadingError:
    return ReadingError(source, f"larger than {largest // 1_000_000} MB, too large for one article")


def _sort(value: object) -> str:
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, (list, tuple)) else f"the value {value!r:.20}"


def _words(value: object) -> str | None:
    """A value as a line of words; names of a list are joined, of an object its name is taken."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, (list, tuple)):
        parts = [words for part in value[:100] if not isinstance(part, (list, tuple)) and (words := _words(part))]
        return ", ".join(parts) or None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        value = str(value)
    if not isinstance(value, str):
        return None
    words = " ".join(whole(value[:5000]).replace("\0", " ").split())
    return None if words.casefold() in _MISSING else words


def _address(value: object) -> str | None:
    words = _words(value)
    return words if words and _ADDRESS.fullmatch(words) else None


def _page_address(value: object) -> str | None:
    words = _address(value)
    return words if words and _PAGE.fullmatch(words) else None


def _byline(value: object) -> str | None:
    return _BY.sub("", _words(value) or "", count=1) or None


def _outlet(value: object) -> str | None:
    words = without_credentials(_words(value) or "") or None
    if words and _HOST.fullmatch(words):
        known = by_domain(words)
        return known.name if known else words
    return words


def _language(value: object) -> str | None:
    words = _words(value)
    if words is None:
        return None
    match = _CODE.fullmatch(words)
    if match is None:
        return _LANGUAGES.get(words.casefold())
    rest = f"-{match['rest'].replace('_', '-')}" if match["rest"] else ""
    return match["language"].lower() + rest


def _day(value: object, order: DateOrder | None = None) -> str | None:
    """A date as `YYYY-MM-DD`, whether a text, a date or the time since 1970; None where it can't be read."""
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not math.isfinite(value):
            return None
        value = int(value)
        return _since_1970(value) or (to_day(str(value)) if 0 < value < 10**8 else None)
    words = _words(value)
    if words is None or len(words) > _LONGEST_DATE:
        return None
    if re.fullmatch(r"\d{9,19}(?:\.\d+)?", words, re.A):
        return _since_1970(int(words.partition(".")[0]))
    if match := _ISO.fullmatch(words):
        try:
            return date.fromisoformat(match["day"]).isoformat()
        except ValueError:
            return None
    return to_day(words, order)


def _since_1970(value: int) -> str | None:
    for unit in _UNITS:
        if value // unit in _SECONDS:
            return datetime.fromtimestamp(value // unit, UTC).date().isoformat()
    return None


_READABLE: dict[str, Callable[[object], str | None]] = {
    "url": _address, "title": _words, "outlet": _outlet, "byline": _byline, "published": _day, "language": _language,
}  # fmt: skip
