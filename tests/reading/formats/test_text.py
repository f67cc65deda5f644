"""A text file becomes an article: front matter first, then the text; the outlet from the best that is known."""

import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ReadingError
from quotes.reading import find, read_article
from quotes.reading.formats.text import parse
from quotes.records import Article, Outlet

STORY = """
Ferry aground off Port Ellery

By Ewan Tait

PORT ELLERY, March 4, 2025 (AP) — “We had nine minutes,” said Commander Nadia Ferrant of the coastguard.
"""
REUTERS = Outlet("Reuters", "reuters.com", "agency")


def article(front_matter: str, story: str = STORY, outlet: str | None = None) -> Article:
    return parse(f"---\n{front_matter}\n---\n{story}", "ferry.txt", outlet)


def refusal(front_matter: str) -> str:
    with pytest.raises(ReadingError) as raised:
        article(front_matter)
    assert raised.value.source == "ferry.txt"
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 200
    return raised.value.message


# The text itself

BITS = [
    *(
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\ufeff",
        "\xa0",
        "\u2028",
        "\x0c",
        "---",
        " ",
        "...",
        "“We knew,” said Pell.",
        "(",
        ">",
    ),
    *("By Jane Doe", "SEOUL, Sept. 5 (UPI) -- ", "https://courier.example/2025/03/04/a", "Most popular", "Comments"),
    "The car ferry ran onto the rocks outside the port on Monday night, officials said.",
]
texts = st.lists(st.sampled_from(BITS) | st.text(max_size=8), max_size=25).map("".join)
pieces = [
    "title",
    "Outlet",
    "author",
    "date",
    "url",
    ":",
    " ",
    "\n",
    "- ",
    "[",
    "{",
    "&a ",
    "*a",
    "!!int ",
    "|",
    "'",
    "#",
]
yamls = st.lists(st.sampled_from(pieces) | st.text(max_size=4), max_size=15).map("".join)


@given(texts)
def test_any_text_is_an_article_with_not_a_character_changed(text: str) -> None:
    try:
        read = parse(text, "ferry.txt")
    except ReadingError:
        assert text.startswith(("---", "\ufeff---"))
        return
    assert read.text == text
    assert read.source == "ferry.txt"
    if read.headline:
        assert text[slice(*read.headline)] == read.title
    ends = [0, *(side for span in read.furniture for side in span), len(text)]
    assert ends == sorted(ends)


@given(yamls)
def test_any_front_matter_is_read_or_refused(yaml: str) -> None:
    try:
        article(yaml)
    except ReadingError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("part", ["---\n", "- a\n", "a: b\n", "--- ", "key: ["])
def test_what_looks_like_front_matter_and_never_ends_takes_linear_time(part: str) -> None:
    assert growth(lambda text: parse("---\n" + text, "ferry.txt"), part, 20_000) < MOST


def test_windows_lines_marks_and_hard_spaces_keep_their_places(tmp_path: Path) -> None:
    text = (
        "\ufeff---\r\ntitle: Ferry\xa0aground\r\n---\r\n\r\n“We\xa0knew,”\xa0she said.\r\n\r\nRelated:\r\nMore here\r\n"
    )
    path = tmp_path / "ferry.txt"
    path.write_bytes(text.encode())
    (found,) = find([str(path)])
    read = read_article(found)
    assert read.text == text
    assert read.title == "Ferry aground"
    shown = [text[start:end] for start, end in read.furniture]
    assert shown == [text[: text.index("\r\n“We")], "Related:", "More here"]


# Front matter


def test_front_matter_says_all() -> None:
    read = article(
        "title: The night of the ferry\noutlet: Harbour Courier\nauthor: Lena Marsh\ndate: 2025-03-05\n"
        "url: https://harbourcourier.example/news/ferry\nlayout: post"
    )
    assert (read.title, read.byline, read.published) == ("The night of the ferry", "Lena Marsh", "2025-03-05")
    assert read.url == "https://harbourcourier.example/news/ferry"
    assert read.outlet == Outlet("Harbour Courier", "harbourcourier.example")


