"""A version in two layers: most of it as an earlier build made it, and beside that what has changed since.

The base is never written again: later versions share its files. What is gone from it stays in it and is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.vectors import VectorIndex
from assistant.index.store.types import Numbers, Texts, Vectors

# The folder with what has changed; it is laid out as the version itself.
FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Layers:
    """In which layer each of the things of a version is (documents, rows, vectors of a space), by its number.

    `local` holds its number in the base, or, in the fresh layer, the complement (~) of its number there. In each layer
    they stand in the same order as in the version. `kept` are those of the base, `known` their numbers there.
    """

    local: NDArray[np.int32]
    kept: NDArray[np.int32]
    known: NDArray[np.int32]
    fresh: NDArray[np.int32]

    @classmethod
    def of(cls, local: NDArray[np.int32]) -> Layers:
        """Return layers by their `local`."""
        kept = np.flatnonzero(local >= 0).astype(np.int32)
        return cls(local, kept, local[kept], np.flatnonzero(local < 0).astype(np.int32))

    def from_base(self, numbers: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return the things that have some numbers in the base, and which of the numbers still have one."""
        if not len(self.kept):
            return np.zeros(0, dtype=np.int64), np.zeros(len(numbers), dtype=bool)
        at = self.known.searchsorted(numbers.astype(np.int32)).clip(max=len(self.known) - 1)
        there = self.known[at] == numbers
        return self.kept[at[there]].astype(np.int64), there

    def base_range(self, within: range | None) -> range | None:
        """Return the range of the base in which the things of a range lie; others may lie there, too."""
        if within is None:
            return None
        some = self.kept[slice(*self.kept.searchsorted([within.start, within.stop]))]
        return range(int(self.local[some[0]]), int(self.local[some[-1]]) + 1) if len(some) else range(0)

    def fresh_range(self, within: range | None) -> range | None:
        """Return the range of the fresh layer in which the things of a range lie."""
        if within is None:
            return None
        return range(*self.fresh.searchsorted([within.start, within.stop]).tolist())


def layers_file(folder: Path, name: str) -> Path:
    """Return where it is written in which layer the things of a name are."""
    return folder / FRESH / f"{name}.npy"


def read_layers(folder: Path, name: str) -> Layers | None:
    """Read the layers of the things of a name; None where a version is of one piece."""
    path = layers_file(folder, name)
    return Layers.of(np.asarray(np.load(path, "r", allow_pickle=False))) if path.exists() else None


@dataclass(frozen=True, slots=True)
class LayeredIndex:
    """Indexes of vectors in two layers, searched as one. Either may be empty."""

    layers: Layers
    base: VectorIndex | None
    fresh: VectorIndex | None

    def nearest(self, vector: Vectors, count: int, within: range | None = None) -> tuple[Numbers, Vectors]:
        """Return places and cosines of the nearest, best first."""
        found: list[tuple[Numbers, Vectors]] = []
        if self.base is not None:
            # So many more as are gone, in proportion.
            gone = self.base.rows - len(self.layers.kept)
            wanted = count + -(-2 * count * gone // self.base.rows)
            numbers, cosines = self.base.nearest(vector, wanted, self.layers.base_range(within))
            places, there = self.layers.from_base(numbers)
            found.append((places, cosines[there]))
        if self.fresh is not None:
            numbers, cosines = self.fresh.nearest(vector, count, self.layers.fresh_range(within))
            found.append((self.layers.fresh[numbers].astype(np.int64), cosines))
        places, cosines = (np.concatenate(each) for each in zip(*found, strict=True))
        best = np.argsort(-cosines, kind="stable")[:count]
        return places[best], cosines[best]


class LayeredVectors:
    """The vectors of the base and, after them, those of the fresh layer: an array that only rows are asked of."""

    def __init__(self, base: NDArray[np.float16], fresh: NDArray[np.float16]) -> None:
        self._base, self._fresh = base, fresh

    def __len__(self) -> int:
        return len(self._base) + len(self._fresh)

    def __getitem__(self, places: Any) -> NDArray[np.float16]:
        """Return the vectors at some places, shape (len(places), dimension)."""
        places = np.asarray(places)
        later = places >= len(self._base)
        found = np.empty((len(places), self._base.shape[1]), dtype=np.float16)
        found[~later] = self._base[places[~later]]
        found[later] = self._fresh[places[later] - len(self._base)]
        return found


@dataclass(frozen=True, slots=True)
class LayeredTexts:
    """Texts of documents in two layers."""

    local: Sequence[int] | NDArray[np.int32]
    base: Texts
    fresh: Texts

    def read(self, document: int, line: int) -> bytes:
        """Return one line of a document."""
        number = int(self.local[document])
        return self.base.read(number, line) if number >= 0 else self.fresh.read(~number, line)
