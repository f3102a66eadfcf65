"""A text of every row in one language: which rows are near a question, and how near exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.vectors import Matrix, VectorIndex
from assistant.index.embedder import Vectors

Numbers = NDArray[np.int64]

# How many candidates are looked for.
BY_VECTOR = 150


@dataclass(frozen=True, slots=True)
class View:
    """An index for candidates, where any row has this language, and the exact vectors by the name of the text.

    `places` holds, for each row, its place among the rows that have this language, or -1; `rows` is the way back.
    """

    records: VectorIndex | None
    matrices: dict[str, Matrix]
    places: Numbers
    rows: Numbers

    def candidates(self, vector: Vectors, within: range | None) -> Numbers:
        """Return the rows nearest to a vector."""
        if self.records is None:
            return np.zeros(0, dtype=np.int64)
        inside = None
        if within is not None:
            inside = range(*np.searchsorted(self.rows, [within.start, within.stop]).tolist())
        return np.asarray(self.rows[self.records.nearest(vector, BY_VECTOR, inside)[0]], dtype=np.int64)

    def cosines(self, name: str, rows: Numbers, vector: Vectors) -> NDArray[np.float32]:
        """Return the exact cosines of some rows, 0 where a row is not in this language."""
        places = self.places[rows]
        cosines = np.zeros(len(rows), dtype=np.float32)
        cosines[places >= 0] = self.matrices[name].cosines(places[places >= 0], vector)
        return cosines
