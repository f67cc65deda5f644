"""What each word is to a cue."""

from __future__ import annotations

FARTHEST = 7
"""Classes of distance to each side of a cue: 1, 2 to 3, 4 to 7 ... words, the last 64 and more."""
