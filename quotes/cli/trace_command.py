"""The command `trace`: where the quotes of an article were printed before."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from ..export.text_tables import Cell, Column, as_json
from .extracting import extractions
from .options import database, output_file, reading
from .terminal import plain

if TYPE_CHECKING:
    from ..linking.tracing import Printing, Trace
    from ..linking.wordings.word_changes import Piece
    from ..reading import ReadOptions

COLUMNS = (
    *map(Column, ("article", "saying", "speaker")), Column("start", int), Column("end", int),
    *map(Column, ("relation", "differences", "other_speaker", "words", "changes", "printed_speaker", "outlet")),
    *map(Column, ("published", "title", "source")), Column("quote_id", int), Column("wording_id", int),
)  # fmt: skip
SHOWN = 4
"""Printings of a saying that people are told; `jsonl` and `csv` have twenty."""
RELATIONS = {
    "conflict": "says something else",
    "cut": "cuts what was printed",
    "longer": "has more than was printed",
    "overlaps": "has a part of what was printed",
    "same": "the same words",
}


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="ARTICLE...")
@database()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="Output format: for people, one JSON object a saying, or one row a printing.",
)
@output_file
@reading
def trace(sources: tuple[str, ...], db: Path, form: str, path: Path | None, read_options: ReadOptions) -> None:
    """Show where the quotes of articles were printed before, and what was changed.

    Each sentence that an article quotes is looked up among those in the database, which is not changed. Misquotes come
    first: a negation, a number or a name that differs, then a negation that a cut leaves out, another speaker, and
    words cut from their sentence. In the text [-words-] are left out of what was printed, {+words+} are put in. An
    article that is in the database is not compared with itself.

    \b
    Examples:
      quotes trace story.txt
      curl -s https://example.org/story.html | quotes trace -
      quotes trace drafts/*.txt --format csv -o traced.csv
    """
    from ..linking.tracing import trace as traced
    from ..store.database import reading as reading_database
    from . import output

    def found() -> Iterator[tuple[str, list[Trace]]]:
        for extraction in extractions(sources, read_options, 0.0, failed):
            article = extraction.article
            yield article.source, list(traced(opened, extraction.quotes, sha256=article.sha256, url=article.url))

    failed: list[str] = []
    with reading_database(db) as opened, output.output(path, form) as out:
        if form == "csv":
            output.print_rows(form, COLUMNS, _cells(found()), out)
        elif form == "jsonl":
            for source, traces in found():
                out.writelines(as_json({"article": source, **asdict(one)}) + "\n" for one in traces)
        else:
            for source, traces in found():
                _print(source, traces, out)
    if failed:
        sys.exit(1)


def marked(changes: Iterable[Piece]) -> str:
    """Return words with their changes as `git diff --word-diff` marks them."""
    marks = {"same": "{}", "put in": "{{+{}+}}", "left out": "[-{}-]", "cut": "[-{}-]"}
    return " ".join(marks[piece.change].format(piece.text) for piece in changes)


def _cells(found: Iterable[tuple[str, list[Trace]]]) -> Iterator[list[Cell]]:
    """Yield a row for each printing of each saying, one without a printing for what was not printed before."""
    for source, traces in found:
        for one in traces:
            said: list[Cell] = [source, one.text, one.speaker, one.start, one.end]
            for printing in one.printings:
                other = {True: "yes", False: "no", None: None}[printing.other_speaker]
                differs = "; ".join(printing.differences)
                yield [
                    *said, printing.relation, differs, other, printing.words, marked(printing.changes),
                    printing.speaker, printing.outlet, printing.published, printing.title, printing.source,
                    printing.quote_id, printing.wording_id,
                ]  # fmt: skip
            if not one.printings:
                yield [*said, *[None] * (len(COLUMNS) - len(said))]


def _print(source: str, traces: list[Trace], out: IO[str]) -> None:
    known = sorted((one for one in traces if one.printings), key=lambda one: (one.rank, one.start))
    total = f"{len(traces)} saying{'' if len(traces) == 1 else 's'} that can be traced"
    lines = [f"{source}: {total}, {len(known)} printed before"]
    for one in known:
        lines += ["", f"“{one.text}”" + (f" ({one.speaker})" if one.speaker else "")]
        lines += [f"  {line}" for printing in one.printings[:SHOWN] for line in _told(printing)]
        more = one.more + max(0, len(one.printings) - SHOWN)
        lines += [f"  and {more} more"] * bool(more)
    out.write("\n".join(map(plain, lines)) + "\n\n")


def _told(printing: Printing) -> list[str]:
    where = ", ".join(filter(None, (printing.outlet or printing.source, printing.published)))
    notes = [RELATIONS[printing.relation]]
    if printing.differences:
        lost = "leaves out the " if printing.relation == "cut" else "differs in "
        notes.append(lost + ", ".join(printing.differences))
    if printing.other_speaker:
        notes.append(f"given to {printing.speaker} there")
    is_grave = printing.differences or printing.other_speaker
    lines = [f"{'!' if is_grave else '-'} {where}: {'; '.join(notes)}"]
    if printing.relation != "same" or any(piece.change != "same" for piece in printing.changes):
        lines.append(f"    {marked(printing.changes)}")
    return lines
