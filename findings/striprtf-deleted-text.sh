#!/usr/bin/env bash
# striprtf: words that tracked changes deleted, and hidden ones, come out as text; one undefined byte fails the document.
#
# Expected: `rtf_to_text` gives what a word processor shows of a document. What stands in `{\deleted ...}` (revision
# marks) or in `{\v ...}` (hidden) is not shown. A byte that the code page leaves undefined is shown as a box.
# Seen in striprtf 0.0.35: "We {\deleted never }knew." gives "We never knew.", which turns a sentence into its opposite,
# and nothing tells the two apart; `\'81` raises UnicodeDecodeError for the whole document, unless `errors="replace"`;
# a link whose field code has braces of its own, as Word writes it, gives `text("address")`, in quotation marks.
# Instead: pass `errors="replace"`, and cut groups with \deleted, \v and \fldinst out before; or read RTF's control words
# with a stack of groups.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "striprtf==0.0.35"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

print("striprtf", version("striprtf"))
cases = {
    "deleted": (r"{\rtf1\ansi We {\deleted never }knew.}", "We never knew."),
    "hidden": (r"{\rtf1\ansi We {\v never }knew.}", "We never knew."),
    "link": (
        r'{\rtf1\ansi {\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt{We knew}}}.}',
        'We knew("https://a.example").',
    ),
}
for name, (document, seen) in cases.items():
    text = rtf_to_text(document)
    print(f"{name}: {text!r}")
    assert text == seen
try:
    rtf_to_text(r"{\rtf1\ansi\ansicpg1252 We knew\'81.}")
except UnicodeDecodeError as error:
    print("undefined byte:", error)
else:
    raise AssertionError("it was read")
PYTHON
