"""Feeds of every kind become entries; what is broken is read as far as it goes, and bad will costs no hours."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import ReadingError
from quotes.reading.formats import feed
from quotes.reading.formats.feed import Entry, entries

SOURCE = "https://news.example/feeds/top.xml"
STORY = "".join(f"<p>“The ferry was late on day {day},” said Commander Nadia Ferrant.</p>" for day in range(30))
ESCAPED = STORY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

RSS = f"""\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
  <title>The Port Ellery Post</title>
  <link>https://news.example/</link>
  <item>
    <title>Ferry aground &amp;amp; afloat</title>
    <link>https://news.example/ferry</link>
    <dc:creator>Ada Brontë</dc:creator>
    <pubDate>Tue, 05 Sep 2023 23:30:00 -0700</pubDate>
    <description>A ferry ran aground.</description>
    <content:encoded><![CDATA[{STORY}]]></content:encoded>
  </item>
  <item>
    <title>Council meets</title>
    <link>/council</link>
    <author>desk@news.org (The Desk)</author>
    <description>A council met.</description>
  </item>
</channel>
</rss>
"""

ATOM = f"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>The Port Ellery Post</title>
  <link href="https://news.example/"/>
  <entry>
    <title type="html">Ferry &lt;b&gt;aground&lt;/b&gt;</title>
    <link rel="alternate" href="ferry.html"/>
    <link rel="enclosure" href="ferry.mp3"/>
    <author><name>Ada Brontë</name></author>
    <author><name>Zoë Muñoz</name></author>
    <published>2023-09-05T23:30:00-07:00</published>
    <updated>2023-09-07T10:00:00Z</updated>
    <content type="html">{ESCAPED}</content>
  </entry>
</feed>
"""


def read(text: str | bytes, source: str = SOURCE) -> list[Entry]:
    return list(entries(text.encode() if isinstance(text, str) else text, source))


def rss(item: str, channel: str = "<title>Post</title>") -> list[Entry]:
    return read(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"{channel}<item>{item}</item></channel></rss>"
    )


def json_feed(*items: Any, **more: Any) -> list[Entry]:
    return read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items, **more}))


# The kinds of feeds


def test_rss() -> None:
    whole, part = read(RSS)
    assert whole.html is not None and whole.html.strip() == STORY
    assert (whole.url, whole.title) == ("https://news.example/ferry", "Ferry aground & afloat")
    assert (whole.byline, whole.published, whole.outlet) == ("Ada Brontë", "2023-09-05", "The Port Ellery Post")
    assert part == Entry(
        "https://news.example/council", "Council meets", "The Desk", published=None, outlet="The Port Ellery Post"
    )


def test_atom() -> None:
    (entry,) = read(ATOM)
    assert entry == Entry(
        url="https://news.example/feeds/ferry.html",
        title="Ferry aground",
        byline="Ada Brontë, Zoë Muñoz",
        published="2023-09-05",
        outlet="The Port Ellery Post",
        html=STORY,
    )


def test_rss_1_of_rdf() -> None:
    (entry,) = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>Post</title></channel>"
        '<item rdf:about="x"><title>A</title><link>https://news.example/a</link></item></rdf:RDF>'
    )
    assert entry == Entry("https://news.example/a", "A", outlet="Post")


def test_json_feed() -> None:
    entry, other = json_feed(
        {
            "id": "1",
            "url": "/ferry",
            "title": "Ferry aground",
            "authors": [{"name": "Ada Brontë"}, {"name": "Zoë Muñoz"}],
            "date_published": "2023-09-05T23:30:00-07:00",
            "content_html": STORY,
        },
        {"id": "2", "external_url": "https://other.example/b", "author": {"name": "Ada Brontë"}},
        home_page_url="https://news.example/",
    )
    assert entry == Entry(
        "https://news.example/ferry", "Ferry aground", "Ada Brontë, Zoë Muñoz", "2023-09-05", "Post", STORY
    )
    assert other == Entry("https://other.example/b", byline="Ada Brontë", outlet="Post")


def test_json_feed_with_a_byte_order_mark() -> None:
    data = b'\xef\xbb\xbf {"version": "https://jsonfeed.org/version/1", "items": [{"url": "https://news.example/a"}]}'
    assert read(data) == [Entry("https://news.example/a")]


def test_a_feed_without_entries_has_none() -> None:
    assert read('<rss version="2.0"><channel><title>Post</title></channel></rss>') == json_feed() == []


# Addresses


