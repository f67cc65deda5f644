import pytest

from quotes.training import corpora

TREE = """\
# newdoc id = one
# newpar
# text = Kim didn't go.
1\tKim\tKim\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = She left
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\tTense=Past\t0\troot\t_\t_

# newdoc id = two
# text = End
1\tEnd\tend\tNOUN\tNN\t_\t0\troot\t_\t_

"""


@pytest.fixture
def tree(tmp_path):
    path = tmp_path / "tree.conllu"
    path.write_text(TREE, encoding="utf-8")
    return list(corpora.read_treebank(path))


def test_documents_and_paragraphs_of_a_treebank(tree):
    assert [[" ".join(p.words) for p in document] for document in tree] == [["Kim did n't go .", "She left"], ["End"]]
    assert [[p.starts_paragraph for p in document] for document in tree] == [[True, False], [True]]


def test_a_root_is_its_own_head(tree):
    first = tree[0][0]
    assert first.heads == (3, 3, 3, 3, 3)
    assert first.labels["dep"] == ("nsubj", "aux", "advmod", "ROOT", "punct")


def test_labels_of_a_treebank(tree):
    first = tree[0][0]
    assert first.labels["tag"] == ("NNP", "VBD", "RB", "VB", ".")
    assert first.labels["morph"][:2] == ("PROPN|Number=Sing", "AUX|Tense=Past")
    assert first.labels["lemma"][:2] == ("same|0|", "lower|2|o")


def test_words_that_are_written_as_one_have_no_space_between(tree):
    assert tree[0][0].spaces == (True, False, True, False, True)


@pytest.fixture
def wire(tmp_path, monkeypatch):
    folder = tmp_path / "worldwide-newswire"
    (folder / "articles").mkdir(parents=True)
    (folder / "entities").mkdir()
    monkeypatch.setattr(corpora, "HELD_OUT", tmp_path / "held_out.txt")
    (tmp_path / "held_out.txt").write_text("a_7\na_9\nb_1\n", encoding="utf-8")
    for n in range(60):
        text = "http://news.example/1\n\nMara Ellison of the  Harbour Board\nsaid so.\n\nTema, Tema."
        (folder / "articles" / f"a_{n}.txt").write_text(text, encoding="utf-8")
        rows = ["http://news.example/1\tO", "", "Mara\tB-Person", "Ellison\tI-Person", "of\tO", "the\tO"]
        rows += [
            "Harbour\tB-Organization\tB-Location",
            "Board\tI-Organization",
            "said\tO",
            "gone\tO",
            "so\tO",
            ".\tO",
            "",
        ]
        rows += ["Tema\tB-Location", ",\tO", "Tema\tB-Location", ".\tO"]
        (folder / "entities" / f"a_{n}.txt.tsv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_entities_are_spans_of_the_raw_text(wire):
    (article,) = corpora.newswire(wire, ["a_3"])
    spans = [(article.text[start:end], label) for start, end, label in article.spans]
    assert spans == [("Mara Ellison", "PERSON"), ("Harbour Board", "ORG"), ("Tema", "LOC"), ("Tema", "LOC")]
    assert article.lost == 1


def test_paragraphs_with_their_entities_leave_the_address_out(wire):
    (article,) = corpora.newswire(wire, ["a_3"])
    passages = corpora.entity_passages(article)
    assert [passage.words[0] for passage in passages] == ["Mara", "Tema"]
    assert passages[1].labels["entity"] == ("B-LOC", "O", "B-LOC", "O")


def test_the_split_is_the_same_every_time_and_keeps_the_parts_apart(wire):
    split = corpora.newswire_split(wire)
    assert split["test"] == ["a_7", "a_9"]
    assert [len(split[part]) for part in ("train", "dev")] == [18, 40]
    assert len({name for names in split.values() for name in names}) == 60
    assert split == corpora.newswire_split(wire)


def test_the_articles_that_are_held_out_are_written_down():
    assert len(set(corpora.HELD_OUT.read_text(encoding="utf-8").split())) == 110


def test_attributions_are_read_with_all_their_pieces(tmp_path):
    folder = tmp_path / "polnear" / "train"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    text = "“We knew,” Kim said, “all along.”\n\nThe end."
    (folder / "text" / "one.txt").write_text(text, encoding="utf-8")
    (folder / "text" / "nobody.txt").write_text("Not annotated.", encoding="utf-8")
    lines = [
        "T1\tSource 11 14\tKim",
        "T2\tCue 15 19\tsaid",
        f"T3\tContent 0 10;21 {text.index(chr(10))}\t…",
        "T4\tAttribution 0 9\t…",
        "The rest of a text",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        "E2\tAttribution:T4 Source:T1",
    ]
    (folder / "attributions" / "one_abcd.ann").write_text("\n".join(lines), encoding="utf-8")
    ((read, attributions),) = corpora.polnear(tmp_path, "train")
    (attribution,) = attributions
    assert [read[start:end] for start, end, _ in attribution["content"]] == ["“We knew,”", "“all along.”"]


def test_gum_leaves_out_what_may_not_be_used_commercially(tmp_path):
    folder = tmp_path / "gum"
    folder.mkdir()
    names = ["GUM_news_one", "GUM_fiction_two", "GUM_news_three"]
    lines = ["# Splits", "", "## dev", "  * GUM_news_three", "", "## train", *(f"  * {name}" for name in names[:2])]
    (folder / "splits.md").write_text("\n".join(lines), encoding="utf-8")
    for name in names:
        (folder / f"{name}.conllu").write_text(TREE, encoding="utf-8")
    assert [path.stem for path in corpora.gum(tmp_path, "train")] == ["GUM_news_one"]
    assert [path.stem for path in corpora.gum(tmp_path, "dev")] == ["GUM_news_three"]


def test_genres_that_are_not_open():
    assert not corpora.OPEN_GENRES & {"essay", "fiction", "letter", "podcast", "whow", "reddit"}
