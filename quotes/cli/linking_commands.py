"""The commands about links between articles: `link`, `speakers`, `disagreements`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..records import GENDERS, SPEAKER_KINDS
from .options import database, quiet, table_or_json
from .terminal import say


@click.command()
@database()
@quiet
def link(db: Path, quiet: bool) -> None:
    """Rebuild the links between articles: speakers, wordings and copies.

    `ingest` keeps them up to date; this is for one that was linked by the rules of an older version. Manual decisions
    (`quotes speakers`) are kept. The database stays as it is until the end, and other commands can
    read and write it meanwhile, except in the last moments.

    \b
    Examples:
      quotes link
      quotes link --db db/korea.db
    """
    from ..store.database import writing
    from ..store.relinking import link_all

    with writing(db) as opened:
        count = opened.execute("SELECT count(*) FROM articles").fetchone()[0]
        hidden = quiet or not sys.stderr.isatty()
        with click.progressbar(length=count, label="articles", file=sys.stderr, hidden=hidden) as bar:
            link_all(opened, lambda: bar.update(1))
        counts = [opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("speakers", "wordings")]
    if not quiet:
        say(f"{db}: {count} articles, {counts[0]} speakers, {counts[1]} wordings")


@click.group()
def speakers() -> None:
    """List, merge, split and rename speakers.

    A speaker is identified by its id or by one of its names. Decisions are kept, and apply to
    articles that are ingested later.

    \b
    Examples:
      quotes speakers list watson
      quotes speakers merge "Lady Gaga" "Stefani Germanotta"
    """


@speakers.command("list")
@click.argument("words", nargs=-1)
@click.option("--kind", type=click.Choice(SPEAKER_KINDS), help="Only speakers of this kind.")
@click.option("--gender", type=click.Choice(GENDERS), help="Only speakers whose articles show this gender.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Maximum number of rows.")
@database()
@table_or_json
def list_them(words: tuple[str, ...], kind: str | None, gender: str | None, limit: int, db: Path, form: str) -> None:
    """List speakers, the most quoted first, with their aliases.

    \b
    Examples:
      quotes speakers list
      quotes speakers list watson --format json
      quotes speakers list --kind organization -n 200
      quotes speakers list --gender woman
    """
    from rich.console import Console

    from ..store.database import reading
    from ..store.decisions.speaker_decisions import list_speakers
    from .output import print_speakers

    with reading(db) as opened:
        found = list_speakers(opened, " ".join(words), kind=kind, gender=gender, limit=limit)
        if not print_speakers(found, form, Console(), sys.stdout):
            by_name_alone = words and not (kind or gender)
            raise click.ClickException(f"no speaker named {' '.join(words)}" if by_name_alone else "no speaker matches")


@speakers.command()
@click.argument("one")
@click.argument("other")
@database()
def merge(one: str, other: str, db: Path) -> None:
    """Merge ONE and OTHER: they are the same speaker.

    \b
    Examples:
      quotes speakers merge "Lady Gaga" "Stefani Germanotta"
      quotes speakers merge 12 407
    """
    from ..store.database import writing
    from ..store.decisions import speaker_decisions

    with writing(db) as opened:
        pair = (speaker_decisions.find_speaker(opened, name) for name in (one, other))
        merged = speaker_decisions.merge(opened, *pair)
    say(f"merged into speaker {merged}")


@speakers.command()
@click.argument("speaker")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@database()
def split(speaker: str, names: tuple[str, ...], db: Path) -> None:
    """Split these aliases off SPEAKER: they belong to someone else.

    \b
    Examples:
      quotes speakers split 12 "J. Moss"
    """
    from ..store.database import writing
    from ..store.decisions import speaker_decisions

    with writing(db) as opened:
        speaker_decisions.split(opened, speaker_decisions.find_speaker(opened, speaker), names)


@speakers.command()
@click.argument("speaker")
@click.argument("name")
@database()
def rename(speaker: str, name: str, db: Path) -> None:
    """Show SPEAKER as NAME.

    \b
    Examples:
      quotes speakers rename "Volodymyr Zelenskiy" "Volodymyr Zelensky"
    """
    from ..store.database import writing
    from ..store.decisions import speaker_decisions

    if not name.strip():
        raise click.UsageError("the new name is empty")
    with writing(db) as opened:
        speaker_decisions.rename(opened, speaker_decisions.find_speaker(opened, speaker), name)


@click.command()
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Maximum number of rows.")
@database()
@table_or_json
def disagreements(limit: int, db: Path, form: str) -> None:
    """List wordings that outlets attribute to different speakers, the most widely printed first.

    \b
    Examples:
      quotes disagreements
      quotes disagreements --format json | jq .words
    """
    from rich.console import Console

    from ..store import disagreements as stored
    from ..store.database import reading
    from .output import print_disagreements

    with reading(db) as opened:
        if not print_disagreements(stored.disagreements(opened, limit), form, Console(), sys.stdout):
            say("no wording is attributed to different speakers")
