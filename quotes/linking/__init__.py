"""Across articles: which speakers are one, and which quotes are the same words."""

from .people import speaker_key

__all__ = ["speaker_key"]
