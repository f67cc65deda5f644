"""The spaCy pipeline that turns an `Article` into `Quote`s."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError
from ..reading.decoding import LARGEST
from ..version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from .extraction import extract as extract

MODEL = Path(__file__).parent / "model"
"""The trained weights, with their model card."""
COMPONENTS = {
    "marks": "marks",
    "encoder": "encoder",
    "tagger": "word_tagger",
    "lemmatizer": "script_lemmatizer",
    "parser": "biaffine_parser",
    "ner": "word_ner",
    "attribution": "attribution",
    "turns": "turns",
    "quotation": "quotation",
    "speaker_resolver": "speaker_resolver",
    "assembler": "assembler",
    "subjects": "subjects",
}
"""The pipeline's components in their order, and the factory of each."""
QUOTES = ("attribution", "turns", "quotation", "speaker_resolver", "assembler")
"""Those that find quotes; the ones before them read the language."""
AFTER_LANGUAGE = (*QUOTES, "subjects")
"""All that stand on the language that was read: those that find quotes, and what an article is about."""

LIBRARIES = ("onnxruntime", "tokenizers", "spacy", "numpy")
"""What reads words and runs the network. pyproject.toml allows versions that were measured to find the same quotes."""


def __getattr__(name: str) -> Any:
    """Import what extracts when it is asked for: linking, which uses a module of this room, has no need of spaCy."""
    if name == "extract":
        from .extraction import extract

        return extract
    raise AttributeError(name)


def blank() -> Language:
    """Return a pipeline that has only the tokenizer."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = LARGEST
    # The tokenizer takes affixes off one at a time: a run of 60,000 signs took it over a minute.
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = re.compile(r"\S{200,}").match
    return nlp


def assemble() -> Language:
    """Return the whole pipeline with no weights in it: what `quotes.training` fills."""
    nlp = blank()
    nlp.meta.update(
        name="quotes",
        version=__version__,
        description="Who said what in English news",
        license="Apache-2.0",
        spacy_version=">=3.8,<4",
    )
    for name, factory in COMPONENTS.items():
        nlp.add_pipe(factory, name=name)
    return nlp


def build(
    *, disable: Iterable[str] = (), enable: Iterable[str] = (), exclude: Iterable[str] = (), path: Path = MODEL
) -> Language:
    """Return the trained pipeline, with the components of `COMPONENTS`.

    disable, enable, exclude (Iterable[str]): Components, as `spacy.load` takes them.
    path (Path): Another folder of weights than the one that comes with the package.
    RAISES (ValueError): If there is no component of this name.
    RAISES (ModelError): If a file of the weights is missing or broken.
    """
    import spacy

    disable, enable, exclude = list(disable), list(enable), list(exclude)
    for name in (*disable, *enable, *exclude):
        if name not in COMPONENTS:
            raise ValueError(f"there is no component {name!r}; there are {', '.join(COMPONENTS)}")
    with _model_errors(path):
        nlp = spacy.load(path, disable=disable, enable=enable, exclude=exclude)
        if nlp.has_pipe("encoder"):
            encoder: Any = nlp.get_pipe("encoder")
            encoder.session, encoder.wordpieces  # noqa: B018  # else every article would fail of a broken file
    nlp.max_length = LARGEST
    # What is stored beside an article tells whether newer rules would read it anew, not only newer weights.
    nlp.meta["version"] = __version__
    return nlp


def version() -> str:
    """Return what is stored beside each article: the pipeline's name and version, and those of what moves its answers.

    `en_quotes 0.1.0 (onnxruntime 1.32.0, tokenizers 0.23.3, spacy 3.8.18, numpy 2.4.6)`
    """
    from importlib.metadata import PackageNotFoundError, version

    with _model_errors(MODEL):
        meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    libraries = []
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):  # as onnxruntime goes by another name where it knows a GPU
            libraries.append(f"{library} {version(library)}")
    # The package's version, not that of the weights: newer rules too would read an article anew.
    return f"{meta['lang']}_{meta['name']} {__version__} ({', '.join(libraries)})"


def is_same(version: str, other: str) -> bool:
    """Return whether two pipelines, as `version` tells them, find the same quotes: with any allowed library they do."""
    return version.partition(" (")[0] == other.partition(" (")[0]


@contextmanager
def _model_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # of spaCy, srsly, json, the components: whatever reads the files
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        where = getattr(error, "filename", None) or path
        reason = " ".join(str(reason).split())
        raise ModelError(f"{where}: the model can't be loaded ({reason}); install quotes again") from error
