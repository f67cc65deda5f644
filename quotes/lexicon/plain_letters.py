"""Names, and other texts, in plain letters."""

from __future__ import annotations

import re
import unicodedata

from .letters import plain_letters


def without_accents(text: str) -> str:
    """Return a text without accents, its letters and signs in their compatible forms (NFKD), ł, ð and æ as English
    writes them."""
    if text.isascii():
        return text
    # Letters first, which NFKD would part otherwise, and after it those with a mark more ("ǽ").
    parted = unicodedata.normalize("NFKD", plain_letters(unicodedata.normalize("NFC", text)))
    return plain_letters("".join(sign for sign in parted if not unicodedata.combining(sign)))


def plain_name(name: str) -> str:
    """Return a name in lower case, without accents, hyphens, full stops and a leading "the".

    Initials stand together: "J. D. Vance" is "J.D. Vance".
    """
    bare = without_accents(name).casefold()
    # A full stop ends an initial ("L.Oyun-Erdene") but for the stops of "Ph.D".
    words = re.findall(r"\w+", re.sub(r"['’ʼ]", "", bare))
    plain = " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", plain)
