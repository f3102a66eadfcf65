"""Vectors and texts of a version, mapped from its files: only what is looked at is read."""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.vectors import Matrix, VectorIndex
from assistant.index.store.layers import FRESH, LayeredIndex, LayeredTexts, LayeredVectors, read_layers
from assistant.index.store.types import DOCUMENTS, ROWS_OF, Compared, Searched, Texts

# Lines a document: itself, what people call its sections, its register, how its sentences are asked after.
LINES = 4
VECTORS, KEYS = "vectors/vectors.npy", "vectors/keys.npy"
TEXTS, STARTS = "documents/texts.jsonl", "documents/starts.npy"
# Of each document what the next build puts together anew: no search reads it.
PARTS = "documents/parts.jsonl"


def places_file(space: str) -> str:
    """Return where in a version it is written which vectors a space has."""
    return f"vectors/{space}.npy"


def index_file(space: str) -> str:
    """Return where in a version the index of a space is."""
    return f"vectors/{space}.faiss"


@dataclass(frozen=True, slots=True)
class HeldInFiles:
    """The large files of a version's folder, in one layer or two."""

    folder: Path

    def compared(self, language: str) -> Compared | None:
        """Map the vectors of the rows that have a language; None where none has it."""
        places = [mapped(self.folder / places_file(space)) for space in ROWS_OF[language]]
        return Matrix(self.vectors(), places) if len(places[0]) else None

    def vectors(self) -> Any:
        """Map all vectors, by the places that the spaces have."""
        base, fresh = mapped(self.folder / VECTORS), self.folder / FRESH / VECTORS
        return LayeredVectors(base, mapped(fresh)) if fresh.exists() else base

    def texts(self) -> Texts:
        """Map the documents' texts."""
        base, layers = MappedTexts.of(self.folder), read_layers(self.folder, DOCUMENTS)
        return base if layers is None else LayeredTexts(layers.local, base, MappedTexts.of(self.folder / FRESH))

    def documents(self) -> int:
        """How many documents have texts."""
        layers = read_layers(self.folder, DOCUMENTS)
        return (len(mapped(self.folder / STARTS)) - 1) // LINES if layers is None else len(layers.local)


def index_of(folder: Path, name: str) -> Searched | None:
    """Map the index of one of `SEARCHED`; None where there are no vectors."""
    layers = read_layers(folder, name)
    base, fresh = (_opened(each / index_file(name)) for each in (folder, folder / FRESH))
    return base if layers is None or (base is None and fresh is None) else LayeredIndex(layers, base, fresh)


def _opened(path: Path) -> VectorIndex | None:
    return VectorIndex.load(path) if path.exists() else None


class MappedTexts:
    """The lines of one file, `LINES` a document.

    It is mapped, not opened anew for each: an index whose folder is removed stays whole while it is in service.
    """

    def __init__(self, path: Path, starts: NDArray[np.int64]) -> None:
        with path.open("rb") as file:
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._starts = starts

    @classmethod
    def of(cls, folder: Path) -> MappedTexts:
        """Map the texts of a version, or of a layer of it."""
        return cls(folder / TEXTS, mapped(folder / STARTS))

    def read(self, document: int, line: int) -> bytes:
        """Return one line of a document."""
        begin, end = self._starts[document * LINES + line :][:2].tolist()
        value = self._mapped[begin:end]
        if hasattr(mmap, "MADV_DONTNEED"):  # what was read is not kept in memory twice
            self._mapped.madvise(mmap.MADV_DONTNEED)
        return value


def write_texts(folder: Path, lines: Iterable[bytes]) -> None:
    """Write lines, `LINES` a document."""
    lengths = [0]
    with (folder / TEXTS).open("wb") as file:
        for line in lines:
            lengths.append(file.write(line))
    np.save(folder / STARTS, np.cumsum(lengths, dtype=np.int64))


def vectors_of(folder: Path) -> list[tuple[Any, Any]]:
    """Map keys and vectors of a version, those of its base first."""
    places = [place for place in (folder, folder / FRESH) if (place / VECTORS).exists()]
    return [(mapped(place / KEYS), mapped(place / VECTORS)) for place in places]


def mapped(path: Path) -> Any:
    """Map an npy file."""
    return np.asarray(np.load(path, "r", allow_pickle=False))
