"""Exact inner-product search by FAISS; flat while a corpus is small."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from assistant.index.embedder import Vectors

faiss.omp_set_num_threads(1)  # a server answers many questions at once; threads inside one only add switching


class VectorIndex:
    """Rows of unit vectors, searched by cosine."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """Index the rows of `vectors`, shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, count: int) -> tuple[np.ndarray, Vectors]:
        """Return rows and cosines of the `count` rows nearest to one vector of shape (dimension,)."""
        # Told to the thread that calls: more threads for so few rows only wait for each other.
        faiss.omp_set_num_threads(1)
        cosines, rows = self._index.search(vector.reshape(1, -1), min(count, self.rows))
        return rows[0], cosines[0]

    def cosines(self, vector: Vectors) -> Vectors:
        """Return the cosine of every row, shape (rows,)."""
        rows, cosines = self.nearest(vector, self.rows)
        every = np.empty(self.rows, dtype=np.float32)
        every[rows] = cosines
        return every

    def vectors(self) -> Vectors:
        """Return all rows, shape (rows, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, self.rows), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write one FAISS file. Raises OSError; FAISS itself would hide what is wrong with the disk."""
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read a FAISS file; its checksum is the caller's to verify first."""
        return cls(faiss.read_index(str(path)))
