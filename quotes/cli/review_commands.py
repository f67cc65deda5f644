"""The commands by which a reader decides about quotes: `correct`, `decisions`."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Sequence
from getpass import getuser
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from ..records import QUOTE_KINDS, SPEAKER_KINDS, QuoteKind, Span, SpeakerKind
from .options import database, output_file, quiet, table_or_json
from .terminal import say

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ..store.decisions.decided_quotes import Decision

SHOWN = 20
_OFFSETS = re.compile(r"(\d{1,12}):(\d{1,12})")


def reviewer() -> str:
    """Return the name of whoever uses this account, for decisions to be signed with."""
    try:
        return getuser()
    except (OSError, KeyError):  # the account has no name
        return "unknown"


def _signature(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str:
    return " ".join((name or reviewer()).encode("utf-8", "replace").decode().split()) or "unknown"


by = click.option("--by", metavar="NAME", callback=_signature, help="Who decides. [default: the name of your account]")


@click.command()
@click.argument("hashes", nargs=-1, metavar="[HASH]...")
@click.option("--accept", is_flag=True, help="It is right as it stands; one that was rejected comes back.")
@click.option("--reject", is_flag=True, help="It is no quote.")
@click.option("--undo", is_flag=True, help="Take back what was decided: it is again as the machine finds it.")
@click.option("--speaker", metavar="NAME", help="Its speaker, by name.")
@click.option("--speaker-kind", type=click.Choice(SPEAKER_KINDS), help="What --speaker is, if that isn't known yet.")
@click.option("--no-speaker", is_flag=True, help="The article does not tell its speaker.")
@click.option("--kind", type=click.Choice(QUOTE_KINDS), help="Its kind.")
@click.option(
    "--span",
    "spans",
    multiple=True,
    metavar="SPAN",
    help="Where it stands: START:END in characters of the article, or the words themselves; one for each piece.",
)
@click.option("--missed", type=int, metavar="ARTICLE", help="Mark a quote that was missed in this article, by id.")
@by
@database()
@quiet
def correct(
    hashes: tuple[str, ...],
    accept: bool,
    reject: bool,
    undo: bool,
    speaker: str | None,
    speaker_kind: SpeakerKind | None,
    no_speaker: bool,
    kind: QuoteKind | None,
    spans: tuple[str, ...],
    missed: int | None,
    by: str,
    db: Path,
    quiet: bool,
) -> None:
    """Decide about quotes: they are right, wrong, or right once corrected.

    HASH is the hash of a quote, or its first digits (6 at least), as `quotes search --format csv`, every
    export and the table of quotes show it; - reads one a line from standard input. A decision wins over what
    the machine finds, now and when the article is ingested again, in another version or by another version of
    this program. Rejected quotes are in no page, count or export; --undo brings them back.

    \b
    Examples:
      quotes correct 3f9a1c20 --accept
      quotes correct 3f9a1c20 --speaker "Ann Lowe" --kind mixed
      quotes correct 3f9a1c20 --span "“We knew,”" --span "“all along.”"
      quotes correct 3f9a1c20 --undo
      quotes correct --missed 12 --span 120:184 --kind indirect --speaker "a spokesperson" --speaker-kind unnamed
      quotes search 'photo credit' --format jsonl | jq -r .hash | quotes correct - --reject
    """
    from ..errors import DecisionError
    from ..store.database import writing
    from ..store.decisions import deciding
    from ..store.decisions.deciding import Correction
    from ..store.decisions.speaker_choices import speaker_called

    corrects = bool(speaker or no_speaker or kind or spans)
    _refuse_contradictions(hashes, accept, reject, undo, corrects, bool(spans), missed is not None)
    if (speaker and no_speaker) or (speaker_kind and not speaker):
        raise click.UsageError("--speaker-kind is for --speaker, --no-speaker is without it")
    if missed is not None and not (spans and kind):
        raise click.UsageError("--missed needs --span and --kind")

    def correction(opened: Database, article_id: int) -> Correction:
        said_by = speaker_called(opened, article_id, speaker, speaker_kind) if speaker is not None else None
        places = _places(deciding.article_of(opened, article_id).text, spans)
        return Correction(said_by, no_speaker, kind, places or None)

    def decide(opened: Database, one: str) -> Decision:
        digest = deciding.hash_of(opened, one)
        if reject:
            return deciding.reject(opened, digest, by)
        if undo:
            return deciding.undo(opened, digest)
        return deciding.accept(opened, digest, by, correction(opened, deciding.home_of(opened, digest)))

    def mark(opened: Database, article_id: int) -> Decision:
        wanted = correction(opened, article_id)
        return deciding.add(opened, article_id, wanted.spans or (), kind or "direct", wanted.speaker, by)

    failed = False
    with writing(db) as opened:
        for one in _listed(hashes) if missed is None else [""]:
            try:
                decision = decide(opened, one) if missed is None else mark(opened, missed)
            except DecisionError as error:
                failed = True
                say(f"Error: {error}")
                continue
            if not quiet:
                _say_decision(decision, "undone" if undo else decision.verdict)
    if failed:
        sys.exit(1)


@click.group()
def decisions() -> None:
    """List decisions about quotes, and take them to another database.

    \b
    Examples:
      quotes decisions list
      quotes decisions export -o decisions.jsonl
      quotes decisions import decisions.jsonl --db other.db
    """


@decisions.command("list")
@click.option(
    "--verdict", type=click.Choice(["accept", "correct", "reject", "add"]), help="Only decisions of this kind."
)
@click.option("--unfit", is_flag=True, help="Only those without effect: their article or its words are gone.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Maximum number of rows.")
@database()
@table_or_json
def list_them(verdict: str | None, unfit: bool, limit: int, db: Path, form: str) -> None:
    """List decisions, the last first.

    \b
    Examples:
      quotes decisions list
      quotes decisions list --verdict reject -n 500
      quotes decisions list --unfit --format json
    """
    from rich.console import Console

    from ..store.database import reading
    from ..store.decisions.decision_table import listed
    from .output import print_decisions

    with reading(db) as opened:
        found = listed(opened, verdict=verdict, unfit=unfit, limit=limit)
        if not print_decisions(found, form, Console(), sys.stdout):
            say("no decision" + (" that doesn't fit" if unfit else f" of the kind {verdict}" if verdict else ""))


@decisions.command("export")
@output_file
@click.option(
    "--gold",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write annotated articles into this new folder instead, as `python -m quotes.training` reads them.",
)
@database()
@quiet
def export_them(path: Path | None, gold: Path | None, db: Path, quiet: bool) -> None:
    """Write all decisions as JSON lines, for `quotes decisions import` into another database.

    With --gold, write the articles in which every quote has been decided about, as gold: their texts, a JSON
    file each, and folds.csv, in which articles of one outlet are together.

    \b
    Examples:
      quotes decisions export -o decisions.jsonl
      quotes decisions export | gzip > decisions.jsonl.gz
      quotes decisions export --gold annotated/
    """
    from ..export.decided_gold import write_gold
    from ..store.database import reading
    from ..store.decisions.decision_files import written
    from .output import output

    with reading(db) as opened:
        if gold:
            if path:
                raise click.UsageError("--gold writes a folder, -o a file: give one of them")
            count = write_gold(opened, gold)
            what = f"{count:,} article{'s' * (count != 1)} in which everything is decided"
        else:
            count = 0
            with output(path, "jsonl") as out:
                for count, line in enumerate(written(opened), 1):  # noqa: B007 counted
                    out.write(line + "\n")
            what = f"{count:,} decision{'s' * (count != 1)}"
    if not quiet and (path or gold or not count):
        say(f"{gold or path or db}: {what}")


@decisions.command("import")
@click.argument("source", type=click.File(encoding="utf-8"), metavar="FILE")
@database()
@quiet
def import_them(source: IO[str], db: Path, quiet: bool) -> None:
    """Take in the decisions of another database; FILE is what `quotes decisions export` wrote, or -.

    Articles are known by their URL, those without by their text. Of two decisions about one quote the newer
    holds. Those that do not fit, since their article is not there or has not their words, are listed; they
    are kept, and hold as soon as they fit. The exit code is 1 if there are any.

    \b
    Examples:
      quotes decisions import decisions.jsonl
      zcat decisions.jsonl.gz | quotes decisions import - --db db/korea.db
    """
    from ..errors import DecisionError
    from ..store.database import writing
    from ..store.decisions.decision_files import read, take_in

    try:
        brought = read(source)
    except (DecisionError, UnicodeDecodeError) as error:
        why = "not UTF-8; nothing was imported" if isinstance(error, UnicodeDecodeError) else str(error)
        raise DecisionError(f"{source.name}: {why}") from error
    hidden = quiet or not sys.stderr.isatty()
    with (
        writing(db) as opened,
        click.progressbar(length=len(brought), label="decisions", file=sys.stderr, hidden=hidden) as bar,
    ):
        report = take_in(opened, brought, bar.update)
    for one in report.unfit[:SHOWN]:
        say(f"does not fit: {one.hash[:12]} {textwrap.shorten(one.quote.text, 60, placeholder=' …')} in {one.article}")
    if len(report.unfit) > SHOWN:
        say(f"... and {len(report.unfit) - SHOWN:,} more; `quotes decisions list --unfit` has them all")
    if not quiet:
        say(f"{db}: {report.new:,} taken in, {len(report.unfit):,} of them don't fit; {report.known:,} were known")
    if report.unfit:
        sys.exit(1)


def _refuse_contradictions(
    hashes: Sequence[str], accept: bool, reject: bool, undo: bool, corrects: bool, spans: bool, missed: bool
) -> None:
    if missed == bool(hashes):
        raise click.UsageError("give the HASH of a quote, or --missed ARTICLE")
    if accept + reject + undo > 1 or ((reject or undo) and corrects) or (missed and (reject or undo)):
        raise click.UsageError("--accept, --reject, --undo and corrections exclude each other")
    if not (accept or reject or undo or corrects):
        raise click.UsageError(
            "say what is decided: --accept, --reject, --undo, --speaker, --no-speaker, --kind or --span"
        )
    if spans and len(hashes) > 1:
        raise click.UsageError("--span is for one quote")


def _listed(hashes: Sequence[str]) -> list[str]:
    found: list[str] = []
    for one in hashes:
        found += [line.split()[0] for line in sys.stdin if line.strip()] if one == "-" else [one]
    return found


def _places(text: str, spans: Sequence[str]) -> list[Span]:
    """Return where pieces stand in a text: offsets as they are, words where they stand, after the piece before."""
    from ..errors import DecisionError

    found: list[Span] = []
    for span in spans:
        if offsets := _OFFSETS.fullmatch(span):
            found.append((int(offsets[1]), int(offsets[2])))
            continue
        least = found[-1][1] if found else 0
        places = [match.start() for match in re.finditer(re.escape(span), text) if match.start() >= least]
        shown = textwrap.shorten(span, 60, placeholder=" …")
        if not places:
            raise DecisionError(f"{shown!r} does not stand in the article{' after the piece before it' * bool(found)}")
        if len(places) > 1 and not found:
            each = ", ".join(f"{place}:{place + len(span)}" for place in places[:5])
            raise DecisionError(f"{shown!r} stands {len(places)} times in the article; say which: {each}")
        found.append((places[0], places[0] + len(span)))
    return found


def _say_decision(decision: Any, verdict: str) -> None:
    who = decision.quote.speaker.name if decision.quote.speaker else "no speaker"
    say(f"{decision.hash[:12]} {verdict}: {textwrap.shorten(decision.quote.text, 80, placeholder=' …')} ({who})")
