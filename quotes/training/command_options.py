"""Options of several commands of `python -m quotes.training`."""

from __future__ import annotations

from pathlib import Path

import click

DATA = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of the corpora; quotes/training/corpora.py says how they lie in it.",
)
MODEL = click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a pipeline; the one that comes with the package by default.",
)
RUN = click.option(
    "--run",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("training-run"),
    show_default=True,
    help="Folder of the run: settings, log, checkpoint.",
)
GOLD = click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of annotated articles; quotes/training/annotated_articles.py says what is in it.",
)

TO = click.option(
    "--to", "target", type=click.Path(file_okay=False, path_type=Path), help="Folder to write; none only measures."
)
OUT_OF_FOLD = click.option(
    "--out-of-fold/--no-out-of-fold", default=True, show_default=True, help="Whether to measure."
)
PART = click.option(
    "--part",
    "parts",
    type=int,
    multiple=True,
    help="Measure on this part of the articles; may be repeated. All if none.",
)
