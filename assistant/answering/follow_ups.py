"""Follow-ups: how far a question stays with what a conversation was about, by weights fitted on conversations.

A row's score is a bilinear form: features of the row, each weighed by how the question looks. A question without words
of its own leans on the last answer's sections and away from what was just told; one that is much like an anticipated
question stands for itself. Nothing decides which of the two it is: the sum does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError

FILE = "follow_ups.json"
QUESTION_FEATURES = (
    "always",
    "no own word",
    "one own word",
    "two own words",
    "asked before",
    "value asked",
    "asks for more",
    "points back",
    "names another",
)
ROW_FEATURES = ("found", "talked about", "told", "beside told", "states value", "cell not asked")


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The fitted weights, shape (len(QUESTION_FEATURES), len(ROW_FEATURES))."""

    weights: NDArray[np.float64]

    def scores(self, question: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the score of every row, shape (rows,).

        `question` has shape (len(QUESTION_FEATURES),), `rows` (rows, len(ROW_FEATURES)).
        """
        return np.asarray(rows @ (question @ self.weights), dtype=np.float64)

    @classmethod
    def plain(cls) -> FollowUps:
        """Return weights to begin with: what is found, and a steady lean on what was talked about."""
        weights = np.zeros((len(QUESTION_FEATURES), len(ROW_FEATURES)))
        weights[0, :3] = 1.0, 3.0, -1.0
        return cls(weights)

    def save(self, folder: Path) -> None:
        """Write `follow_ups.json`."""
        table = {
            question: {row: round(float(weight), 4) for row, weight in zip(ROW_FEATURES, line, strict=True)}
            for question, line in zip(QUESTION_FEATURES, self.weights, strict=True)
        }
        (folder / FILE).write_text(json.dumps(table, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> FollowUps:
        """Read what `save` wrote. Raises ModelError."""
        try:
            table = json.loads((folder / FILE).read_text(encoding="utf-8"))
            return cls(np.array([[float(table[q][r]) for r in ROW_FEATURES] for q in QUESTION_FEATURES]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{folder / FILE} cannot be read ({error}). Run 'make model'.") from error