def test_what_front_matter_leaves_out_comes_from_the_text() -> None:
    read = article("outlet: Harbour Courier")
    assert read.title == "Ferry aground off Port Ellery"
    assert (read.byline, read.published, read.place) == ("Ewan Tait", "2025-03-04", "Port Ellery")
    assert read.agency is not None and read.agency.name == "Associated Press"


def test_front_matter_yields_no_quotes_and_is_not_searched_for_a_title() -> None:
    read = article('summary: "“We knew,” said Pell"\nslug: ferry-aground-off-port-ellery')
    (first, *_) = read.furniture
    assert read.text[slice(*first)].endswith("---\n") and first[0] == 0
    assert read.title == "Ferry aground off Port Ellery"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Ferry aground", "Ferry aground"),
        ("'“We knew”: the captain’s log'", "“We knew”: the captain’s log"),
        ("12:30", "12:30"),
        ("No", "No"),
        ("0123", "0123"),
        ("2025-03-04", "2025-03-04"),
        ("1e999", "1e999"),
        ("Ferry aground # in the print edition: page 3", "Ferry aground"),
        (">\n  Ferry aground\n  off Port Ellery", "Ferry aground off Port Ellery"),
        ("1" * 5000, "1" * 5000),
    ],
)
def test_values_are_words_and_not_numbers_or_truths(written: str, title: str) -> None:
    assert article(f"title: {written}").title == title


@pytest.mark.parametrize("empty", ["", "~", "null", '""', "'  '"])
@pytest.mark.parametrize("key", ["title", "outlet", "author", "date", "url"])
def test_an_empty_value_says_nothing(key: str, empty: str) -> None:
    read = article(f"{key}: {empty}")
    assert read.title == "Ferry aground off Port Ellery"
    assert (read.byline, read.published) == ("Ewan Tait", "2025-03-04")
    assert read.outlet is read.url is None


def test_keys_may_be_in_capitals_and_in_quotes() -> None:
    read = article('Title: A night\n"OUTLET": Reuters')
    assert (read.title, read.outlet) == ("A night", REUTERS)


def test_an_outlet_may_be_a_number() -> None:
    assert article("outlet: 24").outlet == Outlet("24")


@pytest.mark.parametrize("written", ["[Lena Marsh, Ewan Tait]", "\n  - Lena Marsh\n  - Ewan Tait"])
def test_several_authors(written: str) -> None:
    assert article(f"author: {written}").byline == "Lena Marsh, Ewan Tait"


@pytest.mark.parametrize(
    "written",
    ["2025-03-05", "2025-03-05T10:00:00Z", "2025-03-05 10:00 KST", "20250305", "5 March 2025", '"Mar. 5, 2025"'],
)
def test_dates_in_several_forms(written: str) -> None:
    assert article(f"date: {written}").published == "2025-03-05"


@pytest.mark.parametrize("written", ["yesterday", "2025", "03/04/2025", "2025-02-30", "2025-13-45"])
def test_a_date_that_is_none_or_two_is_refused(written: str) -> None:
    assert refusal(f"date: {written}") == (f"front matter: date {written!r} is no date or not clear; write YYYY-MM-DD")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "harbourcourier.example/1", "5", "https://"]
)
def test_a_url_that_is_no_web_address_is_refused(url: str) -> None:
    assert "is no address; it begins with http:// or https://" in refusal(f"url: {url}")


@pytest.mark.parametrize("key", ["title", "outlet", "date", "url", "author"])
@pytest.mark.parametrize("value", ["{a: b}", "[[a], b]", "[{name: Lena}]"])
def test_a_value_that_is_no_text_is_refused(key: str, value: str) -> None:
    assert refusal(f"{key}: {value}") == f"front matter: {key} is no text; write {key}: some words"


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("title: Ferry: aground", 2),
        ("outlet: Courier\ntitle: “We knew”: she says", 3),
        ('title: "We knew": she says', 2),
        ("title: [a, b", 3),
        ("title: @courier", 2),
        ("outlet: *nobody", 2),
        ("title:\tFerry", 2),
    ],
)
def test_broken_front_matter_is_told_with_its_line(yaml: str, line: int) -> None:
    assert refusal(yaml) == f"front matter is no YAML in line {line}; a value with a colon needs quotes"


