"""Sources become `Article`s."""

from .file_finding import Found, find
from .formats.text import read_article
from .sources import Asked, Fetched, Read, Unchanged, articles

__all__ = ["Asked", "Fetched", "Found", "Read", "Unchanged", "articles", "find", "read_article"]
