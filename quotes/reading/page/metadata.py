"""What a web page says of itself: JSON-LD first, then its meta tags, then what readers see of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Any

from ...outlets.directory import by_domain, by_name, host, letters
from ...records import Outlet
from ..dates import DAY_AND_MONTH, date_in_address, find_date, to_day
from .bylines import agency_in, joined, names_in
from .headings import LONGEST_SAID, SEPARATOR, are_alike, heading_text, is_aside, is_outlet, outlet_name, without_outlet
from .linked_data import LinkedData, Node, clean, read_linked_data
from .page_addresses import page_address
from .pruning import names

_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline")
_OUTLETS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "apple-mobile-web-app-title",
)
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "byline",
    "article:author_name", "og:article:author", "citation_author", "dc.creator.personalname", "twitter:data1",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dc.date", "dcterms.date", "publish-date", "publishdate", "publish_date", "pubdate", "pub_date",
    "published_time", "publication_date", "citation_publication_date", "article.published",
    "originalpublicationdate", "og:pubdate", "cxenseparse:recs:publishtime", "created", "displaydate", "date",
    "release_date", "dc.created",
)  # fmt: skip
_AGENCIES = (
    "article:source",
    "source",
    "syndication-source-name",
    "dc.source",
    "dcterms.source",
    "copyright",
    "dc.rights",
)
_CREDITS = ("provider", "sourceOrganization", "copyrightHolder", "creditText", "author", "creator", "publisher")
_BYLINES = frozenset(
    "byline byl author authors author-name byline-name article-author article-byline entry-author post-author"
    " story-byline byline__name author__name contributor-name".split()
)
_BYLINE_WORDS = frozenset("byline bylines author authors writer reporter journalist contributor submitted by".split())
_DAYS = frozenset(
    "date published publish-date pubdate published-date post-date entry-date article-date timestamp dateline posted-on"
    " story-date date-published publication-date submitted byline posted".split()
)
_CHANGED = re.compile(r"\b(?:updated?|modified|edited|corrected)\b", re.I)
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{2}))?\b")
_CLASS_NAME = re.compile(r"\.([\w-]+)")
_WRITTEN = re.compile(
    rf"\b(?:{DAY_AND_MONTH}(?:,\s*|\s+)(?:19|20)\d\d|\d{{1,2}}([/.-])\d{{1,2}}\1(?:19|20)\d\d)\b", re.I
)
_FEWEST_WORDS_OF_TITLE = 4
_SHORTEST_TITLE = 3  # letters
_LONGEST_LINE = 200  # characters of a visible byline or date


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; None where it does not.

    title (str | None): Without the outlet's name.
    outlet (Outlet | None): By its name, known or not; by its host where the page names none.
    byline (str | None): Names of people only: `Jane Doe and John Roe`.
    published (str | None): `YYYY-MM-DD`, the day it was first published.
    language (str | None): A code as `en` or `en-GB`.
    agency (Outlet | None): The wire service that it credits.
    is_article (bool | None): Whether it says that it is a story (or that it is something else).
    body (str | None): The story as its JSON-LD has it, paragraphs often run together.
    declared (frozenset[str]): Class names of the elements that hold the story, or the part of it that is sold.
    """

    url: str | None = None
    title: str | None = None
    outlet: Outlet | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    agency: Outlet | None = None
    is_article: bool | None = None
    body: str | None = None
    declared: frozenset[str] = frozenset()


def read_metadata(tree: Any, address: str | None = None) -> PageMetadata:
    """Return what a page says of itself.

    tree (lxml.html.HtmlElement): The whole page, not pruned yet.
    address (str | None): Where it was found; its canonical address goes before that.
    """
    return _Page(tree, address).metadata()


