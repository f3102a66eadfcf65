"""Vectors and texts of a version, mapped from its files: only what is looked at is read."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.vectors import Matrix, VectorIndex
from assistant.index.store.types import SEARCHED, Numbers, Places, Space, Texts, Vectors

# Lines a document: itself, what people call its sections, its register.
LINES = 3
VECTORS, KEYS = "vectors/vectors.npy", "vectors/keys.npy"
TEXTS, STARTS = "documents/texts.jsonl", "documents/starts.npy"


def places_file(space: str) -> str:
    """Return where in a version it is written which vectors a space has."""
    return f"vectors/{space}.npy"


def index_file(space: str) -> str:
    """Return where in a version the index of a space is."""
    return f"vectors/{space}.faiss"


@dataclass(frozen=True, slots=True)
class HeldInFiles:
    """The large files of a version's folder."""

    folder: Path

    def space(self, name: str) -> Space | None:
        """Map the vectors of one of `SPACES`; None where there are none."""
        places = mapped(self.folder / places_file(name))
        if not len(places):
            return None
        index = VectorIndex.load(self.folder / index_file(name)) if name in SEARCHED else None
        return MappedSpace(index, Matrix(mapped(self.folder / VECTORS), places))

    def texts(self) -> Texts:
        """Map the documents' texts."""
        return MappedTexts(self.folder / TEXTS, mapped(self.folder / STARTS))


@dataclass(frozen=True, slots=True)
class MappedSpace:
    """A FAISS index, where the space is searched, and the exact vectors."""

    index: VectorIndex | None
    matrix: Matrix

    def nearest(self, vector: Vectors, count: int, within: range | None = None) -> tuple[Numbers, Vectors]:
        """Return places and cosines of the nearest, best first."""
        assert self.index is not None, "this space is not searched"
        return self.index.nearest(vector, count, within)

    def cosines(self, places: Places, vector: Vectors) -> Vectors:
        """Return the exact cosines at some places."""
        return self.matrix.cosines(places, vector)


class MappedTexts:
    """The lines of one file, `LINES` a document.

    It is mapped, not opened anew for each: an index whose folder is removed stays whole while it is in service.
    """

    def __init__(self, path: Path, starts: NDArray[np.int64]) -> None:
        with path.open("rb") as file:
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts = starts

    def read(self, document: int, line: int) -> bytes:
        """Return one line of a document."""
        begin, end = self._starts[document * LINES + line :][:2].tolist()
        value = self._mapped[begin:end]
        if hasattr(mmap, "MADV_DONTNEED"):  # what was read is not kept in memory twice
            self._mapped.madvise(mmap.MADV_DONTNEED)
        return value


def write_texts(folder: Path, lines: Sequence[bytes]) -> None:
    """Write lines, `LINES` a document."""
    starts = np.cumsum([0, *map(len, lines)], dtype=np.int64)
    np.save(folder / STARTS, starts)
    with (folder / TEXTS).open("wb") as file:
        file.writelines(lines)


def mapped(path: Path) -> Any:
    """Map an npy file."""
    return np.asarray(np.load(path, "r", allow_pickle=False))
