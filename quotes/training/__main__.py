"""`python -m quotes.training`: the steps from corpora to `quotes/pipeline/model`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import QuotesError
from .command_options import DATA, GOLD, MODEL, OUT_OF_FOLD, PART, RUN, TO
from .small_models import first_names, subjects

if TYPE_CHECKING:
    from .answers import Answer


class _Commands(click.Group):
    """Commands that say in one line what is wrong with their input, or what is not installed."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (QuotesError, ModuleNotFoundError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Commands)
def main() -> None:
    """Make the trained pipeline anew.

    \b
    Example:
      python -m quotes.training train --data corpora
      python -m quotes.training package --to language
      python -m quotes.training distil --data corpora --model language --run small-run
      python -m quotes.training package --run small-run --to small
      python -m quotes.training speech --data corpora --articles annotated --model small --teacher language --to model
      python -m quotes.training evaluate --data corpora
    """


@main.command()
@DATA
@RUN
@click.option("--layers", default=4, show_default=True, help="Layers of the encoder, 1 to 6.")
@click.option("--steps", default=4000, show_default=True, help="Batches in all.")
@click.option("--seed", default=1, show_default=True, help="Of weights, order and dropout.")
@click.option(
    "--shares",
    default="syntax=0.6 entity=0.4",
    show_default=True,
    help="How often each corpus is drawn.",
)
@click.option("--start", default="", help="Folder of a run whose weights it begins with, MiniLM's if none.")
@click.option("--encoder-rate", default=3e-4, show_default=True, help="The encoder's highest learning rate.")
@click.option("--threads", default=0, help="Of PyTorch; 0 for one a core.")
@click.option("--every", default=500, show_default=True, help="Steps from checkpoint to checkpoint.")
def train(
    data: Path,
    folder: Path,
    layers: int,
    steps: int,
    seed: int,
    shares: str,
    start: str,
    encoder_rate: float,
    threads: int,
    every: int,
) -> None:
    """Train; a run that was stopped goes on from its last checkpoint."""
    import torch

    from ..pipeline.language.wordpieces import Wordpieces
    from .learning.language_learning import Settings, Training, read
    from .networks.minilm import minilm

    if threads:
        torch.set_num_threads(threads)
    wordpieces = Wordpieces(minilm("tokenizer.json").read_bytes())
    settings = Settings(layers, steps, seed=seed, shares=shares, start=start, encoder_rate=encoder_rate)
    try:
        training = Training(folder, settings, read(data, wordpieces), wordpieces)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{folder}: step {training.step} of {steps}; the log is {folder / 'log.jsonl'}", err=True)
    training.run(every)


@main.command()
@DATA
@MODEL
@RUN
@click.option("--layers", default="0 2 3", show_default=True, help="Layers of the pipeline's encoder that are kept.")
@click.option("--heads", default=6, show_default=True, help="Heads of attention that are kept of each layer.")
@click.option("--inner", default=768, show_default=True, help="Width of each layer's middle.")
@click.option("--steps", default=1600, show_default=True, help="Batches in all.")
def distil(data: Path, model: Path | None, folder: Path, layers: str, heads: int, inner: int, steps: int) -> None:
    """Train a smaller encoder that gives the vectors of a pipeline's; a run that was stopped goes on.

    \b
    Example:
      python -m quotes.training distil --data corpora --model language --run small-run
      python -m quotes.training package --run small-run --to small
    """
    from .. import pipeline
    from .learning.distillation import Distillation

    nlp = pipeline.build(path=model or pipeline.MODEL, exclude=pipeline.AFTER_LANGUAGE)
    try:
        run = Distillation(folder, data, nlp, [int(layer) for layer in layers.split()], heads, inner)
    except (ValueError, IndexError, RuntimeError) as error:
        raise click.ClickException(f"--layers {layers} --heads {heads} --inner {inner}: {error}") from error
    run.train(steps)
    click.echo(f"{folder}: {steps} steps; the log is {folder / 'log.jsonl'}", err=True)


