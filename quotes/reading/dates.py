"""Dates as bylines, datelines and addresses write them."""

from __future__ import annotations

import re
from datetime import datetime

from dateutil import parser

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY_AND_MONTH = rf"(?:{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTHS})"
_FULL = re.compile(rf"\b(?:{DAY_AND_MONTH}(?:,\s*|\s+)(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b", re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d|[a-z]{3})[/-]([0-3]?\d)(?=[/?#.-]|$)", re.I)
_YEAR_FIRST = re.compile(r"\s*\d{4}(?:\b|\d{4}\b)")
_YEARS = range(1900, 2100)


def find_date(text: str) -> str | None:
    """Return the first full date in a text as `YYYY-MM-DD`, or None."""
    match = _FULL.search(text)
    return to_day(match.group()) if match else None


def date_in_address(url: str) -> str | None:
    """Return the date that a URL's path carries, as in `/2023/09/05/` or `/2023/sep/05/`, or None."""
    match = _IN_ADDRESS.search(url)
    return to_day("-".join(match.groups())) if match else None


def to_day(value: str) -> str | None:
    """Return a text that holds nothing but a date or a time as `YYYY-MM-DD`; None if it holds something else."""
    if not re.search(r"\d", value):
        return None
    # A part that is missing shows by taking both defaults, and then it is no full date; nor is one
    # that can be read in two orders, as 03/04/2025 can.
    orders = (False,) if _YEAR_FIRST.match(value) else (False, True)
    try:
        days = {
            parser.parse(value, default=default, dayfirst=order, ignoretz=True).date()
            for default in (datetime(2000, 1, 1), datetime(2001, 2, 2))
            for order in orders
        }
    except (ValueError, OverflowError):
        return None
    day = days.pop()
    return day.isoformat() if not days and day.year in _YEARS else None


def with_year(day_and_month: str, year: str) -> str | None:
    """Return a day and month of a given year as `YYYY-MM-DD`, or None if there is no such day."""
    return to_day(f"{day_and_month} {year}")
