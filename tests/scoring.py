"""How well extracted quotes agree with quotes annotated by hand.

A gold file is one JSON object: `doc`, the article's file name, and `quotes`, a list of entries in
the order of the text. An entry is one contiguous piece of content: `text` (exactly as it stands),
`occurrence` (1 unless the same words stand earlier), `kind`, `cue`, `source` (the mention),
`speaker`, `speaker_type`, `via`; `optional` where its absence is no error.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from quotes.linking.people import plain_name

LEAST_OVERLAP = 0.5
"""Of letters and digits, intersection over union, from which a piece of content counts as found."""


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1."""

    precision: float
    recall: float
    direct_recall: float
    who_said_what: float


def load_gold(folder: Path) -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def place(entry: dict, text: str) -> tuple[int, int]:
    """Where an entry's words stand in the article."""
    at = -1
    for _ in range(entry["occurrence"]):
        at = text.index(entry["text"], at + 1)
    return at, at + len(entry["text"])


def letters(text: str, span: tuple[int, int]) -> set[int]:
    return {i for i in range(*span) if text[i].isalnum()}


def same_speaker(gold: str, found: str | None) -> bool:
    """Whether two names are the same but for case, accents and a leading article."""
    return found is not None and plain_name(gold).removeprefix("a ") == plain_name(found).removeprefix("a ")


def score(gold: list[dict], extractions: dict) -> Scores:
    """Compare gold with `{doc: Extraction}`."""
    n = Counter()
    for document in gold:
        extraction = extractions[document["doc"]]
        text = extraction.article.text
        wanted = [(entry, letters(text, place(entry, text))) for entry in document["quotes"]]
        found = [(quote, letters(text, span)) for quote in extraction for span in quote.spans]
        overlaps = sorted(
            (
                (len(a & b) / len(a | b), i, j)
                for i, (_, a) in enumerate(wanted)
                for j, (_, b) in enumerate(found)
                if a & b
            ),
            reverse=True,
        )
        pairs: dict[int, int] = {}
        for overlap, i, j in overlaps:
            if overlap >= LEAST_OVERLAP and i not in pairs and j not in pairs.values():
                pairs[i] = j
        n["found"] += len(found)
        for i, (entry, _) in enumerate(wanted):
            if entry.get("optional"):
                n["found"] -= i in pairs
                continue
            n["wanted"] += 1
            n["direct"] += entry["kind"] == "direct"
            if i in pairs:
                speaker = found[pairs[i]][0].speaker
                n["hit"] += 1
                n["direct hit"] += entry["kind"] == "direct"
                n["right"] += same_speaker(entry["speaker"], speaker.name if speaker else None)
    return Scores(
        precision=n["hit"] / n["found"],
        recall=n["hit"] / n["wanted"],
        direct_recall=n["direct hit"] / n["direct"],
        who_said_what=2 * n["right"] / (n["found"] + n["wanted"]),
    )
