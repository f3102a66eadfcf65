"""A text of every row in one language: which rows are near a question, and how near exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.index.store.types import Compared, Numbers, Places, Searched, Vectors

# How many candidates are looked for.
BY_VECTOR = 150


@dataclass(frozen=True, slots=True)
class View:
    """The vectors of the rows that have this language: an index of them, and themselves; None where none has it.

    `places` holds, for each row, its place among the rows that have this language, or -1; `rows` is the way back.
    """

    index: Searched | None
    vectors: Compared | None
    places: Places
    rows: Places

    def candidates(self, vector: Vectors, within: range | None) -> Numbers:
        """Return the rows nearest to a vector."""
        if self.index is None:
            return np.zeros(0, dtype=np.int64)
        inside = None
        if within is not None:
            inside = range(*np.searchsorted(self.rows, [within.start, within.stop]).tolist())
        return np.asarray(self.rows[self.index.nearest(vector, BY_VECTOR, inside)[0]], dtype=np.int64)

    def cosines(self, rows: Numbers, vector: Vectors) -> Vectors:
        """Return the exact cosines of some rows, with the title in front and without, shape (2, len(rows)); 0 in
        another language.
        """
        places = self.places[rows]
        have = places >= 0
        found = np.zeros((2, len(rows)), dtype=np.float32)
        if self.vectors is not None and have.any():
            found[:, have] = self.vectors.cosines(places[have], vector)
        return found
