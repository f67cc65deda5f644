"""A quote as JSON and back, whole: what the table of decisions keeps, and what travels between databases."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ...records import ACTS, GENDERS, MENTION_KINDS, QUOTE_KINDS, SPEAKER_KINDS, Mention, Quote, Speaker


def to_json(quote: Quote) -> str:
    """Return a quote as a JSON object."""
    return json.dumps(as_object(quote), ensure_ascii=False)


def as_object(quote: Quote) -> dict[str, Any]:
    """Return a quote as JSON has it, without what is empty."""
    return {name: value for name, value in asdict(quote).items() if value not in (None, "")}


def from_json(text: str) -> Quote:
    """Return the quote in a JSON object that `to_json` made."""
    return from_object(json.loads(text))


def from_object(found: Any) -> Quote:
    """Return the quote in an object.

    RAISES (ValueError): If it is none; the message says why.
    """
    try:
        spans = tuple((int(start), int(end)) for start, end in found["spans"])
        speaker = _speaker(found.get("speaker"))
        quote = Quote(
            kind=_one_of(found, "kind", QUOTE_KINDS),
            spans=spans,
            text=str(found["text"]),
            cue=_mention(found.get("cue")),
            mention=_mention(found.get("mention")),
            mention_kind=_one_of(found, "mention_kind", MENTION_KINDS, "none"),
            speaker=speaker,
            via=found.get("via"),
            citing=found.get("citing"),
            act=_one_of(found, "act", ACTS, "say"),
            confidence=float(found.get("confidence", 1.0)),
            method=str(found.get("method", "")),
        )
    except KeyError as error:
        raise ValueError(f"its quote has no {error}") from error
    except (TypeError, AttributeError) as error:
        raise ValueError(f"its quote can't be read ({error})") from error
    if not spans or any(start < 0 or end <= start for start, end in spans) or list(spans) != sorted(spans):
        raise ValueError("the spans of its quote are not in order")
    if len(quote.text) != sum(end - start for start, end in spans) + len(spans) - 1:
        raise ValueError("the words of its quote do not fill its spans")
    if not 0 <= quote.confidence <= 1:
        raise ValueError("the confidence of its quote is not from 0 to 1")
    return quote


def _speaker(found: Any) -> Speaker | None:
    if found is None:
        return None
    name = " ".join(str(found["name"]).split())
    if not name:
        raise ValueError("its speaker has no name")
    gender = _one_of(found, "gender", GENDERS) if found.get("gender") else None
    words = tuple(str(word) for word in found.get("gender_words", ()))
    return Speaker(name, _one_of(found, "kind", SPEAKER_KINDS), found.get("role"), gender, words)


def _mention(found: Any) -> Mention | None:
    return Mention(str(found["text"]), int(found["start"]), int(found["end"])) if found else None


def _one_of(found: Any, name: str, values: tuple[Any, ...], default: Any = None) -> Any:
    value = found.get(name, default) if default is not None else found[name]
    if value not in values:
        raise ValueError(f"{name} is {value!r}, not one of {', '.join(values)}")
    return value
