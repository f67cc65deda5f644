"""The quotes of a new text beside the same words in a database: who printed them before, and what was changed.

Nothing is written. What is found is a hint to look: words may have been said twice, and articles may be wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from sqlite_utils import Database

from ..lexicon.content_words import NEGATIONS
from ..records import Quote, Speaker
from .people.organizations import organization_key
from .people.person_names import agreement, name_words
from .wordings.differences import Difference
from .wordings.sayings import sayings
from .wordings.word_changes import Piece, word_changes
from .wordings.wording_index import Wordings

Relation = Literal["conflict", "cut", "longer", "overlaps", "same"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
MOST = 20
"""Printings of one saying that are told, those that matter most first."""
MOST_OF_VARIANT = 20
"""Of a form that many printed, the first so many are looked at."""

_PRINTED = """
SELECT sayings.quote_id, quotes.article_id, sayings.wording_id, sayings.text, speakers.name AS speaker,
       speakers.kind AS speaker_kind, outlets.name AS outlet, quotes.published, articles.title,
       coalesce(articles.url, articles.source) AS source
FROM sayings
JOIN quotes ON quotes.id = sayings.quote_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN speakers ON speakers.id = quotes.speaker_id
LEFT JOIN outlets ON outlets.id = quotes.outlet_id
WHERE sayings.variant_id = :variant AND articles.sha256 <> :sha256
    AND (:url IS NULL OR articles.url IS NOT :url)
ORDER BY quotes.published IS NULL, quotes.published, quotes.id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Printing:
    """Where the words of a saying stand in the database, and how those of the text differ.

    relation (Relation): The text has the same words; it `cut`s what was printed there; it has more of them (`longer`);
        both have a part in common (`overlaps`); or they differ in what matters (`conflict`).
    differences (tuple[Difference, ...]): In what they are in conflict; `negation` too where the text leaves out the
        negation of the sentence that it cuts.
    other_speaker (bool | None): Whether it is given to another; None where either has no name.
    words (str): As they were printed there.
    changes (tuple[Piece, ...]): The words of the text, with those that they leave out, or put in, against these.
    """

    relation: Relation
    differences: tuple[Difference, ...]
    other_speaker: bool | None
    words: str
    changes: tuple[Piece, ...]
    speaker: str | None
    outlet: str | None
    published: str | None
    title: str | None
    source: str
    quote_id: int
    article_id: int
    wording_id: int

    @property
    def rank(self) -> tuple[int, int, bool]:
        """What matters more comes first: a conflict, a negation that is cut off, another speaker, words cut."""
        severity = 0 if self.relation == "conflict" else 1 if self.differences else 2 if self.other_speaker else 3
        return severity, RELATIONS.index(self.relation), self.published is None


@dataclass(frozen=True, slots=True)
class Trace:
    """A saying of a text, and where its words were printed before.

    speaker (str | None): Whom the text gives it to; None too where nobody looked.
    start, end (int): Its place in the text, end exclusive.
    printings (tuple[Printing, ...]): Those that matter most first, then the earliest.
    more (int): How many more there are.
    """

    text: str
    speaker: str | None
    start: int
    end: int
    printings: tuple[Printing, ...]
    more: int = 0

    @property
    def rank(self) -> tuple[int, int, bool]:
        """That of the first printing; what was not printed before comes last."""
        return self.printings[0].rank if self.printings else (9, 0, True)


def trace(db: Database, quotes: Collection[Quote], *, sha256: str = "", url: str | None = None) -> Iterator[Trace]:
    """Yield the sayings of quotes that can be told by their words, in their order, with where they were printed before.

    sha256, url (str | None): Of the article that the quotes are of: if the database has it, it is left out.
    """
    wordings = Wordings(db)
    for quote in quotes:
        for saying in sayings(quote):
            if saying.form is None:
                continue
            found: dict[int, Printing] = {}
            for printing in _printings(db, wordings, quote, saying.form, {"sha256": sha256, "url": url}):
                before = found.get(printing.quote_id, printing)
                found[printing.quote_id] = min(before, printing, key=lambda one: one.rank)
            ranked = sorted(found.values(), key=lambda one: (one.rank, one.published or "", one.quote_id))
            # What has changed word by word takes longer than all else.
            told = (
                replace(one, changes=tuple(word_changes(one.words, [saying.text])[saying.text]))
                for one in ranked[:MOST]
            )
            speaker = quote.speaker.name if quote.speaker else None
            more = max(0, len(ranked) - MOST)
            yield Trace(saying.text, speaker, saying.start, saying.end, tuple(told), more)


def _printings(
    db: Database, wordings: Wordings, quote: Quote, said: str, article: Mapping[str, str | None]
) -> Iterator[Printing]:
    """Yield where words like a normal form stand, without their changes."""
    for variant, form, alike in wordings.like(said):
        relation, differs = _relation(alike.kind, said, form), alike.differences
        if relation == "cut" and _negations(form) > _negations(said):
            differs = ("negation",)
        for row in db.query(_PRINTED, {**article, "variant": variant, "most": MOST_OF_VARIANT}):
            is_of_other = is_other(quote.speaker, row["speaker"], row.pop("speaker_kind"))
            yield Printing(relation, differs, is_of_other, row.pop("text"), (), **row)


def is_other(speaker: Speaker | None, name: str | None, kind: str | None) -> bool | None:
    """Return whether a named person or organization is not the one in the database; None if either has no name."""
    named = ("person", "organization")
    if speaker is None or name is None or speaker.kind not in named or kind not in named:
        return None
    if speaker.kind != kind:
        return True
    if kind == "organization":
        return organization_key(speaker.name) != organization_key(name)
    one, other = name_words(speaker.name), name_words(name)
    return not one or not other or agreement(one, other) == "no"


def _relation(kind: str, form: str, printed: str) -> Relation:
    """Return how the words of the text stand to those that were printed."""
    if kind == "conflict":
        return "conflict"
    if kind == "contains":
        return "cut" if len(form.split()) < len(printed.split()) else "longer"
    return "overlaps" if kind == "overlaps" else "same"


def _negations(form: str) -> int:
    return sum(word.lower() in NEGATIONS for word in form.split())
