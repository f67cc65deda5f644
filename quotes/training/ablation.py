"""What each rule written by hand is worth: the pipeline with one of them switched off, out of fold.

The networks stay as they were trained; a rule that pays only because they learned beside it shows here all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from spacy.tokens import Doc

from .. import pipeline
from ..evaluation.gold import GoldArticle, read_gold
from ..evaluation.scoring import Scores
from ..pipeline.language.marks import pair_marks
from .annotated_articles import read

if TYPE_CHECKING:
    from .speech import SpeechRun

FIGURES = ("who said what: F1", "content: F1", "via right")
_SAMPLES = 1000
_NEVER = re.compile(r"(?!)")
_NONE: frozenset[str] = frozenset()

Stage = Literal["marks", "quotation", "speaker_resolver", "assembler"]
Counts = Counter[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and how the pipeline does without it.

    name (str): What it does.
    where (str): The attribute that holds it: a module of `quotes.pipeline` and a name in it.
    instead (Any): What stands there while it is switched off.
    stage (Stage): The first component that it changes anything for.
    """

    name: str
    where: str
    instead: Any
    stage: Stage

    @property
    def module(self) -> Any:
        """The module that holds it."""
        return import_module(f"quotes.pipeline.{self.where.rpartition('.')[0]}")

    @property
    def attribute(self) -> str:
        """The name of the attribute in its module."""
        return self.where.rpartition(".")[2]


def _never(*_: Any) -> bool:
    return False


def _nothing(*_: Any) -> None:
    return None


def _second(_: Any, value: Any, *__: Any) -> Any:
    return value


def _as_pointed(letters: Any, text: str, content: Any, cue: Any, outer: Any, inner: Any) -> Any:
    """Return a content as the network points at it; what has marks in it is mixed, what is all in marks direct."""
    if any(mark.start <= content[0] and content[1] <= mark.end for mark in outer):
        return [(content, "direct")]
    return [(content, "mixed" if outer else "indirect")]


def _with_furniture(of: Callable[..., Any]) -> Callable[..., Any]:
    return lambda text, attributions, passages, marks, furniture: of(text, attributions, passages, marks, ())


def _without_open_ends(joined: Callable[..., Any]) -> Callable[..., Any]:
    return lambda text, statements, open_ends: joined(text, statements, set())


