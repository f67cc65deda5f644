"""What stands above a story and begins it: address, title, byline, date and dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon.name_particles import SMALL_WORDS
from ..outlets.directory import agency, by_name
from ..records import Outlet, Span
from ..spans.paragraphs import lines, paragraphs
from .dates import DAY_AND_MONTH, date_in_address, find_date, with_year
from .page.boilerplate import is_noise, is_prose, is_wrapped

_ADDRESS = re.compile(r"(?:(?:url|link|source)\s*:\s*)?<?(?P<url>https?://[^\s<>\"]+)>?$", re.I)
_BYLINE = re.compile(r"(?:written |reported |posted |story |words )?by:?\s+(?P<names>[^\W\d_].{2,90})$", re.I)
_AFTER_NAMES = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,\s*(?:staff|special|senior|political|chief)\b"
    r"|,\s*(?:\w+ ){0,3}(?:editor|correspondent|reporter|writer)s?\b|\sin (?-i:[A-Z])|\s@\w|\s\S+@\w"
    rf"|\s(?:on\s+)?(?:\w+day,?\s+)?{DAY_AND_MONTH}\b).*$",
    re.I,
)
# What is small in a list of names. Anything else that is makes it a sentence: `By Friday the ferry was back`.
_CAPITAL = r"[^\W\d_a-zß-ÿ]"
_CAPITALS = rf"{_CAPITAL}+(?:[.'’/-]+{_CAPITAL}+)*\.?"
_TITLED = rf"{_CAPITAL}\w*(?:[.'’/-]+\w+)*\.?"
_DAY = r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\b\.?,?\s"
_PLACE = (
    rf"(?=\w[\w.'’])(?:{_CAPITALS}(?:\s{_CAPITALS}){{0,3}}|{_TITLED}(?:\s(?:(?:de|es|of|upon)\s)?{_TITLED}){{0,3}})"
    rf"(?:,\s(?!{_DAY}){_TITLED}(?:\s{_TITLED}){{0,2}})?"
)
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE})(?:\s?,\s*|\s*(?=[(—–:-])))?"
    rf"(?:{_DAY})?(?P<day>(?i:{DAY_AND_MONTH}))?(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    r"(?:\s*\((?P<agency>[^()]{2,40})\)|\s*/(?P<slashed>[A-Za-z]{2,12})/|,?\s+(?P<plain>[A-Z]{2,7})(?=\s*[—–:-]))?"
    r"(?:\s*(?P<sign>--+|[—–]|(?<=[\s)/])[-:]|[-:](?=\s))\s*|\s+|(?<=\))(?P<glued>(?=[A-Z“\"])))"
)
_LONGEST_DATELINE = 120
_MORE_THAN_A_TITLE = 18  # words
# What stands before a colon or a dash in capitals and is no place.
_LABELS = frozenset(
    "ANALYSIS BREAKING COLUMN COMMENT CORRECTION DEAR DR EDITORIAL EXCLUSIVE EXPLAINED EXPLAINER FACTBOX FEATURE GEN"
    " INTERVIEW LIVE MR MRS MS NOTE OPINION PHOTOS PROFILE RECAP REP REVIEW SEN SPECIAL STATEMENT TIMELINE TODAY UPDATE"
    " UPDATED VIDEO WATCH".split()
)
_SMALL_IN_PLACES = frozenset("And Au De Del Des Do Es Of On Sur The Upon".split())
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,", re.I)
_PARTS = re.compile(r"\s*[,|/•·]\s*|\s[-–—]\s")
_LINES = 16
_LONGEST_PARAGRAPH = 4000
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
    if places and (match := _ADDRESS.match(text[slice(*places[0])])):
        address, places = places[0], places[1:]
        url = url or match["url"]
    headline: Span | None = None
    byline = published = None
    carried: Outlet | None = None
    dateline: Dateline | None = None
    for n, place in enumerate(places):
        line = text[slice(*place)]
        if line.endswith(("...", "…")):
            continue  # cut short: a breadcrumb or a teaser
        paragraph = text[slice(*_paragraph(text, place[0]))]
        dateline = read_dateline(paragraph)
        if dateline or is_prose(line) or (is_wrapped(paragraph) and is_prose(paragraph)):
            break
        match = _BYLINE.match(line)
        names = _AFTER_NAMES.sub("", match["names"]).strip(" ,;") if match else ""
        if match and _names(names):
            byline = byline or names
            carried = carried or next(filter(None, map(agency, _PARTS.split(match["names"]))), None)
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
    if byline:
        carrier = carried or _spelt_out(byline, carrier)
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
    match = _DATELINE.match(paragraph[:_LONGEST_DATELINE])
    if not match:
        return None
    place, day, sign = match["place"] or "", match["day"], match["sign"]
    carrier = _as_agency(match["agency"] or match["slashed"]) or agency(match["plain"] or "")
    city, _, last = place.rpartition(", ")
    if carrier is None and city and (known := agency(last)):
        place, carrier = city, known  # `Damascus, SANA - `
    city = place.partition(",")[0]
    if any(map(str.isdigit, city)) or city.split(" ")[0].strip(".") in _LABELS:
        return None
    story = paragraph[match.end() :]
    begins = not story[:1].islower() or story[1:2].isupper()  # eCommerce
    reads_on = begins and (is_prose(paragraph) or len(story.split()) >= _MORE_THAN_A_TITLE)
    filed = bool(day) and bool(carrier or (sign and (city.isupper() or (city and reads_on))))
    wired = carrier and (
        sign or (by_name(match["agency"] or "") and city and (match["glued"] is not None or city.isupper()))
    )
    if not (filed or (wired and begins) or (sign and city.isupper() and reads_on)):
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
        and line.count("|") < 2
        and not is_noise(line)
        and not by_name(line)
    )


def _names(names: str) -> bool:
    if not names[:1].isupper() or len(names.split()) > 14 or (names.endswith(".") and names[-3:] not in {"Jr.", "Sr."}):
        return False
    small = {word for word in names.partition(",")[0].split() if word.islower()}
    return small <= SMALL_WORDS


def _paragraph(text: str, start: int) -> Span:
    first, end = paragraphs(text[start : start + _LONGEST_PARAGRAPH])[0]
    return start + first, start + end


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
    """The agency of the dateline, in full where that has its letters only and the byline its name."""
    initials = "".join(word[0] for word in byline.split() if word[0].isupper())
    return Outlet(byline, None, "agency") if carrier and initials == carrier.name else carrier


def _as_place(place: str) -> str | None:
    """A place as it is written elsewhere: `PORT-AU-PRINCE, HAITI` is Port-au-Prince, Haiti."""
    city, comma, country = place.partition(",")
    if city.isupper():
        city = re.sub(r"[^\W\d_]+(?:['’]S\b)?", _as_written, city)
    country = re.sub(r"\b[^\W\d_a-z]{5,}\b", _as_written, country)  # shorter ones are UAE and N.Y.
    return city + comma + country or None


def _as_written(match: re.Match[str]) -> str:
    word = match.group().capitalize()
    return word.lower() if match.start() and word in _SMALL_IN_PLACES else word
