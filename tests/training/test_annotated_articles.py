"""Annotated articles, and what there is to learn from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest
from word_tables import table

from quotes.errors import ReadingError
from quotes.records import QUOTE_KINDS, SPEAKER_KINDS
from quotes.training.annotated_articles import (
    IN_CORPORA,
    Annotated,
    annotated,
    annotated_in_corpora,
    polnear_entries,
    written,
)

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


@pytest.fixture
def corpora(tmp_path):
    folder = tmp_path / "worldwide-newswire" / "articles"
    folder.mkdir(parents=True)
    (folder / "in_herald_12.txt").write_bytes(TEXT.encode())
    return tmp_path


def line(text=TEXT):
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = {"corpus": "worldwide-newswire", "article": "in_herald_12.txt", "sha256": digest}
    return json.dumps(row | {"quotes": [{"start": 0, "end": 9, "speaker": [11, 14], "via": "the board"}]})


def test_annotated_articles_of_the_corpora_are_in_the_part_of_their_outlet(corpora):
    (corpora / "annotations").write_text(line())
    others = [Annotated("in_times_1.txt", "", [], 1), Annotated("in_herald_3.txt", "", [], 4)]
    entry = {"start": 0, "end": 9, "speaker": "Kim", "via": "the board"}
    found = Annotated("in_herald_12.txt", TEXT, [entry], 4)
    assert list(annotated_in_corpora(corpora, others, corpora / "annotations")) == [found]
    assert next(annotated_in_corpora(corpora, others[:1], corpora / "annotations")).fold == -1


@pytest.mark.parametrize(("text", "told"), [("another", "another text"), (None, "is missing")])
def test_annotations_are_of_one_text(corpora, text, told):
    if text is None:
        (corpora / "worldwide-newswire" / "articles" / "in_herald_12.txt").unlink()
    (corpora / "annotations").write_text(line(text or TEXT))
    with pytest.raises(ReadingError, match=told):
        list(annotated_in_corpora(corpora, [], corpora / "annotations"))


def test_what_was_annotated_lies_within_the_text_and_says_who_spoke():
    rows = [json.loads(line) for line in IN_CORPORA.read_text(encoding="utf-8").splitlines()]
    assert len({(row["corpus"], row["article"]) for row in rows}) == len(rows) > 300
    for entry in (entry for row in rows for entry in row["quotes"]):
        assert 0 <= entry["start"] < entry["end"]
        assert entry["kind"] in QUOTE_KINDS
        assert (entry["speaker_type"] in SPEAKER_KINDS) if entry["speaker"] else entry["speaker_type"] is None
        for part in ("cue", "source"):
            assert (f"{part}_start" in entry) == (f"{part}_end" in entry)


def test_articles_written_to_be_learned_from_say_who_spoke_within_their_text():
    articles = list(written())
    assert len({article.name for article in articles}) == len(articles) > 50
    assert sum(not article.entries for article in articles) < 30
    for article in articles:
        for entry in article.entries:
            assert article.text[entry["start"] : entry["end"]].strip()
            assert (entry["speaker"] is None) == (entry["speaker_type"] is None)


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

    asked = SpeakerExamples.annotated(made, entries, lambda entry, name: entry["speaker"] == name).as_annotated()
    assert [question.kind for question in asked] == ["person"], "whom a name says is not asked"
    assert all(question.right.any() and not question.right.all() for question in asked)
    assert all(len(question.right) == len(question.compared.candidates) for question in asked)
    assert all(np.isfinite(question.compared.numbers).all() for question in asked)


def test_statements_are_asked_of_by_the_entries_that_they_are(made, entries):
    pytest.importorskip("torch")
    from quotes.pipeline.quotation.statements import Statement
    from quotes.training.learning.resolver_learning import SpeakerExamples, entry_of

    first = entries[0]
    whole = (first["start"], first["end"])
    asked = Statement("direct", (whole,), None, None, 0.9)
    assert entry_of(asked, entries) == first
    apart = Statement("direct", ((first["end"], first["end"] + 4),), None, None, 0.9)
    assert entry_of(apart, [first]) is None
    examples = SpeakerExamples.found(made, [asked, apart], [first], lambda entry, name: entry["speaker"] == name)
    assert examples.entries == [first, None]
    assert len(examples.as_annotated()) == 1, "what no entry tells of is not asked"


def test_rankers_that_are_joined_score_as_on_average(made, entries):
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from quotes.pipeline.speakers.comparison import SIDE_BY_SIDE
    from quotes.pipeline.speakers.resolution import SpeakerResolver
    from quotes.training.learning.resolver_learning import Ranker, SpeakerExamples, joined
    from quotes.training.networks.network import WIDTH
    from quotes.training.networks.tree_graphs import trees_graph

    silent = trees_graph([[{"tree_structure": {"leaf_value": 0.0}}]], SIDE_BY_SIDE)
    seen = replace(made, vectors=np.ones((len(made), WIDTH), np.float32))
    asked = SpeakerExamples.annotated(seen, entries, lambda *_: True)
    compared = asked.comparison.of(asked.utterances, 2, [])
    rankers = []
    for seed in range(3):
        torch.manual_seed(seed)
        rankers.append(Ranker().eval())

    def scores(weights):
        resolver = SpeakerResolver(None, "speaker_resolver")
        resolver.take({}, {name: value.detach().numpy() for name, value in weights.items()}, silent)
        return resolver.scores(compared)

    alone = [scores(joined([ranker.state_dict()])) for ranker in rankers]
    assert not np.allclose(alone[0], alone[1])
    assert np.allclose(scores(joined([ranker.state_dict() for ranker in rankers])), np.mean(alone, 0), atol=1e-5)