def test_addresses_are_seen_from_the_site_where_the_feed_is_a_file() -> None:
    assert [entry.url for entry in read(RSS, "feeds/top.xml")] == [
        "https://news.example/ferry",
        "https://news.example/council",
    ]


def test_addresses_of_a_file_that_names_no_site_are_none() -> None:
    assert read('<rss version="2.0"><channel><item><link>/a</link></item></channel></rss>', "top.xml") == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "http://", "mailto:a@b.c"])
def test_what_is_no_web_address_is_none(link: str) -> None:
    assert rss(f"<link>{link}</link>") == json_feed({"url": link}) == []


def test_an_id_that_is_the_address() -> None:
    assert [entry.url for entry in rss("<guid>https://news.example/a</guid>")] == ["https://news.example/a"]
    assert rss('<guid isPermaLink="false">https://news.example/a</guid>') == []


def test_the_address_behind_a_tracker() -> None:
    (entry,) = read(
        '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        "<link>https://tracker.example/1</link><feedburner:origLink>https://news.example/a</feedburner:origLink>"
        "</item></channel></rss>"
    )
    assert entry.url == "https://news.example/a"


def test_an_entry_with_all_of_its_text_needs_no_address() -> None:
    (entry,) = rss(f"<title>A</title><content:encoded>{ESCAPED}</content:encoded>")
    assert (entry.url, entry.html) == (None, STORY)


def test_an_entry_with_neither_is_left_out() -> None:
    assert rss("<title>A</title><description>B</description>") == json_feed({"title": "A"}) == []


# Whole articles


@pytest.mark.parametrize(
    "end",
    [
        "<p><a href='/a'>Read more</a></p>",
        "<p>Continue reading <a href='/a'>Ferry aground</a> →</p>",
        "<p>Read the full story at the Post.</p>",
        "and so they […]",
        "and so they...",
        "[&hellip;]</p><p>The post <a href='/a'>Ferry</a> appeared first on <a href='/'>The Post</a>.</p>",
    ],
)
def test_a_text_that_says_that_there_is_more_is_not_whole(end: str) -> None:
    (entry,) = json_feed({"url": "https://news.example/a", "content_html": STORY + end})
    assert entry.html is None


def test_a_credit_at_the_end_is_no_sign_of_more() -> None:
    whole = STORY + "<p>The post <a href='/a'>Read more books</a> appeared first on <a href='/'>The Post</a>.</p>"
    (entry,) = json_feed({"url": "https://news.example/a", "content_html": whole})
    assert entry.html == whole


def test_a_teaser_is_not_whole_and_neither_is_a_page_of_scripts() -> None:
    short, scripts = json_feed(
        {"url": "https://news.example/a", "content_html": "<p>A ferry ran aground.</p>"},
        {"url": "https://news.example/b", "content_html": "<p>Aground.</p><script>" + "go();" * 1000 + "</script>"},
    )
    assert short.html is scripts.html is None


def test_a_description_is_never_whole() -> None:
    (entry,) = rss(f"<link>https://news.example/a</link><description>{ESCAPED}</description>")
    assert entry.html is None


def test_plain_text_becomes_paragraphs() -> None:
    (entry,) = json_feed({"id": "1", "content_text": "“A < B & C,” she said.\n\n" * 60})
    assert entry.html is not None and entry.html.count("<p>“A &lt; B &amp; C,” she said.</p>") == 60


# Dates and names


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 05 Sep 2023 00:10:00 +0900", "2023-09-05"),
        ("2023-09-05T23:50:00Z", "2023-09-05"),
        ("5 September 2023", "2023-09-05"),
        ("yesterday", None),
        ("03/04/2025", None),
        ("2023", None),
        ("9" * 5000, None),
    ],
)
def test_the_day_is_the_one_that_is_written(written: str, day: str | None) -> None:
    (of_rss,) = rss(f"<link>https://news.example/a</link><pubDate>{written}</pubDate>")
    (of_json,) = json_feed({"url": "https://news.example/a", "date_published": written})
    assert of_rss.published == of_json.published == day


def test_titles_are_one_plain_line() -> None:
    title = " <b>Ferry</b>\n aground:\u0000 2 < 3 &amp; \ud800 "
    (entry,) = json_feed({"url": "https://news.example/a", "title": title})
    assert entry.title == "Ferry aground: 2 < 3 &"


# What is broken


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    cut = RSS[: RSS.index("</channel>")].replace("A council met.", "A council&nbsp;met <b> & more.")
    assert [entry.url for entry in read(cut)] == ["https://news.example/ferry", "https://news.example/council"]


