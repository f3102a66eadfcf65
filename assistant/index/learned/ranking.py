"""What `index/training` learns beside the embedding model: the weights of the signals, and words and their forms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import ModelError
from assistant.index.weighing import SIGNALS, Weights
from assistant.language.files import LANGUAGES
from assistant.language.words import Analyzer

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The learned parts; `vocabulary` holds the folded words known in each language, `ordinary` questions as people ask
    them of any document: their mean is where questions lie.
    """

    weights: Weights
    lemmas: dict[str, dict[str, str]]
    vocabulary: dict[str, frozenset[str]]
    ordinary: tuple[str, ...]

    def analyzer(self, known: dict[str, frozenset[str]]) -> Analyzer:
        """Return the analyzer of an index that knows some words in each language."""
        return Analyzer(known["da"] | known["en"], self.lemmas)


def save_weights(folder: Path, weights: Weights) -> None:
    """Write `weights.json`."""
    value = {
        "signals": {
            language: {name: round(float(each), 4) for name, each in zip(SIGNALS, values, strict=True)}
            for language, values in weights.signals.items()
        },
    }
    (folder / FILE).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def save_words(folder: Path, lemmas: dict[str, dict[str, str]], vocabulary: dict[str, frozenset[str]]) -> None:
    """Write `lemmas-*.tsv` and `vocabulary-*.txt`."""
    for language in LANGUAGES:
        forms = sorted(lemmas[language].items())
        (folder / f"lemmas-{language}.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in forms), encoding="utf-8")
        words = "\n".join(sorted(vocabulary[language]))
        (folder / f"vocabulary-{language}.txt").write_text(words + "\n", encoding="utf-8")


def load_ranking(folder: Path) -> Ranking:
    """Read what is in `index/ranking`. Raises ModelError."""
    try:
        weights = json.loads((folder / FILE).read_text(encoding="utf-8"))
        signals = {
            language: np.array([weights["signals"][language][name] for name in SIGNALS], dtype=np.float32)
            for language in LANGUAGES
        }
        return Ranking(
            weights=Weights(signals),
            lemmas={language: _lemmas(folder / f"lemmas-{language}.tsv") for language in LANGUAGES},
            vocabulary={language: read_words(folder / f"vocabulary-{language}.txt") for language in LANGUAGES},
            ordinary=tuple((folder / "ordinary-questions.txt").read_text(encoding="utf-8").splitlines()),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder}: the trained ranking cannot be read ({error}). Run 'make model'.") from error


def read_words(path: Path) -> frozenset[str]:
    """Read a list of words, one a line."""
    return frozenset(path.read_text(encoding="utf-8").split())


def _lemmas(path: Path) -> dict[str, str]:
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return dict(pairs)
