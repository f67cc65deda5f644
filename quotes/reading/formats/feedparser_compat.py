"""What of feedparser is replaced: two detours that take it hours in 10 MB of bad will, and what it mistakes."""

from __future__ import annotations

from typing import Any

import feedparser
from feedparser.mixin import _FeedParserMixin

_LONGEST_NAME = 500  # characters of an author's name that are looked at

_find_author = _FeedParserMixin._sync_author_detail
_end_guid = _FeedParserMixin._end_guid


def limit_work() -> None:
    """Have feedparser look at the first characters of an author's name, and keep one category of an entry.

    It looks for an address of mail in the author with a pattern that is quadratic (62 s for 100 kB),
    and compares each category of an entry with all others, of which we need none.
    """
    _FeedParserMixin._sync_author_detail = _find_author_in_short
    _FeedParserMixin._add_tag = _keep_one_category


def keep_apart() -> None:
    """Have feedparser take no caption for an entry's content, and no `<guid>` that is none for its address.

    It does both where the entry has a description, or no link.
    """
    _FeedParserMixin._start_media_description = _begin_caption
    _FeedParserMixin._end_media_description = _end_caption
    _FeedParserMixin._end_guid = _end_guid_that_is_an_address


def _find_author_in_short(self: Any, key: str = "author") -> None:
    context = self._get_context()
    if isinstance(context.get(key), str):
        context[key] = context[key][:_LONGEST_NAME]
    _find_author(self, key)


def _keep_one_category(self: Any, term: object, scheme: object, label: object) -> None:
    self._get_context()["tags"] = [feedparser.FeedParserDict(term=term, scheme=scheme, label=label)]


def _begin_caption(self: Any, _attributes: object) -> None:
    self.push("media_description", 0)


def _end_caption(self: Any) -> None:
    self.pop("media_description")


def _end_guid_that_is_an_address(self: Any) -> None:
    text = "".join(self.elementstack[-1][2]).strip() if self.elementstack else ""
    if "/" not in text:
        self.guidislink = 0
    _end_guid(self)
