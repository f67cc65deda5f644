"""The same words given to different speakers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Attribution:
    """To whom an outlet gives the words, and in which form."""

    speaker: str
    text: str
    outlet: str | None
    published: str | None
    article_id: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A wording whose quotes have different speakers, each a person or an organization.

    wording (int): Its id.
    words (str): Of its fullest variant.
    """

    wording: int
    words: str
    attributions: tuple[Attribution, ...]


def disagreements(db: Database, limit: int) -> Iterator[Disagreement]:
    """Yield the wordings that are given to different speakers, those in most outlets first."""
    rows = db.execute(
        """
        SELECT wording_id, words, speaker, said, outlet, published, article_id FROM disagreements
        JOIN (SELECT id AS wording_id, outlets AS printed FROM wordings
            WHERE speakers > 1 ORDER BY outlets DESC, quotes DESC, id LIMIT ?) USING (wording_id)
        ORDER BY printed DESC, wording_id, published, quote_id
        """,
        [limit],
    )
    for (wording, words), attributed in groupby(rows, key=lambda row: row[:2]):
        yield Disagreement(wording, words, tuple(Attribution(*row[2:]) for row in attributed))