@main.command()
@RUN
@click.option(
    "--to",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write.",
)
@click.option("--int8/--float32", default=True, show_default=True, help="The encoder's numbers.")
def package(folder: Path, target: Path, int8: bool) -> None:
    """Export, quantise and package the last checkpoint of a run for spacy.load."""
    from .networks import packaging

    packaging.package(folder, target, int8=int8)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    click.echo(f"{target}: {size / 1e6:.1f} MB", err=True)


@main.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN=SHARE...")
@click.option(
    "--to", "target", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write."
)
def average(runs: tuple[str, ...], target: Path) -> None:
    """Average the weights of runs, each with its share; the outcome is packaged as a run is."""
    from .learning.averaging import average as average_runs

    average_runs({Path(run): float(share) for run, _, share in (one.rpartition("=") for one in runs)}, target)


@main.command()
@DATA
@MODEL
@click.option("--part", type=click.Choice(["test", "dev"]), default="test", show_default=True)
def evaluate(data: Path, model: Path | None, part: str) -> None:
    """Print the figures of the model card."""
    from .. import pipeline
    from .language_metrics import figures

    nlp = pipeline.build(path=model or pipeline.MODEL, exclude=pipeline.AFTER_LANGUAGE)
    for name, row in figures(nlp, data, part).items():
        click.echo(f"{name:18}" + "  ".join(f"{key} {value:.2f}" for key, value in row.items()))


def _known(parts: tuple[int, ...], known: list[int], option: str = "part") -> list[int]:
    """Return the parts that an option asks for, or all that there are."""
    for part in parts:
        if part not in known:
            raise click.ClickException(f"--{option} {part}: there are {', '.join(map(str, known))}")
    return list(parts) or known


@main.command()
@DATA
@GOLD
@MODEL
@RUN
@TO
@OUT_OF_FOLD
@click.option(
    "--teacher",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a pipeline that says what there is to retain of language; that of --model by default.",
)
@PART
def speech(
    data: Path,
    articles: Path,
    model: Path | None,
    folder: Path,
    target: Path | None,
    out_of_fold: bool,
    teacher: Path | None,
    parts: tuple[int, ...],
) -> None:
    """Train what finds quotes and their speakers, and print how good it is on articles that it was not trained on.

    A run that was stopped goes on where it stood. Each part of the articles needs a training of its own, of a larger
    network and of what learns from it: three hours on two cores with AVX-512. The network that is written with --to
    does without the first part, from which judging pieces is learned.

    A pipeline that finds quotes already, as that of --model does by default, is trained further in two hours, and
    measured on the first part alone: it knows the others.

    \b
    Example:
      python -m quotes.training speech --data corpora --articles annotated --model language --part 0
      python -m quotes.training speech --data corpora --articles annotated --to quotes/pipeline/model
    """
    from .. import pipeline
    from .answers import table
    from .speech import SpeechRun

    run = SpeechRun(folder, data, articles, model or pipeline.MODEL, teacher)
    measured = _known(parts, run.unknown_parts)
    if target:
        run.package(target)
        click.echo(f"{target}: written", err=True)
    if not out_of_fold:
        return
    answers = list(run.out_of_fold(measured))
    for fold in measured:
        part = table([answer for answer in answers if answer.fold == fold])
        click.echo(
            f"part {fold}: " + "  ".join(f"{name} {part[name][0]:.3f}" for name in ("content: F1", "who said what: F1"))
        )
    _print_answers(answers)


