"""Small articles made by hand, for what ties articles together: who said what, in which outlet, on which day."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from quotes.records import Article, Extraction, Gender, Outlet, Quote, QuoteKind, Speaker, SpeakerKind
from quotes.store.checking import FAULTS
from quotes.store.writing import Writer

TOWN = (
    "harbour ferry pier council mayor captain island storm lantern timber nets museum bridge market winter ledger"
    " lighthouse rope tide cargo festival quarry orchard tunnel parade railway chapel bakery garden cannery beacon"
    " painted repaired counted carried measured opened closed visited forgot noticed crossed borrowed followed sold"
    " quietly slowly early twice together northward briefly narrowly a the every another near behind under beyond"
).split()
FULL = "“We will rebuild the harbour pier before winter, and the ferry company must pay every invoice,”"
START = "“We will rebuild the harbour pier before winter,”"
END = "“the ferry company must pay every invoice,”"
WELLS = "“Mercury has poisoned every well in Quillan,”"
MAYOR = "mayor of Quillan"


def said(
    text: str,
    by: str | None = "Ana Cortés",
    role: str | None = None,
    *,
    kind: QuoteKind = "direct",
    speaker_kind: SpeakerKind = "person",
    gender: Gender | None = None,
) -> Quote:
    """A quote that `article` will give its place."""
    speaker = Speaker(by, speaker_kind, role, gender, ("she",) if gender == "woman" else ()) if by else None
    return Quote(kind, ((0, len(text)),), text, speaker=speaker, method="test")


def article(
    name: str,
    *quotes: Quote,
    day: str | None = None,
    outlet: str | Outlet | None = None,
    agency: str | None = None,
    text: str = "",
) -> Extraction:
    """An article at an address with this name: its quotes, a line each, and the text of its story."""
    if isinstance(outlet, str):
        outlet = Outlet(outlet, kind="agency" if outlet == "Northwire" else "newspaper")
    whole, placed = "", []
    for quote in quotes:
        span = len(whole), len(whole) + len(quote.text)
        placed.append(Quote(quote.kind, (span,), quote.text, speaker=quote.speaker, method=quote.method))
        whole += quote.text + "\n"
    return Extraction(
        Article(
            whole + (text or name),
            f"{name}.txt",
            published=day,
            url=f"https://courier.example/{name}",
            outlet=outlet,
            agency=Outlet(agency, kind="agency") if agency else None,
        ),
        tuple(placed),
    )


def write(db: Database, *extractions: Extraction) -> Writer:
    """Write articles one after the other; return what wrote them."""
    writer = Writer(db, "test")
    for extraction in extractions:
        writer.write(extraction)
    return writer


def story(seed: int, words: int = 300) -> str:
    """Sentences that no other seed has."""
    chance = random.Random(seed)
    sentences = (" ".join(chance.choices(TOWN, k=15)).capitalize() + "." for _ in range(words // 15))
    return " ".join(sentences)


def rows(db: Database, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return db.execute(sql, list(values)).fetchall()


def parts(db: Database, sql: str) -> set[frozenset[Any]]:
    """What stands together: the second columns of the rows that have the same first one."""
    found: dict[object, set[Any]] = {}
    for of, one in rows(db, sql):
        found.setdefault(of, set()).add(one)
    return set(map(frozenset, found.values()))


def sayings(db: Database) -> set[frozenset[str]]:
    """The quotes of each wording."""
    sql = "SELECT wording_id, quotes.text FROM sayings JOIN quotes ON id = quote_id WHERE wording_id IS NOT NULL"
    return parts(db, sql)


def content(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    return {name: rows(db, f"SELECT * FROM {name} ORDER BY 1, 2") for name in db.table_names()}


def loose_ends(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Rows that nothing leads to or that lead nowhere, counts that are wrong; of a sound database, none."""
    found = {what: rows(db, sql) for what, sql in {"keys": "PRAGMA foreign_key_check", **FAULTS}.items()}
    return {what: ends for what, ends in found.items() if ends}


def shuffled(extractions: Iterable[Extraction], seed: int) -> list[Extraction]:
    mixed = list(extractions)
    random.Random(seed).shuffle(mixed)
    return mixed


def press() -> list[Extraction]:
    """Articles with all that is linked: spellings, wordings, copies, an acronym, unnamed sources."""
    wire = story(1)
    union = said("“Members voted to strike at every cannery,”", "Harbour Workers Union", speaker_kind="organization")
    return [
        article(
            "a", said(FULL, "Ana Cortés", MAYOR), text=wire, outlet="Courier", agency="Northwire", day="2025-03-04"
        ),
        article(
            "b",
            said(START, "ANA CORTES", gender="woman"),
            said(END, "Cortés", MAYOR),
            outlet="Lantern",
            day="2025-03-05",
        ),
        article("c", said(FULL, "Bo Lind"), text=wire, outlet="Lantern", day="2025-03-06"),
        article("d", said(WELLS, "a chemist", speaker_kind="unnamed"), said(END, None), outlet="Post"),
        article("e", said(WELLS, "a chemist", speaker_kind="unnamed"), day="2025-03-01"),
        article("f", union, text="The Harbour Workers Union (HWU) met."),
        article("g", said("“We have nothing to lose but the nets,”", "HWU", speaker_kind="organization")),
        article(
            "h", said("that the wells were poisoned", "Lind", kind="indirect"), said(WELLS, "Robert Lind", "chemist")
        ),
    ]


def told(db: Database) -> dict[str, object]:
    """What is linked with what, and what is told of it, but for ids."""
    wordings = "SELECT text, quotes, outlets, speakers, first_published, last_published FROM wordings"
    groups = """SELECT articles, outlets, outlets.name, articles.source FROM article_groups
        JOIN articles ON articles.id = original_id LEFT JOIN outlets ON outlets.id = article_groups.agency_id"""
    return {
        "sayings": sayings(db),
        "wordings": set(rows(db, wordings)),
        "people": parts(db, "SELECT speaker_id, name || '|' || role || '|' || scope FROM speaker_names"),
        "speakers": set(rows(db, "SELECT name, kind, role, gender FROM speakers")),
        "copies": parts(db, "SELECT group_id, source FROM articles"),
        "groups": set(
            rows(db, groups.replace("articles, outlets,", "article_groups.articles, article_groups.outlets,"))
        ),
    }
