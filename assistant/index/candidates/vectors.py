"""Inner-product search by FAISS for candidates, and mapped matrices for the exact cosines of a few rows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from assistant.index.embedder import Vectors

faiss.omp_set_num_threads(1)  # a server answers many questions at once; threads inside one only add switching

# Up to so many rows each is compared as it is; above, in 8 bits a number, a quarter of the memory and half the time.
FLAT = 20_000
# Above so many, rows are put into groups, and only the groups nearest to a question are looked through: of 100,000 rows
# that takes 0.8 ms instead of 5, and 999 of 1000 of the ten nearest rows are found (of 50,000: 0.4 ms, 985).
GROUPED = 50_000
# Groups for each root of the number of rows, how many are looked through, and how they are made: rounds, and rows a
# group. As many are looked through of more groups, so that ten times the rows take three times as long.
GROUPS, LOOKED_THROUGH, ROUNDS, SAMPLE = 4, 48, 8, 48
# Rows that are in single precision at a time while an index is made.
BLOCK = 1 << 16


class VectorIndex:
    """Rows of unit vectors, searched by cosine."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        if isinstance(index, faiss.IndexIVF):
            index.nprobe = min(LOOKED_THROUGH, index.nlist)

    @classmethod
    def build(cls, vectors: Vectors | NDArray[np.float16]) -> VectorIndex:
        """Index the rows of `vectors`, shape (rows, dimension)."""
        count, dimension = vectors.shape
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        if count <= FLAT:
            index: Any = faiss.IndexFlatIP(dimension)
        elif count <= GROUPED:
            index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
            index.train(_single(vectors[:: count // FLAT]))
        else:
            index = _grouped(vectors)
        for begin in range(0, count, BLOCK):
            index.add(_single(vectors[begin : begin + BLOCK]))
        faiss.omp_set_num_threads(1)
        return cls(index)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, count: int, within: range | None = None) -> tuple[NDArray[np.int64], Vectors]:
        """Return rows and cosines of the `count` rows nearest to one vector of shape (dimension,), best first."""
        # Told to the thread that calls: more threads for so few rows only wait for each other.
        faiss.omp_set_num_threads(1)
        chosen: Any = None
        if within is not None:
            sel: Any = faiss.IDSelectorRange(within.start, within.stop)
            chosen = faiss.SearchParameters(sel=sel)  # type: ignore[call-arg]
            if isinstance(self._index, faiss.IndexIVF):  # so few rows may stand in any group
                chosen = faiss.SearchParametersIVF(sel=sel, nprobe=self._index.nlist)  # type: ignore[call-arg]
        most = min(count, self.rows if within is None else len(within))
        if most == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        cosines, rows = self._index.search(vector.reshape(1, -1), most, params=chosen)
        found = rows[0] >= 0
        return rows[0][found], cosines[0][found]

    def save(self, path: Path) -> None:
        """Write one FAISS file. Raises OSError; FAISS itself would hide what is wrong with the disk."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Map a FAISS file; its checksum is the caller's to verify first."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))


def _single(vectors: Vectors | NDArray[np.float16]) -> Vectors:
    return np.ascontiguousarray(vectors, dtype=np.float32)


def _grouped(vectors: Vectors | NDArray[np.float16]) -> Any:
    """Return an empty index whose groups fit some vectors."""
    count, dimension = vectors.shape
    groups = int(GROUPS * count**0.5)
    centres = faiss.IndexFlatIP(dimension)
    kind = faiss.ScalarQuantizer.QT_8bit
    index: Any = faiss.IndexIVFScalarQuantizer(centres, dimension, groups, kind, faiss.METRIC_INNER_PRODUCT, False)
    index.cp.niter, index.cp.max_points_per_centroid, index.cp.spherical = ROUNDS, SAMPLE, True
    index.train(_single(vectors[:: max(1, count // (groups * SAMPLE))]))
    return index


class Matrix:
    """Vectors in half precision, shape (texts, dimension), mapped from a file: only the rows looked at are read.

    `places` holds for each kind where the vector of each row stands, shape (rows,); the same text needs its vector only
    once.
    """

    def __init__(self, vectors: NDArray[np.float16], places: Sequence[NDArray[np.int32]]) -> None:
        self.vectors, self.places = vectors, places

    def cosines(self, rows: NDArray[np.int32] | NDArray[np.int64], vector: Vectors) -> Vectors:
        """Return the cosines of some rows to one unit vector, shape (kinds, len(rows))."""
        return np.stack([self.vectors[each[rows]].astype(np.float32) @ vector for each in self.places])
