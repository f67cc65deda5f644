"""The table of outlets keeps its form, and finds outlets by web address and by name."""

import csv
import re
from collections import Counter
from importlib.resources import files

import pytest

from quotes.outlets import directory
from quotes.outlets.directory import _keys, agency, all_outlets, by_domain, by_name
from quotes.records import OUTLET_KINDS, Outlet

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    text = files("quotes.outlets").joinpath("outlets.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def spellings(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["spellings"].split("|"))]


def test_table_has_its_columns_and_no_ragged_rows(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert list(row) == ["name", "domain", "kind", "spellings"]
        assert None not in row.values()
        assert all(cell == cell.strip() for cell in row.values())


def test_table_is_large_enough(rows: list[dict[str, str]]) -> None:
    assert len(rows) >= 200
    assert sum(row["kind"] == "agency" for row in rows) >= 50


def test_table_is_sorted_by_name(rows: list[dict[str, str]]) -> None:
    names = [row["name"] for row in rows]
    assert names == sorted(names, key=str.casefold)


def test_kinds_are_valid(rows: list[dict[str, str]]) -> None:
    assert {row["kind"] for row in rows} <= set(OUTLET_KINDS)


def test_domains_are_hosts_without_www(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for domain in row["domain"].split("|"):
            assert HOST.fullmatch(domain), row["name"]
            assert not domain.startswith("www."), row["name"]


def test_no_domain_stands_twice(rows: list[dict[str, str]]) -> None:
    assert repeated([domain for row in rows for domain in row["domain"].split("|")]) == []


def test_no_spelling_stands_twice(rows: list[dict[str, str]]) -> None:
    assert repeated([key for row in rows for name in spellings(row) for key in _keys(name)]) == []
    assert repeated([name for row in rows for name in {name.casefold() for name in spellings(row)}]) == []


def test_spellings_are_not_empty(rows: list[dict[str, str]]) -> None:
    assert all(part.strip() for row in rows if row["spellings"] for part in row["spellings"].split("|"))


def test_every_row_is_found_by_its_domains_and_spellings(rows: list[dict[str, str]]) -> None:
    for row, outlet in zip(rows, all_outlets(), strict=True):
        assert (outlet.name, outlet.kind) == (row["name"], row["kind"])
        assert outlet.domain == row["domain"].split("|")[0]
        assert all(by_domain(f"https://www.{domain}/a") is outlet for domain in row["domain"].split("|"))
        assert all(by_name(name) is outlet for name in spellings(row))


def test_all_outlets_are_loaded_once() -> None:
    assert all_outlets() is all_outlets()
    assert all(isinstance(outlet, Outlet) for outlet in all_outlets())


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("scmp.com", "South China Morning Post"),
        ("SCMP.com", "South China Morning Post"),
        ("scmp.com.", "South China Morning Post"),
        ("m.scmp.com", "South China Morning Post"),
        ("www.scmp.com:443", "South China Morning Post"),
        ("//www.scmp.com/news", "South China Morning Post"),
        (" https://www.scmp.com/news/china?a=b#c ", "South China Morning Post"),
        ("https://reader:secret@www.scmp.com:8443/news", "South China Morning Post"),
        ("scmp.com/go?to=https://www.reuters.com/", "South China Morning Post"),
        ("http://english.news.cn/20230101/c.html", "Xinhua News Agency"),
        ("https://koreajoongangdaily.joins.com/", "Korea JoongAng Daily"),
        ("https://edition.cnn.com/2023", "CNN"),
        ("https://www.bbc.co.uk/news", "BBC"),
        ("https://www.bbc.com/news", "BBC"),
        ("https://timesofindia.indiatimes.com/x", "The Times of India"),
        ("https://economictimes.indiatimes.com/x", "The Economic Times"),
        ("https://www.thestar.com/x", "Toronto Star"),
        ("https://www.thestar.com.my/x", "The Star (Malaysia)"),
        ("https://www.economist.com.na/x", "Namibia Economist"),
    ],
)
def test_by_domain_finds_the_outlet(url: str, name: str) -> None:
    outlet = by_domain(url)
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize(
    "url",
    [
        "notscmp.com",
        "scmp.com.example.org",
        "https://example.org/scmp.com",
        "https://scmp.com@example.org/",
        "indiatimes.com",
        "com",
        "",
        " ",
        ".",
        ".scmp.com",
        "m..scmp.com",
        "-",
        "./news/scmp.com",
        "file:///scmp.com",
        "https://",
        "http://[::1",
        "http://[scmp.com]/",
        "http://scmp.com℀/",
        "http://scmp.com and more/",
        "\x00",
    ],
)
def test_by_domain_gives_none_for_strangers_and_malformed_addresses(url: str) -> None:
    assert by_domain(url) is None


def test_the_main_domain_is_given() -> None:
    outlet = by_domain("https://www.bbc.com/news")
    assert outlet == Outlet("BBC", "bbc.co.uk", "broadcaster")


def test_the_longest_domain_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    wide, narrow = Outlet("Wide", "example.org"), Outlet("Narrow", "news.example.org")
    table = directory._Table((wide, narrow), {"example.org": wide, "news.example.org": narrow}, {})
    monkeypatch.setattr(directory, "_table", lambda: table)
    assert by_domain("https://m.news.example.org/") is narrow
    assert by_domain("https://sport.example.org/") is wide


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("The New York Times", "The New York Times"),
        ("the new york times", "The New York Times"),
        ("New York Times", "The New York Times"),
        ("NYT", "The New York Times"),
        ("the AP", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("REUTERS", "Reuters"),
        ("reuters", "Reuters"),
        ("Xinhua news agency", "Xinhua News Agency"),
        ("Tass", "TASS"),
        ("UNI", "United News of India"),
        ("ANI", "ANI"),
        ("dpa", "dpa"),
        ("DPA", "dpa"),
        ("TIME", "TIME"),
        ("  Korea \n\u00a0Herald ", "The Korea Herald"),
        ("People’s Daily", "People's Daily"),
        ("Iranian Students’ News Agency", "ISNA"),
        ("The Economist", "The Economist"),
        ("THE ECONOMIST", "The Economist"),
        ("Guardian", "The Guardian"),
        ("Telam", "Télam"),
    ],
)
def test_by_name_finds_the_outlet(spelling: str, name: str) -> None:
    outlet = by_name(spelling)
    assert outlet is not None
    assert outlet.name == name


