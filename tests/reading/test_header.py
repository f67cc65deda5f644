"""Title, byline, date and dateline are taken from above the story, and nothing is taken for them that is not."""

import pytest
from growth import MOST, growth

from quotes.reading.header import Header, read_dateline, read_header

STORY = "The car ferry Sula Maid ran onto the rocks outside Port Ellery on Monday night, officials said."
WRAPPED = """\
The car ferry Sula Maid ran onto the rocks outside Port Ellery on
Monday night, and all 212 people aboard were taken off by lifeboat on
March 3, 2025, the coastguard said in a statement to reporters."""
TITLE = "Ferry aground off Port Ellery"


def header(*above: str, story: str = STORY, between: str = "\n\n") -> Header:
    return read_header(between.join([*above, story]))


# Titles


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Will the ferry sail again this spring?",
        "“Nobody answered”: the night of the ferry",
        "'Nobody in the port answered,' says coastguard",
        "FERRY AGROUND OFF PORT ELLERY",
        "MOSCOW: A CITY GUIDE",
        "UPDATE: Ferry aground off Port Ellery",
        "BREAKING - Ferry aground off Port Ellery",
        "Live: ferry aground off Port Ellery",
        "Ferry aground | Harbour Courier",
        "By Friday the ferry was back in service",
        "Like this ferry, our town is adrift",
        "Share the road, cyclists say",
        "Follow me, the captain said",
        "More ferries to run aground",
        "Watch the ferry run aground",
        "Related charges dropped in ferry case",
        "Recommended dose of salt to be halved",
        "Comments on the ferry divide islanders",
        "Print is not dead",
        "Sponsored walk raises record sum for lifeboat",
        "Promoted to the top flight after thirty years",
        "Donate blood, ministry urges residents",
        "Support us or lose us, minister told",
        "Loading zone to be closed for a year",
        "12 comments that made my day as an editor",
        "The picture: Tomas Ekeland never left his desk",
        "3.2 million views and no ferry",
    ],
)
def test_titles(title: str) -> None:
    for between in ("\n\n", "\n", "\r\n\r\n", "\r\n"):
        found = header(title, "By Lena Marsh", between=between)
        assert (found.title, found.byline, found.place) == (title, "Lena Marsh", None)


@pytest.mark.parametrize(
    "line",
    [
        "World news",
        "Home > News > World",
        "Home | News | Sport | Weather",
        "Skip to main content",
        "- Advertisement -",
        "Share on Facebook",
        "Share this article",
        "Facebook, Twitter, WhatsApp",
        "5 min read",
        "Listen to this article",
        "1.2k shares",
        "Sign up for our newsletter",
        "Click to share on Facebook (Opens in new window)",
        "HomeWorldEuropeFerry aground off Port...",
        "The Associated Press",
        "Photo: Ewan Tait/Harbour Courier",
        "FILE PHOTO: The Sula Maid at Port Ellery. REUTERS/Ewan Tait",
        "By Ewan Tait",
        "March 4, 2025",
        "12345 67 890",
    ],
)
def test_what_stands_above_a_title_is_none(line: str) -> None:
    assert header(line, TITLE).title == TITLE


def test_the_headline_is_a_span_of_the_text() -> None:
    text = f"\ufeff\r\n  {TITLE}\xa0\r\n\r\n{STORY}"
    found = read_header(text)
    assert found.headline is not None
    assert text[slice(*found.headline)] == found.title == TITLE


def test_a_byte_order_mark_hides_nothing() -> None:
    assert read_header(f"\ufeff{TITLE}\n\n{STORY}").title == TITLE
    assert read_header(f"\ufeffSEOUL, Sept. 5 (UPI) -- {STORY}").place == "Seoul"


def test_a_story_without_a_title_has_none() -> None:
    for text in (STORY, WRAPPED, f"{WRAPPED}\n\n{WRAPPED}", "“We knew,” she said.", ""):
        assert read_header(text) == Header()


def test_a_title_above_a_story_that_is_wrapped() -> None:
    found = header(TITLE, "By Lena Marsh", story=WRAPPED)
    assert (found.title, found.byline, found.published) == (TITLE, "Lena Marsh", None)


