"""What a document's own questions teach: a linear head from a question to the spans that answer it.

Ridge regression in closed form (Hoerl and Kennard 1970) from random Fourier features of the question's vector (Rahimi
and Recht 2007) and hashed n-grams of its letters (`grams.py`) to one score a span, near 1 for the span
that answers and near 0 for all others. One more score tells the document's questions from those that people ask of any
other document. Both are fitted in a second or two when the index is built, for each document apart, so that no
document's questions touch another's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedder import Vectors
from assistant.index.learned.grams import codes_of, codes_of_words
from assistant.index.learned.wording import Wording
from assistant.language.words import fold, words

WAVES, BUCKETS = 1024, 2048
# How fast the likeness of two questions falls with the distance of their vectors, and how much the letters count.
GAMMA, LETTERS = 0.35, 0.85
RIDGE = 0.1
# The same for telling a document's questions from others, which count as much as its own together; less where it has
# not many more than FEW, of which it cannot be learned what else is asked of it.
OWN_RIDGE, FEW = 0.7, 2000
# A span that answers a question beside the first one counts a little less.
SECOND = 0.7


@dataclass(frozen=True, slots=True)
class Features:
    """Turns questions into the features of a head: `centre` has shape (dimension,), `waves` (dimension, WAVES / 2)."""

    centre: Vectors
    waves: Vectors

    @classmethod
    def around(cls, centre: Vectors) -> Features:
        """Return features for vectors that lie around `centre`; the waves are drawn from a fixed seed."""
        drawn = np.random.default_rng(0).normal(size=(len(centre), WAVES // 2)) * math.sqrt(2 * GAMMA)
        return cls(centre, drawn.astype(np.float32))

    def of(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Return the features of questions, shape (texts, WAVES + BUCKETS)."""
        if not texts:
            return np.zeros((0, WAVES + BUCKETS), dtype=np.float32)
        apart = vectors - self.centre
        apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-6)
        angles = apart @ self.waves
        waves = np.concatenate([np.cos(angles), np.sin(angles)], axis=1) * math.sqrt(2 / WAVES)
        return np.concatenate([waves, LETTERS * np.stack([_letters(text) for text in texts])], axis=1)


@dataclass(frozen=True, slots=True)
class Head:
    """A fitted head: `weights` has shape (features, spans + 1); the last column tells the document's own questions."""

    weights: Vectors

    @classmethod
    def fit(cls, questions: Vectors, targets: Sequence[Sequence[int]], spans: int, ordinary: Vectors) -> Head:
        """Fit on the features of questions and the spans that answer each, best first, and of others' questions."""
        wanted = np.zeros((len(questions), spans), dtype=np.float32)
        for line, answering in zip(wanted, targets, strict=True):
            line[list(answering)] = SECOND
            line[answering[0]] = 1
        square, each = questions.T @ questions, len(questions) / questions.shape[1]
        other = len(questions) / len(ordinary) * len(questions) / (len(questions) + FEW)
        told = questions.sum(axis=0) - other * ordinary.sum(axis=0)
        own = _solved(square + other * ordinary.T @ ordinary, told[:, None], OWN_RIDGE * each)
        return cls(np.concatenate([_solved(square, questions.T @ wanted, RIDGE * each), own], axis=1))

    def scores(self, features: Vectors) -> tuple[Vectors, float]:
        """Return the score of every span for one question, shape (spans,), each from 0 to 1; and how much the question
        is like the document's own (about 1) or like those asked of others (about -1).
        """
        found = features @ self.weights
        return np.asarray(np.clip(found[:-1], 0, 1), dtype=np.float32), float(found[-1])

    def save(self, path: Path) -> None:
        """Write one npy file."""
        np.save(path, self.weights)

    @classmethod
    def load(cls, path: Path) -> Head:
        """Map what `save` wrote; its checksum is the caller's to verify first."""
        return cls(np.asarray(np.load(path, "r", allow_pickle=False)))


def _solved(square: NDArray[np.floating], answered: NDArray[np.floating], ridge: float) -> Vectors:
    """Return the weights of least squared error, held back by a ridge."""
    held_back = square.astype(np.float32)
    held_back[np.diag_indices_from(held_back)] += ridge
    return np.asarray(np.linalg.solve(held_back, answered), dtype=np.float32)


def _letters(text: str) -> Vectors:
    """Return a unit vector of hashed words and n-grams, shape (BUCKETS,); each has two places, each with a sign."""
    said = words(text)
    whole = codes_of(f" {fold(word)} w" for word in said)
    codes, times = np.unique(np.concatenate([whole, codes_of_words(said)]), return_counts=True)
    parts = np.concatenate([codes & 0xFFFF, codes >> 16])
    signed = np.where(parts & 1, 1, -1) * np.tile(1 + np.log(times), 2)
    found = np.bincount((parts >> 1) % BUCKETS, signed, BUCKETS).astype(np.float32)
    return found / max(float(np.linalg.norm(found)), 1e-9)


@dataclass(frozen=True, slots=True)
class Heads:
    """What the documents' own questions teach, by the number of the document: heads, and wordings of near-misses."""

    features: Features
    heads: dict[int, Head]
    wordings: dict[int, Wording]

    def save(self, folder: Path) -> None:
        """Write one npy file a head or wording, and those of the features."""
        folder.mkdir()
        np.save(folder / "centre.npy", self.features.centre)
        np.save(folder / "waves.npy", self.features.waves)
        for name, found in (("head", self.heads), ("wording", self.wordings)):
            for number, each in found.items():
                each.save(folder / f"{name}-{number}.npy")

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """Map what `save` wrote; its checksums are the caller's to verify first."""
        centre, waves = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in ("centre", "waves"))
        heads, wordings = (
            {int(path.stem.rpartition("-")[2]): path for path in folder.glob(f"{name}-*.npy")}
            for name in ("head", "wording")
        )
        return cls(
            Features(centre, waves),
            {number: Head.load(path) for number, path in heads.items()},
            {number: Wording.load(path) for number, path in wordings.items()},
        )
