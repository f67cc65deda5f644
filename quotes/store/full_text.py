"""Queries for SQLite's full-text search, from whatever words somebody types."""

from __future__ import annotations


def fts_query(words: str) -> str:
    """Return words as a query that SQLite's full-text search can't misread: every one in quotes.

    A leading phrase mark pairs with the next one; a lone one counts for nothing.
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
    return " ".join(f'"{term}"' + ("*" if prefix else "") for term, prefix in terms if any(map(str.isalnum, term)))
