"""How a document's near-misses are worded: a linear classifier of letters and words, for each document apart.

Logistic regression over hashed n-grams (`grams.py`) of stems and letters, weighed by their rarity among
the document's own questions. Fitted by scikit-learn in about a second when the index is built, read with numpy alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.learned.grams import codes_of, codes_of_words
from assistant.language.words import Analyzer, words

BUCKETS = 1 << 16
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
        starts = np.cumsum([0, *(len(columns) for columns, _ in counted)])
        columns = np.concatenate([each for each, _ in counted])
        values = (1 + np.log(np.concatenate([times for _, times in counted]))).astype(np.float32)
        held = np.bincount(columns, minlength=BUCKETS)
        rarity = np.where(held >= RAREST, np.log((1 + len(counted)) / (1 + held)) + 1, 0).astype(np.float32)
        inputs = normalize(csr_matrix((values * rarity[columns], columns, starts), shape=(len(counted), BUCKETS)))
        truth = np.array([True] * len(answerable) + [False] * len(unanswerable))
        model = LogisticRegression(C=SOFTNESS, class_weight="balanced", solver="liblinear").fit(inputs, truth)
        return cls(np.append(model.coef_[0], model.intercept_).astype(np.float32), rarity)

    def score(self, text: str, language: str, analyzer: Analyzer) -> float:
        """Return the logit of "a question worded like this is answered", from -SUREST to SUREST."""
        columns, times = _buckets(text, language, analyzer)
        values = (1 + np.log(times)) * self.rarity[columns]
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


def _buckets(text: str, language: str, analyzer: Analyzer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of the stems, pairs of stems and n-grams of letters of a question, and how often each is."""
    stems = analyzer.stems(text, language)
    pairs = (f"b:{first} {second}" for first, second in itertools.pairwise(stems))
    codes = codes_of(itertools.chain(("w:" + stem for stem in stems), pairs))
    letters = codes_of_words(words(text), "c:")
    return np.unique(np.concatenate([codes, letters]) % BUCKETS, return_counts=True)
