"""A text of every row in one language: which rows are near a question, and how near exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.index.store.types import Numbers, Places, Space, Vectors

# How many candidates are looked for.
BY_VECTOR = 150


@dataclass(frozen=True, slots=True)
class View:
    """The vectors of the rows that have this language, with and without the title in front; None where none has it.

    `places` holds, for each row, its place among the rows that have this language, or -1; `rows` is the way back.
    """

    records: Space | None
    headed: Space | None
    places: Places
    rows: Places

    def candidates(self, vector: Vectors, within: range | None) -> Numbers:
        """Return the rows nearest to a vector."""
        if self.records is None:
            return np.zeros(0, dtype=np.int64)
        inside = None
        if within is not None:
            inside = range(*np.searchsorted(self.rows, [within.start, within.stop]).tolist())
        return np.asarray(self.rows[self.records.nearest(vector, BY_VECTOR, inside)[0]], dtype=np.int64)

    def cosines(self, rows: Numbers, vector: Vectors) -> tuple[Vectors, Vectors]:
        """Return the exact cosines of some rows, with the title in front and without; 0 in another language."""
        places = self.places[rows]
        have = places >= 0
        found = np.zeros((2, len(rows)), dtype=np.float32)
        for line, space in zip(found, (self.records, self.headed), strict=True):
            if space is not None:
                line[have] = space.cosines(places[have], vector)
        return found[0], found[1]
