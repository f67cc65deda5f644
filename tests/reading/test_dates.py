"""Dates are read as bylines, datelines, addresses and front matter write them, and not guessed."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.reading.dates import date_in_address, find_date, order_of, to_day, with_year

DAY = "2025-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-04",
        "2025-3-4",
        "2025/03/04",
        "20250304",
        "2025-03-04T10:00:00Z",
        "2025-03-04T23:30:00-05:00",
        "2025-03-04 10:00",
        "March 4, 2025",
        "Mar. 4, 2025",
        "4 March 2025",
        "4th of March 2025",
        "Tuesday, March 4, 2025",
        "Tue, 04 Mar 2025 10:00:00 GMT",
        "Tue, 04 Mar 2025 23:30:00 -0700",
        "20250304T051300Z",
        "20250304T051300+0200",
        "20250304051300",
        "2025-03-04T05:13:00.000000Z",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert to_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "March",
        "2025",
        "March 2025",
        "March 4",
        "Monday 5",
        "10:30",
        "2025-02-30",
        "2025-13-01",
        "32 May 2025",
        "0001-01-01",
        "9999-01-01",
        "1" * 500,
        "1747000000",
        "March 4, 2025 and more",
        "2023-09",
        "2023/09",
        "230905",
        "23-09-05",
        "30 Nov -0001",
        "0000-00-00 00:00:00",
    ],
)
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert to_day(text) is None


def test_a_date_that_two_countries_read_differently_is_not_guessed() -> None:
    assert to_day("03/04/2025") is None
    assert to_day("04.03.2025") is None
    assert to_day("13/04/2025") == "2025-04-13"
    assert to_day("04/04/2025") == "2025-04-04"


def test_time_zones_that_are_not_known_give_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert to_day("March 4, 2025 10:00 KST") == DAY


@given(st.text(max_size=30) | st.text("0123456789-/.:, TZ+JanuryMchSept", max_size=25))
def test_any_text_is_a_day_or_none(text: str) -> None:
    for day in (to_day(text), find_date(text), date_in_address(text)):
        assert day is None or (len(day) == 10 and to_day(day) == day)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Sept. 5, 2023 / 5:13 AM", "2023-09-05"),
        ("Published 5 Sep 2023, 10:00 GMT", "2023-09-05"),
        ("Updated on Tuesday, 4 March 2025", DAY),
        ("SEPTEMBER 5, 2023", "2023-09-05"),
        ("September 5th,2023", "2023-09-05"),
        ("5th September 2023", "2023-09-05"),
        ("June\xa05,\xa02023", "2023-06-05"),
        ("Posted 2023-09-05 by Lena Marsh", "2023-09-05"),
        ("March 4, 2025, updated March 6, 2025", DAY),
        ("Sept. 5", None),
        ("05/09/2023", None),
        ("March 4, 1850", None),
        ("Marchand 5, 2023", None),
        ("case 12023-09-055", None),
        ("Mar 32, 2025", None),
    ],
)
def test_the_first_full_date_of_a_line(line: str, day: str | None) -> None:
    assert find_date(line) == day


@pytest.mark.parametrize(
    "path",
    [
        "/2023/09/05/ferry-aground",
        "/2023/9/5",
        "/2023/sep/05/ferry-aground",
        "/news/2023-09-05/ferry-aground",
        "/world/2023-09-05-ferry",
        "/2023/09/05?page=2",
        "/2023/09/05#comments",
        "/2023/09/05.html",
    ],
)
def test_the_date_in_an_address(path: str) -> None:
    assert date_in_address(f"https://courier.example{path}") == "2023-09-05"


@pytest.mark.parametrize(
    "path", ["/2023/09/ferry", "/2023/13/45/ferry", "/ferry-2023", "/article/1120230905", "/1850/01/01/x", ""]
)
def test_addresses_without_a_date(path: str) -> None:
    assert date_in_address(f"https://courier.example{path}") is None


def test_a_dateline_takes_its_year() -> None:
    assert with_year("Sept. 5", "2023") == "2023-09-05"
    assert with_year("29 February", "2024") == "2024-02-29"
    assert with_year("29 February", "2023") is None


def test_the_order_of_day_and_month_may_be_told() -> None:
    assert to_day("03/04/2025", "day-first") == "2025-04-03"
    assert to_day("03/04/2025", "month-first") == "2025-03-04"
    assert to_day("2025-03-04", "day-first") == "2025-03-04"


def test_a_column_of_dates_has_one_order() -> None:
    assert order_of(["03/04/2025", "13/04/2025"]) == "day-first"
    assert order_of(["03/04/2025", "04/13/2025"]) == "month-first"
    assert order_of(["13/04/2025", "04/13/2025"]) is None
    assert order_of(["03/04/2025", "", "2025-04-13"]) is None