def test_nothing_below_the_story_is_its_header() -> None:
    text = f"{STORY}\n\n{TITLE}\n\nBy Lena Marsh\n\nMarch 4, 2025\n\nSEOUL (AP) — {STORY}"
    assert read_header(text) == Header()


def test_one_line_is_a_title_or_a_story() -> None:
    assert read_header(TITLE).title == TITLE
    assert read_header(STORY).title is None


# Bylines


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Thomas Maresca", "Thomas Maresca"),
        ("by Lena Marsh", "Lena Marsh"),
        ("BY LENA MARSH", "LENA MARSH"),
        ("By: Lena Marsh", "Lena Marsh"),
        ("Written by Lena Marsh", "Lena Marsh"),
        ("By Lena Marsh and Ewan Tait", "Lena Marsh and Ewan Tait"),
        ("By Lena Marsh, Ewan Tait and Mairi Dunmore", "Lena Marsh, Ewan Tait and Mairi Dunmore"),
        ("By Lena Marsh and Ewan Tait, Staff Writers | March 4, 2025", "Lena Marsh and Ewan Tait"),
        ("By Lena Marsh, Staff Writer", "Lena Marsh"),
        ("By Lena Marsh, Political Editor", "Lena Marsh"),
        ("By Lena Marsh, Harbour Courier Shipping Correspondent", "Lena Marsh"),
        ("By Lena Marsh | Harbour Courier", "Lena Marsh"),
        ("By Lena Marsh - March 4, 2025", "Lena Marsh"),
        ("By Lena Marsh • Published March 4, 2025 at 10:00 am", "Lena Marsh"),
        ("By Lena Marsh March 4, 2025", "Lena Marsh"),
        ("Posted by Lena Marsh on Tuesday, March 4, 2025", "Lena Marsh"),
        ("By Lena Marsh in Port Ellery", "Lena Marsh"),
        ("By LENA MARSH lmarsh@courier.example", "LENA MARSH"),
        ("By Lena Marsh @lmarsh", "Lena Marsh"),
        ("By Ludwig van der Berg and Siobhán O’Neill-Ní Dé", "Ludwig van der Berg and Siobhán O’Neill-Ní Dé"),
        ("By Dr. Martin Okoye Jr.", "Dr. Martin Okoye Jr."),
        ("By The Associated Press", "The Associated Press"),
    ],
)  # fmt: skip
def test_bylines(line: str, byline: str) -> None:
    found = header(TITLE, line)
    assert (found.title, found.byline) == (TITLE, byline)
    assert found.published == ("2025-03-04" if "2025" in line else None)


@pytest.mark.parametrize(
    "line", ["By Friday the ferry was back", "By land and by sea: a rescue", "By 2030 all ferries will be electric"]
)
def test_sentences_that_begin_with_by_are_no_bylines(line: str) -> None:
    found = header(line)
    assert (found.byline, found.title) == (None, line)


def test_the_first_byline_stands() -> None:
    found = header(TITLE, "By Lena Marsh", "By Ewan Tait, photographer of the sea")
    assert (found.title, found.byline) == (TITLE, "Lena Marsh")


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("By Reuters", "Reuters"),
        ("By The Associated Press", "Associated Press"),
        ("By LENA MARSH, Associated Press", "Associated Press"),
        ("By Lena Marsh | AFP", "Agence France-Presse"),
        ("By Lena Marsh, Harbour Courier", None),
    ],
)
def test_the_agency_in_a_byline(line: str, agency: str | None) -> None:
    found = header(TITLE, line)
    assert (found.agency.name if found.agency else None) == agency


def test_an_agency_that_only_the_article_spells_out() -> None:
    found = header(TITLE, "By Sula Islands News Agency", story=f"PORT ELLERY, March 4 (SINA) -- {STORY}")
    assert found.agency is not None
    assert (found.agency.name, found.agency.kind) == ("Sula Islands News Agency", "agency")


# Dates


@pytest.mark.parametrize(
    "line",
    [
        "March 4, 2025",
        "Tuesday, March 4, 2025",
        "Published: 4 March 2025, 10:00 GMT",
        "World News March 4, 2025 / 5:13 AM",
        "PUBLISHED MARCH 4, 2025 | UPDATED MARCH 6, 2025",
        "2025-03-04",
    ],
)
def test_the_date_below_a_title(line: str) -> None:
    found = header(TITLE, line)
    assert (found.title, found.published) == (TITLE, "2025-03-04")


