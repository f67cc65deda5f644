"""Letters that Unicode does not take apart into a plain one and an accent, and how English writes them.

One table, for the names that are linked and the words that are searched. anyascii, the library for this, writes e for
the ə of "Əliyev", has one spelling only for the đ of "Đoković", and takes other scripts apart as well.
"""

from __future__ import annotations

import unicodedata

_LETTERS = """
ø o oe|đ d dj|ł l|ð d|þ th|ß ss|æ ae|œ oe|ə a e|ħ h|ı i|ŋ ng n|ŧ t|ĸ q|ǥ g|ɓ b|ɗ d|ƙ k|ƴ y|ɖ d|ƒ f|ɣ gh g|ɔ o|ɛ e
ǝ e|ɩ i|ɨ i|ɲ ny n|ɵ o|ʋ v|ʊ u|ʉ u|ƣ gh|ʃ sh|ʒ zh z|ƶ z|ƀ b|ȼ c|ɇ e|ɉ j|ƚ l|ɍ r|ɏ y|ⱥ a|ⱦ t|ǿ o oe|ǽ ae|ǯ zh z
ĳ ij|ŀ l|ŉ n|ǆ dz|ǅ Dz|ǉ lj|ǈ Lj|ǌ nj|ǋ Nj|ǳ dz|ǲ Dz|ẞ SS|ﬀ ff|ﬁ fi|ﬂ fl|ﬃ ffi|ﬄ ffl|ﬅ st|ﬆ st
ä ä ae|ö ö oe|ü ü ue|å å aa
"""
"""Letters, what stands for them, and what else does. Of the last row Unicode knows the first."""
_SIGNS = {"ʻ": ("", "'"), "ʼ": ("'", ""), "ʾ": ("", "'"), "ʿ": ("", "'"), "\xad": ("", "")}
"""That Unicode counts among letters: in Hawaiian, Navajo and Arabic names; and the hyphen that nobody sees."""


def _readings() -> dict[str, tuple[str, str]]:
    found = dict(_SIGNS)
    for entry in "|".join(_LETTERS.split("\n")).strip("|").split("|"):
        letter, plain, *other = entry.split()
        found[letter] = plain, other[0] if other else plain
        capital = letter.upper()
        if capital != letter and capital.lower() == letter:
            found.setdefault(capital, (plain.capitalize(), found[letter][1].capitalize()))
    return found


PLAIN = {letter: plain for letter, (plain, _) in _readings().items() if plain != letter}
"""Letters, and what is written in their place."""
OTHERWISE = {letter: other for letter, (plain, other) in _readings().items() if other != plain}
"""Letters that some write otherwise."""
_PLAIN, _OTHERWISE = str.maketrans(PLAIN), str.maketrans(OTHERWISE)


def plain_letters(text: str) -> str:
    """Return a text with other letters in the place of those in `PLAIN`; accents stay."""
    return text if text.isascii() else text.translate(_PLAIN)


def spellings(word: str) -> tuple[str, ...]:
    """Return the ways to spell a word, as it stands first: `Đorđe`, `Dorde`, `Djordje`."""
    if word.isascii():
        return (word,)
    whole = unicodedata.normalize("NFC", word)
    plain, other = whole.translate(_PLAIN), whole.translate(_OTHERWISE).translate(_PLAIN)
    return tuple(dict.fromkeys((whole, plain, other)))


def folded(*texts: str | None) -> str | None:
    """Return the lines of texts that can be spelled otherwise, as they are then; None if there are none.

    What full-text search has to look through as well: SQLite's tokenizer takes off accents, and no more.
    """
    lines = (line for text in texts if text and not text.isascii() for line in text.splitlines())
    return "\n".join(other for line in lines for other in spellings(line)[1:]) or None
