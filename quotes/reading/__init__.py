"""Sources become `Article`s."""

from .file_finding import Found, find
from .formats.text import read_article
from .sources import Fetched, Read, ReadOptions, Unchanged, articles, articles_in

__all__ = ["Fetched", "Found", "Read", "ReadOptions", "Unchanged", "articles", "articles_in", "find", "read_article"]
