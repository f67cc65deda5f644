"""Web pages become articles, or end in one clear line. The pages are in pages/, what they hold in expected.json."""

import codecs
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from growth import MOST, growth

from quotes.errors import ReadingError
from quotes.reading.documents import Document, Metadata
from quotes.reading.formats.html import LARGEST, MOST_ATTRIBUTES, _check_tags, parse_page
from quotes.records import Article, Outlet

PAGES = Path(__file__).parents[1] / "pages"
EXPECTED: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
FEWEST_RIGHT = 28
"""Of 30 pages, title, outlet, date and byline all right. Measured 2026-11: 30."""
LEAST_F1 = 0.97
"""Of words of the story, on average. Measured 2026-11: .999."""
SLOWEST = 30  # seconds; 1 to 6 where nothing else runs

STORY = (
    "The car ferry Sula Maid ran onto the rocks outside Port Ellery on Monday night, officials said.",
    "“We counted 212 people, and then we counted them again,” the harbour master, Ewan Tait, told reporters.",
    "The ferry’s owner said that it would “help the inquiry in every way” and sail again on Friday.",
)
TEXT = "\n\n".join(STORY)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
BELOW = "<html><body>"


def parse(page: str | bytes, metadata: Metadata = Metadata(), charset: str | None = None) -> Article:  # noqa: B008
    return parse_page(Document("page.html", page, "html", metadata, charset))


def of(head: str, body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><h1>Ferry aground</h1>{body}</body></html>"


def article(name: str) -> Article:
    return parse((PAGES / name).read_bytes(), Metadata(url=EXPECTED[name].get("address")))


def f1(found: str, wanted: str) -> float:
    one, other = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    return 2 * (one & other).total() / (one.total() + other.total())


# The pages


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {name: article(name) for name in EXPECTED}


def test_there_are_thirty_pages() -> None:
    assert sorted(path.name for path in PAGES.glob("*.html")) == sorted(EXPECTED)
    assert len(EXPECTED) == 30
    assert all(100 < len(expected["story"].split()) < 500 for expected in EXPECTED.values())


def test_what_pages_say_of_themselves_is_right(articles: dict[str, Article]) -> None:
    wrong = {}
    for name, expected in EXPECTED.items():
        found = articles[name]
        says = {
            "title": found.title,
            "outlet": found.outlet and found.outlet.name,
            "published": found.published,
            "byline": found.byline,
        }
        if bad := {key: (value, expected[key]) for key, value in says.items() if value != expected[key]}:
            wrong[name] = bad
    for name, bad in wrong.items():
        print(name, bad)
    assert len(EXPECTED) - len(wrong) >= FEWEST_RIGHT


def test_stories_are_found_whole_and_alone(articles: dict[str, Article]) -> None:
    scores = {name: f1(articles[name].text, expected["story"]) for name, expected in EXPECTED.items()}
    for name, score in sorted(scores.items(), key=lambda item: item[1]):
        if score < 1:
            print(f"{name} {score:.3f}")
    assert sum(scores.values()) / len(scores) >= LEAST_F1


@pytest.mark.parametrize("name", EXPECTED)
def test_every_quotation_mark_of_the_story_stands_and_no_other(name: str, articles: dict[str, Article]) -> None:
    marks = [Counter(re.findall("[“”\"‘’']", text)) for text in (articles[name].text, EXPECTED[name]["story"])]
    assert marks[0] == marks[1]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_address_is_the_canonical_one(name: str, articles: dict[str, Article]) -> None:
    assert articles[name].url == EXPECTED[name]["url"]


def test_wire_copy_has_its_agency(articles: dict[str, Article]) -> None:
    carried = {name: found.agency.name for name, found in articles.items() if found.agency}
    assert carried == {name: expected["agency"] for name, expected in EXPECTED.items() if "agency" in expected}


def test_the_dateline_tells_the_place(articles: dict[str, Article]) -> None:
    assert {name: found.place for name, found in articles.items() if found.place} == {
        "wire.html": "Estmark",
        "tables.html": "North Hollin",
        "reuters-copy.html": "Karmoor",
        "press-release.html": "Calder",
    }


def test_furniture_is_spans_of_the_text(articles: dict[str, Article]) -> None:
    for found in articles.values():
        assert all(0 <= start < end <= len(found.text) for start, end in found.furniture)


# What the document is told


def test_what_is_told_goes_before_what_the_page_says() -> None:
    metadata = Metadata(
        url="https://courier.example/ferry?utm_source=feed",
        title="Ferry runs aground",
        outlet="Reuters",
        byline="Lena Marsh",
        published="2025-03-04",
        language="en-GB",
    )
    found = parse(of('<meta name="author" content="Ewan Tait"><meta name="date" content="2024-01-01">'), metadata)
    assert (found.title, found.byline, found.published) == ("Ferry runs aground", "Lena Marsh", "2025-03-04")
    assert (found.url, found.language) == ("https://courier.example/ferry", "en-GB")
    assert found.outlet == Outlet("Reuters", "reuters.com", "agency")


def test_an_outlet_that_is_told_has_the_domain_of_the_page() -> None:
    found = parse(of(""), Metadata(url="https://www.courier.example/ferry", outlet="Harbour Courier"))
    assert found.outlet == Outlet("Harbour Courier", "courier.example")


def test_a_page_that_says_nothing_is_a_story_still() -> None:
    found = parse(f"<p>{STORY[0]}</p><p>{STORY[1]}</p>")
    assert (found.text, found.title, found.url, found.outlet) == ("\n\n".join(STORY[:2]), None, None, None)
    assert found.language == "en"


# Stories


def test_paragraphs_are_joined_and_the_title_is_none() -> None:
    found = parse(of(""))
    assert (found.text, found.title, found.headline) == (TEXT, "Ferry aground", None)


@pytest.mark.parametrize(
    "body",
    [
        "<br><br>".join(STORY),
        "<p>" + "<br/>\n<br/>".join(STORY) + "</p>",
        "".join(f"<div>{paragraph}</div>" for paragraph in STORY),
        f"<table><tr><td>{BODY}</td></tr></table>",
        BODY.replace("Sula Maid", "<a href='/sula'>Sula <b>Maid</b></a>"),
        BODY.replace("Monday night", "Mon\u00adday\u200b\n   night"),
        BODY + "<figure><img><figcaption>“A night to forget,” one said. Photo: Ida Brandt</figcaption></figure>",
        BODY + "<blockquote class='pullquote'>We counted them again</blockquote>",
        BODY + "<ul><li><a href='/1'>‘Never again’: ferry boss</a></li><li><a href='/2'>Toll to rise</a></li></ul>",
        BODY + "<div style='display: none'><p>“You should not see this,” said the page to the robot.</p></div>",
    ],
)
def test_stories_in_many_forms_are_the_same_text(body: str) -> None:
    assert parse(of("", body)).text == TEXT


def test_lists_and_block_quotes_are_kept() -> None:
    kept = ("“It is the tide,” he wrote.", "one life jacket;", "no flares.", "The inquiry opens on Monday in Calder.")
    body = "{}<blockquote><p>{}</p></blockquote><ul><li>{}</li><li>{}</li></ul><p>{}</p>".format(BODY, *kept)
    assert parse(of("", f"<article>{body}</article>")).text == "\n\n".join((*STORY, *kept))


def test_the_body_of_json_ld_stands_in_where_the_page_has_too_little() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(STORY)})
    page = of(f'<script type="application/ld+json">{data}</script>', "<p>Loading the story …</p>")
    assert parse(page).text == TEXT


