"""Names out of bylines as pages write them: without roles, places, outlets and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...lexicon.name_particles import SMALL_WORDS
from ...outlets.directory import agency, by_name
from ...records import Outlet

_LABEL = re.compile(
    r"^\W*(?:(?:(?:article|story|report|reporting|interview|analysis|opinion|text|words?|written|reported|posted"
    r"|published|submitted|created|contributed|compiled|edited)\s+)*by\b|(?:authors?|words|text|reporter)\s*:)[\s:]*",
    re.I,
)
_OTHERS = re.compile(r"[;.,\s]*\b(?:additional|edit(?:ing|ed)|photo(?:graph)?s?|pictures?|video|graphics?)\b.*$", re.I)
_PARTS = re.compile(r"\s*(?:[,;|/•·&\n]|\s[-–—]\s|\b(?:and|with)\b(?=\s))\s*", re.I)
# `Jane Doe in Port Ellery`, `Jane Doe for the Post`, `Jane Doe (Reuters)`, `Jane Doe @jane`.
_AFTER_NAME = re.compile(
    r"\s+(?:in|for|at|of|from|is|on|covers|updated|published|posted)\b.*$|\s*[(\[@#:<].*$|\s\S*@.*$"
)
_IN_PLACE = re.compile(r"\s+in\s+(?-i:[A-Z]).*$")  # `Associated Press in Port Ellery`
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\.(?:com|org|net|co\.uk)\b", re.I)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii)\.?$", re.I)
_WORD = re.compile(r"[^\W\d_][^\W\d_.'’ʼ-]*(?:[.'’ʼ-]+[^\W\d_]*)*")
# What makes it a role, a desk or a house, and no person.
_NOBODY = frozenset(
    "admin administrator agencies agency analyst anchor associated bloggers board broadcaster bureau chief columnist"
    " commentary contributor contributors correspondent correspondents critic desk digital editor editorial editors"
    " editor-in-chief guest magazine media network news newsdesk newspaper newspapers newsroom newswire online press"
    " producer report reporter reporters service services sponsored staff team unknown user videographer web webdesk"
    " webmaster wire wires writer writers anonymous".split()
)
_LONGEST = 300
_WORDS_OF_A_NAME = range(2, 6)


def names_in(byline: str, outlet: Outlet | None = None) -> list[str]:
    """Return the names of people in a byline: `By Jane Doe and John Roe, Associated Press` has two.

    outlet (Outlet | None): Whose page it is; its name is no person's.
    """
    if len(byline) > _LONGEST:
        return []
    text = _OTHERS.sub("", _LABEL.sub("", " ".join(byline.split()).strip("[]\"' ")))
    found: list[str] = []
    parts = [part for part in _PARTS.split(text) if part]
    for part in parts:
        if _SUFFIX.match(part) and found:
            found[-1] = f"{found[-1]}, {part}"
            continue
        name = _AFTER_NAME.sub("", _LABEL.sub("", part)).strip(" .*'\"")
        if not _ADDRESS.search(name) and _is_name(name, len(parts) == 1, outlet):
            found.append(f"{name}." if part.endswith(("Jr.", "Sr.")) else name)
    return found


def agency_in(byline: str) -> Outlet | None:
    """Return the news agency that a byline or credit names, or None."""
    if len(byline) > _LONGEST:
        return None
    text = re.sub(r"^\W*(?:(?:source|provider|copyright|credit|via|by)\b|©|\(c\))[\s:©\d-]*", "", byline, flags=re.I)
    parts = [text, *_PARTS.split(text), *re.findall(r"\(([^()]{2,40})\)", text)]
    parts += [_IN_PLACE.sub("", part) for part in parts]
    return next(filter(None, (agency(part.strip(" .()")) for part in parts)), None)


def joined(names: Iterable[str]) -> str | None:
    """Return names as a byline: `A`, `A and B`, `A, B and C`; None if there is none."""
    unique = list(dict.fromkeys(names))
    if len(unique) < 2:
        return unique[0] if unique else None
    return f"{', '.join(unique[:-1])} and {unique[-1]}"


def _is_name(name: str, alone: bool, outlet: Outlet | None) -> bool:
    words = name.split()
    if not (len(words) in _WORDS_OF_A_NAME or (alone and len(words) == 1 and name[:1].isupper() and name.isalpha())):
        return False
    if by_name(name) or (outlet and name.casefold() == outlet.name.casefold()):
        return False
    if not name[0].isalpha() or not all(map(_WORD.fullmatch, words)):
        return False
    if {word.lower() for word in words} & _NOBODY or words[0].lower() == "the":
        return False
    return all(word[0].isupper() or word.lower() in SMALL_WORDS or not word[0].islower() for word in words) and (
        not words[-1].islower()
    )
