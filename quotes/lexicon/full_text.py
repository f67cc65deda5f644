"""Queries for SQLite's full-text search, from whatever words somebody types."""

from __future__ import annotations

from .letters import spellings


def fts_query(words: str) -> str:
    """Return words as a query that SQLite's full-text search can't misread: every one in quotes.

    A leading phrase mark pairs with the next one; a lone one counts for nothing. A word with letters that are not plain
    finds its other spellings too: `Łódź` finds "Lodz", as `lodz` finds "Łódź" by what is in the index.
    """
    # SQLite reads a query up to its first zero byte, and half a surrogate pair not at all.
    words = words.replace("\0", " ").encode("utf-8", "replace").decode()
    phrases = words.replace("“", '"').replace("”", '"').split('"')
    terms = []
    for n, part in enumerate(phrases):
        if n % 2 and n < len(phrases) - 1:
            terms.append((part.strip(), False))
        else:
            terms += [(word.rstrip("*"), word.endswith("*")) for word in part.split()]
    wanted = [
        [f'"{spelling}"' + ("*" if prefix else "") for spelling in spellings(term) if any(map(str.isalnum, spelling))]
        for term, prefix in terms
        if any(map(str.isalnum, term))
    ]
    return " AND ".join(" OR ".join(some) if len(some) == 1 else f"({' OR '.join(some)})" for some in wanted)
