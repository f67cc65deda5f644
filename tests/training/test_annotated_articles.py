"""Annotated articles, and what there is to learn from them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from word_tables import table

from quotes.training.annotated_articles import Annotated, annotated, polnear_entries

TEXT = "“We knew,” Kim said, “and slept.”\r\n\r\nThe board said that it met."
RELATIONS = {"nsubj": 1}


def entry(made, content, cue, source):
    def span(phrase):  # "board said": the second word of it
        end = made.text.index(phrase) + len(phrase)
        return end - len(phrase.split()[-1] if phrase.endswith("said") else phrase), end

    (start, end), (cue_start, cue_end), (source_start, source_end) = span(content), span(cue), span(source)
    return {
        "start": start, "end": end, "kind": "direct", "cue_start": cue_start, "cue_end": cue_end,
        "source_start": source_start, "source_end": source_end, "speaker": source, "speaker_type": "person",
    }  # fmt: skip


@pytest.fixture
def made():
    return table(TEXT, [("Kim", "PERSON")])


@pytest.fixture
def entries(made):
    return [
        entry(made, "“We knew,”", "said", "Kim"),
        entry(made, "“and slept.”", "said", "Kim"),
        entry(made, "that it met", "board said", "The board"),
    ]


def test_a_folder_of_annotated_articles(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes(TEXT.encode())
    later = {"start": 5, "end": 6}
    outer, inner = {"start": 0, "end": 9}, {"start": 0, "end": 3}
    (tmp_path / "a.txt.json").write_text(json.dumps({"doc": "a.txt", "quotes": [later, inner, outer]}))
    (tmp_path / "folds.csv").write_text("article,fold\na.txt,3\n")
    (found,) = annotated(tmp_path)
    assert found == Annotated("a.txt", TEXT, [outer, inner, later], 3)


def test_polnear_leaves_out_what_is_annotated_here(tmp_path):
    folder = tmp_path / "polnear" / "train"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for name, text in (("one", "“We knew,” Kim said."), ("two", "“They knew,” Lee said.")):
        (folder / "text" / f"{name}.txt").write_text(text)
        lines = ["T1\tCue 15 19\tsaid", "T2\tContent 0 10\t…", "T3\tAttribution 0 19\t…"]
        (folder / "attributions" / f"{name}_a.ann").write_text(
            "\n".join([*lines, "E1\tAttribution:T3 Cue:T1 Content:T2"])
        )
    (found,) = polnear_entries(tmp_path, [Annotated("other", "“We knew,”\nKim said.", [])])
    assert found.text == "“They knew,” Lee said."
    assert found.entries == [{"start": 0, "end": 10, "kind": "indirect", "cue_start": 15, "cue_end": 19}]


def test_what_a_window_teaches(made, entries):
    pytest.importorskip("torch")
    from quotes.training.learning.attribution_learning import examples

    (example,) = examples(made, entries, RELATIONS)
    assert [made.words(*cue) for cue in example.attributions] == ["said", "said"]
    first, second, source = example.pointers[0].reshape(3, 2).tolist()
    assert made.words(first[0], first[1] + 1) == "“We knew,”"
    assert made.words(second[0], second[1] + 1) == "“and slept.”"
    assert made.words(source[0], source[1] + 1) == "Kim"
    assert example.pointers[1].tolist()[2:4] == [-1, -1], "the board says one thing"
    assert [label for _, _, label in example.passages] == [1, 1]
    assert example.cues.tolist().count(1) == 2


def test_questions_say_which_candidates_are_right(made, entries):
    pytest.importorskip("torch")
    from quotes.training.learning.resolver_learning import SpeakerExamples

    asked = SpeakerExamples(made, entries, lambda entry, name: entry["speaker"] == name).as_annotated()
    assert [question.kind for question in asked] == ["person"], "whom a name says is not asked"
    assert all(question.right.any() and not question.right.all() for question in asked)
    assert all(len(question.right) == len(question.compared.candidates) for question in asked)
    assert all(np.isfinite(question.compared.numbers).all() for question in asked)


def test_rankers_that_are_joined_score_as_on_average(made, entries):
    torch = pytest.importorskip("torch")
    from quotes.pipeline.speakers.resolution import SpeakerResolver
    from quotes.training.learning.resolver_learning import Ranker, SpeakerExamples, joined
    from quotes.training.networks.network import WIDTH

    asked = SpeakerExamples(replace(made, vectors=np.ones((len(made), WIDTH), np.float32)), entries, lambda *_: True)
    compared = asked.comparison.of(asked.utterances, 2, [])
    rankers = []
    for seed in range(3):
        torch.manual_seed(seed)
        rankers.append(Ranker().eval())

    def scores(weights):
        resolver = SpeakerResolver(None, "speaker_resolver")
        resolver.take({}, {name: value.detach().numpy() for name, value in weights.items()})
        return resolver.scores(compared)

    alone = [scores(ranker.state_dict()) for ranker in rankers]
    assert not np.allclose(alone[0], alone[1])
    assert np.allclose(scores(joined([ranker.state_dict() for ranker in rankers])), np.mean(alone, 0), atol=1e-5)
