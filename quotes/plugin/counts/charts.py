"""What the charts of the pages show: their numbers, and where lines and bars stand in their SVG."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from markupsafe import Markup, escape

from .quote_columns import Ints
from .selection import Selection

MOST_DAYS = 62
FEWEST_BARS = 24
MOST_BARS = 72
"""More than that are thinner than two pixels on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The quotes of a day, a month, a year or some years.

    label (str): 2026-03-22, 2026-03 or 2026.
    since, until (str): Its first and last day.
    counts (tuple[int, ...]): By series.
    """

    label: str
    since: str
    until: str
    counts: tuple[int, ...]

    @property
    def quotes(self) -> int:
        """All series together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Quotes over time.

    unit (str): What a bar is: "day", "month", "year" or "3 years".
    series (tuple[str, ...]): What the counts of the bars are of.
    bars (tuple[Bar, ...]): In order of time, without gaps.
    """

    unit: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def quotes(self) -> int:
        """All bars together."""
        return sum(bar.quotes for bar in self.bars)

    @property
    def highest(self) -> int:
        """Quotes in the highest bar, 1 if there are none."""
        return max((bar.quotes for bar in self.bars), default=0) or 1

    @property
    def slots(self) -> int:
        """Bars that there is room for: few are not to be broad."""
        return max(len(self.bars), FEWEST_BARS)

    def drawn(self, highest: int) -> Markup:
        """Return the bars as SVG, ten units wide each. Drawn here: a template takes ten times as long.

        highest (int): Quotes of a bar that is a hundred units high.
        """
        found = []
        scale = 100 / highest
        for n, bar in enumerate(self.bars):
            if not bar.quotes:
                continue
            parts = ", ".join(f"{name} {count:,}" for name, count in zip(self.series, bar.counts, strict=True))
            found.append(
                f"<g><title>{bar.label}: {bar.quotes:,} quotes{f' ({parts})' if bar.counts[1:] else ''}</title>"
            )
            y = 100.0
            for series, count in enumerate(bar.counts):
                if count:
                    y -= count * scale
                    found.append(
                        f'<rect class="series-{series}" x="{10 * n + 0.75:g}" y="{y:.2f}" width="8.5"'
                        f' height="{count * scale:.2f}"/>'
                    )
            found.append("</g>")
        return Markup("".join(found))

    def rows(self, address: str, selection: Selection) -> Markup:
        """Return the rows of the table behind: a bar each, its label a link to its quotes."""
        found = []
        for bar in self.bars:
            if bar.quotes:
                days = max(bar.since, selection.since), min(bar.until, selection.until or bar.until)
                href = escape(address + selection.within(*days).query())
                cells = "".join(f"<td>{count:,}</td>" for count in bar.counts)
                found.append(f'<tr><th scope="row"><a href="{href}">{bar.label}</a></th>{cells}</tr>')
        return Markup("".join(found))


def timeline(days: Ints, groups: Ints, series: Sequence[str], period: Ints) -> Timeline:
    """Return quotes over time, in bars of a day, a month or a year, so that they are not too many.

    days (Ints): As `Columns.day`; what has no day is left out.
    groups (Ints): The series that each belongs to.
    period (Ints): The days that the bars are to reach over, such as those of all quotes.
    """
    dated = days > 0
    days, groups = days[dated], groups[dated]
    every = period[period > 0]
    if not len(every):
        return Timeline("day", tuple(series), ())
    first, last = int(every.min()), int(every.max())
    start, end = _date(first), _date(last)
    if start and end and (end - start).days < MOST_DAYS:
        numbers = days - first
        labels = {
            int(day.strftime("%Y%m%d")) - first: (day.isoformat(),) * 3
            for day in (start + timedelta(n) for n in range((end - start).days + 1))
        }
        if set(np.flatnonzero(np.bincount(every - first)).tolist()) <= labels.keys():  # no 30 February
            return _bars("day", numbers, groups, series, labels)
    months = _month(days)
    first, last = _month(np.array([first, last], dtype=np.int32)).tolist()
    if last - first < MOST_BARS:
        labels = {n: _labels_of_month(first + n) for n in range(last - first + 1)}
        return _bars("month", months - first, groups, series, labels)
    first, last = first // 12, last // 12
    step = (last - first) // MOST_BARS + 1  # a date that is wrong by centuries hides no other
    labels = {n: _labels_of_years(first + n * step, step) for n in range((last - first) // step + 1)}
    unit = "year" if step == 1 else f"{step} years"
    return _bars(unit, (months // 12 - first) // step, groups, series, labels)


def sparkline(counts: Sequence[int], width: float = 120, height: float = 24) -> str:
    """Return the points of a line through counts, as SVG's `polyline` has them."""
    highest = max(counts, default=0) or 1
    step = width / max(len(counts) - 1, 1)
    points = [(n * step, height - 1 - (height - 2) * count / highest) for n, count in enumerate(counts)]
    if len(points) == 1:
        points = [(0.0, points[0][1]), (width, points[0][1])]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _bars(
    unit: str, numbers: Ints, groups: Ints, series: Sequence[str], labels: dict[int, tuple[str, str, str]]
) -> Timeline:
    size = max(labels) + 1
    inside = (numbers >= 0) & (numbers < size)
    counts = np.bincount(numbers[inside] * len(series) + groups[inside], minlength=size * len(series))
    rows = counts.reshape(size, len(series)).tolist()
    return Timeline(unit, tuple(series), tuple(Bar(*label, tuple(rows[n])) for n, label in labels.items()))


def _month(days: Ints) -> Ints:
    """Return months counted from the year 0. What SQLite takes for a day may have the month 99."""
    return days // 10_000 * 12 + np.clip(days // 100 % 100, 1, 12) - 1


def _labels_of_month(number: int) -> tuple[str, str, str]:
    label = f"{number // 12:04}-{number % 12 + 1:02}"
    # monthrange() knows no year 0; what SQLite takes for a day may have it.
    last = monthrange(max(number // 12, 1), number % 12 + 1)[1]
    return label, f"{label}-01", f"{label}-{last}"


def _labels_of_years(first: int, step: int) -> tuple[str, str, str]:
    last = min(first + step - 1, 9999)
    return f"{first:04}" if step == 1 else f"{first:04} to {last:04}", f"{first:04}-01-01", f"{last:04}-12-31"


def _date(number: int) -> date | None:
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None
