from __future__ import annotations

import io
from typing import Any

import feedparser
import pytest
from feedparser.mixin import _FeedParserMixin

from quotes.reading.formats import feedparser_compat

FEED = (
    '<rss version="2.0"><channel><item><title>Tide</title><author>{author}</author>{categories}</item></channel></rss>'
)


def entry(author: str = "Ada Finch", categories: int = 1) -> Any:
    marked_up = "".join(f"<category>{n}</category>" for n in range(categories))
    data = FEED.format(author=author, categories=marked_up).encode()
    return feedparser.parse(io.BytesIO(data)).entries[0]


def test_what_is_replaced_is_there_and_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    for name in ("_sync_author_detail", "_add_tag"):
        function = getattr(_FeedParserMixin, name)

        def noted(self: Any, *args: Any, name: str = name, function: Any = function, **options: Any) -> Any:
            called.append(name)
            return function(self, *args, **options)

        monkeypatch.setattr(_FeedParserMixin, name, noted)
    entry()
    assert set(called) == {"_sync_author_detail", "_add_tag"}


def test_long_author_is_cut_and_one_category_is_kept() -> None:
    feedparser_compat.limit_work()
    found = entry("a" * 2_000, categories=5)
    assert len(found.author) == 500
    assert [tag.term for tag in found.tags] == ["4"]
    assert entry("desk@news.org (The Desk)").author_detail.name == "The Desk"


def test_captions_and_guids_are_taken_for_what_they_are() -> None:
    data = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>Tide</title>'
        "<guid>p123</guid><description>High water.</description><media:description>A pier.</media:description>"
        "</item><item><title>Ebb</title><guid>https://pier.example/ebb</guid></item></channel></rss>"
    )
    tide, ebb = feedparser.parse(io.BytesIO(data.encode())).entries
    assert tide.id == "p123" and "link" not in tide and "content" not in tide
    assert ebb.link == "https://pier.example/ebb"
