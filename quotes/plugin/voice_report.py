"""Who gets to speak, to be handed on: rows for spreadsheets and programs, and pages of A4, one a month and outlet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from .counts.counting import matching, most_quoted
from .counts.facets import FACETS
from .counts.quote_columns import Columns
from .counts.selection import Selection
from .counts.voices import FEWEST, By, Voices, counted_quotes, share, voices, voices_by

HERE = Path(__file__).parent
NONE = "(none)"
"""In rows: what has no outlet, no subject, no day."""
HEARD = 8
SUBJECTS = 6
"""Of a page: so that it is one."""
PEOPLE = "SELECT id, name, kind, role, gender FROM speakers WHERE id IN ({})"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page.

    outlet, month (str): What it is of; "" for none.
    against (Voices): The same month in all outlets.
    heard (list): Whom it quotes most, as rows with name, kind, role and gender, and their quotes.
    subjects (list): Names of subjects with who speaks on them.
    """

    outlet: str
    month: str
    found: Voices
    against: Voices
    heard: list[tuple[Any, int]]
    subjects: list[tuple[str, Voices]]


def rows(
    connection: sqlite3.Connection, columns: Columns, selection: Selection, by: By, *, once: bool = False
) -> Iterator[Row]:
    """Yield a row for each outlet, subject or month of a selection, as the query `who_gets_to_speak` has them.

    Shares are percentages, None of fewer than `FEWEST`.
    """
    found = voices_by(columns, selection, by, once=once)
    names = _names(connection, by, (one.number for one in found))
    if by != "month":
        found = sorted(found, key=lambda one: (-one.quotes, names[one.number] or NONE))
    for one in found:
        yield {by: names[one.number] or NONE, **row(one)}


def total(columns: Columns, selection: Selection, *, once: bool = False) -> Row:
    """Return the same of all quotes of a selection together: a source of two outlets is one."""
    return row(voices(columns, selection, once=once))


def row(one: Voices) -> Row:
    """Return numbers and shares under names of their own."""
    women, men, hidden = one.gender.parts
    named, unnamed = one.naming.parts
    officials, others, untold = one.standing.parts
    people, shown, told = one.gender, one.gender.told, one.standing.told
    return {
        "quotes": one.quotes,
        "articles": one.articles,
        "stories": one.stories,
        "people": people.sources,
        "women": women.sources,
        "men": men.sources,
        "gender_not_shown": hidden.sources,
        "percent_women": _percent(women.sources, people.sources),
        "percent_men": _percent(men.sources, people.sources),
        "percent_gender_not_shown": _percent(hidden.sources, people.sources),
        "percent_women_of_shown": _percent(women.sources, shown.sources),
        "quotes_of_people": people.quotes,
        "quotes_of_women": women.quotes,
        "quotes_of_men": men.quotes,
        "quotes_of_gender_not_shown": hidden.quotes,
        "percent_quotes_of_women_of_shown": _percent(women.quotes, shown.quotes),
        "named": named.sources,
        "unnamed": unnamed.sources,
        "quotes_of_named": named.quotes,
        "quotes_of_unnamed": unnamed.quotes,
        "percent_quotes_of_unnamed": _percent(unnamed.quotes, one.naming.quotes),
        "officials": officials.sources,
        "others": others.sources,
        "role_not_told": untold.sources,
        "quotes_of_officials": officials.quotes,
        "quotes_of_others": others.quotes,
        "quotes_of_role_not_told": untold.quotes,
        "percent_quotes_of_officials_of_told": _percent(officials.quotes, told.quotes),
        "quotes_of_documents": one.documents,
        "quotes_unresolved": one.unresolved,
    }


def sheets(columns: Columns, selection: Selection) -> list[Selection]:
    """Return what there is a page of: each month, the newest first, of each outlet of a selection."""
    places = matching(columns, selection)
    pairs = {
        (month, outlet)
        for month, outlet in zip(columns.month[places].tolist(), columns.outlet[places].tolist(), strict=True)
    }
    in_order = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    return [selection.having("month", month).having("outlet", outlet) for month, outlet in in_order]


def write_html(
    connection: sqlite3.Connection,
    columns: Columns,
    selection: Selection,
    out: IO[str],
    *,
    once: bool = False,
    advance: Callable[[int], None] = lambda pages: None,
) -> None:
    """Write an HTML document that needs nothing else, and prints a page of A4 for each month and outlet.

    advance (Callable): Told of each page.
    """
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True)
    template = environment.get_template("quotes_report.html")

    def drawn() -> Iterator[Sheet]:
        for page in sheets(columns, selection):
            yield _sheet(connection, columns, page, once)
            advance(1)

    style = Markup((HERE / "static" / "report.css").read_text(encoding="utf-8"))
    out.writelines(template.generate(sheets=drawn(), once=once, fewest=FEWEST, style=style))


def _sheet(connection: sqlite3.Connection, columns: Columns, page: Selection, once: bool) -> Sheet:
    chosen = dict(page.chosen)
    heard = most_quoted(columns, counted_quotes(columns, page, once=once), HEARD)
    numbers = [one.number for one in heard]
    people = {
        found[0]: found[1:] for found in connection.execute(PEOPLE.format(", ".join("?" * len(numbers))), numbers)
    }
    by_subject = voices_by(columns, page, "subject", once=once)[:SUBJECTS]
    names = _names(connection, "subject", (one.number for one in by_subject))
    return Sheet(
        _names(connection, "outlet", [chosen["outlet"]])[chosen["outlet"]],
        _names(connection, "month", [chosen["month"]])[chosen["month"]],
        voices(columns, page, once=once),
        voices(columns, page.without("outlet"), once=once),
        [(people[one.number], one.quotes) for one in heard if one.number in people],
        [(names[one.number], one) for one in by_subject],
    )


def _names(connection: sqlite3.Connection, by: By, numbers: Iterable[int]) -> dict[int, str]:
    """Return what outlets, subjects or months are called by their numbers, "" for none."""
    wanted = sorted(set(numbers))
    if by == "month":
        return {number: FACETS["month"].text(number) if number else "" for number in wanted}
    sql = f"SELECT name FROM {FACETS[by].table} WHERE id = ?"
    found = {number: connection.execute(sql, [number]).fetchone() for number in wanted}
    return {number: name[0] if name else "" for number, name in found.items()}


def _percent(part: int, whole: int) -> float | None:
    found = share(part, whole)
    return None if found is None else round(100 * found, 1)