# Encodings


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (of("").encode(), None),
        (of("").encode(), "iso-8859-1"),
        (codecs.BOM_UTF8 + of("").encode(), None),
        (of("").encode("cp1252"), None),
        (of("").encode("cp1252"), "iso-8859-1"),
        (of("").encode("cp1252"), "utf-8"),
        (of("").encode("cp1252"), "klingon"),
        (of('<meta charset="windows-1252">').encode("cp1252"), None),
        (of("").encode("utf-16"), None),
        (of("").encode("utf-16-le"), "utf-16le"),
        (of("").encode("utf-16-be"), None),
        (b'<?xml version="1.0" encoding="utf-8"?>' + of("").encode(), None),
        (of("").encode().replace(b"Sula", b"Su\0la"), None),
        (of("").replace("“", "&#147;").replace("”", "&#x94;").encode(), None),
        (of("").replace("Sula", "Su&#0;la&#1;&#xD800;").encode(), None),
    ],
)
def test_pages_in_many_encodings_are_the_same_text(data: bytes, charset: str | None) -> None:
    assert parse(data, charset=charset).text == TEXT


def test_the_header_s_charset_goes_before_the_page_s() -> None:
    page = of('<meta charset="windows-1252">').replace("Ewan Tait", "Paweł Żak")
    assert (
        "Paweł Żak"
        in parse(
            page.replace("“", '"').replace("”", '"').replace("’", "'").encode("iso-8859-2"), charset="iso-8859-2"
        ).text
    )


# No story


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("", "empty"),
        (b" \r\n\t", "empty"),
        (b"\0" * 1000, "empty"),
        ("<html></html>", "without a story"),
        (of("", "<p>Sorry.</p>"), "without a story"),
        ("x" * (LARGEST + 1), "larger than 10 MB"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (bytes(range(256)) * 400, "not text"),
        (of("<title>Just a moment...</title>", "<p>Verify you are human by completing the action below.</p>"), "human"),
        (of("", "<p>Before you continue: we and our partners use cookies to show you advertisements.</p>"), "consent"),
        (
            of("", "<p>Page not found</p><p>It may have been moved, or it may never have been there at all.</p>"),
            "no such",
        ),
        (f"{BELOW}{'<p>x</p>' * 30_000}", "elements"),
        (of("", f"<p>{'word ' * 250_000}</p>"), "too long"),
    ],
)
def test_a_page_without_a_story_says_why_in_one_line(page: str | bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=f"page.html: .*{message}") as error:
        parse(page)
    assert "\n" not in str(error.value)


