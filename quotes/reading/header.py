"""What stands above a story and begins it: address, title, byline, date and dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..paragraphs import lines
from ..records import Outlet, Span
from .dates import DAY_AND_MONTH, date_in_address, find_date, with_year
from .furniture import is_noise, is_prose
from .outlets import agency, by_name

_ADDRESS = re.compile(r"https?://[^\s<>\"]+$", re.I)
_BYLINE = re.compile(r"(?:written |reported |story |words )?by:?\s+(?P<names>[^\W\d_].{2,90})$", re.I)
_AFTER_NAMES = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,\s*(?:staff|special|senior|political|chief)\b"
    r"|,\s*\w+ (?:editor|correspondent|reporter|writer)\b).*$"
)
_CAPITAL_PLACE = r"[A-Z][A-Z.'’\-]+(?:[ ][A-Z][A-Z.'’\-]+){0,3}(?:,\s(?:[A-Z][\w.]+\s?){1,3})?"
_TITLE_PLACE = r"[A-Z][\w.'’\-]+(?:[ ][A-Z][\w.'’\-]+){0,3}"
_SIGN = r"(?:--+|[—–:]|-)"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_CAPITAL_PLACE}|{_TITLE_PLACE})(?:,\s*|\s+(?=\()|\s*(?=[—–:-])))?"
    rf"(?P<day>(?i:{DAY_AND_MONTH}))?(?:,?\s+(?P<year>(?:19|20)\d\d))?\s*"
    rf"(?:\((?P<agency>[^()]{{2,40}})\)|/(?P<slashed>[A-Z]{{2,12}})/)?\s*(?P<sign>{_SIGN})?\s+"
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,", re.I)
_LINES = 16
_TITLE_WORDS = range(3, 31)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first lines of a text say of it; None where they do not."""

    title: str | None = None
    headline: Span | None = None
    byline: str | None = None
    published: str | None = None
    place: str | None = None
    url: str | None = None
    agency: Outlet | None = None
    address: Span | None = None


def read_header(text: str, start: int = 0, url: str | None = None) -> Header:
    """Return what the lines from `start` on say of the article, up to its first paragraph.

    url (str | None): The article's address where it is known already: it may carry the date.
    """
    places = [place for place in lines(text) if place[0] >= start][:_LINES]
    address: Span | None = None
    if places and _ADDRESS.match(text[slice(*places[0])].lstrip("\ufeff")):
        address, places = places[0], places[1:]
        url = url or text[slice(*address)].lstrip("\ufeff")
    headline: Span | None = None
    byline = published = None
    dateline: Dateline | None = None
    for n, place in enumerate(places):
        line = text[slice(*place)]
        if line.endswith(("...", "…")):
            continue  # cut short: a breadcrumb or a teaser
        dateline = read_dateline(line)
        if dateline or is_prose(line):
            break
        match = _BYLINE.match(line)
        if match and byline is None and _names(match["names"]):
            byline = _AFTER_NAMES.sub("", match["names"]).strip()
            published = published or find_date(line)
        elif find_date(line) and len(line.split()) <= 12:
            # A weekday and date on the first line of a page is today's, not the article's.
            if n or not _WEEKDAY.match(line):
                published = published or find_date(line)
        elif headline is None and is_title(line):
            headline = place
    published = published or (date_in_address(url) if url else None)
    if dateline and dateline.day and published is None and dateline.year:
        published = with_year(dateline.day, dateline.year)
    carrier = dateline.agency if dateline else None
    if byline and (carried := _spelt_out(byline, carrier)):
        carrier = carried
    return Header(
        title=text[slice(*headline)] if headline else None,
        headline=headline,
        byline=byline,
        published=published,
        place=dateline.place if dateline else None,
        url=url,
        agency=carrier,
        address=address,
    )


@dataclass(frozen=True, slots=True)
class Dateline:
    """`SEOUL, Sept. 5 (UPI) --`: where and when a story was filed, and by which agency."""

    place: str | None
    day: str | None
    year: str | None
    agency: Outlet | None


def read_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that a paragraph begins with, or None."""
    match = _DATELINE.match(paragraph)
    if not match:
        return None
    place, day, sign = match["place"], match["day"], match["sign"]
    carrier = _as_agency(match["agency"] or match["slashed"])
    capitals = bool(place) and place == place.upper()
    filed = bool(day) and bool(carrier or (sign and capitals))
    if not (filed or (capitals and sign) or (carrier and sign)):
        return None
    if place and (known := by_name(place)):
        # `afrol News, 26 June -`: the agency stands where the place does.
        return Dateline(None, day, match["year"], carrier or (known if known.kind == "agency" else None))
    return Dateline(_as_place(place), day, match["year"], carrier)


def is_title(line: str) -> bool:
    """Return whether a line above the story could be its title."""
    return (
        len(line.split()) in _TITLE_WORDS
        and not line.endswith((".", "...", "…", ":", ","))
        and any(sign.isalpha() for sign in line)
        and not is_noise(line)
    )


def _names(names: str) -> bool:
    return names[0].isupper() and len(names.split()) <= 14 and not names.endswith(".")


def _as_agency(name: str | None) -> Outlet | None:
    """The agency of a dateline: one that the table knows, or one that its capitals show to be one."""
    if not name:
        return None
    known = by_name(name.split("/")[-1])
    if known:
        return known
    if name.isupper() and name.isalpha() and len(name) <= 7:
        return Outlet(name, None, "agency")
    last = name.split()[-1]
    return Outlet(name, None, "agency") if last in {"Agency", "Wire", "Press", "News", "Service"} else None


def _spelt_out(byline: str, carrier: Outlet | None) -> Outlet | None:
    """The agency named in the byline, in full where the dateline has its letters only."""
    known = agency(byline)
    if known or carrier is None:
        return known
    initials = "".join(word[0] for word in byline.split() if word[0].isupper())
    return Outlet(byline, None, "agency") if initials == carrier.name else None


def _as_place(place: str | None) -> str | None:
    if place is None or place != place.upper():
        return place
    return re.sub(r"[A-Z]+(?:['’][A-Z]+)?", lambda m: m.group().capitalize(), place)