def _print_answers(answers: Sequence[Answer]) -> None:
    """Print how many answers are right, and how sure the pipeline is of them."""
    from ..pipeline.assembly import CALIBRATION
    from .answers import table
    from .calibration import fit, judged, reliability

    for name, (value, low, high) in table(answers).items():
        click.echo(f"{name:36} {value:.3f}  ({low:.3f} to {high:.3f})")
    rights = [one for answer in answers for one in judged(answer.article, answer.quotes)]
    more, times = fit(rights)
    fitted = more + times * CALIBRATION[0], times * CALIBRATION[1]
    click.echo("calibration: is {:+.2f}, {:+.2f}; fitted {:+.2f}, {:+.2f}".format(*CALIBRATION, *fitted))
    for low, high, number, sure, right in reliability(rights):
        click.echo(f"{low:.1f} to {high:.1f} {number:5}  confidence {sure:.2f}  right {right:.2f}")


@main.command()
@DATA
@GOLD
@MODEL
@RUN
@TO
@OUT_OF_FOLD
@PART
@click.option(
    "--unseen",
    type=int,
    multiple=True,
    default=(0,),
    show_default=True,
    help="Part of the articles that the encoder did not see, which judging pieces is learned from; may be repeated.",
)
def speakers(
    data: Path,
    articles: Path,
    model: Path | None,
    folder: Path,
    target: Path | None,
    out_of_fold: bool,
    parts: tuple[int, ...],
    unseen: tuple[int, ...],
) -> None:
    """Train what judges pieces and ranks speakers, on a pipeline as it is, and print how many speakers are right.

    First of annotated sources, in articles that the ranker was not trained on; then of all that is found, which is out
    of fold in parts that the encoder did not see either. `speech` trains the encoder.

    \b
    Example:
      python -m quotes.training speakers --data corpora --articles annotated --to model
    """
    from .. import pipeline
    from .annotated_articles import annotated
    from .speaker_ranking import RankerRun

    known = sorted({article.fold for article in annotated(articles)})
    measured = _known(parts, known)
    run = RankerRun(folder, data, articles, model or pipeline.MODEL, _known(unseen, known, "unseen"))
    if target:
        run.train()
        run.nlp.to_disk(target, exclude=["vocab"])  # which has the words of all articles
        pipeline.build(path=model or pipeline.MODEL).vocab.to_disk(target / "vocab")
        click.echo(f"{target}: written", err=True)
    if out_of_fold:
        figures, answers = run.out_of_fold(measured)
        for kind, (right, count) in figures.items():
            click.echo(f"{kind:8} {right:6} of {count:6}  {right / count:.3f}")
        _print_answers(answers)


@main.command()
@DATA
@GOLD
@MODEL
@RUN
@click.option(
    "--only", multiple=True, metavar="MODULE", help="Rules of this module of quotes/pipeline; may be repeated."
)
def ablate(data: Path, articles: Path, model: Path | None, folder: Path, only: tuple[str, ...]) -> None:
    """Print what is lost, out of fold, by doing without each rule that was written by hand.

    A loss is in F1 points of who said what and of content, and in points of via, with its 95 % interval. Below
    zero the rule does harm; where the interval has zero in it, the rule shows no use.

    \b
    Example:
      python -m quotes.training ablate --data corpora --articles annotated --only pieces --only statements
    """
    from .. import pipeline
    from .ablation import FIGURES, counts, losses, rules
    from .speech import SpeechRun

    chosen = [rule for rule in rules() if not only or rule.where.split(".")[-2] in only]
    if not chosen:
        raise click.ClickException(f"no rules in {', '.join(only)}")
    run = SpeechRun(folder, data, articles, model or pipeline.MODEL)
    base, without = zip(*counts(run, chosen), strict=True)
    click.echo(f"{'without':52}" + "".join(f"{name:>28}" for name in FIGURES))
    for n, rule in enumerate(chosen):
        lost = losses(base, [row[n] for row in without])
        cells = (f"{100 * value:+.2f} ({100 * low:+.2f} to {100 * high:+.2f})" for value, low, high in lost.values())
        click.echo(f"{rule.name:52}" + "".join(f"{cell:>28}" for cell in cells))


main.add_command(subjects)
main.add_command(first_names)

if __name__ == "__main__":
    main()
