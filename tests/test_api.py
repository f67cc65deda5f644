"""What `import quotes` offers: what `__all__` lists, at little cost, and entry points that lead to it."""

import inspect
import json
import pickle
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

import quotes
from quotes import errors, pipeline, plugin, records
from quotes.pipeline.assembly import make_assembler
from quotes.pipeline.attribution import make_attribution
from quotes.pipeline.language.encoder import make_encoder
from quotes.pipeline.language.marks import make_marks
from quotes.pipeline.language.ner import make_ner
from quotes.pipeline.language.parser import make_parser
from quotes.pipeline.language.tagger import make_lemmatizer, make_tagger
from quotes.pipeline.quotation.statements import make_quotation
from quotes.pipeline.speakers.resolution import make_resolver
from quotes.pipeline.subjects import make_subjects
from quotes.pipeline.turns.turn_finder import make_turns

ROOT = Path(quotes.__file__).parents[1]
HEAVY = ("spacy", "textacy", "datasette", "sqlite_utils", "numpy", "rich", "charset_normalizer")
STORY = '"We knew," the minister told the hearing.'


def test_all_is_what_a_user_may_import() -> None:
    assert len(set(quotes.__all__)) == len(quotes.__all__)
    namespace: dict[str, object] = {}
    exec("from quotes import *", namespace)
    assert set(quotes.__all__) == {name for name in namespace if name != "__builtins__"}


def test_nothing_public_is_missing_from_all() -> None:
    ours = {
        name
        for name, value in vars(quotes).items()
        if not name.startswith("_")
        and not isinstance(value, ModuleType)
        and (getattr(value, "__module__", "") or "").startswith("quotes")
    }
    assert ours | {"__version__"} == set(quotes.__all__)


@pytest.mark.parametrize("name", [name for name in quotes.__all__ if name != "__version__"])
def test_all_of_it_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(quotes, name))


def test_every_error_is_a_quotes_error() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type)]
    assert len(kinds) > 3
    for kind in kinds:
        assert issubclass(kind, quotes.QuotesError)
        assert getattr(quotes, kind.__name__) is kind
        assert kind.__name__ in (errors.__doc__ or "")


def test_a_reading_error_says_where_and_what() -> None:
    error = quotes.ReadingError("ferry.txt", "empty, nothing to read")
    assert str(error) == "ferry.txt: empty, nothing to read"
    assert (error.source, error.message) == ("ferry.txt", "empty, nothing to read")


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert quotes.__version__ == project["version"]


def test_extract_takes_a_text() -> None:
    extraction = quotes.extract(STORY)
    (quote,) = extraction
    assert extraction.article.text == STORY
    assert quote.text == STORY[slice(*quote.spans[0])] == '"We knew,"'
    assert quote.mention is not None and quote.mention.text == "the minister"


def test_extract_reads_a_text_as_it_does_a_file() -> None:
    text = f"---\ntitle: Hearing\noutlet: Harbour Courier\ndate: 2025-03-04\n---\n{STORY}\n\nAlso read: “They knew”\n"
    extraction = quotes.extract(text)
    article = extraction.article
    assert article.outlet is not None
    assert (article.title, article.outlet.name, article.published) == ("Hearing", "Harbour Courier", "2025-03-04")
    assert [quote.text for quote in extraction] == ['"We knew,"']


def test_extract_takes_an_article_as_it_is() -> None:
    article = quotes.Article(f"---\ntitle: {STORY}\n---", "page", furniture=((0, 3),))
    extraction = quotes.extract(article)
    assert extraction.article is article
    assert isinstance(extraction, quotes.Extraction)


def test_extract_of_broken_front_matter_is_a_reading_error() -> None:
    with pytest.raises(quotes.ReadingError, match="YYYY-MM-DD"):
        quotes.extract("---\ndate: yesterday\n---\nA story.")


@pytest.mark.parametrize("text", ["", " \n", "\ufeff"])
def test_extract_of_nothing_finds_nothing(text: str) -> None:
    assert quotes.extract(text).quotes == ()


def test_a_failing_pipeline_is_an_extraction_error_that_names_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Language, "make_doc", _fail)
    article = quotes.Article("A story.", "ferry.txt")
    with pytest.raises(quotes.ExtractionError, match=r"^ferry\.txt: tokenizer failed \(ValueError: no\)$") as caught:
        quotes.extract(article)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert again.extraction == caught.value.extraction
    assert (again.extraction.article, again.extraction.quotes) == (article, ())