def test_todays_date_at_the_top_of_a_page_is_not_the_articles() -> None:
    assert header("Monday, May 27, 2024", TITLE).published is None
    assert header("Monday, May 27, 2024", TITLE, "March 4, 2025").published == "2025-03-04"


def test_a_date_in_the_story_is_not_the_articles() -> None:
    assert (
        header(
            TITLE, story="On March 3, 2025, the ferry ran onto the rocks, and nobody in the port answered."
        ).published
        is None
    )


def test_the_date_of_the_address_where_the_text_has_none() -> None:
    url = "https://courier.example/2025/03/04/ferry"
    assert header(url, TITLE).published == "2025-03-04"
    assert header(url, TITLE, "March 5, 2025").published == "2025-03-05"
    assert read_header(f"{TITLE}\n\n{STORY}", url=url).published == "2025-03-04"


# Addresses


@pytest.mark.parametrize("line", ["{}", "  {} ", "\ufeff{}", "<{}>", "URL: {}", "Source: {}", "\n\n{}"])
@pytest.mark.parametrize("url", ["https://www.reuters.com/world/ferry?x=1#top", "HTTP://courier.example/a_(b)"])
def test_an_address_on_the_first_line(line: str, url: str) -> None:
    text = f"{line.format(url)}\r\n\r\n{TITLE}\r\n\r\n{STORY}"
    found = read_header(text)
    assert (found.url, found.title, found.place) == (url, TITLE, None)
    assert found.address is not None and url in text[slice(*found.address)]


@pytest.mark.parametrize("line", ["https://courier.example/a and more", "ftp://courier.example/a", "https:// x"])
def test_what_is_no_address(line: str) -> None:
    assert header(line, TITLE).url is None


def test_an_address_further_down_is_not_the_articles() -> None:
    assert header(TITLE, "https://courier.example/a").url is None


# Datelines

PLACES = [
    ("SEOUL, Sept. 5 (UPI) -- ", "Seoul", "Sept. 5", "United Press International"),
    ("Seoul, Sep 5 (IANS) ", "Seoul", "Sep 5", "IANS"),
    ("SEOUL,\xa0Sept.\xa05 (UPI)\xa0-- ", "Seoul", "Sept.\xa05", "United Press International"),
    ("SEOUL (AP) — ", "Seoul", None, "Associated Press"),
    ("SEOUL (AP)—", "Seoul", None, "Associated Press"),
    ("SEOUL, South Korea (AP) — ", "Seoul, South Korea", None, "Associated Press"),
    ("SEOUL, South Korea — ", "Seoul, South Korea", None, None),
    ("BEIJING, March 3 (Xinhua) -- ", "Beijing", "March 3", "Xinhua News Agency"),
    ("New Delhi, 3 March (PTI) ", "New Delhi", "3 March", "Press Trust of India"),
    ("NEW DELHI/MUMBAI, March 3 (Reuters) - ", "New Delhi/Mumbai", "March 3", "Reuters"),
    ("WASHINGTON -- ", "Washington", None, None),
    ("WASHINGTON, D.C. — ", "Washington, D.C.", None, None),
    ("WASHINGTON, Tuesday, March 3 — ", "Washington", "March 3", None),
    ("Washington (CNN)", "Washington", None, "CNN"),
    ("WASHINGTON (AP) ", "Washington", None, "Associated Press"),
    ("LONDON: ", "London", None, None),
    ("LONDON—", "London", None, None),
    ("HIROSHIMA--", "Hiroshima", None, None),
    ("ST. LOUIS (AP) — ", "St. Louis", None, "Associated Press"),
    ("FORT SMITH, Ark. (AP) _ ", "Fort Smith, Ark.", None, "Associated Press"),
    ("PORT-AU-PRINCE, Haiti (AP) — ", "Port-au-Prince, Haiti", None, "Associated Press"),
    ("RIO DE JANEIRO, March 3 (Reuters) - ", "Rio de Janeiro", "March 3", "Reuters"),
    ("Dar es Salaam, March 3 (Xinhua) -- ", "Dar es Salaam", "March 3", "Xinhua News Agency"),
    ("SÃO PAULO (Reuters) - ", "São Paulo", None, "Reuters"),
    ("N’DJAMENA (Reuters) - ", "N’Djamena", None, "Reuters"),
    ("COX'S BAZAR, Bangladesh, March 3 (AFP) - ", "Cox's Bazar, Bangladesh", "March 3", "Agence France-Presse"),
    ("THE HAGUE (AFP) – ", "The Hague", None, "Agence France-Presse"),
    ("DUBAI, UAE — ", "Dubai, UAE", None, None),
    ("Damascus, SANA- ", "Damascus", None, "SANA"),
    ("Accra, March 3, GNA – ", "Accra", "March 3", "Ghana News Agency"),
    ("Kathmandu, March 3: ", "Kathmandu", "March 3", None),
    ("BUCHAREST, March 3 /PRNewswire/ -- ", "Bucharest", "March 3", None),
    ("March 3 (UPI) -- ", None, "March 3", "United Press International"),
    ("(Reuters) - ", None, None, "Reuters"),
]


