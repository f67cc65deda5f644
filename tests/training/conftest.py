"""What the tests of training share: a folder of annotated articles."""

from __future__ import annotations

import json

import pytest

STORY = "{name} met the board on Monday.\n\n“We will wait,” he said. “We were told,” {name} said.\n"


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "annotated"
    (folder / "texts").mkdir(parents=True)
    rows = ["article,fold"]
    for n, name in enumerate(("Tom Orr", "Bo Lind", "Stefan Moss", "Karl Vane")):
        text = STORY.format(name=name)
        entries = []
        for words, source in (("“We will wait,”", "he"), ("“We were told,”", name)):
            start = text.index(words)
            at = text.index(source, start)
            entries.append(
                {"start": start, "end": start + len(words), "text": words, "kind": "direct", "source_start": at,
                 "source_end": at + len(source), "speaker": name, "speaker_type": "person"}
            )  # fmt: skip
        (folder / "texts" / f"{n}.txt").write_text(text, encoding="utf-8")
        (folder / f"{n}.txt.json").write_text(json.dumps({"doc": f"{n}.txt", "quotes": entries}), encoding="utf-8")
        rows.append(f"{n}.txt,{n % 2}")
    (folder / "folds.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder
