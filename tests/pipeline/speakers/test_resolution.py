"""Who said what, where weights are made by hand: what counts is that one feature."""

from __future__ import annotations

import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from word_tables import table, words

from quotes.pipeline.speakers import resolution
from quotes.pipeline.speakers.clues.candidate_features import FEATURES
from quotes.pipeline.speakers.clues.scene import Utterance
from quotes.pipeline.speakers.comparison import CANDIDATES, SIDE_BY_SIDE, Compared
from quotes.pipeline.speakers.mention_kinds import MENTIONS
from quotes.pipeline.speakers.resolution import SpeakerResolver, who_says_i


class Trees:
    """Trees by hand: they speak for who has the most of the second feature."""

    def __init__(self, graph):
        self.graph = graph

    def run(self, _, inputs):
        numbers = inputs["numbers"]
        assert numbers.shape[1] == SIDE_BY_SIDE
        more = numbers[:, FEATURES + 1]  # of the others
        return [np.where(more, 0, 9).astype(np.float32)[:, None] * (numbers[:, 1:2] > 0)]


@pytest.fixture
def resolver(blank, monkeypatch):
    """A resolver whose network scores a candidate by its first feature."""
    monkeypatch.setattr(resolution, "session_of", Trees)
    vector, projected, hidden, pair = 4, 2, 1, 1
    weights = {
        "pair.weight": np.zeros((1, len(MENTIONS) * len(CANDIDATES), pair)),
        "of_mention.weight": np.zeros((1, projected, vector)),
        "of_mention.bias": np.zeros((1, projected)),
        "of_candidate.weight": np.zeros((1, projected, vector)),
        "of_candidate.bias": np.zeros((1, projected)),
        "first.weight": np.eye(hidden, FEATURES + pair + 3 * projected)[None],
        "first.bias": np.zeros((1, hidden)),
        "second.weight": np.eye(hidden)[None],
        "second.bias": np.zeros((1, hidden)),
        "score.weight": np.full((1, 1, hidden), 5.0),
        "score.bias": np.zeros((1, 1)),
    }
    return SpeakerResolver(blank.vocab, "speaker_resolver").take({}, weights)


class Stub:
    """Comparisons that were made before: by utterance, the first feature of each candidate."""

    def __init__(self, *firsts, seconds=0):
        self.firsts, self.seconds = firsts, seconds
        self.told = []
        self.table = SimpleNamespace(marked=[0] * 9)

    def certain(self, mention):
        return mention and mention[0]

    def of(self, utterances, n, chosen):
        self.told.append(list(chosen))
        numbers = np.zeros((len(self.firsts[n]), FEATURES), np.float32)
        numbers[:, 0], numbers[:, 1] = self.firsts[n], self.seconds
        candidates = np.array([*range(len(self.firsts[n]) - 1), -1])
        pairs, vectors = np.zeros(len(candidates), np.int64), np.zeros((len(candidates), 4), np.float32)
        return Compared(candidates, numbers, pairs, vectors[0], vectors)


def test_the_best_candidate_is_chosen_and_the_next_one_hears_of_it(resolver):
    comparison = Stub([0.1, 0.9, 0.0], [0.8, 0.2, 0.0], [0.0, 0.1, 1.0])
    chosen, likely = resolver.choose(comparison, [Utterance(0, 1, None)] * 3)
    assert chosen == [1, 0, -1]
    assert comparison.told == [[], [1], [1, 0]]
    assert all(0 < one <= 1 for one in likely)


def test_who_is_named_is_not_asked_for(resolver):
    comparison = Stub([], [0.8, 0.2, 0.0])
    chosen, likely = resolver.choose(comparison, [Utterance(0, 1, (3, 4)), Utterance(0, 1, None)])
    assert chosen == [3, 0]
    assert comparison.told == [[3]]
    assert likely[0] > 0.9


def test_trees_have_a_say_by_what_sets_a_candidate_apart(resolver):
    chosen, _ = resolver.choose(Stub([0.9, 0.8, 0.0], seconds=[0.3, 0.4, 0.0]), [Utterance(0, 1, None)])
    assert chosen == [1]


def test_other_trees_take_the_place_of_those_before_and_are_kept(resolver, blank):
    assert resolver._trees.graph == b""
    weights = resolver.weights
    assert resolver.take({}, weights, b"others")._trees.graph == b"others"
    again = SpeakerResolver(blank.vocab, "again").from_bytes(resolver.to_bytes())
    assert again._trees.graph == b"others"
    assert pickle.loads(pickle.dumps(resolver))._trees.graph == b"others"


@pytest.mark.model
def test_clusters_stand_where_coreference_puts_them(nlp):
    doc = nlp(
        "Mara Ellison, the harbour master, resigned on Monday.\n\n“We knew,” Ellison said. “I am sorry,” she said."
    )
    (cluster,) = [spans for key, spans in doc.spans.items() if key.startswith("coref_clusters_")]
    assert {"Mara Ellison", "Ellison", "she"} <= {span.text for span in cluster}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“We knew,” Mara Ellison told reporters.", ["Mara Ellison"]),
        ("Mara Ellison resigned.\n\n“We knew,” Ellison said. “I am sorry,” she added.", ["Mara Ellison"] * 2),
        ("The ferry sank, according to a harbour official.", ["a harbour official"]),
        ("Tom Brill opens the door. “Come in,” he says.\n\n“Do you sleep?” I ask.", ["Tom Brill", None]),
        ("“We will fight,” said Tom Brill.\n\n“I never saw them again,” she said.", ["Tom Brill", None]),
        ("Ann Orr and Keith Orr met.\n\n“It is over,” Mr Orr said.\n\n“Not yet,” she said.", ["Keith Orr", "Ann Orr"]),
    ],
)
def test_speakers(quotes_of, text, speakers):
    assert [quote.speaker and quote.speaker.name for quote in quotes_of(text)] == speakers


@pytest.mark.model
def test_kinds_of_speakers(quotes_of):
    def kind(text):
        return quotes_of(text)[0].speaker.kind

    assert kind("The Harbour Board said on Monday that the ferry would sail.") == "organization"
    assert kind("Residents said that the ferry was always late.") == "unnamed"
    assert kind("The report said that the ferry was never inspected.") == "document"


@pytest.mark.model
def test_whoever_is_given_one_name_behind_is_called_by_it(quotes_of):
    (quote,) = quotes_of("A student named Benno said that the bridge was closed.")
    assert (quote.speaker.name, quote.speaker.kind) == ("Benno", "person")


def test_who_says_i_within_a_quotation_is_who_is_quoted():
    made = table("Bo left. “She said so, and I said no,” he said.")
    quote, inner = words(made, "“She said so, and I said no,”"), words(made, "I said")
    utterances = [
        Utterance(*quote, words(made, "he said")),
        Utterance(inner[0] + 2, quote[1], (inner[0], inner[0] + 1)),
    ]
    assert who_says_i(made, utterances, 1) == 0
    assert who_says_i(made, utterances, 0) is None
    assert who_says_i(made, utterances[1:], 0) is None
    reported = Utterance(quote[0] + 1, quote[1], words(made, "She"))
    assert who_says_i(made, [utterances[0], reported, utterances[1]], 2) == 0
