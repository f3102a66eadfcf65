"""`assistant eval`: judge evaluation sets, print the table and the failures, compare with the thresholds."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
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


def run(
    settings: Settings,
    files: Sequence[Path],
    calibrate: bool = False,
    as_json: bool = False,
    beside: Path | None = None,
    alone: bool = False,
) -> int:
    """Judge the sets in the files; return 0, or 1 where a threshold of the repository is missed.

    With `calibrate`, the refusal threshold is chosen on these sets first and stored with the ranking. `beside` is a
    folder of documents to stand beside those of the corpus; where `alone`, each question is asked of its own document.
    """
    if beside is not None:
        with tempfile.TemporaryDirectory() as folder:
            return run(_joined(settings, beside, Path(folder)), files, calibrate, as_json, alone=alone)
    if calibrate and not in_checkout():
        raise EvaluationError("--calibrate stores its figures in the repository. Run it in a clone of it.")
    chosen = read_sets(files or [settings.corpus.parent / "tests" / "questions" / "tune"])
    if calibrate:
        build_index(settings)
        fitted = fit_threshold(Assistant.open(settings), chosen, settings.ranking)
        build_index(settings)
        click.echo(curves(fitted))
    assistant = Assistant.open(settings)
    judged = judge_all(assistant, chosen, alone)
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


def _joined(settings: Settings, beside: Path, folder: Path) -> Settings:
    """Return settings of a corpus in `folder` with the documents of two folders, whose index is built."""
    for source in (settings.corpus, beside):
        shutil.copytree(source, folder / "corpus", dirs_exist_ok=True)
    joined = replace(settings, corpus=folder / "corpus", index=folder / "built")
    build_index(joined)
    return joined
