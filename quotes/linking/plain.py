"""Names in plain letters."""

from __future__ import annotations

import re
import unicodedata

_BARRED = str.maketrans("øØłŁđĐıŧŦ", "oOlLdDitT")  # letters that no accent can be taken off


def plain_name(name: str) -> str:
    """Return a name in lower case, without accents, hyphens, full stops and a leading "the".

    Initials stand together: "J. D. Vance" is "J.D. Vance".
    """
    letters = unicodedata.normalize("NFKD", name.translate(_BARRED))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()
    # A full stop ends an initial ("L.Oyun-Erdene") but for the stops of "Ph.D".
    words = re.findall(r"\w+", re.sub(r"['’ʼ]", "", bare))
    plain = " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", plain)