def _fail(*_: object) -> None:
    raise ValueError("no")


def test_load_is_a_pipeline_made_once() -> None:
    nlp = quotes.load()
    assert isinstance(nlp, Language)
    assert quotes.load() is nlp
    assert nlp.pipe_names == [
        "marks", "encoder", "tagger", "lemmatizer", "parser", "ner", "attribution", "turns", "quotation",
        "speaker_resolver", "assembler", "subjects",
    ]  # fmt: skip


@pytest.mark.parametrize("names", ["ner", ["ner"], ("ner", "parser")])
def test_load_leaves_out_what_spacy_would(names: str | list[str] | tuple[str, ...]) -> None:
    chosen = [names] if isinstance(names, str) else names
    nlp = quotes.load(exclude=names)
    assert nlp is quotes.load(exclude=names)
    assert nlp is not quotes.load()
    assert nlp.component_names == [name for name in quotes.load().component_names if name not in chosen]
    assert [quote.text for quote in nlp(STORY)._.quotes] == ['"We knew,"']
    assert quotes.load().has_pipe("ner")


def test_load_disables_and_enables_as_spacy_does() -> None:
    nlp = quotes.load(disable="ner")
    assert nlp.disabled == ["ner"]
    assert [ent.label_ for ent in nlp("Adrienne Watson left.").ents] == []
    assert quotes.load(enable=["marks", "encoder"]).pipe_names == ["marks", "encoder"]


@pytest.mark.parametrize("choice", ["disable", "enable", "exclude"])
def test_load_says_which_components_there_are(choice: str) -> None:
    with pytest.raises(ValueError, match=r"^there is no component 'nre'; there are marks, encoder, .*, subjects$"):
        quotes.load(**{choice: ["ner", "nre"]})


@pytest.mark.parametrize(
    ("thing", "kind"), [(STORY.encode(), "bytes"), (Path("a.txt"), "PosixPath"), (None, "NoneType"), ([STORY], "list")]
)
def test_extract_says_what_it_takes(thing: object, kind: str) -> None:
    with pytest.raises(TypeError, match=rf"^extract\(\) takes a text \(str\) or a quotes\.Article, not {kind}$"):
        quotes.extract(thing)  # type: ignore[arg-type]


def test_extract_of_a_doc_says_where_its_quotes_are(nlp: Language) -> None:
    with pytest.raises(TypeError, match=r"not Doc; the quotes of a Doc .* are its \._\.quotes$"):
        quotes.extract(nlp(STORY))  # type: ignore[arg-type]


def test_the_pipeline_takes_bare_texts(nlp: Language) -> None:
    (quote,) = nlp(STORY)._.quotes
    assert isinstance(quote, records.Quote)
    assert [doc._.quotes for doc in nlp.pipe([STORY, "No."])] == [(quote,), ()]


@pytest.mark.parametrize("module", ["quotes", "quotes.cli.main", "quotes.reading"])
def test_importing_is_cheap(module: str) -> None:
    code = f"import sys, json, {module}; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT).stdout)
    assert module in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_entry_points_of_the_project_lead_somewhere() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(groups) == {"spacy_factories", "datasette"}
    targets = {
        group: {name: metadata.EntryPoint(name, value, group).load() for name, value in points.items()}
        for group, points in groups.items()
    }
    assert targets == {
        "spacy_factories": {
            "marks": make_marks,
            "encoder": make_encoder,
            "word_tagger": make_tagger,
            "script_lemmatizer": make_lemmatizer,
            "biaffine_parser": make_parser,
            "word_ner": make_ner,
            "attribution": make_attribution,
            "turns": make_turns,
            "quotation": make_quotation,
            "speaker_resolver": make_resolver,
            "assembler": make_assembler,
            "subjects": make_subjects,
        },
        "datasette": {"quotes": plugin},
    }


def test_entry_points_are_installed() -> None:
    try:
        ours = metadata.distribution("quotes").entry_points
    except metadata.PackageNotFoundError:
        pytest.skip("quotes is not installed, only importable")
    assert {(point.group, point.name) for point in ours} == {
        ("console_scripts", "quotes"),
        ("datasette", "quotes"),
        *(("spacy_factories", factory) for factory in pipeline.COMPONENTS.values()),
    }