def rules() -> tuple[Rule, ...]:
    """Return all rules that can be switched off."""
    from ..pipeline.quotation import statements
    from ..pipeline.quotation.pieces import proposed
    from ..pipeline.speakers.comparison import CANDIDATES

    return (
        Rule("words that begin with an apostrophe open no quotation", "language.marks._ELISION", _NEVER, "marks"),
        Rule("words that end with an apostrophe close no quotation", "language.marks._CUT_SHORT", _NEVER, "marks"),
        Rule("a closing single mark opens before a capital", "language.marks._ENDED", _NEVER, "marks"),
        Rule("inches within a quotation", "language.marks._are_inches", _never, "marks"),
        Rule("a mark between spaces", "language.marks._role_between_spaces", lambda *_: "open", "marks"),
        Rule("the next paragraph reopens a quotation", "language.marks._reopens", _never, "marks"),
        Rule("an unopened quotation begins with a sentence", "language.marks._sentence_start", _second, "marks"),
        Rule("what is unlikely was not said", "quotation.pieces.LEAST", 0.0, "quotation"),
        Rule("what is quoted but unlikely neither", "quotation.pieces.LEAST_QUOTED", 0.0, "quotation"),
        Rule("contents snap to marks", "quotation.pieces._snapped", _as_pointed, "quotation"),
        Rule("verbs that name take fragments", "quotation.pieces.names", _never, "quotation"),
        Rule(
            "marks within marks",
            "quotation.pieces._nested",
            lambda letters, content, inner: (content, "indirect"),
            "quotation",
        ),
        Rule(
            "speech within speech by the cue before it", "quotation.statements.inner_speech", lambda *_: (), "quotation"
        ),
        Rule("words that only stand for what was said", "quotation.pieces._SAY_NOTHING", _NONE, "quotation"),
        Rule(
            "the same words are said once",
            "quotation.pieces._is_taken",
            _never,
            "quotation",
        ),
        Rule("what a source asks for itself", "quotation.pieces._UNNAMED", _NEVER, "quotation"),
        Rule("what somebody is called is not said", "quotation.pieces._is_name", _never, "quotation"),
        Rule("no quotation twice", "quotation.pieces._covers", _never, "quotation"),
        Rule("furniture says nothing", "quotation.statements.proposed", _with_furniture(proposed), "quotation"),
        Rule(
            "reopened paragraphs go on",
            "quotation.statements._joined",
            _without_open_ends(statements._joined),
            "quotation",
        ),
        Rule("a quotation goes on after its cue", "quotation.statements._BETWEEN_SENTENCES", _NONE, "quotation"),
        Rule("a relative pronoun is what it stands for", "speakers.resolution.antecedent", _second, "speaker_resolver"),
        Rule("nouns for documents", "speakers.resolution.DOCUMENTS", _NONE, "speaker_resolver"),
        Rule(
            "descriptions begin small",
            "speakers.resolution._lowered",
            lambda _, candidate: candidate.name,
            "speaker_resolver",
        ),
        Rule("names without articles", "speakers.candidates._ARTICLE", _NEVER, "speaker_resolver"),
        Rule("first names tell whom he does not mean", "speakers.gender.usual_gender", _nothing, "speaker_resolver"),
        Rule("he and the report were told of before", "speakers.comparison._TOLD_BEFORE", _NONE, "speaker_resolver"),
        Rule("people and bodies are no documents", "speakers.comparison._OF_PEOPLE", (), "speaker_resolver"),
        Rule("initials are a person", "speakers.cast._not_initials", lambda others, _: others, "speaker_resolver"),
        Rule("names without titles", "speakers.candidates.TITLES", _NONE, "speaker_resolver"),
        Rule("names without what stands behind them", "speakers.candidates.AFTER_NAME", _NONE, "speaker_resolver"),
        Rule("a misspelt surname is the same", "speakers.name_clusters._misspelt", _never, "speaker_resolver"),
        Rule("a first name spelt otherwise", "speakers.name_clusters._is_one_spelt_twice", _never, "speaker_resolver"),
        Rule("bodies spelt otherwise", "speakers.body_names._join_spellings", _nothing, "speaker_resolver"),
        Rule("a surname of two", "speakers.name_clusters._surname_behind", lambda *_: "", "speaker_resolver"),
        Rule("a nickname in brackets", "speakers.name_clusters._is_nickname", _never, "speaker_resolver"),
        Rule("a mention is whole", "speakers.resolution.whole", _second, "speaker_resolver"),
        Rule("a description is called by its name", "speakers.cast._name_within", _nothing, "speaker_resolver"),
        Rule("the place of a dateline", "speakers.name_clusters._is_dateline", _never, "speaker_resolver"),
        Rule("things are of whom they are by", "speakers.comparison._BY", _NONE, "speaker_resolver"),
        Rule("he and she are no bodies", "speakers.comparison._WITH_GENDER", CANDIDATES, "speaker_resolver"),
        Rule("bodies are no people", "speakers.comparison.is_surely_person", _never, "speaker_resolver"),
        Rule("relatives by their surname", "speakers.name_clusters._note_kin", _nothing, "speaker_resolver"),
        Rule("names in apposition", "speakers.comparison.appositions", lambda *_: (), "speaker_resolver"),
        Rule("names given behind a noun", "speakers.comparison.names_given", lambda *_: (), "speaker_resolver"),
        Rule("what titles are taken up by", "speakers.cast.TAKEN_UP_BY", {}, "speaker_resolver"),
        Rule("the story's mayor", "speakers.cast._taken_up", lambda table, cast, _: list(cast), "speaker_resolver"),
        Rule("an organisation by a part of its name", "speakers.body_names._join_parts", _nothing, "speaker_resolver"),
        Rule("roles label lines", "speakers.resolution._is_labelled", _never, "speaker_resolver"),
        Rule("short forms behind names", "speakers.body_names._short_form_behind", _nothing, "speaker_resolver"),
        Rule("several speak together", "speakers.cast.joint_name", _nothing, "speaker_resolver"),
        Rule("names without a source in the network", "speakers.cast.unnamed", lambda _: (), "speaker_resolver"),
        Rule("who only signs does not speak", "speakers.resolution.without_byline", _second, "speaker_resolver"),
        Rule("who signed tells the story", "speakers.resolution.is_narrator", _never, "speaker_resolver"),
        Rule("a person is an organisation's first word", "speakers.cast._is_bare_name", _never, "speaker_resolver"),
        Rule("unsigned documents", "speakers.resolution.unsigned_document", _nothing, "speaker_resolver"),
        Rule("titles in headlines", "speakers.resolution.titled_speaker", _nothing, "speaker_resolver"),
        Rule("reports within a quotation", "quotation.pieces._leads_to", _never, "quotation"),
        Rule("reports within a report", "quotation.pieces._reports", _never, "quotation"),
        Rule("set phrases that name a source", "quotation.statements.formulas", lambda *_: (), "quotation"),
        Rule("a reply from somebody", "quotation.statements.spoken_of", lambda *_: (), "quotation"),
        Rule("a relative clause has its who", "quotation.source_phrases._who", _nothing, "quotation"),
        Rule("who is told does not say it", "quotation.source_phrases._TOLD", _NEVER, "quotation"),
        Rule("what somebody does by saying it", "quotation.statements.is_said_now", _never, "quotation"),
        Rule("what sort of text it is does not speak", "quotation.statements.is_rubric", _never, "quotation"),
        Rule("topics are no speech", "quotation.statements.says_something", lambda *_: True, "quotation"),
        Rule("outlets by what stands before them", "provenance._KIND", _NONE, "assembler"),
        Rule("outlets by who was told", "provenance._TOLD", _NEVER, "assembler"),
        Rule("outlets by interviews", "provenance._INTERVIEW", _NEVER, "assembler"),
        Rule("courts and the like are no outlets", "provenance._NO_OUTLETS", _NONE, "assembler"),
        Rule("outlets by their own words", "provenance.plausible_outlet", _never, "assembler"),
        Rule("people are no outlets", "provenance._PEOPLE", _NONE, "assembler"),
        Rule("neither its own outlet nor the speaker carries", "provenance.same_outlet", _never, "assembler"),
    )


