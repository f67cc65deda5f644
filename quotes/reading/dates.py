"""Dates as bylines, datelines and addresses write them."""

from __future__ import annotations

import re
from datetime import date, datetime

from dateutil import parser

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY_AND_MONTH = rf"(?:{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTHS})"
_FULL = re.compile(rf"\b(?:{DAY_AND_MONTH},?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b", re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d|[a-z]{3})[/-]([0-3]?\d)(?=[/-]|$)", re.I)
_YEARS = range(1900, 2100)


def find_date(text: str) -> str | None:
    """Return the first full date in a text as `YYYY-MM-DD`, or None."""
    match = _FULL.search(text)
    return to_day(match.group()) if match else None


def date_in_address(url: str) -> str | None:
    """Return the date that a URL's path carries, as in `/2023/09/05/` or `/2023/sep/05/`, or None."""
    match = _IN_ADDRESS.search(url)
    return to_day("-".join(match.groups())) if match else None


def to_day(value: object) -> str | None:
    """Return a date, a time or a text that holds nothing but one as `YYYY-MM-DD`; None if it is neither."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or not re.search(r"\d", value):
        return None
    try:
        # Two defaults: a part that is missing shows by taking both, and then it is no full date.
        one, other = (parser.parse(value, default=datetime(*day)) for day in ((2000, 1, 1), (2001, 2, 2)))
    except (ValueError, OverflowError):
        return None
    day = one.date()
    return day.isoformat() if day == other.date() and day.year in _YEARS else None


def with_year(day_and_month: str, year: str) -> str | None:
    """Return a day and month of a given year as `YYYY-MM-DD`, or None if there is no such day."""
    return to_day(f"{day_and_month} {year}")
