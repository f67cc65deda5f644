"""What our components set on a Doc beside spaCy's own: `doc._.marks`, `doc._.quotes`, `doc._.article`.

The records are known to the bytes that spaCy makes of a Doc, so that `nlp.pipe(texts, n_process=2)`,
`doc.to_bytes()` and `DocBin(store_user_data=True)` carry them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import srsly
from spacy.tokens import Doc

from ..records import Article, Mention, Outlet, Quote, Speaker

_KIND = "quotes.record"
_records: dict[str, Any] = {record.__name__: record for record in (Article, Mention, Outlet, Quote, Speaker)}


def records_on_doc(name: str, *, record: type | None = None) -> None:
    """Make `doc._.NAME` a tuple of records, empty where nothing is set.

    record (type): A dataclass to be known to a Doc's bytes, where it is none of `quotes.records`.
    """
    if record is not None:
        _records[record.__name__] = record
    if not Doc.has_extension(name):
        key = f"quotes.{name}"

        def get(doc: Doc) -> tuple[Any, ...]:
            return tuple(_tuples(value) for value in doc.user_data.get(key, ()))  # bytes give lists back

        def put(doc: Doc, value: tuple[Any, ...]) -> None:
            doc.user_data[key] = value

        Doc.set_extension(name, getter=get, setter=put)


def article_on_doc() -> None:
    """Make `doc._.article` the article that a Doc is of, None where nothing is set."""
    if not Doc.has_extension("article"):
        Doc.set_extension("article", default=None)


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return a record as a dict that says which it is; leave all else to the next encoder."""
    name = type(value).__name__
    if type(value) is _records.get(name):
        return {_KIND: name} | {field.name: getattr(value, field.name) for field in fields(_records[name])}
    return chain(value) if chain else value


def decode(value: dict[Any, Any], chain: Callable[[Any], Any] | None = None) -> Any:
    """Return the record that a dict stands for; leave all else to the next decoder."""
    if _KIND in value:
        record = _records[value.pop(_KIND)]
        return record(**{name: _tuples(part) for name, part in value.items()})
    return chain(value) if chain else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


srsly.msgpack_encoders.register("quotes", func=encode)
srsly.msgpack_decoders.register("quotes", func=decode)
