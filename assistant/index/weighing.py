"""What is seen of the candidates of a question, and how it is added up, with the same weights for all documents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.asked import Nearest

SIGNALS = (
    "headed",
    "record",
    "record other language",
    "words",
    "not in the question's language",
    "value stated",
    "asked before",
    "head",
    "field",
    "document named",
)
# How many of the signals come from the words of the question alone, and those that a document's questions teach.
WORDED = 4
TAUGHT = [SIGNALS.index("asked before"), SIGNALS.index("head")]
# How much a question is like a document's own (see `Head`) where nothing of what they teach counts against other
# documents, and where all does.
UNLIKE, LIKE = -0.7, 0.7
# The same for how near the nearest of its anticipated questions is, over FLOOR: one that was asked before is its own.
FAR, NEAR = 0.04, 0.06


@dataclass(frozen=True, slots=True)
class Look:
    """What one query found before weighing: candidate rows with the numbers of their documents, their signals, shape
    (candidates, len(SIGNALS)), the anticipated questions near by, and how much the question is like those of each
    document that has some, by number.
    """

    rows: NDArray[np.int64]
    documents: NDArray[np.integer]
    signals: NDArray[np.float32]
    near: Nearest
    like: dict[int, float]

    def due(self, number: int) -> float:
        """Return how much of what a document's questions teach counts against other documents, from 0 to 1."""
        near = float(self.signals[self.documents == number, TAUGHT[0]].max(initial=0.0))
        alike = (self.like.get(number, 0.0) - UNLIKE) / (LIKE - UNLIKE)
        return min(max(alike, (near - FAR) / (NEAR - FAR), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each of SIGNALS counts, by the question's language."""

    signals: dict[str, NDArray[np.float32]]

    def sums(self, look: Look, language: str) -> NDArray[np.float64]:
        """Return the scores of the candidates, shape (candidates,).

        What a document's own questions teach puts its rows in order, and in front of other documents' as far as the
        question is like those: the order within a document is the same whatever else there is.
        """
        weights = self.signals[language]
        scores = (look.signals @ weights).astype(np.float64)
        plain = scores - look.signals[:, TAUGHT] @ weights[TAUGHT]
        for number in look.like:
            here = look.documents == number
            scores[here] -= (1 - look.due(number)) * max(scores[here].max() - plain[here].max(), 0.0)
        return scores
