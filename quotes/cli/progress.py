"""Progress, summary and interruption of an ingest, on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .terminal import say

if TYPE_CHECKING:
    from ..ingest.run import Report

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 and the number of the signal."""
SILENT = 2.0
"""Seconds that an ingest waits for another process before it reports it."""
SHOWN_FAILURES = 20


@contextmanager
def progress(sources: Sequence[str], quiet: bool) -> Iterator[Callable[[Report], None]]:
    """Show a progress bar on standard error, if that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda report: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ..reading import find
    from ..reading.addresses import is_address

    # Counted and found again: a million files are too many to hold. A table or an address may hold any number.
    files = [source for source in sources if not is_address(source)]
    total = sum(1 for _ in find(files)) if len(files) == len(sources) else None
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[quotes]} quotes"),
        TextColumn("{task.fields[speed]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=total, quotes=0, speed="")
        started = time.monotonic()

        def advance(report: Report) -> None:
            speed = f"{report.done / max(time.monotonic() - started, 0.1):.1f}/s"
            # More articles than files: some files hold several.
            more = None if total is not None and report.done > total else total
            bar.update(task, completed=report.done, total=more, quotes=report.quotes, speed=speed)

        yield advance


def report_outcome(report: Report, db: Path, quiet: bool) -> bool:
    """Report how an ingest went; return whether something failed."""
    if not quiet:
        summarize(report, db)
    say_failures(report)
    if report.stopped:
        say_stopped(db, 128 + report.stopped)
    return bool(report.failures)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def summarize(report: Report, db: Path) -> None:
    """Print a summary in one line."""
    parts = [_counted(report.new, "new article"), _counted(report.quotes, "quote")]
    parts += [f"{report.updated} updated"] * bool(report.updated)
    parts += [f"{report.unchanged} unchanged"] * bool(report.unchanged)
    parts += [f"{report.lost} failed"] * bool(report.lost)
    parts += [f"{report.incomplete} incomplete"] * bool(report.incomplete)
    say(f"{db}: {', '.join(parts)}")


def say_stopping(articles: int) -> None:
    """Report what a run that was interrupted still finishes."""
    say(f"Stopping: a few seconds to finish {_counted(articles, 'article')}; interrupt again to stop at once.")


def say_stopped(db: Path, code: int = INTERRUPTED) -> NoReturn:
    """Report that a run was interrupted and can be resumed, and exit."""
    say(f"Stopped. Finished articles are in {db}; run the same command to resume.")
    sys.exit(code)


def waiting(db: Path, quiet: bool) -> Callable[[float], bool]:
    """Return a handler that waits for other writers however long they take, and reports each wait once."""
    said = False

    def on_wait(seconds: float) -> bool:
        nonlocal said
        if seconds < SILENT:
            said = False
        elif not said:
            said = True
            if not quiet:
                say(f"{db}: another process is writing to it; waiting for it to finish")
        return True

    return on_wait


def say_failures(report: Report) -> None:
    """Print the first failures, one per line."""
    for failure in report.failures[:SHOWN_FAILURES]:
        say(f"Error: {failure.source}: {failure.error}")
    if len(report.failures) > SHOWN_FAILURES:
        say(f"... and {len(report.failures) - SHOWN_FAILURES} more, in the table ingest_failures")
