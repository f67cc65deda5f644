"""What the subjects of articles are learned from, on a few that are made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy

pytest.importorskip("sklearn")
pytest.importorskip("safetensors")

from quotes.pipeline.annotations import article_on_doc
from quotes.pipeline.subjects import Subjects
from quotes.training.learning import subject_learning as learning
from quotes.training.learning.subject_learning import Labelled

ABOUT = {
    "sport": "the coach praised the striker after the match in the league",
    "crime": "the court heard that police arrested the suspect after the murder",
    "economy": "the bank raised rates as inflation hit exports in the market",
}
SAME = {"sport": ("goalkeeper", "striker"), "crime": ("burglar", "suspect"), "economy": ("lender", "bank")}


class Meanings(dict[str, np.ndarray]):
    """Words of one sentence above mean the same, and so does one more word each."""

    def __missing__(self, word: str) -> np.ndarray:
        return np.array([word in text.split() or word in SAME[name] for name, text in ABOUT.items()], np.float32)


def articles() -> list[Labelled]:
    """Six outlets, each with an article on each subject; those of the last two parts say it in other words too."""
    made = []
    for outlet in range(6):
        for n, (name, text) in enumerate(ABOUT.items()):
            words = [*text.split(), SAME[name][0]] if outlet >= 4 else text.split()
            subjects = (name, "society") if outlet == 0 else (name,)
            made.append(Labelled(f"x_o{outlet}_{n}.txt", f"x_o{outlet}", subjects, words, np.eye(8)[[n] * len(words)]))
    return made


@pytest.mark.parametrize(
    ("name", "outlet"), [("af_courier_12.txt", "af_courier"), ("nm_3.txt", "nm"), ("bd_post_.txt", "bd_post")]
)
def test_the_name_of_a_file_says_the_outlet(name: str, outlet: str) -> None:
    assert learning.outlet_of(name) == outlet


def test_an_outlet_is_in_one_part_the_given_one_if_there_is_one() -> None:
    made = articles()
    part = learning.parts(made, {"x_o3_1.txt": 4})
    of_outlet = {(article.outlet, n) for article, n in zip(made, part.tolist(), strict=True)}
    assert len(of_outlet) == 6 and ("x_o3", 4) in of_outlet
    assert set(part.tolist()) == set(range(5))


@pytest.mark.parametrize("system", ["baseline", "encoder", "words", "both"])
def test_each_system_tells_outlets_that_it_has_not_seen(system: str) -> None:
    made = articles()
    scores, thresholds = learning.out_of_fold(learning.systems(Meanings())[system], made, learning.parts(made, {}))
    found = learning.figures(scores, thresholds, made)
    assert found["likeliest right"] == found["main given"] == 1
    assert found["micro F1"] > 0.8


def test_the_threshold_of_a_part_is_chosen_without_it() -> None:
    made = articles()
    part = learning.parts(made, {})
    seen: list[set[str]] = []

    def spy(train: list[Labelled]):  # type: ignore[no-untyped-def]
        seen.append({article.outlet for article in train})
        return lambda others: np.zeros((len(others), len(learning.NAMES)), np.float32)

    learning.out_of_fold(spy, made, part)  # type: ignore[arg-type]
    assert len(seen) == 5 + 10
    assert all(len({part[n] for n, one in enumerate(made) if one.outlet in outlets}) < 5 for outlets in seen)


def test_the_component_tells_what_was_learned_and_words_that_mean_the_same() -> None:
    nlp = spacy.blank("en")
    article_on_doc()
    nlp.add_pipe("subjects")
    made = articles()
    learning.give(nlp, made, Meanings(), learning.parts(made, {}))
    component = nlp.get_pipe("subjects")
    assert isinstance(component, Subjects)
    assert nlp("The burglar.")._.subjects[0][0] == "crime"
    again = Subjects(nlp.vocab, "subjects").from_bytes(component.to_bytes())
    assert again(nlp.make_doc("A lender and the bank."))._.subjects[0][0] == "economy"


def test_articles_are_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "worldwide-newswire"
    (folder / "articles").mkdir(parents=True)
    text = "https://courier.example/sport/final\n\nThe striker scored.\n"
    (folder / "articles" / "xx_courier_1.txt").write_text(text, encoding="utf-8")
    (folder / "subjects.tsv").write_text("article\tsubjects\nxx_courier_1.txt\tsport,society\n", encoding="utf-8")
    nlp = spacy.blank("en")
    article_on_doc()

    @spacy.Language.component("test_vectors")
    def vectors(doc):  # type: ignore[no-untyped-def]
        doc.tensor = np.ones((len(doc), 8), np.float32)
        return doc

    nlp.add_pipe("test_vectors")
    (one,) = learning.read(tmp_path, nlp, tmp_path / "kept")
    assert (one.outlet, one.subjects) == ("xx_courier", ("sport", "society"))
    assert one.words == ["the", "striker", "scored", ".", "sport", "final"]
    assert one.vectors.shape == (4, 8)
    (folder / "articles" / "xx_courier_1.txt").unlink()
    (again,) = learning.read(tmp_path, nlp, tmp_path / "kept")
    assert again.words == one.words


def test_errors_are_told_by_what_was_given() -> None:
    made = [Labelled(str(n), "x", subjects, [], np.zeros((1, 1))) for n, subjects in enumerate(
        [("sport",), ("sport",), ("sport", "crime"), ("crime",)])]  # fmt: skip
    scores = np.zeros((4, len(learning.NAMES)), np.float32)
    sport, crime, arts = (learning.NAMES.index(name) for name in ("sport", "crime", "arts"))
    scores[0, sport] = 0.9  # right
    scores[1, [sport, crime]] = 0.9, 0.6  # one too many
    scores[2, [sport, crime]] = 0.9, 0.2  # one too few
    scores[3, [arts, crime]] = 0.9, 0.2  # another one
    found = learning.errors(scores, 0.5, made)
    assert [found[name] for name in ("right", "too many", "too few", "another")] == [1, 1, 1, 1]
    assert found["F1 if their number were known"] == 2 * 4 / (5 + 5)
