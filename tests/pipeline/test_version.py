from importlib import metadata

from quotes.pipeline import is_same, version


def test_the_version_names_language_pipeline_and_number():
    language, number, *libraries = version().split(maxsplit=2)
    assert language == "en_quotes"
    assert number.count(".") == 2
    for library in ("onnxruntime", "tokenizers", "spacy"):
        assert f"{library} {metadata.version(library)}" in libraries[0]


def test_allowed_libraries_are_no_reason_to_read_anew():
    assert is_same("en_quotes 0.1.0", "en_quotes 0.1.0 (onnxruntime 1.32.0)")
    assert is_same("en_quotes 0.1.0 (onnxruntime 1.30.0)", "en_quotes 0.1.0 (onnxruntime 1.32.0)")
    assert not is_same("en_quotes 0.1.0 (onnxruntime 1.32.0)", "en_quotes 0.1.1 (onnxruntime 1.32.0)")
