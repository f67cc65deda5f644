"""Where files lie that were named by absolute paths: beside the database, not in it, since that is published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MOST = 100
"""Folders that are kept, the latest first."""


def places_file(db: Path) -> Path:
    """Return where they are kept: `quotes.db-folders` beside `quotes.db`."""
    return db.with_name(f"{db.name}-folders")


def folders(db: Path) -> list[str]:
    """Return the folders in which articles of a database were found, the latest first."""
    try:
        kept = json.loads(places_file(db).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [folder for folder in kept if isinstance(folder, str)] if isinstance(kept, list) else []


def keep_folders(db: Path, paths: Iterable[str]) -> None:
    """Keep the folders in which files lie, for `quotes retry`; where nothing can be written they are not kept.

    paths (Iterable[str]): Absolute ones.
    """
    before = folders(db)
    kept = list(dict.fromkeys([*(str(Path(path).parent) for path in paths), *before]))[:MOST]
    if kept != before:
        with suppress(OSError):
            places_file(db).write_text(json.dumps(kept, indent=1), encoding="utf-8")
