"""Sources become `Article`s."""

from .sources import articles
from .files import Found, find
from .text import read_article

__all__ = ["Found", "articles", "find", "read_article"]
