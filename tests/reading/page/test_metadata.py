"""What a page says of itself is found wherever it says it, and what it does not say is not made up."""

import json
from typing import Any

import pytest
from lxml import html

from quotes.reading.page.metadata import PageMetadata, read_metadata
from quotes.reading.page.page_addresses import page_address
from quotes.records import Outlet

ADDRESS = "https://www.courier.example/ferry-aground"


def said(head: str = "", body: str = "", address: str | None = ADDRESS) -> PageMetadata:
    page = f"<html><head>{head}</head><body>{body}<p>The ferry ran aground.</p></body></html>"
    return read_metadata(html.document_fromstring(page), address)


def block(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def story(**fields: Any) -> PageMetadata:
    return said(block(json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **fields})))


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


# JSON-LD

NODE = (
    '{"@type": "NewsArticle", "headline": "Ferry aground", "author": {"name": "Lena Marsh"},'
    ' "datePublished": "2025-03-04"}'
)


@pytest.mark.parametrize(
    "text",
    [
        NODE,
        f"[{NODE}]",
        f'{{"@graph": [{{"@type": "WebPage"}}, {NODE}]}}',
        f'{{"@type": "WebPage", "mainEntity": {NODE}}}',
        f"<!-- {NODE} -->",
        f"//<![CDATA[\n{NODE}\n//]]>",
        f"/*<![CDATA[*/ {NODE} /*]]>*/",
        f"{NODE};",
        f'{{"@type": "Organization"}}{NODE}',
        NODE.replace("}}", "},}"),
        NODE.replace('"2025-03-04"}', '"2025-03-04",}'),
        NODE.replace('"headline"', '"description": "one\ntwo\tthree", "headline"'),
        NODE.replace('"headline"', '"description": "it\\\'s", "headline"'),
        NODE.replace('"headline"', '"description": "he said "no" twice", "headline"'),
        NODE.replace('"', "&quot;"),
        NODE.replace("NewsArticle", "http://schema.org/NewsArticle"),
        NODE.replace('"NewsArticle"', '["Article", "ReportageNewsArticle"]'),
        NODE.replace("NewsArticle", "BlogPosting"),
        NODE.replace("NewsArticle", "LiveBlogPosting"),
        NODE[:-1],
    ],
)
def test_json_ld_is_read_in_all_its_states(text: str) -> None:
    found = said(block(text))
    assert (found.title, found.byline, found.published) == ("Ferry aground", "Lena Marsh", "2025-03-04")
    assert found.is_article


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[[[[", "{}", "not json", '{"@type": "Recipe", "name": "Soup"}', '"x"']
)
def test_json_ld_that_says_nothing_says_nothing(text: str) -> None:
    assert said(block(text)).title is None
    assert said(block(text)).is_article is None


def test_one_broken_block_does_not_hide_the_others() -> None:
    assert said(block("{") + block(NODE)).title == "Ferry aground"


def test_of_many_stories_the_page_s_own_counts() -> None:
    nodes = [
        {"@type": "NewsArticle", "headline": f"Story {n}", "url": f"https://www.courier.example/{n}"} for n in "abcd"
    ]
    link = '<link rel="canonical" href="https://www.courier.example/c">'
    assert said(link + block(json.dumps(nodes))).title == "Story c"
    assert said(block(json.dumps(nodes))).is_article is None


def test_what_stands_elsewhere_by_its_id_is_found() -> None:
    graph = [
        {"@type": "Article", "headline": "Ferry aground", "author": {"@id": "#lena"}, "publisher": {"@id": "#us"}},
        {"@type": "Person", "@id": "#lena", "name": "Lena Marsh"},
        {"@type": "Organization", "@id": "#us", "name": "Harbour Courier"},
    ]
    found = said(block(json.dumps({"@graph": graph})))
    assert (found.byline, found.outlet) == ("Lena Marsh", Outlet("Harbour Courier", "courier.example"))


# Titles


@pytest.mark.parametrize(
    "title",
    [
        "Ferry aground | Harbour Courier",
        "Ferry aground - Harbour Courier",
        "Ferry aground – The Harbour Courier",
        "Ferry aground — courier.example",
        "Ferry aground | BBC News",
        "Ferry aground - The Guardian",
        "Harbour Courier: Ferry aground",
        "Harbour Courier » Ferry aground",
        "Ferry&nbsp;aground &amp;#124; Harbour Courier",
    ],
)
def test_titles_are_without_the_outlet(title: str) -> None:
    assert said(f"<title>{title}</title>{meta('og:site_name', 'Harbour Courier')}").title == "Ferry aground"


@pytest.mark.parametrize(
    "title",
    [
        "‘Nobody answered’: the night of the ferry",
        "Rovers 2 - 3 Marl",
        "Live: ferry aground",
        "North – and south",
        "Either|or",
    ],
)
def test_titles_keep_what_is_theirs(title: str) -> None:
    assert said(f"<title>{title}</title>").title == title


def test_a_section_goes_where_the_heading_tells_that_it_is_one() -> None:
    assert said("<title>Ferry aground | World news</title>", "<h1>Ferry aground</h1>").title == "Ferry aground"


def test_a_title_that_is_cut_short_is_taken_whole_from_the_heading() -> None:
    whole = "Ferry aground off Port Ellery with 212 people"
    assert said(meta("og:title", "Ferry aground off Port …"), f"<h1>{whole}</h1>").title == whole


# Bylines


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Jane Doe", "Jane Doe"),
        ("By Jane Doe and John Roe, Associated Press", "Jane Doe and John Roe"),
        ("Jane Doe, John Roe & Ana Poe", "Jane Doe, John Roe and Ana Poe"),
        ("By Jane Doe jdoe@courier.example", "Jane Doe"),
        ("Jane Doe in Port Ellery and John Roe in Calder", "Jane Doe and John Roe"),
        ("Jane Doe | Harbour Courier", "Jane Doe"),
        ("Jane Doe, Political Editor", "Jane Doe"),
        ("Jane Doe (Reuters)", "Jane Doe"),
        ("Words by Jane Doe, photographs by John Roe", "Jane Doe"),
        ("Reporting by Jane Doe; Editing by John Roe", "Jane Doe"),
        ("John Roe, Jr.", "John Roe, Jr."),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Beth O’Rourke-Smith", "Beth O’Rourke-Smith"),
        ("JANE DOE", "JANE DOE"),
        ("https://www.facebook.com/janedoe", None),
        ("jdoe@courier.example", None),
        ("Staff Reporter", None),
        ("BBC News", None),
        ("admin", None),
        ("Harbour Courier", None),
        ("", None),
    ],
)
def test_bylines_are_names_only(author: str, byline: str | None) -> None:
    outlet = {"publisher": {"name": "Harbour Courier"}}
    assert story(author=author, **outlet).byline == byline
    assert story(author=[{"@type": "Person", "name": author}], **outlet).byline == byline
    assert said(meta("author", author) + meta("og:site_name", "Harbour Courier")).byline == byline


def test_an_organization_is_no_byline() -> None:
    assert story(author={"@type": "Organization", "name": "Jane Doe Media Works"}).byline is None


def test_a_byline_is_read_where_readers_see_it() -> None:
    assert said("", "<h1>Ferry aground</h1><p class='byline'>By <a>Lena Marsh</a> in Calder</p>").byline == "Lena Marsh"
    assert said("", "<h1>Ferry aground</h1><div class='related'><p class='byline'>Lena Marsh</p></div>").byline is None


# Dates


@pytest.mark.parametrize(
    "day",
    [
        "2025-03-04",
        "2025-03-04T23:59:00-05:00",
        "2025-03-04T10:00:00.000Z",
        "2025-03-04 10:00:00 +0100",
        "20250304",
        "Tue, 04 Mar 2025 17:22:00 GMT",
        "March 4, 2025",
        "4 March 2025 10:15",
        "Published 4th March 2025, 10:15 GMT",
        "1741082400",
        "1741082400000",
    ],
)
def test_days_in_many_forms_are_the_same_day(day: str) -> None:
    assert story(datePublished=day).published == "2025-03-04"
    assert said(meta("article:published_time", day)).published == "2025-03-04"


def test_the_day_it_was_changed_is_not_the_day_it_was_published() -> None:
    head = block(json.dumps({"@type": "Article", "dateModified": "2025-03-09"})) + meta(
        "article:modified_time", "2025-03-09"
    )
    times = (
        "<h1>Ferry aground</h1><p>Updated <time datetime='2025-03-09'></time></p><time datetime='2025-03-04'></time>"
    )
    assert said(head, times).published == "2025-03-04"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Ferry aground</h1><time datetime='2025-03-04T10:00'>yesterday</time>",
        "<time datetime='2025-11-01'>latest</time><h1>Ferry aground</h1><time>4 March 2025</time>",
        "<h1>Ferry aground</h1><aside><time datetime='2025-11-01'></time></aside><time datetime='2025-03-04'></time>",
        "<h1>Ferry aground</h1><span class='date'>Mar. 4, 2025</span>",
    ],
)
def test_a_day_is_read_where_readers_see_it(body: str) -> None:
    assert said("", body).published == "2025-03-04"