@contextmanager
def switched_off(rule: Rule) -> Iterator[None]:
    """Do without a rule."""
    own = getattr(rule.module, rule.attribute)
    setattr(rule.module, rule.attribute, rule.instead)
    try:
        yield
    finally:
        setattr(rule.module, rule.attribute, own)


def counts(run: SpeechRun, chosen: Sequence[Rule]) -> Iterator[tuple[Counts, list[Counts]]]:
    """Yield, article by article, what is counted out of fold: with all rules, and without each of the chosen."""
    gold = {article.path.name: article for article in read_gold(run.path, run.path / "texts")}
    for fold in run.folds:
        for article in run.unseen(fold):
            doc = read(run.nlp, article, run.folder / f"read-fold-{fold}")
            yield _counts_of(run, doc, gold[article.name], chosen)


def _counts_of(run: SpeechRun, doc: Doc, gold: GoldArticle, chosen: Sequence[Rule]) -> tuple[Counts, list[Counts]]:
    known: Any = None
    scored: Counts | None = None

    def scores(stage: Stage) -> Counts:
        """Return what is counted once the components from a stage on have run again; nothing new, nothing to count."""
        nonlocal known, scored
        if stage == "marks":
            doc._.marks = pair_marks(gold.text)
        first = "attribution" if stage == "marks" else stage
        for name in pipeline.QUOTES[pipeline.QUOTES.index(first) :]:
            run.nlp.get_pipe(name)(doc)
            if name == "quotation" and known == (doc._.marks, doc._.statements):
                assert scored is not None
                return scored
        found = Scores()
        found.add(gold, doc._.quotes)
        return found.n

    scored = scores("marks")
    given = {name: getattr(doc._, name) for name in ("marks", "attributions", "passages", "statements", "resolved")}
    known = given["marks"], given["statements"]
    without = []
    for rule in chosen:
        for name, value in given.items():
            setattr(doc._, name, value)
        with switched_off(rule):
            if rule.stage == "marks" and pair_marks(gold.text) == given["marks"]:
                without.append(scored)
            else:
                without.append(scores(rule.stage))
    return scored, without


def losses(base: Sequence[Counts], without: Sequence[Counts]) -> Mapping[str, tuple[float, float, float]]:
    """Return by figure what is lost, each with the ends of its 95 % interval (paired bootstrap over articles)."""
    keys = sorted({key for count in (*base, *without) for key in count})
    rows = np.array([[[count[key] for key in keys] for count in articles] for articles in (base, without)])
    order = np.random.default_rng(0)
    drawn = [rows[:, order.integers(0, rows.shape[1], rows.shape[1])].sum(1) for _ in range(_SAMPLES)]
    found = {}
    for name in FIGURES:
        value, *samples = (
            (_figures(keys, one).get(name, 0.0) - _figures(keys, other).get(name, 0.0))
            for one, other in (rows.sum(1), *drawn)
        )
        low, high = np.quantile(samples, [0.025, 0.975])
        found[name] = value, float(low), float(high)
    return found


def _figures(keys: Sequence[str], row: Any) -> dict[str, float]:
    return Scores(Counter(dict(zip(keys, row.tolist(), strict=True)))).figures()
