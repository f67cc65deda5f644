"""What became of an article's quotes in its new version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlite_utils import Database

ChangeKind = Literal["appeared", "vanished", "reworded"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

Said = tuple[str, str | None]
"""The words of a quote, and its speaker's name."""

REWORDED = 60
"""Per cent of likeness (rapidfuzz's ratio) from which two quotes are one that was reworded: half of the words changed
leave some 50, a clause that was cut some 70."""


@dataclass(frozen=True, slots=True)
class Change:
    """A quote that another version of an article has, lacks, or has in other words or of another speaker.

    before, after (Said | None): None where there is none.
    """

    kind: ChangeKind
    before: Said | None
    after: Said | None


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change as it is stored, with its article."""

    article: str
    outlet: str | None
    changed_at: str
    kind: str
    before: str | None
    after: str | None
    speaker_before: str | None
    speaker_after: str | None


def changes(before: Sequence[Said], after: Sequence[Said]) -> list[Change]:
    """Return what differs between the quotes of an article's old version and those of its new one."""
    from rapidfuzz import fuzz, process

    left, new = list(before), []
    for said in after:
        if said in left:
            left.remove(said)
        else:
            new.append(said)
    found = []
    for said in new:
        like = process.extractOne(said[0], [words for words, _ in left], scorer=fuzz.ratio, score_cutoff=REWORDED)
        found.append(Change("reworded", left.pop(like[2]), said) if like else Change("appeared", None, said))
    return found + [Change("vanished", said, None) for said in left]


def stored_changes(db: Database, limit: int) -> Iterator[StoredChange]:
    """Yield the changes that were recorded, the latest first."""
    rows = db.query(
        """
        SELECT coalesce(articles.title, articles.url, articles.source) AS article, outlets.name AS outlet,
               changed_at, quote_changes.kind, before, after, speaker_before, speaker_after
        FROM quote_changes
        JOIN articles ON articles.id = article_id
        LEFT JOIN outlets ON outlets.id = outlet_id
        ORDER BY quote_changes.id DESC LIMIT ?
        """,
        [limit],
    )
    yield from (StoredChange(**row) for row in rows)