def test_front_matter_runs_no_code() -> None:
    assert "is no text" in refusal("title: !!python/object/apply:os.getcwd []")


@pytest.mark.parametrize("key", ["title", "author", "date", "tags"])
def test_a_bomb_of_aliases_does_not_go_off(key: str) -> None:
    bomb = ["a: &a [lol, lol, lol]", *(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in pairwise("abcdefghi"))]
    tracemalloc.start()
    try:
        article("\n".join([*bomb, f"{key}: *i"]))
    except ReadingError as error:
        assert len(str(error)) < 200
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("yaml", ["title: " + "[" * 600, "author: &a [*a]", "? [title]\n: b\ntitle: c"])
def test_knotted_front_matter_is_refused(yaml: str) -> None:
    assert "front matter is no YAML" in refusal(yaml)


# Texts that begin with a rule


@pytest.mark.parametrize(
    "between",
    [
        "The ferry ran aground on Monday.",
        "Press release: Ferry aground\n\nFor: all editors",
        "Ferry: aground: again",
        "- one\n- two",
        "“We knew”: she said",
        "[1, 2",
        "",
        "a\0b",
    ],
)
def test_a_text_between_rules_is_a_text(between: str) -> None:
    read = parse(f"---\n{between}\n---\n{STORY}", "ferry.txt")
    assert read.place == "Port Ellery"
    assert not any(start == 0 for start, _ in read.furniture)


def test_a_rule_without_an_end_is_text() -> None:
    read = parse(f"---\n{STORY}", "ferry.txt")
    assert not any(start == 0 for start, _ in read.furniture)


# The outlet


@pytest.mark.parametrize(
    ("option", "front_matter", "outlet"),
    [
        ("AFP", "outlet: Xinhua\nurl: https://www.reuters.com/world/1", "Agence France-Presse"),
        (None, "outlet: Xinhua\nurl: https://www.reuters.com/world/1", "Xinhua News Agency"),
        (None, "url: https://www.reuters.com/world/1", "Reuters"),
        (None, "url: https://nowhere.example/world/1", None),
        (None, "title: x", None),
    ],
)
def test_the_outlet_is_the_options_else_front_matters_else_the_addresss(
    option: str | None, front_matter: str, outlet: str | None
) -> None:
    read = article(front_matter, outlet=option)
    assert (read.outlet.name if read.outlet else None) == outlet


def test_an_outlet_that_is_not_in_the_table_has_the_addresss_domain() -> None:
    read = article("outlet: Harbour Courier\nurl: https://www.HarbourCourier.example:8080/news?x=1#top")
    assert read.outlet == Outlet("Harbour Courier", "harbourcourier.example")


def test_an_address_on_the_first_line_is_the_url_and_no_story() -> None:
    text = f"https://www.reuters.com/world/2025/03/05/ferry\n{STORY}"
    read = parse(text, "ferry.txt")
    assert (read.url, read.outlet, read.published) == (text.split("\n")[0], REUTERS, "2025-03-05")
    assert [text[start:end] for start, end in read.furniture] == [read.url]


def test_the_address_of_front_matter_comes_first() -> None:
    read = article("url: https://courier.example/2025/03/06/ferry", f"https://www.reuters.com/world\n{STORY}")
    assert read.url == "https://courier.example/2025/03/06/ferry"
    assert (read.outlet, read.published) == (None, "2025-03-06")


def test_front_matter_that_is_never_closed_is_said() -> None:
    with pytest.raises(ReadingError, match="never closed"):
        parse('---\ntitle: Minister resigns\n\n"We knew it," said Marsh.', "a.txt")
