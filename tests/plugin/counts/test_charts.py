from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.plugin.counts.charts import MOST_BARS, MOST_DAYS, Timeline, sparkline, timeline

SERIES = ("direct", "indirect", "mixed")
LENGTH = {"day": 10, "month": 7, "year": 4}


def chart(days: list[str], groups: list[int] | None = None, period: list[str] | None = None) -> Timeline:
    return timeline(
        numbers(days),
        np.array(groups or [0] * len(days), dtype=np.int32),
        SERIES,
        numbers(days if period is None else period),
    )


def numbers(days: list[str]) -> np.ndarray:
    return np.array([int(day.replace("-", "") or 0) for day in days], dtype=np.int32)


def days_over(span: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    """Days with their series, not further apart than so many days."""
    first = st.dates(date(1, 1, 1), date(9999, 12, 31) - timedelta(span))
    said = st.tuples(st.integers(0, span), st.integers(0, len(SERIES) - 1))
    return st.builds(
        lambda start, all_said: [((start + timedelta(n)).isoformat(), series) for n, series in all_said],
        first,
        st.lists(said, max_size=30),
    )


SAID = st.one_of(days_over(span) for span in (0, 5, MOST_DAYS - 1, MOST_DAYS, 400, 2150, 2200, 70 * 365))


@given(said=SAID, undated=st.integers(0, 3))
def test_every_quote_with_a_day_is_in_its_bar(said: list[tuple[str, int]], undated: int) -> None:
    days, groups = [day for day, _ in said], [group for _, group in said]
    found = chart(days + [""] * undated, groups + [1] * undated)
    expected = Counter((day[: LENGTH[found.unit]], group) for day, group in said)
    drawn = {(bar.label, n): count for bar in found.bars for n, count in enumerate(bar.counts) if count}
    assert drawn == expected
    assert found.quotes == len(said)
    assert len(found.bars) <= MOST_BARS


@given(said=SAID)
def test_bars_are_in_order_and_without_gaps(said: list[tuple[str, int]]) -> None:
    bars = chart([day for day, _ in said]).bars
    assert bool(bars) == bool(said)
    for before, after in itertools.pairwise(bars):
        assert before.label < after.label
        assert before.since <= before.until < after.since
    if not bars:
        return
    first, last = bars[0].label, bars[-1].label
    if len(first) == 10:
        assert len(bars) == (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    elif len(first) == 7:
        assert len(bars) == 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1
    else:
        assert len(bars) == int(last) - int(first) + 1


@given(said=SAID)
def test_days_of_a_bar_are_the_days_of_its_quotes(said: list[tuple[str, int]]) -> None:
    for bar in chart([day for day, _ in said]).bars:
        assert bar.quotes == sum(bar.since <= day <= bar.until for day, _ in said)


@given(said=SAID, also=SAID)
def test_bars_reach_over_the_period(said: list[tuple[str, int]], also: list[tuple[str, int]]) -> None:
    period = [day for day, _ in also]
    found = chart([day for day, _ in said], [group for _, group in said], period)
    assert [bar.label for bar in found.bars] == [bar.label for bar in chart(period).bars]
    within = [day for day, _ in said if found.bars and found.bars[0].since <= day <= found.bars[-1].until]
    assert found.quotes == len(within)


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2026-03-01", "day"),
        ("2026-05-01", "day"),
        ("2026-05-02", "month"),
        ("2032-02-01", "month"),
        ("2032-03-01", "year"),
        ("2090-01-01", "year"),
    ],
)
def test_unit_goes_with_the_length_of_time(last: str, unit: str) -> None:
    found = chart(["2026-03-01", last])
    assert found.unit == unit
    assert len(found.bars) <= MOST_BARS


@pytest.mark.parametrize(
    "days",
    [
        ["2026-03-31", "2026-03-99", "2026-04-02"],
        ["2026-02-27", "2026-02-30", "2026-03-02"],
        ["2026-03-01", "2026-03-00", "2026-02-28"],
        ["2026-12-30", "2026-19-99", "2027-01-05"],
        ["2026-19-99"],
        ["2026-19-99", "2026-01-01"],
        ["0000-01-01", "0000-02-01"],
        ["0001-01-01", "0000-12-31"],
        ["9999-99-99", "9999-12-31"],
        ["2026-00-01", "2026-01-01"],
    ],
)
def test_no_quote_of_an_impossible_day_is_lost(days: list[str]) -> None:
    found = chart(days)
    assert found.quotes == len(days)
    assert len(found.bars) <= MOST_BARS


@pytest.mark.parametrize("days", [["1900-01-01", "2026-03-01"], ["2026-03-01"] * 9 + ["9999-12-31"]])
def test_no_quote_is_lost_over_a_very_long_time(days: list[str]) -> None:
    found = chart(days)
    assert len(found.bars) <= MOST_BARS
    assert found.quotes == len(days)


@pytest.mark.parametrize("period", [None, [], [""]])
def test_nothing_to_show(period: list[str] | None) -> None:
    found = chart([""] * 3, period=period)
    assert (found.bars, found.quotes, found.highest, found.series) == ((), 0, 1, SERIES)


def test_quotes_outside_the_period_are_not_drawn_into_it() -> None:
    found = chart(["2026-02-28", "2026-03-02", "2026-03-09"], period=["2026-03-01", "2026-03-03"])
    assert [(bar.label, bar.quotes) for bar in found.bars] == [("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-03", 0)]
    years = chart(["1950-01-01", "2020-01-01"], period=["2000-01-01", "2026-01-01"])
    assert (years.quotes, len(years.bars)) == (1, 27)


@given(counts=st.lists(st.integers(0, 10**6), max_size=80), width=st.integers(10, 300), height=st.integers(4, 100))
def test_sparkline_stays_in_its_box(counts: list[int], width: int, height: int) -> None:
    points = [tuple(map(float, point.split(","))) for point in sparkline(counts, width, height).split()]
    assert len(points) == (2 if len(counts) == 1 else len(counts))
    assert all(0 <= x <= width + 0.05 and 0 <= y <= height for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    if len(counts) > 1 and max(counts):
        assert points[counts.index(max(counts))][1] == min(y for _, y in points)
        assert points[0][0] == 0 and points[-1][0] == pytest.approx(width)
