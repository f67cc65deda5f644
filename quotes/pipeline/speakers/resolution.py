"""The component `speaker_resolver`: who said what was said, over the whole article.

The statements of an article are read in order. For each, small networks and boosted trees rank the candidates of the
cast, the mention of the source itself among them, and nobody; they were trained on the marginal likelihood of all
candidates that a reader would take for the speaker (as Lee et al. 2017 train coreference).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from ...lexicon.source_nouns import DOCUMENTS
from ...records import SPEAKER_KINDS, Article, MentionKind, Speaker, SpeakerKind
from ...spans.overlaps import Overlaps
from ...spans.paragraphs import paragraphs
from ..annotations import records_on_doc
from ..language.heads import Head, Matrix
from ..language.label_spans import likelihoods
from ..language.marks import DOUBLE, SINGLE
from ..language.sessions import session_of
from ..language.words import Words
from ..quotation.statements import Statement
from ..turns.title_lines import title_lines
from ..word_table import WordTable
from .candidates import Candidate, Phrase, without_article
from .cast import cast_of
from .clues.scene import Utterance
from .comparison import Compared, Comparison
from .gender import gender_of
from .mention_kinds import PRONOUNS, antecedent, is_somebody, mention_kind, whole
from .roles import role_of
from .speaker_names import (
    RoleLabels,
    author_of,
    is_narrator,
    named_speaker,
    titled_speaker,
    unsigned_document,
    without_byline,
)
from .told_again import told_again

_MENTION_KINDS: dict[str, MentionKind] = {
    "none": "none", "person": "name", "organization": "name",
}  # fmt: skip
_LONGEST_NAME = 120
"""Characters."""
_CERTAIN = 0.99
"""Likelihood of a speaker whom a turn names."""
_NOT_TOLD = 0.5
"""Likelihood that nobody is told of who wrote an article without a byline: some are signed at their end."""
_NAMED = 0.98
"""Share of the speakers who are named at their quote that are right."""
_AGAIN = 2
_INNER = 12
"""Utterances within another that are looked through for it; the work stays linear."""
_LONGEST_INITIALS = 3
"""Letters."""
_SURE = 0.8
"""Likelihood from which a pronoun shows the gender of whom it was taken to mean."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who said a statement.

    speaker (Speaker | None): None where the article does not tell.
    mention_kind (MentionKind): What sort of words its source is.
    likelihood (float): 0 to 1.
    """

    speaker: Speaker | None
    mention_kind: MentionKind
    likelihood: float


@Language.factory(
    "speaker_resolver", assigns=["doc._.resolved", "doc.spans"], requires=["doc._.statements", "doc.tensor", "doc.ents"]
)
def make_resolver(nlp: Language, name: str) -> SpeakerResolver:
    """Return the component, without weights until `from_disk`."""
    return SpeakerResolver(nlp.vocab, name)


class SpeakerResolver(Head):
    """Sets `doc._.resolved`, a `Resolved` for each of `doc._.statements`, and the mentions of each speaker.

    These stand in `doc.spans` under `coref_clusters_1` and so on, as those of spaCy's own coreference do.
    """

    def prepare(self) -> None:
        """Make the records known to a Doc, and the trees ready."""
        records_on_doc("resolved", record=Resolved)
        self._trees = session_of(self.graph)

    def annotate(self, doc: Doc, words: Words, vectors: Matrix) -> None:
        """Find who said each statement."""
        statements: Sequence[Statement] = doc._.statements
        if not statements:
            doc._.resolved = ()
            return
        table = WordTable.of(doc)
        utterances = [utterance(table, statement) for statement in statements]
        cast = cast_of(table, [said.mention for said in utterances])
        narrated = [n for n, said in enumerate(utterances) if is_narrator(table, said.mention)]
        author = author_of(table, cast, doc._.article) if narrated else None
        if author is None:
            cast = without_byline(table, cast, doc._.article)
        narrator = (-1, _NOT_TOLD) if author is None else (cast.index(author), _CERTAIN)
        titles = _titles(table.text, doc._.article)
        given = dict.fromkeys(narrated, narrator) | self._given(table, cast, statements, utterances, titles)
        comparison = Comparison(table, cast)
        chosen, likely = self.choose(comparison, utterances, given)
        settled = {n for n, (candidate, _) in given.items() if candidate < 0 or cast[candidate].kind == "person"}
        in_titles = {n for n, statement in enumerate(statements) if titles.touch(statement.spans[0])}
        unsettled = {n for n in in_titles - settled if _may_be_told_again(comparison, utterances[n].mention)}
        for n, again in told_again(table.text, statements, doc._.marks, unsettled):
            if chosen[again] >= 0 and cast[chosen[again]].kind != "description":
                chosen[n], likely[n] = chosen[again], likely[again]
        spoke_as: dict[int, set[int]] = {}
        for n, said, likelihood in zip(chosen, utterances, likely, strict=True):
            if said.mention and said.mention[1] - said.mention[0] == 1 and likelihood >= _SURE:
                spoke_as.setdefault(n, set()).add(said.mention[0])
        # The first words may be the speaker again: `Moss said she knew`, `that he knew`.
        reported = {word for said in utterances for word in range(said.first + _AGAIN, said.last)}
        speakers = {n: self._speaker(table, cast[n], spoke_as.get(n, ()), reported) for n in set(chosen) if n >= 0}
        doc._.resolved = tuple(
            Resolved(speakers.get(n), _kind_of(mention_kind(table, said.mention)), likelihood)
            for n, said, likelihood in zip(chosen, utterances, likely, strict=True)
        )
        self._note_clusters(doc, words, cast, chosen, utterances)

    def _given(
        self,
        table: WordTable,
        cast: Sequence[Candidate],
        statements: Sequence[Statement],
        utterances: Sequence[Utterance],
        titles: Overlaps,
    ) -> dict[int, tuple[int, float]]:
        """Return the candidates of the utterances whose form says who speaks: turns, headlines, documents."""
        found: dict[int, int | None] = {}
        labelled = RoleLabels(table, cast)
        for n, (statement, said) in enumerate(zip(statements, utterances, strict=True)):
            if statement.turn and statement.turn.certain:
                found[n] = named_speaker(table, cast, said.mention)
            elif said.mention:
                found[n] = labelled.speaker(said.mention) if _is_labelled(table.text, statement) else None
                if found[n] is None:
                    found[n] = unsigned_document(table, cast, said.mention)
                if found[n] is None and titles.touch(table.span(*said.mention)):
                    found[n] = titled_speaker(table, cast, said.mention)
        return {n: (candidate, _CERTAIN) for n, candidate in found.items() if candidate is not None}

    def choose(
        self,
        comparison: Comparison,
        utterances: Sequence[Utterance],
        given: Mapping[int, tuple[int, float]] = MappingProxyType({}),
    ) -> tuple[list[int], list[float]]:
        """Return the candidate of each utterance, -1 for nobody, and how likely it is.

        `I` within a quotation is who is quoted, as far as that is known.

        given (Mapping[int, tuple[int, float]]): The candidates of those that need no ranking, and how likely they are.
        """
        chosen: list[int] = []
        likely: list[float] = []
        for n, said in enumerate(utterances):
            if n in given:
                candidate, likelihood = given[n]
                chosen.append(candidate)
                likely.append(likelihood)
                continue
            outer = who_says_i(comparison.table, utterances, n)
            if outer is not None:
                chosen.append(chosen[outer])
                likely.append(likely[outer])
                continue
            named = comparison.certain(said.mention)
            if named is not None:
                chosen.append(named)
                likely.append(_NAMED)
                continue
            compared = comparison.of(utterances, n, chosen)
            scores = likelihoods(self.scores(compared)[None])[0]
            best = int(scores.argmax())
            chosen.append(int(compared.candidates[best]))
            likely.append(float(np.exp(scores[best])))
        return chosen, likely

    def scores(self, compared: Compared) -> Matrix:
        """Return the score of each candidate: the mean of what networks say, and what trees do."""
        mention = np.tanh(self._layer("of_mention", compared.mention[None, None]))
        vectors = np.tanh(self._layer("of_candidate", compared.vectors[None]))
        pairs = self.weights["pair.weight"][:, compared.pairs]
        numbers = np.broadcast_to(compared.numbers, (*pairs.shape[:2], compared.numbers.shape[1]))
        x = np.concatenate([numbers, pairs, np.broadcast_to(mention, vectors.shape), vectors, mention * vectors], 2)
        x = np.maximum(self._layer("first", x), 0)
        x = np.maximum(self._layer("second", x), 0)
        found: Matrix = (self._layer("score", x)[..., 0].mean(0) + self._by_trees(compared)) / 2
        return found

    def _by_trees(self, compared: Compared) -> Matrix:
        found: Matrix = self._trees.run(["scores"], {"numbers": compared.side_by_side()})[0][:, 0]
        return found

    def _layer(self, name: str, x: Matrix) -> Matrix:
        """Return rankers x candidates x width, of a layer of each ranker."""
        found: Matrix = x @ self.weights[f"{name}.weight"].transpose(0, 2, 1) + self.weights[f"{name}.bias"][:, None]
        return found

    def _speaker(
        self, table: WordTable, candidate: Candidate, spoke_as: Collection[int], reported: Collection[int]
    ) -> Speaker:
        if candidate.kind not in ("person", "description"):
            return Speaker(candidate.name, "organization")
        kind = "person" if candidate.kind == "person" else self._kind(table, candidate)
        if kind == "organization":
            return Speaker(without_article(candidate.name)[:_LONGEST_NAME], kind)
        name = candidate.name if candidate.kind == "person" else _lowered(table, candidate)[:_LONGEST_NAME]
        if kind == "document":
            return Speaker(name, kind)
        role = role_of(table, candidate) if kind == "person" else None
        return Speaker(name, kind, role, *gender_of(table, candidate, spoke_as, reported))

    def _kind(self, table: WordTable, candidate: Candidate) -> SpeakerKind:
        """Return what a source that is no name of the cast is."""
        first, last = candidate.mentions[0]
        if candidate.head is not None and table.lower[candidate.head] in DOCUMENTS:
            return "document"
        scores = self.linear("kind", table.vectors[first:last].mean(0)[None])[0]
        return SPEAKER_KINDS[int(scores.argmax())]

    def _note_clusters(
        self,
        doc: Doc,
        words: Words,
        cast: Sequence[Candidate],
        chosen: Sequence[int],
        utterances: Sequence[Utterance],
    ) -> None:
        phrases: dict[int, set[Phrase]] = {}
        for n, said in zip(chosen, utterances, strict=True):
            if n >= 0:
                mentions = phrases.setdefault(n, set(cast[n].mentions))
                if said.mention:
                    mentions.add(said.mention)
        for number, n in enumerate(phrases, 1):
            doc.spans[f"coref_clusters_{number}"] = [
                Tokens(doc, int(words.tokens[first]), int(words.tokens[last - 1]) + 1)
                for first, last in sorted(phrases[n])
            ]


def utterance(table: WordTable, statement: Statement) -> Utterance:
    """Return a statement in words."""
    first, last = table.covered((statement.spans[0][0], statement.spans[-1][1]))
    source = statement.turn.speaker if statement.turn and statement.turn.certain else statement.source
    mention = table.covered(source) if source else None
    first = min(first, len(table) - 1)
    mention = whole(table, antecedent(table, mention if mention and mention[0] < mention[1] else None))
    return Utterance(first, max(last, first + 1), mention)


def who_says_i(table: WordTable, utterances: Sequence[Utterance], n: int) -> int | None:
    """Return the utterance in whose quotation marks the `I` stands that is the source of another; None for all else.

    `“She said I looked pale, and I said it was love”`: of 166 such sources in the annotated articles each is the one
    who is quoted.
    """
    mention = utterances[n].mention
    if mention is None or not table.marked[mention[0]] or table.words(*mention) != "I":
        return None
    around = (
        m for m in range(n - 1, max(-1, n - 1 - _INNER), -1) if utterances[m].first <= mention[0] < utterances[m].last
    )
    return next((m for m in around if table.lower[utterances[m].first][0] in DOUBLE + SINGLE), None)


def _may_be_told_again(comparison: Comparison, mention: Phrase | None) -> bool:
    """Whether a headline leaves to the story who is meant: by no name and no pronoun."""
    return comparison.certain(mention) is None and mention_kind(comparison.table, mention) not in PRONOUNS


def _kind_of(kind: str) -> MentionKind:
    return _MENTION_KINDS.get(kind, "description" if kind.startswith(("definite", "indefinite")) else "pronoun")


def _titles(text: str, article: Article | None) -> Overlaps:
    """Return where the headline and subheads stand."""
    places = paragraphs(text)
    return Overlaps(places[n] for n in title_lines(text, places, article.headline if article else None))


def _is_labelled(text: str, statement: Statement) -> bool:
    """Return whether a line is labelled with who says it: `THE MAYOR: I stay.`"""
    turn = statement.turn
    return turn is not None and turn.kind == "direct" and turn.cue is not None and text[slice(*turn.cue)] == ":"


def _lowered(table: WordTable, candidate: Candidate) -> str:
    """Return a description as it stands within a sentence: `the official`, `residents`, `US officials`."""
    name, place = candidate.name, candidate.mentions[0][0]
    last = name.split()[-1]
    if name.isupper() and len(last) > _LONGEST_INITIALS and is_somebody(last.lower()):  # `JOURNALIST: Is it new?`
        return " ".join(word if len(word) <= _LONGEST_INITIALS else word.lower() for word in name.split())
    within = not name.startswith(table.words(place, place + 1))  # `a student named Kay`
    is_name = within or table.entity[place] >= 0 or table.tags[place].startswith("NNP")
    return name if is_name or name[1:2].isupper() else name[0].lower() + name[1:]