@pytest.mark.parametrize("spelling", ["uni", "ani", "Ani", "ap", "the app", "sana", "time", "Time"])
def test_acronyms_need_their_capitals(spelling: str) -> None:
    assert by_name(spelling) is None


@pytest.mark.parametrize("spelling", ["the economist", "guardian", "the independent", "the age", "the hindu"])
def test_names_that_are_words_need_a_capital(spelling: str) -> None:
    assert by_name(spelling) is None


@pytest.mark.parametrize(
    "spelling",
    ["the Times", "the Post", "the Herald", "the Star", "the Nation", "the Standard", "the Sun", "Dawn",
     "Daily Times", "Sputnik", "ABC", "APA", "CNA", "PA"],
)  # fmt: skip
def test_names_that_several_go_by_find_none(spelling: str) -> None:
    assert by_name(spelling) is None


@pytest.mark.parametrize("spelling", ["", " ", "the", "The ", "|", "'", "Nobody's Gazette"])
def test_by_name_gives_none_for_strangers(spelling: str) -> None:
    assert by_name(spelling) is None


def test_agency_gives_agencies_only() -> None:
    assert agency("Yonhap") is by_name("Yonhap News Agency")
    assert agency("AFP") == Outlet("Agence France-Presse", "afp.com", "agency")
    assert agency("uni") is None
    assert by_name("CNN") is not None
    assert agency("CNN") is None
