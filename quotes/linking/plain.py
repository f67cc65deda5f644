"""Names, and other texts, in plain letters."""

from __future__ import annotations

import re
import unicodedata

_BARRED = str.maketrans("øØłŁđĐıŧŦ", "oOlLdDitT")  # letters that no accent can be taken off


def without_accents(text: str) -> str:
    """Return a text without accents, its letters and signs in their compatible forms (NFKD)."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def plain_name(name: str) -> str:
    """Return a name in lower case, without accents, hyphens, full stops and a leading "the".

    Initials stand together: "J. D. Vance" is "J.D. Vance".
    """
    bare = without_accents(name.translate(_BARRED)).casefold()
    # A full stop ends an initial ("L.Oyun-Erdene") but for the stops of "Ph.D".
    words = re.findall(r"\w+", re.sub(r"['’ʼ]", "", bare))
    plain = " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", plain)
