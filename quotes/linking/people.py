"""One speaker, however the articles write the name."""

from __future__ import annotations

import re
import unicodedata

from ..records import Article, Speaker


def speaker_key(speaker: Speaker, article: Article) -> str:
    """Return what makes a speaker the same one in another article.

    Names of people and organisations are the same when they are so without case, accents,
    hyphens and a leading "the". An unnamed source or a document is one only within its article:
    "a senior official" here is not "a senior official" there.
    """
    name = plain_name(speaker.name)
    if speaker.kind in ("person", "organization"):
        return f"{speaker.kind}:{name}"
    return f"{speaker.kind}:{name}:{article.url or article.sha256}"


def plain_name(name: str) -> str:
    """Return a name in lower case, without accents, hyphens, full stops and a leading "the".

    Initials stand together: "J. D. Vance" is "J.D. Vance".
    """
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()
    words = re.findall(r"\w+", re.sub(r"['’ʼ.]", "", bare))
    plain = " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", plain)
