"""What a store is: it keeps versions, one of which is in service, and gives what is too large to lie in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Places = NDArray[np.int32] | NDArray[np.int64]
Vectors = NDArray[np.float32]

# What vectors there are: rows with and without the short title in front, in each language; questions; near-misses.
RECORDS, HEADED = {"da": "record-da", "en": "record-en"}, {"da": "headed-da", "en": "headed-en"}
QUESTIONS, NEAR_MISSES = "questions", "near-misses"
SPACES = (*RECORDS.values(), *HEADED.values(), QUESTIONS, NEAR_MISSES)
# Those of the rows that have a language: they have the same places, and are compared together.
ROWS_OF = {language: (RECORDS[language], HEADED[language]) for language in RECORDS}
# What else a version has many of.
DOCUMENTS, ROWS = "documents", "rows"
# The others are only looked up by their places.
SEARCHED = frozenset({*RECORDS.values(), QUESTIONS, NEAR_MISSES})


class Progress(Protocol):
    """Hears what is being done, how much of it is done, and how much there is."""

    def __call__(self, name: str, done: int, total: int) -> None:
        """Tell it."""
        ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version was made from and what it holds; `files` maps each file's path to its SHA-256 (hex)."""

    format: int
    corpus: str
    model: str
    ranking: str
    dimension: int
    counts: dict[str, int]
    files: dict[str, str]


class Searched(Protocol):
    """Unit vectors that can be searched, by their places from 0 up."""

    def nearest(self, vector: Vectors, count: int, within: range | None = None) -> tuple[Numbers, Vectors]:
        """Return places and cosines of the `count` nearest to one vector, shape (dimension,), best first."""
        ...


class Compared(Protocol):
    """Unit vectors of the rows that have a language, of the kinds of `ROWS_OF`, whose cosines can be asked for."""

    def cosines(self, places: Places, vector: Vectors) -> Vectors:
        """Return the exact cosines at some places to one unit vector, shape (kinds, len(places))."""
        ...


class Texts(Protocol):
    """Lines of JSON, the same few for each document."""

    def read(self, document: int, line: int) -> bytes:
        """Return one line of a document, by the document's number."""
        ...


class Held(Protocol):
    """What of a version is too large to be read whole, and need not lie where it is searched."""

    def compared(self, language: str) -> Compared | None:
        """Return the vectors of the rows that have a language, None where none has it."""
        ...

    def texts(self) -> Texts:
        """Return the documents' texts."""
        ...


@dataclass(frozen=True, slots=True)
class Generation:
    """One verified version: a folder with what is mapped or read whole, its manifest, and what is held elsewhere."""

    folder: Path
    manifest: Manifest
    held: Held

    @property
    def version(self) -> str:
        """The name that health, metrics and logs show as the index version."""
        return self.folder.name


class Store(Protocol):
    """Keeps versions and points to one of them. Every method raises BuiltIndexError."""

    def pointer(self) -> str | None:
        """Return what tells one state of the pointer from the next; None where nothing is in service."""
        ...

    def current(self) -> Generation:
        """Verify and return the version in service."""
        ...

    def last_good(self) -> tuple[Generation, str | None]:
        """Return the version in service, or the newest whole one and a sentence that tells why."""
        ...

    def write(self, folder: Path, manifest: Manifest, tell: Progress) -> Generation:
        """Keep the files of a version beside the one in service, verify and point to it; a fault changes nothing."""
        ...
