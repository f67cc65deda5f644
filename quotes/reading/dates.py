"""Dates as bylines, datelines and addresses write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from dateutil import parser

DateOrder = Literal["day-first", "month-first"]

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY_AND_MONTH = rf"(?:{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTHS})"
_FULL = re.compile(rf"\b(?:{DAY_AND_MONTH}(?:,\s*|\s+)(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b", re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d|[a-z]{3})[/-]([0-3]?\d)(?=[/?#.-]|$)", re.I)
_YEAR_FIRST = re.compile(r"\s*\d{4}(?:\b|\d{4}\b)")
# `20230905T051300Z`, `20230905051300`: dateutil takes the second for no date, and the first only with a colon.
_COMPACT = re.compile(
    r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)"
    r"(?:T?[0-2]\d[0-5]\d(?:[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\s*",
    re.A,
)
# What dateutil makes a date of without being told its year, month and day: `230905`, `30 Nov -0001`.
_NO_DATE = re.compile(
    r"(?<![\d.:+-])\d{5,6}(?!\d)|(?<=[a-z]\s)-0\d{3}\b|^\s*-\d|^\s*\d{4}[-/.]\d{1,2}\s*$|^\s*\d\d-\d\d-\d\d(?!\d)"
    r"|(?<![\d.])(?:\d{9,13}|\d{15,})(?!\d)",
    re.A | re.I,
)
_TWO_NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)\b", re.A)
_YEARS = range(1900, 2100)


def find_date(text: str) -> str | None:
    """Return the first full date in a text as `YYYY-MM-DD`, or None."""
    match = _FULL.search(text)
    return to_day(match.group()) if match else None


def date_in_address(url: str) -> str | None:
    """Return the date that a URL's path carries, as in `/2023/09/05/` or `/2023/sep/05/`, or None."""
    match = _IN_ADDRESS.search(url)
    return to_day("-".join(match.groups())) if match else None


def to_day(value: str, order: DateOrder | None = None) -> str | None:
    """Return a text that holds nothing but a date or a time as `YYYY-MM-DD`; None if it holds something else.

    order (DateOrder | None): What stands first in 03/04/2025; None if that isn't known, and then it is no date.
    """
    if not re.search(r"\d", value):
        return None
    if compact := _COMPACT.fullmatch(value):
        try:
            return date(*map(int, compact.groups())).isoformat()
        except ValueError:
            return None
    if _NO_DATE.search(value):
        return None
    # A part that is missing shows by taking both defaults, and then it is no full date; nor is one
    # that can be read in two orders, as 03/04/2025 can.
    orders = (False,) if _YEAR_FIRST.match(value) else (False, True)
    if order and _TWO_NUMBERS.match(value):
        orders = (order == "day-first",)
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


def is_unclear_date(value: object) -> bool:
    """Return whether a value is a date that two orders read as two days: 03/04/2025."""
    if not isinstance(value, str) or not _TWO_NUMBERS.match(value):
        return False
    days = {to_day(value, "day-first"), to_day(value, "month-first")}
    return len(days) == 2 and None not in days


def order_of(values: Iterable[str]) -> DateOrder | None:
    """Return what stands first in the dates of a column, which is one for all of it: 13/04/2025 tells of 03/04/2025.

    None where no date tells, or two tell otherwise.
    """
    found: set[DateOrder] = set()
    for value in values:
        if match := _TWO_NUMBERS.match(value):
            first, second = int(match[1]), int(match[2])
            if 12 < first <= 31 and 0 < second <= 12:
                found.add("day-first")
            elif 12 < second <= 31 and 0 < first <= 12:
                found.add("month-first")
    return found.pop() if len(found) == 1 else None


def with_year(day_and_month: str, year: str) -> str | None:
    """Return a day and month of a given year as `YYYY-MM-DD`, or None if there is no such day."""
    return to_day(f"{day_and_month} {year}")