@dataclass
class _Page:
    tree: Any
    address: str | None
    metas: Mapping[str, Sequence[str]] = field(init=False)
    linked: LinkedData = field(init=False)

    def __post_init__(self) -> None:
        metas: dict[str, list[str]] = {}
        for meta in self.tree.iter("meta"):
            content = clean((meta.get("content") or "")[:LONGEST_SAID])
            for key in {meta.get(name, "").strip().lower() for name in ("name", "property", "itemprop", "http-equiv")}:
                if key and content:
                    metas.setdefault(key, []).append(content)
        self.metas = metas
        blocks = self.tree.xpath(
            "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')][not(ancestor::noscript)]"
        )
        self.linked = read_linked_data([block.text_content() for block in blocks])

    def metadata(self) -> PageMetadata:
        url = page_address(self.addresses, self.address)
        outlet = self.outlet(url)
        body = next(filter(None, [self.story.get("articleBody")]), None)
        return PageMetadata(
            url=url,
            title=self.title(outlet),
            outlet=outlet,
            byline=self.byline(outlet),
            published=self.published(url),
            language=self.language(),
            agency=self.agency(),
            is_article=self.is_article(),
            body=body if isinstance(body, str) else None,
            declared=self.declared(),
        )

    def declared(self) -> frozenset[str]:
        """The class names by which the page tells search engines what of its story is sold, or read aloud."""
        parts = self.linked.objects(self.story.get("hasPart"))
        selectors = [text for part in parts for text in self.linked.texts(part.get("cssSelector"))]
        return frozenset(name for selector in selectors for name in _CLASS_NAME.findall(selector))

    def said(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            yield from self.metas.get(key, ())

    @cached_property
    def addresses(self) -> list[str]:
        links = self.tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
        return [str(link).strip() for link in links] + list(self.said(["og:url", "twitter:url", "parsely-link"]))

    @cached_property
    def story(self) -> Node:
        return self.linked.article([*self.addresses, self.address or ""]) or {}

    @cached_property
    def headings(self) -> list[str]:
        marked = self.tree.xpath("//*[@itemprop='headline'][self::h2 or self::h3 or self::div or self::span]")
        found = [heading_text(heading) for heading in (*islice(self.tree.iter("h1"), 20), *marked[:5])]
        return [text for text in found if len(text) > _SHORTEST_TITLE]

    def is_article(self) -> bool | None:
        if self.story:
            return True
        kind = next(self.said(["og:type"]), "").lower()
        return True if kind.startswith(("article", "news")) else None

    def outlet(self, url: str | None) -> Outlet | None:
        if url and (known := by_domain(url)):
            return known
        site = host(url).removeprefix("www.") or None if url else None
        said = [*self.linked.texts(self.story.get("publisher")), *self.said(_OUTLETS)]
        names = [name for text in said if (name := outlet_name(text, site))]
        claimed = [by_name(name) or by_name(SEPARATOR.split(name)[0]) for name in names]
        if not site and any(claimed):
            return next(filter(None, claimed))
        # A page of another site can call itself as it likes: an outlet that is known has its own.
        for name, outlet in zip(names, claimed, strict=True):
            if outlet is None:
                return Outlet(self._best_spelling(name, names), site)
        return Outlet(self._name_in_title(site) or site, site) if site else None

    def _best_spelling(self, name: str, others: Sequence[str]) -> str:
        """A name as it is written most like one: `The Ellery Post` before `ellerypost`."""
        parts = [part for title in self._window_titles() for part in SEPARATOR.split(title)]
        same = [name, *(one for one in (*others, *parts) if letters(one) == letters(name))]
        return max(same, key=lambda one: (not one.islower(), " " in one, len(one)))

    def _name_in_title(self, site: str) -> str | None:
        """The part of the window's title that the host spells."""
        labels = {letters(label) for label in site.split(".")}
        parts = [part for title in self._window_titles() for part in SEPARATOR.split(title)]
        return next((part for part in parts if letters(part) in labels and not by_name(part)), None)

    def _window_titles(self) -> list[str]:
        titles = self.tree.xpath("//title[not(ancestor::svg)]")
        return [clean(title.text_content()[:LONGEST_SAID]) for title in titles]

    def title(self, outlet: Outlet | None) -> str | None:
        said = [*self.linked.texts(self.story.get("headline")), *self.said(_TITLES), *self._window_titles()]
        houses = {letters(name) for name in [*self.said(_OUTLETS), *self.linked.texts(self.story.get("publisher"))]}
        if outlet:
            houses |= {
                letters(outlet.name),
                letters(outlet.domain or ""),
                letters((outlet.domain or "").split(".")[0]),
            }
        titles, printed = (
            [
                title
                for text in texts
                if len(title := without_outlet(text[:LONGEST_SAID], houses, self.headings)) > _SHORTEST_TITLE
            ]
            for texts in (said, self.headings)
        )
        # What search engines and other sites are told is often another title than readers see.
        printed = [title for title in printed if not is_outlet(title, houses)]
        alike = next((title for title in printed if any(are_alike(title, other) for other in titles)), None)
        if alike or not titles:
            return alike or (printed[0] if printed else None)
        if len(printed) == 1 and len(printed[0].split()) >= _FEWEST_WORDS_OF_TITLE:
            return printed[0]
        # Cut short for a search engine: the page has it whole.
        begun = titles[0].removesuffix("...").removesuffix("…").strip()
        if begun != titles[0]:
            return next(
                (title for title in titles if title.startswith(begun) and len(title) > len(titles[0])), titles[0]
            )
        return titles[0]

    def byline(self, outlet: Outlet | None) -> str | None:
        for key in ("author", "creator"):
            people = [
                node
                for node in self.linked.objects(self.story.get(key))
                if "Organization" not in str(node.get("@type"))
            ]
            names = [
                name
                for node in people
                for text in self.linked.texts(node.get("name"))
                for name in names_in(text, outlet)
            ]
            if names:
                return joined(names)
        for key in _AUTHORS:
            if names := [name for text in self.said([key]) for name in names_in(text, outlet)]:
                return joined(names)
        for group in self._visible(("author",), _BYLINES):
            if names := names_in(group, outlet):
                return joined(names)
        return None

    def published(self, url: str | None) -> str | None:
        said = [*self.linked.texts(self.story.get("datePublished")), *self.said(_DATES)]
        said += self.linked.texts(self.story.get("dateCreated"))
        return (
            next(filter(None, map(_day, said)), None)
            or next(filter(None, map(_day, self._times())), None)
            or next(filter(None, map(_day, self._visible(("datepublished",), _DAYS))), None)
            or (date_in_address(url) if url else None)
            or self._guessed_day(url)
        )

    def language(self) -> str | None:
        said = [
            *self.tree.xpath("/html/@lang | /html/@*[name()='xml:lang']"),
            *self.linked.texts(self.story.get("inLanguage")),
        ]
        said += self.said(
            ["og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage"]
        )
        for code in said:
            if match := _LANGUAGE.fullmatch(str(code).strip().split(".")[0]):
                return f"{match[1].lower()}-{match[2].upper()}" if match[2] else match[1].lower()
        return None

    def agency(self) -> Outlet | None:
        said = [text for key in _CREDITS for text in self.linked.texts(self.story.get(key))]
        said += [*self.said(_AGENCIES), *self.said(_AUTHORS), *self._visible(("author",), _BYLINES)]
        return next(filter(None, map(agency_in, said)), None)

    def _below_title(self) -> Iterator[Any]:
        """The elements from the first heading on; all where there is none."""
        first = next(self.tree.iter("h1"), None)
        begun = first is None
        for element in self.tree.iter():
            begun = begun or element is first
            if begun and isinstance(element.tag, str):
                yield element

    def _times(self) -> Iterator[str]:
        for element in self._below_title():
            if element.tag != "time" or is_aside(element):
                continue
            around = f"{element.get('class')} {element.get('itemprop')} {(element.getparent().text or '')[-40:]}"
            before = element.getprevious()
            around += (
                f" {before.tail or ''} {before.text or ''}"[-60:] if before is not None and before.tag != "p" else ""
            )
            if not _CHANGED.search(around) and "dateModified" not in around:
                yield element.get("datetime") or clean(element.text_content())

    def _visible(self, properties: Sequence[str], classes: frozenset[str]) -> Iterator[str]:
        """The short texts that are marked as a byline or a date, below the title and beside the story."""
        for element in self._below_title():
            tokens = {token.lower() for token in (element.get("class") or "").split()}
            words = set(names(element)) if classes is _BYLINES else set()
            marked = (
                tokens & classes
                or words & _BYLINE_WORDS
                or (element.get("itemprop") or element.get("rel") or "").lower() in properties
            )
            if marked and not is_aside(element):
                text = clean(" ".join(element.itertext()))
                if 3 < len(text) < _LONGEST_LINE:
                    yield text

    def _guessed_day(self, url: str | None) -> str | None:
        from htmldate import find_date as guess

        try:
            found = guess(self.tree, extensive_search=False, original_date=True, url=url)
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None
        # It makes a day of `2023-09`, and takes 03/04/2023 for what is usual somewhere.
        return found if found and _is_written(found, self.tree) else None


def _is_written(day: str, tree: Any) -> bool:
    """Whether a page has a day as a date that can be read in one way only."""
    year, month, day_of_month = day.split("-")
    shown = (
        f"{tree.text_content()} {' '.join(str(value) for value in tree.xpath('//@content | //@datetime | //@href'))}"
    )
    if re.search(rf"(?<!\d){year}([-/.]?){month}(?:\1){day_of_month}(?!\d)", shown):
        return True
    dates = (match.group() for match in _WRITTEN.finditer(shown))
    return day in map(to_day, dates)


def _day(said: str) -> str | None:
    if re.fullmatch(r"1\d{9}(?:\d{3})?", said):
        return datetime.fromtimestamp(int(said[:10]), UTC).date().isoformat()
    return to_day(said) or (find_date(said) if len(said) < _LONGEST_LINE else None)
