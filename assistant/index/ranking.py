"""What `index/training` learns beside the embedding model: classifier, weights, word forms, refusal threshold."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import ModelError
from assistant.index.analysis import Analyzer
from assistant.index.classifier import Classifier
from assistant.index.search import PLAIN_SIGNALS, SIGNALS, Weights

LANGUAGES = ("da", "en")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The trained parts; `vocabulary` holds the folded words known in each language."""

    classifier: Classifier
    weights: Weights
    lemmas: dict[str, dict[str, str]]
    vocabulary: dict[str, frozenset[str]]

    def analyzer(self) -> Analyzer:
        """Return the analyzer that the classifier was trained with."""
        return Analyzer(self.vocabulary["da"] | self.vocabulary["en"], self.lemmas)


def save_ranking(folder: Path, ranking: Ranking) -> None:
    """Write plain files: classifier.npz and .json, weights.json, lemmas-*.tsv, vocabulary-*.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    ranking.classifier.save(folder)
    names = {"full": SIGNALS, "plain": PLAIN_SIGNALS}
    weights = {
        kind: {
            language: {name: round(float(value), 4) for name, value in zip(names[kind], values, strict=True)}
            for language, values in getattr(ranking.weights, kind).items()
        }
        for kind in names
    }
    (folder / "weights.json").write_text(json.dumps(weights, indent=1), encoding="utf-8")
    for language in LANGUAGES:
        lemmas = sorted(ranking.lemmas[language].items())
        (folder / f"lemmas-{language}.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in lemmas), encoding="utf-8")
        words = sorted(ranking.vocabulary[language])
        (folder / f"vocabulary-{language}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


def load_ranking(folder: Path) -> Ranking:
    """Read what `save_ranking` wrote. Raises ModelError."""
    try:
        weights = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        return Ranking(
            classifier=Classifier.load(folder),
            weights=Weights(
                **{
                    kind: {
                        language: np.array([weights[kind][language][name] for name in names], dtype=np.float32)
                        for language in LANGUAGES
                    }
                    for kind, names in (("full", SIGNALS), ("plain", PLAIN_SIGNALS))
                }
            ),
            lemmas={language: _lemmas(folder / f"lemmas-{language}.tsv") for language in LANGUAGES},
            vocabulary={
                language: frozenset((folder / f"vocabulary-{language}.txt").read_text(encoding="utf-8").split())
                for language in LANGUAGES
            },
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder}: the trained ranking cannot be read ({error}). Run 'make model'.") from error


def _lemmas(path: Path) -> dict[str, str]:
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return dict(pairs)