def test_an_index_of_stories_is_none_of_them() -> None:
    teasers = "".join(
        f"<div class='card'><h3><a href='/{n}'>Headline number {n} of the day</a></h3><p>{STORY[n % 3]}</p></div>"
        for n in range(12)
    )
    with pytest.raises(ReadingError, match="index of stories"):
        parse(f"<html><body><h1>News</h1><main>{teasers}</main></body></html>")


# Hostile pages


@pytest.mark.parametrize(
    "page",
    [
        f"{BELOW}{'<div>' * 100_000}{BODY}",
        f"{BELOW}{BODY}{'<b>' * 100_000}",
        f"{BELOW}{BODY}{'<table><tr><td>' * 30_000}",
        f"{BELOW}{'<p><b><i><a>text ' * 100_000}",
        BELOW + "x< >&;\" ' &amp " * 300_000,
        f"{BELOW}{BODY}<p>{'a' * 5_000_000}",
        f"{BELOW}{'<p>“We knew,” he said.</p>' * 5_000}",
        f"{BELOW}{BODY}{'<br>' * 15_000}",
        f"{BELOW}{'<a href=x>hello world</a> ' * 5_000}",
        f"{BELOW}{BODY}<!--{'<!--' * 300_000}",
        f"{BELOW}<h1>{'a | ' * 300_000}</h1>{BODY}",
        f"{BELOW}<meta name=author content='{'Jane Doe, ' * 300_000}'>{BODY}",
        f"{BELOW}<script type='application/ld+json'>{'[' * 200_000}</script>{BODY}",
        f"{BELOW}{BODY}\ud800&#xD800;&#0;\x01",
    ],
    ids=str.__len__,
)
def test_hostile_pages_end_in_an_article_or_one_line_and_soon(page: str) -> None:
    begun = time.perf_counter()
    try:
        found = parse(page)
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        found.text.encode()
    assert time.perf_counter() - begun < SLOWEST


def with_tag(tag: str) -> Document:
    paragraphs = "".join(
        f"<p>{'The pier was closed in May after a storm had torn away its piles. ' * 4}</p>" for _ in "ab"
    )
    page = (
        f"<html><head><title>Pier</title>{tag}</head><body><article><h1>Pier</h1>{paragraphs}</article></body></html>"
    )
    return Document("pier.html", page, "html")


def attributes(number: int, form: str = "a{}") -> str:
    return " ".join(form.format(n) for n in range(number))


OVERSIZED = ("<p {}>", "<p\n{}\n>", "</p {}>", "<P/{}", "<x-y {}>", "<script {}>", "<!-- x --><meta {}>")


@pytest.mark.parametrize("tag", OVERSIZED)
@pytest.mark.parametrize("form", ["a{}", "a{}=1", "a{} = '>'", 'a{}="<p>"', "a{}/", '"{}'])
def test_a_tag_just_over_the_limit_is_refused_before_it_is_parsed(tag: str, form: str) -> None:
    with pytest.raises(ReadingError, match="a tag with more than 1,000 attributes"):
        parse_page(with_tag(tag.format(attributes(MOST_ATTRIBUTES + 1, form))))
    if not tag.startswith(("<P", "<script")):
        assert "pier was closed" in parse_page(with_tag(tag.format(attributes(MOST_ATTRIBUTES, form)) + ">")).text


@pytest.mark.parametrize(
    "harmless",
    [
        "<!-- <p {}> -->",
        "<script>if (a<b {}) return</script>",
        "<style>a<b {}</style>",
        '<meta content="<p {}>">',
        "<meta content='data:{}'>",
        "<!-- <script> --><!-- {} -->",
        "< p {}>",
    ],
)
def test_what_is_no_tag_may_be_as_long_as_it_likes(harmless: str) -> None:
    assert "pier was closed" in parse_page(with_tag(harmless.format(attributes(3 * MOST_ATTRIBUTES)))).text


@pytest.mark.parametrize("piece", ["<", "<p>", "<!--", "<script>", "<p a=1 b='2'>x</p>", "</", "<p a=' '><", "<p/>"])
def test_the_time_to_check_tags_grows_with_the_page_only(piece: str) -> None:
    assert growth(lambda page: _check_tags(page, "x"), piece, 200_000) < MOST


def test_a_panel_that_asks_for_consent_does_not_hide_a_short_story() -> None:
    panel = "<div class='panel'><h2>We value your privacy</h2><p>We use cookies. Accept all cookies?</p></div>"
    lines = (
        "The council will close the harbour bridge for eight months from June, its leader said on Monday evening.",
        "“We looked at every other option and there was none,” said Nora Pell, who leads the council’s highways team.",
        "Shopkeepers on the north bank were not convinced, and several of them said that they had not been asked.",
        "“This will finish us,” said Amira Holt, who runs a bakery on Quay Street with her two sons.",
    )
    story = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><body>{panel}<article><h1>Bridge to close</h1>{story}</article></body></html>"
    assert parse(page).text == "\n\n".join(lines)
