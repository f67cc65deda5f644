"""Across articles: which speakers are one, and which quotes are the same words."""
