"""A linear text classifier over TF-IDF features, trained by `index/training`, read here with numpy alone."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.analysis import Analyzer, fold, words

Scores = NDArray[np.float32]


def features(text: str, language: str, analyzer: Analyzer) -> Counter[str]:
    """Count the features of a question: stems, pairs of stems, and 3- to 5-grams of the folded letters."""
    counts: Counter[str] = Counter()
    stems = analyzer.stems(text, language)
    counts.update("w:" + stem for stem in stems)
    counts.update(f"b:{first} {second}" for first, second in itertools.pairwise(stems))
    for word in words(text):
        padded = f" {fold(word)} "
        for size in (3, 4, 5):
            counts.update("c:" + padded[at : at + size] for at in range(len(padded) - size + 1))
    return counts


@dataclass(frozen=True)
class FeatureSpace:
    """Known features and their inverse document frequencies (shape (features,))."""

    columns: dict[str, int]
    idf: Scores

    def weigh(self, counts: Counter[str]) -> tuple[NDArray[np.int64], Scores]:
        """Return columns and unit-length weights of a question's known features (sublinear tf x idf)."""
        known = [(self.columns[name], 1 + math.log(n)) for name, n in counts.items() if name in self.columns]
        if not known:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        columns = np.array([column for column, _ in known], dtype=np.int64)
        weights = np.array([tf for _, tf in known], dtype=np.float32) * self.idf[columns]
        return columns, (weights / np.linalg.norm(weights)).astype(np.float32)


@dataclass(frozen=True)
class Classifier:
    """Scores classes for a question: `weights` has shape (features, classes), `bias` (classes,)."""

    space: FeatureSpace
    classes: tuple[str, ...]
    weights: NDArray[np.float16]
    bias: Scores

    def scores(self, columns: NDArray[np.int64], values: Scores) -> Scores:
        """Return the linear score of every class, shape (classes,)."""
        rows = self.weights[columns].astype(np.float32)
        return np.asarray(values @ rows + self.bias, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write `classifier.npz` and `classifier.json`."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(folder / "classifier.npz", idf=self.space.idf, weights=self.weights, bias=self.bias)
        names = {"features": sorted(self.space.columns, key=self.space.columns.__getitem__), "classes": self.classes}
        (folder / "classifier.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Read what `save` wrote."""
        names = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        with np.load(folder / "classifier.npz") as arrays:
            space = FeatureSpace({name: n for n, name in enumerate(names["features"])}, arrays["idf"])
            return cls(space, tuple(names["classes"]), arrays["weights"], arrays["bias"])
