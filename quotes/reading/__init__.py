"""Sources become `Article`s."""

from .files import Found, find
from .text import read_article

__all__ = ["Found", "find", "read_article"]
