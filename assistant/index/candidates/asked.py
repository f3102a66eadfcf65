"""Anticipated questions and near-misses of all documents: who asked nearly the same, and which rows answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.index.store.mapped import index_of
from assistant.index.store.types import NEAR_MISSES, QUESTIONS, ROWS, Searched, Vectors

NEIGHBOURS = 200
# What answers a question beside the span that answers it first counts a little less.
SECOND = 0.985
EMPTY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Rows that answer the anticipated questions nearest to a question, and for each row the best cosine of those.

    `near_miss` is, by number of the document, the cosine of its nearest near-miss.
    """

    rows: NDArray[np.int64]
    cosines: Vectors
    near_miss: dict[int, float]

    def within(self, rows: range) -> float:
        """Return the best cosine of the questions that a range of rows answers, 0 where none is near by."""
        inside = (self.rows >= rows.start) & (self.rows < rows.stop)
        return float(self.cosines[inside].max(initial=0.0))

    def of(self, rows: NDArray[np.int64]) -> Vectors:
        """Return the cosine for each of some rows, 0 where no question near by is answered by it."""
        if not len(self.rows):
            return np.zeros(len(rows), dtype=np.float32)
        at = np.searchsorted(self.rows, rows).clip(max=len(self.rows) - 1)
        return np.where(self.rows[at] == rows, self.cosines[at], 0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Vectors of the questions, where each one's pairs begin, and the row of every pair, the best row first.

    `owners` holds the document's number of every near-miss.
    """

    questions: Searched | None
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    near_misses: Searched | None
    owners: NDArray[np.int64]

    def near(self, vector: Vectors) -> Nearest:
        """Look a question up by its vector, shape (dimension,)."""
        owners: dict[int, float] = {}
        if self.near_misses is not None:
            found, cosines = self.near_misses.nearest(vector, NEIGHBOURS)
            for owner, cosine in zip(self.owners[found].tolist(), cosines.tolist(), strict=True):
                owners.setdefault(owner, cosine)
        if self.questions is None:
            return Nearest(EMPTY, np.zeros(0, dtype=np.float32), owners)
        found, cosines = self.questions.nearest(vector, NEIGHBOURS)
        lengths = self.starts[found + 1] - self.starts[found]
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows = self.rows[np.repeat(self.starts[found], lengths) + offsets]
        scores = np.repeat(cosines, lengths) * np.where(offsets == 0, 1, SECOND)
        order = np.lexsort((-scores, rows))
        distinct, first = np.unique(rows[order], return_index=True)
        return Nearest(distinct, scores[order][first].astype(np.float32), owners)

    @classmethod
    def load(cls, folder: Path) -> AskedBefore:
        """Read what a version has of them; its checksums are the caller's to verify first."""
        starts, rows, owners = (
            np.asarray(np.load(folder / "asked" / f"{name}.npy", "r", allow_pickle=False))
            for name in ("starts", "rows", "owners")
        )
        return cls(index_of(folder, QUESTIONS), starts, rows, index_of(folder, NEAR_MISSES), owners)


class Answering(Protocol):
    """A question, and the places in its document of the rows that answer it, best first."""

    @property
    def places(self) -> Sequence[int]:
        """See above."""
        ...


class Asking(Protocol):
    """What is known of a document's questions."""

    @property
    def questions(self) -> Sequence[Answering]:
        """Those that it answers."""
        ...

    @property
    def near_misses(self) -> Sequence[object]:
        """Those that it does not answer."""
        ...

    def things(self, name: str) -> int:
        """Return how many rows it has."""
        ...


def save_asked(folder: Path, documents: Sequence[Asking]) -> None:
    """Write what all questions and near-misses belong to, document by document."""
    folder.mkdir()
    targets: list[list[int]] = []
    owners: list[int] = []
    first = 0
    for number, document in enumerate(documents):
        targets += [[first + place for place in question.places] for question in document.questions]
        owners += [number] * len(document.near_misses)
        first += document.things(ROWS)
    np.save(folder / "starts.npy", np.cumsum([0, *map(len, targets)], dtype=np.int64))
    np.save(folder / "rows.npy", np.array([row for each in targets for row in each], dtype=np.int64))
    np.save(folder / "owners.npy", np.array(owners, dtype=np.int64))
