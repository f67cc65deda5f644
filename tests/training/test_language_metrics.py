import pytest
import spacy
from click.testing import CliRunner
from spacy.language import Language

from quotes.training.__main__ import main
from quotes.training.corpora import Entities, Passage
from quotes.training.language_metrics import BREAK, entity_figures, gold_doc, treebank_figures


def passage(text, heads, deps, starts=False):
    words = text.split()
    labels = {"tag": ("X",) * len(words), "morph": ("X",) * len(words), "lemma": ("same|0|",) * len(words)}
    return Passage(tuple(words), (True,) * (len(words) - 1) + (False,), starts, labels | {"dep": deps}, heads)


DOCUMENT = [
    passage("A headline", (1, 1), ("det", "ROOT"), starts=True),
    passage("Kim left .", (1, 1, 1), ("nsubj", "ROOT", "punct"), starts=True),
]


def test_a_gold_document_keeps_its_paragraphs_apart():
    doc = gold_doc(spacy.blank("en"), DOCUMENT)
    assert doc.text == f"A headline{BREAK}Kim left ."
    assert [sent.text for sent in doc.sents] == [f"A headline{BREAK}", "Kim left ."]
    assert [token.head.text for token in doc if token.dep_ == "nsubj"] == ["left"]


@Language.component("hangs_all_on_the_second_word")
def hangs_all_on_the_second_word(doc):
    starts = [token.i for token in doc if token.i == 0 or doc[token.i - 1].is_space]
    heads = [max(s for s in starts if s <= token.i) + 1 for token in doc]
    made = spacy.tokens.Doc(
        doc.vocab,
        [token.text for token in doc],
        [bool(token.whitespace_) for token in doc],
        tags=["X"] * len(doc),
        pos=["X"] * len(doc),
        heads=heads,
        deps=["ROOT" if head == token.i else "nsubj" for token, head in zip(doc, heads, strict=True)],
    )
    return made


def test_figures_of_a_treebank():
    nlp = spacy.blank("en")
    nlp.add_pipe("hangs_all_on_the_second_word")
    figures = treebank_figures(nlp, [DOCUMENT, DOCUMENT[1:], DOCUMENT[1:]])
    assert figures["uas"] == figures["sentences"] == figures["tag"] == 100
    assert figures["las"] == pytest.approx(100 * 7 / 11)  # the roots and the subjects


def test_figures_of_entities_leave_the_first_line_out():
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": p} for p in ("Kim", "Lee", "news")])
    text = "http://news.example Kim\nKim met Lee and Park."
    article = Entities("one", text, ((24, 27, "PERSON"), (32, 35, "ORG"), (40, 44, "PERSON")))
    figures = entity_figures(nlp, [article])
    assert (text[24:27], text[32:35], text[40:44]) == ("Kim", "Lee", "Park")
    assert figures["PERSON"] == pytest.approx(50)
    assert figures["all"] == pytest.approx(40)
    assert figures["ORG"] == 0


@pytest.mark.parametrize("command", ["train", "package", "evaluate"])
def test_each_step_has_help(command):
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_data_that_is_not_there_is_one_line():
    result = CliRunner().invoke(main, ["evaluate", "--data", "nowhere"])
    assert result.exit_code == 2
    assert "nowhere" in result.output
