"""The words of a saying as they are compared with those of another: no marks, one spelling, names in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ...lexicon.content_words import COMMON, NUMBERS, STOCK_PHRASES
from ...lexicon.plain_letters import without_accents

GAP = "…"
"""Stands in a normal form where words were left out, inserted or replaced: an ellipsis, or a bracket."""
FEWEST_WORDS = 5
"""Shorter quotes are the same by chance: "no comment", "a disgrace"."""
WEIGHT = 9
"""Of the words of a quote that can be told by them: one for each word, two more for each that is not among the most
frequent. Five words with two of these will do, or nine of "we will see what we are going to do there"."""
WEIGHT_BESIDE_STOCK = 13
"""What must be left of a quote with a stock phrase in it: of the families of the victims many speak after it."""

_BROKEN = re.compile(r"\u00ad|[-\u2010](?=[ \t]*[\r\n\u2028])")
_STRAIGHT = str.maketrans("‘’ʼ“”„", "'''\"\"\"")
_LETTER = re.compile(r"[\[(](\w{1,2})[\])](?=\w)|(?<=\w)\[(\w{1,4})\]")
# NFKD makes three full stops of an ellipsis.
_LEFT_OUT = re.compile(r"\[[^\]]{0,200}\]|\([^)]{0,200}\)|\.\s?\.\s?\.(?:\s?\.)?")
_ACRONYM = re.compile(r"\b(?:[A-Za-z]\.){2,}(?![a-z])")
_JOINED = re.compile(r"\b(co|re|pre|non|anti|multi|semi|sub|inter|counter|under|over|post)-(?=[a-z])", re.I)
_COUNTRIES = (
    (re.compile(r"\bUSA?\b"), "United States"),
    (re.compile(r"\bUK\b"), "United Kingdom"),
    (re.compile(r"\bUN\b"), "United Nations"),
    (re.compile(r"\bEU\b"), "European Union"),
)
_CONTRACTIONS = (
    (re.compile(r"\b(?:cannot|can't)\b", re.I), "can not"),
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\b(\w+)n't\b", re.I), r"\1 not"),
    (re.compile(r"\b(it|he|she|that|there|what|who|where|here|how)'s\b", re.I), r"\1 is"),
    (re.compile(r"\blet's\b", re.I), "let us"),
    (re.compile(r"\b(\w+)'re\b", re.I), r"\1 are"),
    (re.compile(r"\b(\w+)'ve\b", re.I), r"\1 have"),
    (re.compile(r"\b(\w+)'ll\b", re.I), r"\1 will"),
    (re.compile(r"\b(\w+)'d\b", re.I), r"\1 would"),
    (re.compile(r"\bI'm\b", re.I), "I am"),
    (re.compile(r"\bgonna\b", re.I), "going to"),
    (re.compile(r"\bwanna\b", re.I), "want to"),
    (re.compile(r"\bper cent\b|%", re.I), " percent"),
    (re.compile(r"(?<=\d),(?=\d{3})"), ""),
    (re.compile(r"(?<=\d)\s?(?:m|mn|mln)\b"), " million"),
    (re.compile(r"(?<=\d)\s?bn\b"), " billion"),
)
_WORD = re.compile(rf"{GAP}|\w+(?:[.:]\d+)*(?:'\w+)*|[.!?:]")
_TENS = frozenset(map(str, range(20, 100, 10)))
_UNITS = frozenset(map(str, range(1, 10)))
_STOPS = frozenset(".!?:")
# British spellings to American ones. What is no word afterwards ("promize") is so on both sides.
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})our(?=s?$|ed$|ing$|able$|ably$|ite|ful|hood|er|less)"), "or"),
    (re.compile(r"is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)(?<=[a-z]{4})"), "iz"),
    (re.compile(r"(?<=[a-z]{3})yse(?=d?$|s$)"), "yze"),
    (re.compile(r"^(cent|theat|met|lit|fib|calib|meag|somb|spect|lust|kilomet|centimet)re(?=s?$)"), r"\1er"),
    (re.compile(r"^(def|off|lic|pret)ence(?=s?$)"), r"\1ense"),
    (re.compile(r"(?<=[a-z]{3})ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z]{4})ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"^programme(?=s?$)"), "program"),
)
_SPELLED = {
    "grey": "gray", "tyre": "tire", "tyres": "tires", "cheque": "check", "kerb": "curb", "judgement": "judgment",
    "ageing": "aging", "whilst": "while", "amongst": "among", "towards": "toward", "learnt": "learned",
    "burnt": "burned", "spelt": "spelled", "dreamt": "dreamed", "mum": "mom", "sceptic": "skeptic",
    "sceptical": "skeptical", "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "storey": "story",
    "paediatric": "pediatric", "aluminium": "aluminum", "ok": "okay", "kiev": "kyiv", "enrol": "enroll",
    "fulfil": "fulfill", "instalment": "installment", "jewellery": "jewelry", "pyjamas": "pajamas",
    "plough": "plow", "draught": "draft", "afterwards": "afterward", "got": "gotten", "artefact": "artifact",
}  # fmt: skip


def normal_form(text: str) -> str | None:
    """Return words in their normal form; None for those that nothing can be told by: too few, or what everybody says.

    One space between words, `…` where some were left out, inserted or replaced. Names begin with
    a capital, all else is small; spelling is American, contractions are spelled out, numbers are
    digits.
    """
    words = _words(text)
    return " ".join(words) if is_telling([word.lower() for word in words if word != GAP]) else None


def is_telling(words: list[str]) -> bool:
    """Return whether words, in small letters, are enough to know a saying by."""
    left = without_stock_phrases(words)
    wanted = WEIGHT if len(left) == len(words) else WEIGHT_BESIDE_STOCK
    return len(left) >= FEWEST_WORDS and weight(left) >= wanted


def weight(words: Iterable[str]) -> int:
    """Return how much words, in small letters, tell: one for a frequent word, three for another."""
    return sum(1 if word in COMMON else 3 for word in words)


def without_stock_phrases(words: list[str]) -> list[str]:
    """Return words, in small letters, without those that are of a phrase that everybody uses."""
    starts = _stock_phrases()
    left, n = [], 0
    while n < len(words):
        phrase = next((p for p in starts.get(words[n], ()) if tuple(words[n : n + len(p)]) == p), None)
        if phrase is None:
            left.append(words[n])
        n += len(phrase or (0,))
    return left


@cache
def _stock_phrases() -> dict[str, list[tuple[str, ...]]]:
    starts: dict[str, list[tuple[str, ...]]] = {}
    for phrase in STOCK_PHRASES:
        starts.setdefault(phrase[0], []).append(phrase)
    return starts


def _whole(text: str) -> str:
    """Return a text with the words that the end of a line, or a soft hyphen, has broken put together."""
    if not _BROKEN.search(text):
        return text
    from ...pipeline.hyphenation import whole_words  # here: it takes spaCy along

    return whole_words(text)[0]


def _words(text: str) -> list[str]:
    text = without_accents(_whole(text).translate(_STRAIGHT))
    text = _LETTER.sub(lambda match: match[1] or match[2], text)
    text = _LEFT_OUT.sub(f" {GAP} ", text)
    text = _ACRONYM.sub(lambda match: match[0].replace(".", ""), text)
    text = _JOINED.sub(r"\1", text)
    is_shouted = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    if is_shouted:
        text = text.lower()
    for pattern, name in _COUNTRIES:
        text = pattern.sub(name, text)
    for pattern, written in _CONTRACTIONS:
        text = pattern.sub(written, text)
    words: list[str] = []
    is_start = True
    for written in _WORD.findall(text):
        if written in _STOPS:
            is_start = True
        elif written == GAP:
            words += [GAP] if words and words[-1] != GAP else []
        else:
            word = _spelled(written.lower().removesuffix("'s"))
            # A word that begins a sentence is a name if it is no frequent word; "Will" is not to be told.
            is_name = written[0].isupper() and not (is_start and word in COMMON) and word != "i"
            if words and words[-1] in _TENS and word in _UNITS:
                word = str(int(words.pop()) + int(word))
            words.append(word.capitalize() if is_name else word)
            is_start = False
    return words[:-1] if words and words[-1] == GAP else words


@lru_cache(maxsize=65_536)
def _spelled(word: str) -> str:
    if word in NUMBERS:
        return NUMBERS[word]
    if word in _SPELLED:
        return _SPELLED[word]
    for pattern, american in _SPELLINGS:
        word = pattern.sub(american, word)
    return word
