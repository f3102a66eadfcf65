"""`assistant eval`: judge evaluation sets, print the table and the failures, compare with the thresholds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from assistant.answering import Assistant
from assistant.errors import EvaluationError
from assistant.evaluation.calibrate import calibrate as fit_threshold
from assistant.evaluation.calibrate import curves
from assistant.evaluation.measures import judge_all
from assistant.evaluation.report import breakdown, failures, figures, table
from assistant.evaluation.sets import read_sets
from assistant.index.build import build_index
from assistant.settings import Settings, in_checkout


def run(settings: Settings, files: Sequence[Path], calibrate: bool = False, as_json: bool = False) -> int:
    """Judge the sets in the files; return 0, or 1 where a threshold of the repository is missed.

    With `calibrate`, the refusal threshold is chosen on these sets first and stored with the ranking.
    """
    if calibrate and not in_checkout():
        raise EvaluationError("--calibrate stores its figures in the repository. Run it in a clone of it.")
    chosen = read_sets(files or [settings.corpus.parent / "tests" / "questions" / "tune"])
    if calibrate:
        build_index(settings)
        fitted = fit_threshold(Assistant.open(settings), chosen, settings.ranking)
        build_index(settings)
        click.echo(curves(fitted))
    assistant = Assistant.open(settings)
    judged = judge_all(assistant, chosen)
    found = figures(judged)
    missed = any(figure.kept is False for figure in found)
    if as_json:
        click.echo(json.dumps([asdict(figure) for figure in found], indent=1))
        return int(missed)
    click.echo(
        f"{chosen.name}: {len(chosen.cases)} questions, {len(chosen.talks)} conversations; index {assistant.version}\n"
    )
    click.echo(table(found))
    click.echo("\n" + breakdown(judged))
    if wrong := failures(judged):
        click.echo("\nWhat went wrong:\n" + wrong)
    return int(missed)
