"""Decisions about quotes on their way to another database: a JSON object a line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from ...errors import DecisionError
from .decided_quotes import VERDICTS, Decision
from .deciding import article_called, settle
from .decision_table import decision_on, decisions, put
from .quote_json import as_object, from_object


@dataclass(slots=True)
class Imported:
    """How an import went.

    new, known (int): Decisions that were taken in; that were there already, or are older than those that were.
    unfit (list[Decision]): Taken in, but of no effect: their article is not there, or has not their words.
    """

    new: int = 0
    known: int = 0
    unfit: list[Decision] = field(default_factory=list)


def written(db: Database) -> Iterator[str]:
    """Yield the decisions of a database as lines."""
    for one in decisions(db):
        record: dict[str, Any] = {"hash": one.hash, "article": one.article, "verdict": one.verdict}
        record |= {"quote": as_object(one.quote), "found": as_object(one.found) if one.found else None}
        record |= {"decided_by": one.decided_by, "decided_at": one.decided_at}
        yield json.dumps(record, ensure_ascii=False)


def read(lines: Iterable[str]) -> list[Decision]:
    """Return the decisions in lines that `written` made.

    RAISES (DecisionError): If a line is none; it says which, and why.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_decision(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                why = f"it has no {error}" if isinstance(error, KeyError) else str(error)
                raise DecisionError(f"line {number}: not a decision: {why}; nothing was imported") from error
    return found


def take_in(db: Database, brought: Iterable[Decision], advance: Callable[[int], None] = lambda count: None) -> Imported:
    """Take decisions into a database, an article in one transaction; of two about a quote the newer holds.

    advance (Callable): Called after each article with the number of its decisions.
    """
    report = Imported()
    by_article: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in brought:
        by_article[one.article].append(one)
    for key, of_article in by_article.items():
        with db.atomic():
            newer = [one for one in of_article if _is_newer(one, decision_on(db, one.hash))]
            article_id = article_called(db, key)
            if article_id is None:
                for one in newer:
                    put(db, replace(one, fits=False))
                report.unfit += newer
            elif newer:
                mine = {(one.decided_at, one.quote.text) for one in newer}
                now = settle(db, article_id, put_in=[replace(one, found=None) for one in newer])
                report.unfit += [one for one in now if not one.fits and (one.decided_at, one.quote.text) in mine]
        report.new += len(newer)
        report.known += len(of_article) - len(newer)
        advance(len(of_article))
    return report


def _is_newer(one: Decision, there: Decision | None) -> bool:
    return there is None or one.decided_at > there.decided_at


def _decision(record: Any) -> Decision:
    if record["verdict"] not in VERDICTS:
        raise ValueError(f"verdict is {record['verdict']!r}, not one of {', '.join(VERDICTS)}")
    digest, article, by, at = (str(record[name]) for name in ("hash", "article", "decided_by", "decided_at"))
    if len(digest) != 64 or not (article and by and at):
        raise ValueError("its hash, article, decided_by or decided_at is empty or too short")
    found = from_object(record["found"]) if record.get("found") else None
    return Decision(digest, article, record["verdict"], from_object(record["quote"]), found, by, at)
