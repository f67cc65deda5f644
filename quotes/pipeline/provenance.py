"""The chain of sources: who carried the words to this outlet, and whom the speaker leans on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..lexicon.source_nouns import OUTLETS, plausible_outlet
from ..outlets.directory import agency, by_name
from ..records import Article, Outlet, Span
from .speakers.candidates import without_article, words_in
from .word_table import WordTable

_KIND = OUTLETS | frozenset(
    "agency news radio tv television site portal show programme program podcast press media daily hosts".split()
)
"""What stands beside a name that is an outlet's: `state broadcaster RTA`, `Okaz daily`."""
_NEWS = frozenset("news press tv radio television broadcasting media".split())
_NO_OUTLETS = frozenset(
    """court committee commission council parliament congress senate assembly police board inquiry panel jury tribunal
    ministry department government house union party group meeting conference cabinet office bank""".split()
)
_SHORT = frozenset("post times journal guardian tribune herald sun globe telegraph mail".split())
"""What outlets are called for short."""
_NAMED_BEFORE = (OUTLETS - {"station"}) | {"programme", "show"}
_NEWS_NAMED_BEFORE = frozenset({"site", "portal"})
"""By what an outlet is called that was named before: `told the newspaper`, `said on the show`; behind `news` by these
too."""
_NO_NAMES = frozenset({"DATE", "MONEY"})
_PEOPLE = frozenset({"PERSON", "NORP", "LOC", "FAC"})
_SPAN = 110
"""Letters before a name that may say what it is there for."""
_BETWEEN = r"(?:(?!(?:that|who|which|and|but|because)\b)[\w.’'-]+\s+)"
"""A word between a verb and a name."""
_THE = rf"{_BETWEEN}{{0,6}}[\"'“‘]?$"
_TOLD = re.compile(
    rf"\b(?:told|tells|telling|reminded|informed|assured)\s+(?P<between>{_BETWEEN}{{0,6}})[\"'“‘]?$", re.I
)
_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed)?|conversation|q&a)\b[^.;:“”\"]{0,50}?\b(?:with|by|to|in|on|for)\s+"
    rf"(?P<between>{_BETWEEN}{{0,5}})[\"'“‘]?$",
    re.I,
)
_SAID_TO = re.compile(
    r"\b(?:said|says|added|explained|spoke|speaking|talking|complained|confirmed|confided)\b[^.;:“”\"]{0,60}?\b(?:to|with)\s+"
    r"(?P<between>the\s+)?$"
)
_SAID_ON = re.compile(r"\b(?:said|says|told|asked|appear(?:ed|ing)|speaking|spoke)\b[^.;:“”\"]{0,30}\bon\s+$", re.I)
_ACCORDING = re.compile(r"\baccording\s+to\s+$", re.I)
_ON_AIR = re.compile(r"[A-Z]{3,5}|\w*TV\w*|(?:Radio|TV)\s.*|.*\s(?:Radio|TV|FM|News)")
_CARRIED = re.compile(
    r"\b(?:quoted|cited|reported|published|carried|aired|broadcast|seen|obtained|provided|released|posted|run|printed)"
    rf"\s+(?:[\w-]+\s+){{0,2}}(?:by|in|on)\s+{_THE}"
    r"|\b(?:said|says|added|adds|explained|wrote|spoke|speaking|speaks|talking|complained|confirmed|confided"
    rf"|statement|statements|comments?|remarks?|call|read)\b[^.;:“”\"]{{0,25}}?\b(?:to|with)\s+{_THE}"
    rf"|\baccording\s+to\s+{_THE}|\b(?:reports?|reported|writes|quoting|citing)\s+{_THE}|\b(?:on|via)\s+{_THE}"
    r"|\b(?:wrote|writes|writing|article|op-ed|column|piece|report|essay|letter|editorial|story|post)\b"
    rf"[^.;:“”\"]{{0,30}}?\b(?:in|for|by|from)\s+{_THE}",
    re.I,
)
_CARRIES = re.compile(
    r"(?:[\"'”’]|\s\([^()]{2,12}\)|[’']s?\s+[A-Z]\w+(?:\s[A-Z]\w+)?|\s(?:news\s)?(?:agency|newspaper|daily|magazine|website"
    r"|radio|television|channel))*\s(?:(?:has|had|have|also|first|\w+ly|on\s\w+day|later)\s){0,2}"
    r"(?:reports?|reported|quoted|quotes|quote|cited|cites|said\sciting|said,\sciting)\b"
)
_MORE = re.compile(
    r"\s(?!(?:about|after|also|at|before|during|earlier|he|her|his|how|in|it|its|last|later|of|on|she|that|the"
    r"|their|they|this|today|to|via|what|when|why|yesterday|\w+day)\b)[a-z]+"
)
"""A word after a name that goes on with it, so that it was no outlet that was told: `told FBI agents`."""
_BRACKET = re.compile(r"\.?\]")
_ITS_SHOW = re.compile(r"[’']s\s+[\"“'‘A-Z]")
_SOME_MEDIA = re.compile(
    r"\b(?:(?:[A-Z][\w-]+\s)?(?:state|local|state-run|state-owned|official|foreign)\s(?:media|television|TV|radio)"
    r"|media\sreports)\b"
)
_CITED = re.compile(r"\bciting\s+([^,.;()\n]{3,90}?)(?=\s+(?:that|who|which|as saying)\b|[,.;()\n]|$)")
_SAYS = re.compile(
    r"official|source|report|statement|people|person|document|data|figure|stud|survey|poll|expert|analyst|witness"
    r"|resident|ministry|agency|author|spokes|minister|police|media|researcher|diplomat|executive|aide|lawyer"
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet, where the words round its name say that it carried something.

    whole (bool): Whether it carried all that its paragraph says, not only its sentence.
    """

    place: Span
    name: str
    whole: bool = False


class Carriers:
    """The outlets and agencies that carried what an article has people say.

    table (WordTable): The article.
    article (Article | None): Says which outlet printed it: that one is never `via`.
    """

    def __init__(self, table: WordTable, article: Article | None) -> None:
        self._table = table
        self._own = article.outlet if article else None
        self._by_sentence: dict[int, list[Carrier]] = {}
        self._by_paragraph: dict[int, list[Carrier]] = {}
        named, outlets = self._named()
        for carrier in (*named, *self._some_media(), *self._named_before(outlets)):
            word = min(table.covered(carrier.place)[0], len(table) - 1)
            if carrier.whole:
                self._by_paragraph.setdefault(int(table.paragraph[word]), []).append(carrier)
            else:
                self._by_sentence.setdefault(int(table.sentence[word]), []).append(carrier)

    def via(self, at: Span, source: Span | None, spans: tuple[Span, ...], speaker: str | None) -> str | None:
        """Return who carried words.

        at (Span): Their cue, or where they end if they have none: its sentence is asked.
        """
        table = self._table
        word = min(table.covered(at)[0], len(table) - 1)
        near: list[Carrier] = [
            carrier
            for carrier in (
                *self._by_sentence.get(int(table.sentence[word]), ()),
                *self._by_paragraph.get(int(table.paragraph[word]), ()),
            )
            if not any(span and carrier.place[0] < span[1] and span[0] < carrier.place[1] for span in (source, *spans))
            and not (speaker and same_outlet(carrier.name, speaker))
        ]
        if not near:
            return None
        return min(near, key=lambda carrier: (carrier.whole, abs(carrier.place[0] - at[0]))).name

    # -- the names

    def _named(self) -> tuple[list[Carrier], list[tuple[int, str]]]:
        """Return the names that carried something, and all outlets: the first word of each, and how it is spelt.

        The one that printed the article is among these, without a name.
        """
        table = self._table
        fullest: dict[Outlet, str] = {}
        found: list[tuple[int, int, str, bool]] = []
        outlets: list[tuple[int, str]] = []
        for first, last, label in (*table.entities, *self._missed()):
            name = without_article(table.words(first, last)).strip("'\"“”‘’ ")
            if not name or label in _NO_NAMES or self._is_quoted(first, last):
                continue
            if self._is_own(name):
                outlets.append((first, ""))
                continue
            outlet = by_name(name)
            if outlet:
                fullest[outlet] = max(fullest.get(outlet, ""), name, key=len)
            known = outlet is not None or (label not in _PEOPLE and self._is_outlet(first, last, name))
            if known or label not in _PEOPLE:
                found.append((first, last, name, known))
        full: dict[str, list[str]] = {}
        for *_, name, known in found:
            if known and " " in name and name not in full.setdefault(name.split()[-1], []):
                full[name.split()[-1]].append(name)
        carriers: list[Carrier] = []
        for first, last, name, known in found:
            outlet = by_name(name)
            short = None if known else next((o for o in full.get(name.split()[-1], ()) if o.endswith(f" {name}")), None)
            kind = self._carries(first, last, name, known or short is not None)
            spelt = short or (fullest[outlet] if outlet else name)
            if kind:
                carriers.append(Carrier(table.span(first, last), spelt, kind == "whole"))
            if known or short:
                outlets.append((first, spelt))
        return carriers, sorted(outlets)

    def _missed(self) -> Iterator[tuple[int, int, str]]:
        """Yield words that may be outlets, though not found to be names: `MSNBC’s`, `the Post`, `on WKRQ’s “Dawn”`."""
        table = self._table
        for n in range(1, len(table)):
            start = int(table.starts[n])
            if table.entity[n] < 0 and table.text[start].isupper():
                word = table.text[start : table.ends[n]]
                shows = table.lower[n - 1] == "on" and _ITS_SHOW.match(table.text, int(table.ends[n]))
                may_be = word.isupper() and 2 < len(word) < 7 and (shows or by_name(word))
                if may_be or (table.lower[n - 1] == "the" and table.lower[n] in _SHORT):
                    yield n, n + 1, "ORG"

    def _some_media(self) -> Iterator[Carrier]:
        """Yield what has no name: `state media reported`."""
        text = self._table.text
        for match in _SOME_MEDIA.finditer(text):
            before = text[max(0, match.start() - _SPAN) : match.start()]
            if _CARRIED.search(before) or _CARRIES.match(text, match.end()):
                yield Carrier(match.span(), match.group())

    def _named_before(self, outlets: Sequence[tuple[int, str]]) -> Iterator[Carrier]:
        """Yield what has a name elsewhere, the last of `outlets` before that is no agency: `told the newspaper`."""
        table = self._table
        outlets = [(word, name) for word, name in outlets if not agency(name)]
        for n in range(2, len(table)):
            noun, before_noun = table.lower[n], table.lower[n - 1]
            if noun not in _NAMED_BEFORE and not (noun in _NEWS_NAMED_BEFORE and before_noun == "news"):
                continue
            the = n - 1 if before_noun == "the" else n - 2
            place = bisect_left(outlets, (the, ""))
            if table.lower[the] != "the" or not place or not outlets[place - 1][1] or self._is_quoted(the, n + 1):
                continue
            beside = {table.entities[one][2] for one in table.entity[the : n + 3] if one >= 0}  # `the Bild newspaper`
            if beside - {"NORP", "LOC"} or table.deps[n] in ("compound", "nmod:poss"):
                continue
            before, patterns = self._before(the), (_TOLD, _INTERVIEW, _SAID_TO, _SAID_ON, _ACCORDING)
            if any(pattern.search(before) for pattern in patterns) or _CARRIES.match(table.text, int(table.ends[n])):
                yield Carrier(table.span(the, n + 1), outlets[place - 1][1])

    def _is_quoted(self, first: int, last: int) -> bool:
        """Whether a name stands in words that are quoted, not in marks of its own."""
        table = self._table
        return bool(table.marked[first]) and not any(
            begin <= first and last <= end and end - begin <= last - first + 2 for begin, end, _ in table.quotations
        )

    def _is_own(self, name: str) -> bool:
        own = self._own
        if own is None:
            return False
        if same_outlet(name, own.name):
            return True
        words, mine = words_in(name), words_in(own.name.partition(" (")[0])
        host = (own.domain or "").replace("-", "").partition(".")[0]
        letters = "".join(words)
        return (
            (len(letters) > 1 and "".join(word[0] for word in mine) == letters)
            or words == mine[: len(words)]
            or (len(letters) > 2 and host.removesuffix("news").removesuffix("online") == letters)
        )

    def _is_outlet(self, first: int, last: int, name: str) -> bool:
        lower = name.lower().split()
        if lower[-1] in ("agency", "network") and _NEWS.isdisjoint(lower[:-1]):
            return False
        beside = (*self._table.lower[max(0, first - 2) : first], *self._table.lower[last : last + 1])
        named = not _KIND.isdisjoint(beside) and _NO_OUTLETS.isdisjoint(lower)
        return named or (" " in name and plausible_outlet(name))

    def _carries(self, first: int, last: int, name: str, known: bool) -> str:
        """Return `sentence` or `whole` if the words round a name say that it carried something, else nothing.

        known (bool): Whether the name is an outlet's by itself. Others are where they are told something.
        """
        table = self._table
        end, before = table.span(first, last)[1], self._before(first)
        if known:
            if "[" in before and _BRACKET.match(table.text, end):
                return "whole"
            if _CARRIED.search(before) or _CARRIES.match(table.text, end) or _TOLD.search(before):
                return "sentence"
            return "sentence" if _INTERVIEW.search(before) else ""
        if not _NO_OUTLETS.isdisjoint(name.lower().split()) or _MORE.match(table.text, end):
            return ""
        told = _TOLD.search(before) or _SAID_TO.search(before)
        on_air = _ON_AIR.fullmatch(name) and _SAID_ON.search(before)
        return "sentence" if on_air or _INTERVIEW.search(before) or (told and not told["between"]) else ""

    def _before(self, first: int) -> str:
        """Return the text before a word in its sentence, the last `_SPAN` letters of it."""
        table = self._table
        start, begin = int(table.starts[first]), first
        while begin and table.sentence[begin - 1] == table.sentence[first] and table.starts[begin] > start - _SPAN:
            begin -= 1
        return table.text[max(int(table.starts[begin]), start - _SPAN) : start]


def citing(table: WordTable, cue: Span) -> str | None:
    """Return whom the speaker names as their source in the sentence of the cue: `citing unnamed officials`.

    Only who or what can say something is a source, not a fact that is pointed to: `citing a trip`.
    """
    word = min(table.covered(cue)[0], len(table) - 1)
    inside = table.sentence == table.sentence[word]
    start, end = int(table.starts[inside][0]), int(table.ends[inside][-1])
    match = _CITED.search(table.text, start, end)
    if match is None or cue[0] <= match.start() < cue[1]:
        return None
    cited = match[1].strip(" \"“”‘’'")
    entity = any(table.entity[n] >= 0 for n in range(*table.covered(match.span(1))))
    return cited if _SAYS.search(cited.lower()) or (entity and "’s " not in cited and "'s " not in cited) else None


def same_outlet(name: str, own: str | None) -> bool:
    """Return whether two spellings name one outlet."""
    if own is None:
        return False
    mine, other = by_name(own), by_name(name)
    return (mine is not None and mine == other) or _plain(name) == _plain(own)


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.casefold())