def test_a_feed_in_another_encoding() -> None:
    data = RSS.replace("utf-8", "windows-1252").encode("cp1252")
    assert read(data)[0].byline == "Ada Brontë"


def test_a_feed_that_is_in_another_encoding_than_it_says() -> None:
    assert read(RSS.encode("cp1252"))[0].byline == "Ada Brontë"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty, nothing to read"),
        (b" \n ", "empty, nothing to read"),
        (b"<!doctype html><html><body><p>A page.</p></body></html>", "no feed (neither RSS nor Atom nor JSON Feed)"),
        (b"Just text.", "no feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "no feed"),
        (b"/etc/passwd", "no feed"),
        (b'{"a": 1', "broken JSON"),
        (b'{"a":' * 100_000, "broken JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "broken JSON"),
        (b'{"a": 1}', "JSON, but no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "JSON, but no JSON Feed"),
        (b" " * (feed.LARGEST + 1), "larger than 10 MB, too large for a feed"),
    ],
)
def test_what_is_no_feed_is_told_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(ReadingError) as raised:
        entries(data, "top.xml")
    assert str(raised.value).startswith(f"top.xml: {said}")
    assert "\n" not in str(raised.value)


def test_data_that_reads_like_the_name_of_a_file_opens_none(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    with pytest.raises(ReadingError, match="no feed"):
        entries(bytes(path), "top.xml")


@pytest.mark.parametrize("item", [1, None, "a", [], {}, {"url": 3, "title": {}, "authors": 1, "content_html": []}])
def test_items_of_the_wrong_type_are_left_out(item: Any) -> None:
    assert json_feed(item) == []


# Bad will


def test_entities_that_grow_without_end_do_not() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    start = time.perf_counter()
    for title in ("&a11;", "&a0;"):
        found = read(
            f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{laughs}]><rss version="2.0"><channel>'
            f"<title>{title}</title><item><title>{title}</title><link>https://news.example/a</link></item>"
            "</channel></rss>"
        )
        assert all(len(entry.title or "") < 10_000 for entry in found)
    assert time.perf_counter() - start < 15


def test_entities_do_not_reach_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    found = read(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss version="2.0"><channel>'
        "<item><title>&x;</title><link>https://news.example/a</link></item></channel></rss>"
    )
    assert "secret" not in str(found)


@pytest.mark.parametrize(
    "item",
    [
        f"<author>{'a' * 100_000}</author>",
        f"<author>{'a.' * 50_000}</author>",
        f"<author>a@{'a.' * 50_000}</author>",
        "".join(f"<category>{n}</category>" for n in range(5_000)),
        f"<content:encoded>{'&lt;div&gt;' * 5_000}</content:encoded>",
        f"<title>{'&lt;' * 10_000}</title>",
        f"<pubDate>{'1 ' * 50_000}</pubDate>",
    ],
)
def test_no_element_takes_long(item: str) -> None:
    start = time.perf_counter()
    (entry,) = rss(f"<link>https://news.example/a</link>{item}")
    assert entry.url == "https://news.example/a"
    assert time.perf_counter() - start < 5  # 60 s and more where the time grows with the square


# What is no entry, no address and no story


def test_a_guid_that_is_no_address_is_none() -> None:
    assert [entry.url for entry in rss(f"<guid>p123</guid><content:encoded>{ESCAPED}</content:encoded>")] == [None]
    assert [entry.url for entry in rss("<guid>https://news.example/1</guid>")] == ["https://news.example/1"]


def test_a_caption_is_no_story() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    (entry,) = rss(
        "<link>https://news.example/1</link><description>A ferry ran aground.</description>"
        f"<media:description {media}>{ESCAPED}</media:description>"
    )
    assert entry.html is None


@pytest.mark.parametrize(
    ("said", "count"),
    [("draft", 0), ("private", 0), ("publish", 1)],
)
def test_drafts_in_an_export_of_wordpress_are_left_out(said: str, count: int) -> None:
    names = 'xmlns:wp="http://wordpress.org/export/1.2/"'
    found = rss(f"<link>https://news.example/1</link><wp:status {names}>{said}</wp:status>")
    assert len(found) == count


@pytest.mark.parametrize("zone", ["IST", "AEST", "BST", "-0700"])
def test_the_day_is_the_outlet_s_own_in_every_zone(zone: str) -> None:
    (entry,) = rss(f"<link>https://news.example/1</link><pubDate>Tue, 05 Sep 2023 23:30:00 {zone}</pubDate>")
    assert entry.published == "2023-09-05"
