#!/usr/bin/env bash
# nomquamgender: a title before a name is taken for the first name, and "Dr Sandra Moss" is classified as a man.
#
# Expected: the package classifies names by gender, says '-' where it does not know, and splits what it does not know
# whole; so with a title before it a name gives the same answer as without, or '-'. Names of news articles have titles.
# Seen in 0.1.4: the word before the first space is the first name, and its table of names has "dr", "prof" and "sir",
# nearly all men (p(gf) .09, .09 and 0: who wrote their titles into the sources). `classify` gives 'gm' for Dr and Prof
# Sandra Moss, as surely as for any man; "Mrs" and "Ms" are not in the table and give '-', so that titles never turn a man
# into a woman, but women of rank into men: a count of who gets to speak has an error that leans one way.
# Instead: take titles off first; `annotate` tells in its second column which word was looked up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "nomquamgender==0.1.4" "pandas==2.2.3" "numpy==2.1.3" "unidecode==1.3.8"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import nomquamgender

print("nomquamgender", version("nomquamgender"))
names = ["Sandra Moss", "Dr Sandra Moss", "Prof Sandra Moss", "Mrs Sandra Moss", "Dr Paul Orr", "Mr Paul Orr"]
model = nomquamgender.NBGC()
found = dict(zip(names, model.classify(names)))
for name, word, *_ in model.annotate(names):
    print(f"{name:18} looked up {word:8} gives {found[name]}")
assert found["Sandra Moss"] == "gf"
assert found["Dr Sandra Moss"] == "gm", "it no longer takes the title for a name"
assert found["Prof Sandra Moss"] == "gm"
assert found["Mrs Sandra Moss"] == "-"
PYTHON