def test_a_day_is_read_in_the_address() -> None:
    assert said(address="https://www.courier.example/2025/03/04/ferry").published == "2025-03-04"


def test_a_page_without_a_day_has_none() -> None:
    assert said("", "<footer>© 2025 Harbour Courier</footer>").published is None


@pytest.mark.parametrize("written", ["2023-09", "September 2023", "03/04/2023", "230905"])
def test_no_day_is_made_of_what_is_none(written: str) -> None:
    assert said(meta("article:published_time", written), f"<span class='date'>{written}</span>").published is None


# Outlets, agencies, languages


def test_a_known_domain_names_the_outlet() -> None:
    found = said(meta("og:site_name", "The News"), address="https://www.reuters.com/world/ferry").outlet
    assert found == Outlet("Reuters", "reuters.com", "agency")


def test_a_page_that_names_no_outlet_has_the_one_of_its_host() -> None:
    assert said().outlet == Outlet("courier.example", "courier.example")
    assert said("<title>Ferry aground - Courier</title>").outlet == Outlet("Courier", "courier.example")
    assert said(address=None).outlet is None


@pytest.mark.parametrize(
    "fields",
    [
        {"provider": {"@type": "Organization", "name": "Reuters"}},
        {"sourceOrganization": {"name": "Reuters"}},
        {"author": "Jane Doe, Reuters"},
        {"author": {"@type": "Organization", "name": "Reuters"}},
        {"copyrightHolder": "© 2025 Reuters"},
    ],
)
def test_an_agency_is_read_from_credits(fields: dict[str, Any]) -> None:
    found = story(**fields)
    assert found.agency and found.agency.name == "Reuters"


