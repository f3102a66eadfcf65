"""Whether documents change what another answers: `python -m tests.evaluation.beside` asks alone, then beside others.

It prints each figure that differs, in points of a hundred, and exits 1 where one does by more than half a point.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from assistant.answering import Assistant
from assistant.evaluation.measures import judge_all
from assistant.evaluation.report import Figure, figures
from assistant.evaluation.sets import read_sets
from assistant.index.build import build_index
from assistant.settings import Settings, material
from tests.questions import FOLDER

MOST = 0.5  # points that a figure may move
SETS = ("tune", "report", "strangers-tune", "strangers-report")


def with_others(folder: Path, others: Iterable[Path], corpus: Path | None = None) -> Assistant:
    """Build an index of the corpus and of other documents in a folder, and open it."""
    shutil.copytree(corpus or material("corpus"), folder / "corpus")
    for other in others:
        shutil.copytree(other, folder / "corpus" / other.name)
    settings = replace(Settings.from_environment({}), corpus=folder / "corpus", index=folder / "built")
    build_index(settings)
    return Assistant.open(settings)


def documents() -> list[Path]:
    """Return the folders of the documents that stand beside the agreement in the evaluation."""
    return [path for path in sorted((FOLDER / "documents").iterdir()) if path.is_dir()]


def moved(alone: Iterable[Figure], beside: Iterable[Figure]) -> Iterator[tuple[Figure, float]]:
    """Yield the figures that differ, with by how many points; times and lengths apart."""
    for one, other in zip(alone, beside, strict=True):
        values = [each.value for each in (one, other) if each.value is not None and 0 <= each.value <= 1]
        if len(values) == 2 and values[0] != values[1]:
            yield one, 100 * (values[1] - values[0])


def main() -> int:
    """Compare every set of questions, or those named."""
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        agreement = with_others(Path(folder) / "alone", ())
        many = with_others(Path(folder) / "many", documents())
        for name in sys.argv[1:] or SETS:
            chosen = read_sets([FOLDER / name])
            pair = [figures(judge_all(assistant, chosen)) for assistant in (agreement, many)]
            sys.stdout.write(f"{name}: {len(chosen.cases)} questions, {len(chosen.talks)} conversations\n")
            for figure, points in moved(*pair):
                sys.stdout.write(f"  {points:+6.2f} points of {figure.count}  {figure.measure} ({figure.language})\n")
                worst = max(worst, abs(points))
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
