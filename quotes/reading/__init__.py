"""Sources become `Article`s."""

from .finding import Found, find
from .sources import Asked, Fetched, Read, Unchanged, articles
from .text import read_article

__all__ = ["Asked", "Fetched", "Found", "Read", "Unchanged", "articles", "find", "read_article"]