@pytest.mark.parametrize(
    ("head", "language"),
    [(meta("og:locale", "en_GB"), "en-GB"), ('<meta http-equiv="content-language" content="EN">', "en"), ("", None)],
)
def test_languages_are_codes(head: str, language: str | None) -> None:
    assert said(head).language == language


# Addresses


@pytest.mark.parametrize(
    ("said_there", "found", "address"),
    [
        ([], "https://a.example/x?utm_source=rss&id=7#top", "https://a.example/x?id=7"),
        ([], "https://a.example/story.php?20871", "https://a.example/story.php?20871"),
        ([], "https://a.example/@jane/x", "https://a.example/@jane/x"),
        (["https://news.example/x"], "https://m.news.example/x?ref=home", "https://news.example/x"),
        (["/x"], "https://news.example/x/amp", "https://news.example/x"),
        (["https://news.example/"], "https://news.example/x", "https://news.example/x"),
        (["https://other.example/x"], "https://news.example/x", "https://news.example/x"),
        (
            ["https://news.example/x"],
            "https://news-example.cdn.ampproject.org/c/s/news.example/x.amp",
            "https://news.example/x",
        ),
        ([], "https://www.google.com/amp/s/news.example/x.amp", "https://news.example/x.amp"),
        (["https://news.example/x"], None, "https://news.example/x"),
        (["http://[broken", "ftp://news.example/x", "x"], None, None),
        ([], None, None),
        ([], "page.html", None),
    ],
)
def test_an_address_is_the_canonical_one_without_trackers(
    said_there: list[str], found: str | None, address: str | None
) -> None:
    assert page_address(said_there, found) == address


@pytest.mark.parametrize("claim", ["BBC", "BBC | News", "The Korea Herald"])
@pytest.mark.parametrize("said", ["og", "ld"])
def test_a_page_of_another_host_is_not_filed_under_a_name_that_is_known(claim: str, said: str) -> None:
    linked = json.dumps({"@type": "NewsArticle", "publisher": {"name": claim}})
    head = {
        "og": f'<meta property="og:site_name" content="{claim}">',
        "ld": f'<script type="application/ld+json">{linked}</script>',
    }[said]
    page = html.document_fromstring(f"<html><head><title>A story | BBC</title>{head}</head><p>x</p></html>")
    outlet = read_metadata(page, "https://bbc.pages.example/story").outlet
    assert outlet == Outlet("bbc.pages.example", "bbc.pages.example")
    saved = read_metadata(page).outlet
    assert saved and saved.domain in ("bbc.co.uk", "koreaherald.com"), "a page that was saved"
    theirs = read_metadata(page, "https://www.bbc.co.uk/news/1").outlet
    assert theirs and theirs.name == "BBC"