@pytest.mark.parametrize(("dateline", "place", "day", "agency"), PLACES)
def test_datelines(dateline: str, place: str | None, day: str | None, agency: str | None) -> None:
    found = read_dateline(dateline + STORY)
    assert found is not None
    assert (found.place, found.day) == (place, day)
    assert (found.agency.name if found.agency else None) == agency


@pytest.mark.parametrize(
    "paragraph",
    [
        STORY,
        "MOSCOW: A CITY GUIDE",
        "SEOUL — a love story",
        f"BREAKING: {STORY}",
        f"EXCLUSIVE - {STORY}",
        f"OPINION — {STORY}",
        f"MR. PELL: {STORY}",
        f"COVID-19: {STORY}",
        f"A — {STORY}",
        f"“LONDON: {STORY}”",
        f"In London (where it rained), {STORY}",
        f"The harbour (AP/Ewan Tait): {STORY}",
        "NATO (AFP) said on Monday that it knew nothing of the ferry and asked for the log.",
        "Prime Minister: The ferry will sail again on Friday, and all of us will be aboard it.",
        "May 3 was the day on which the ferry ran onto the rocks outside Port Ellery.",
        "Sept. 5 (the day after) was quiet, and the ferry lay on the rocks outside Port Ellery.",
        "Port Ellery-based Skerry Line denied on Monday that the ship had sailed with a known fault.",
        "PORT ELLERY-based Skerry Line denied on Monday that the ship had sailed with a known fault.",
        "",
        " ",
    ],
)
def test_what_is_no_dateline(paragraph: str) -> None:
    assert read_dateline(paragraph) is None


@pytest.mark.xfail(reason="a speaker's name in capitals stands where a place does: it would take a list of places")
def test_a_transcript_is_not_filed_from_its_speaker() -> None:
    assert read_dateline(f"FERRANT: {STORY}") is None


def test_a_dateline_ends_the_header_and_gives_its_date() -> None:
    found = header(TITLE, story=f"SEOUL, March 3, 2025 (Yonhap) -- {STORY}")
    assert (found.title, found.place, found.published) == (TITLE, "Seoul", "2025-03-03")
    assert found.agency is not None and found.agency.name == "Yonhap News Agency"


def test_a_dateline_without_a_year_gives_no_date() -> None:
    assert header(TITLE, story=f"SEOUL, March 3 (Yonhap) -- {STORY}").published is None


def test_a_dateline_on_a_story_that_is_wrapped() -> None:
    assert header(TITLE, story=f"SEOUL — {WRAPPED}").place == "Seoul"


@pytest.mark.parametrize("part", ["a ", "A ", "AB. ", "A-", "A’", "(A", "(", "A, ", "By A ", "  ", "1 Jan ", "—", "@a"])
def test_long_lines_take_linear_time(part: str) -> None:
    for before in ("", "By Lena "):
        assert growth(lambda text, before=before: read_header(before + text), part, 25_000) < MOST
        assert growth(lambda text, before=before: read_dateline(before + text), part, 25_000) < MOST


def test_a_house_and_a_day_behind_a_name_leave_no_comma() -> None:
    found = header("Ferry runs aground", "By Lena Marsh, 4 March 2025")
    assert (found.byline, found.published) == ("Lena Marsh", "2025-03-04")
