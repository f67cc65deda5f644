"""The commands that train what is small and apart from the network: subjects, first names."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from .command_options import DATA, MODEL, RUN, TO


@click.command()
@DATA
@MODEL
@RUN
@click.option(
    "--folds",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV file of articles and the part that each is in; outlets that it lacks are shared out.",
)
@TO
def subjects(data: Path, model: Path | None, folder: Path, folds: Path | None, target: Path | None) -> None:
    """Train what tells the subjects of articles, and print how good it is on outlets that it was not trained on.

    What the encoder read once is kept in the folder of the run.

    \b
    Example:
      python -m quotes.training subjects --data corpora --to quotes/pipeline/model
    """
    from .. import pipeline
    from .learning.subject_learning import Meanings, errors, figures, give, out_of_fold, parts, read, systems

    path = model or pipeline.MODEL
    articles = list(read(data, pipeline.build(path=path, enable=("marks", "encoder")), folder / "subjects"))
    rows = csv.DictReader(folds.read_text(encoding="utf-8").splitlines()) if folds else ()
    part = parts(articles, {row["article"]: int(row["fold"]) for row in rows})
    meanings = Meanings()
    if target:
        nlp = pipeline.build(path=path)
        give(nlp, articles, meanings, part)
        nlp.to_disk(target, exclude=["vocab"])
        click.echo(f"{target}: written", err=True)
    for name, system in systems(meanings).items():
        scores, thresholds = out_of_fold(system, articles, part)
        found = figures(scores, thresholds, articles)
        click.echo(f"{name:10}" + "  ".join(f"{key} {value:.3f}" for key, value in found.items()))
        wrong = errors(scores, thresholds, articles)
        click.echo(" " * 10 + "  ".join(f"{key} {value:.3g}" for key, value in wrong.items()))


@click.command("first-names")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
def first_names(target: Path) -> None:
    """Write which first names are nearly always men's, or women's.

    \b
    Example:
      python -m quotes.training first-names --to quotes/lexicon/first_names.npz
    """
    import numpy as np

    from .first_name_table import table

    names = table()
    with target.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **names)
    click.echo("  ".join(f"{gender} {len(numbers)}" for gender, numbers in names.items()))
