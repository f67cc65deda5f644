#!/usr/bin/env bash
# spaCy: an error handler does not keep `nlp(text)` from raising where a component raises KeyError.
#
# Expected: `nlp.set_error_handler(handler)` (in the docs for "handling errors in pipe") is asked for every exception of
# a component; a handler that only notes the error lets the other components go on, so that `nlp(text)` returns the Doc.
# Seen in spaCy 3.8.18: that holds for a ValueError, but a KeyError never reaches the handler: `nlp(text)` raises
# ValueError [E109], which tells that the component was not initialised, though it was. In `nlp.pipe` the handler is
# asked for both, but the Doc is dropped: fewer Docs come out than texts went in.
# Instead: call the components one by one (`for name, component in nlp.pipeline`) and catch what each raises.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "spacy==3.8.18" "click==8.4.0"
"$folder/venv/bin/python" - <<'PYTHON'
import spacy
from spacy.language import Language

print("spaCy", spacy.__version__)


@Language.component("fails")
def fails(doc):
    raise {"key": KeyError, "value": ValueError}[doc[0].text]("no")


@Language.component("marks_it")
def marks_it(doc):
    doc.user_data["seen"] = True
    return doc


def outcome(text):
    nlp = spacy.blank("en")
    nlp.add_pipe("fails")
    nlp.add_pipe("marks_it")
    asked = []
    nlp.set_error_handler(lambda name, component, docs, error: asked.append(type(error).__name__))
    try:
        one = f"returns a Doc, later components run: {nlp(text).user_data.get('seen', False)}"
    except ValueError as error:
        one = f"raises {str(error)[:6]}"
    in_call, asked[:] = list(asked), []
    return one, in_call, len(list(nlp.pipe([text, text]))), asked


value, key = outcome("value"), outcome("key")
for name, (one, in_call, docs, in_pipe) in (("ValueError", value), ("KeyError", key)):
    print(f"{name}: nlp(text) {one}; handler asked {in_call}; nlp.pipe of 2 texts gives {docs} Docs, handler asked {in_pipe}")
assert key[0].startswith("raises [E109]") and key[1] == [], key
assert not value[0].startswith("raises") and value[1] == ["ValueError"], value
assert key[2] == value[2] == 0, "nlp.pipe gives the Docs all the same"
PYTHON
