"""How a document's near-misses are worded: a linear classifier of letters and words, for each document apart.

Logistic regression over hashed n-grams (Weinberger and others 2009) of stems and letters, weighed by their rarity among
the document's own questions. Fitted by scikit-learn in about a second when the index is built, read with numpy alone.
"""

from __future__ import annotations

import itertools
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.language.words import Analyzer, fold, words

BUCKETS = 1 << 16
SIZES = (3, 4, 5)
RAREST = 3
SOFTNESS = 100.0
# However sure the wording makes it, it must not outvote everything else.
SUREST = 6.0


@dataclass(frozen=True, slots=True)
class Wording:
    """A fitted classifier: `weights` and `rarity` have shape (BUCKETS,); the bias stands last in `weights`."""

    weights: NDArray[np.float32]
    rarity: NDArray[np.float32]

    @classmethod
    def fit(
        cls, answerable: Sequence[tuple[str, str]], unanswerable: Sequence[tuple[str, str]], analyzer: Analyzer
    ) -> Wording:
        """Fit on the texts and languages of questions that the document answers, and of some that it does not."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import normalize

        counted = [_buckets(text, language, analyzer) for text, language in (*answerable, *unanswerable)]
        starts = np.cumsum([0, *map(len, counted)])
        columns = np.array([bucket for each in counted for bucket in each], dtype=np.int64)
        values = np.array([1 + math.log(n) for each in counted for n in each.values()], dtype=np.float32)
        held = np.bincount(columns, minlength=BUCKETS)
        rarity = np.where(held >= RAREST, np.log((1 + len(counted)) / (1 + held)) + 1, 0).astype(np.float32)
        inputs = normalize(csr_matrix((values * rarity[columns], columns, starts), shape=(len(counted), BUCKETS)))
        truth = np.array([True] * len(answerable) + [False] * len(unanswerable))
        model = LogisticRegression(C=SOFTNESS, class_weight="balanced", solver="liblinear").fit(inputs, truth)
        return cls(np.append(model.coef_[0], model.intercept_).astype(np.float32), rarity)

    def score(self, text: str, language: str, analyzer: Analyzer) -> float:
        """Return the logit of "a question worded like this is answered", from -SUREST to SUREST."""
        counted = _buckets(text, language, analyzer)
        columns = np.array(list(counted), dtype=np.int64)
        values = np.array([1 + math.log(n) for n in counted.values()]) * self.rarity[columns]
        logit = float(values @ self.weights[columns]) / max(float(np.linalg.norm(values)), 1e-9)
        return min(max(logit + float(self.weights[-1]), -SUREST), SUREST)

    def save(self, path: Path) -> None:
        """Write one npy file."""
        np.save(path, np.append(self.weights, self.rarity))

    @classmethod
    def load(cls, path: Path) -> Wording:
        """Map what `save` wrote; its checksum is the caller's to verify first."""
        joined = np.asarray(np.load(path, "r", allow_pickle=False))
        return cls(joined[: BUCKETS + 1], joined[BUCKETS + 1 :])


def _buckets(text: str, language: str, analyzer: Analyzer) -> Counter[int]:
    """Count the hashed stems, pairs of stems, and n-grams of the folded letters of a question."""
    counts: Counter[str] = Counter()
    stems = analyzer.stems(text, language)
    counts.update("w:" + stem for stem in stems)
    counts.update(f"b:{first} {second}" for first, second in itertools.pairwise(stems))
    for word in words(text):
        padded = f" {fold(word)} "
        for size in SIZES:
            counts.update("c:" + padded[at : at + size] for at in range(len(padded) - size + 1))
    hashed: Counter[int] = Counter()
    for gram, count in counts.items():
        hashed[zlib.crc32(gram.encode()) % BUCKETS] += count
    return hashed
