"""What a build has to make: which documents are read anew, and which are taken over from the version in service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.folder import folders_of
from assistant.index.columns import Columns
from assistant.index.learned.ranking import Ranking
from assistant.index.store import Generation
from assistant.index.store.layers import Layers, read_layers
from assistant.index.store.mapped import LINES, VECTORS, mapped, places_file
from assistant.index.store.types import DOCUMENTS, ROWS, SPACES
from assistant.index.writing.parts import Entry, Part, part_of, read_parts
from assistant.index.writing.vocabulary import known_words, saying_otherwise
from assistant.index.writing.workers import Workers

# An index of fewer rows is made whole: it takes seconds.
LEAST = 20_000
# What share of the base's rows may be gone or made anew until all is made anew, and how much may come to its vectors.
CHANGED, GROWN = 0.02, 0.1
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Before:
    """A version whose documents may be taken over, and in which of its layers they are."""

    generation: Generation
    entries: list[Entry]
    layers: Layers | None

    @classmethod
    def of(cls, generation: Generation) -> Before | None:
        """Read a version; None where it is small or of another release."""
        if generation.manifest.counts["spans"] < LEAST or not (entries := read_parts(generation.folder)):
            return None
        return cls(generation, entries, read_layers(generation.folder, DOCUMENTS))

    def things(self, name: str) -> NDArray[np.int64]:
        """Return how many things of a name each document has, shape (documents,)."""
        return counted(self.entries, name)

    def places(self, space: str) -> NDArray[np.int32]:
        """Return where the vectors of a space are."""
        return np.asarray(mapped(self.generation.folder / places_file(space)), dtype=np.int32)

    def fresh(self) -> NDArray[np.bool_]:
        """Tell which documents are not in its base, shape (documents,)."""
        if self.layers is None:
            return np.zeros(len(self.entries), dtype=bool)
        return np.asarray(self.layers.local < 0)

    def base(self) -> tuple[int, int]:
        """Return how many rows and how many vectors its base has."""
        rows = mapped(self.generation.folder / "words-da" / "held-lengths.npy")
        return len(rows), len(mapped(self.generation.folder / VECTORS))


@dataclass(frozen=True, slots=True)
class Plan:
    """All documents in their order. `source` holds their number in `before`, `NOWHERE` for those whose `parts` were
    read anew; `fresh` tells which of them are written, all where there is no `before`; `known` are the words of all.
    """

    before: Before | None
    entries: list[Entry]
    source: NDArray[np.int64]
    parts: dict[int, Part]
    fresh: NDArray[np.bool_]
    known: dict[str, frozenset[str]]

    def things(self, name: str) -> NDArray[np.int64]:
        """Return how many things of a name each document has, shape (documents,)."""
        return counted(self.entries, name)

    def columns(self) -> Columns:
        """Return the columns of all documents; of those that follow each other as before in one piece."""
        if self.before is None:
            return Columns.joined([self.parts[number].columns for number in range(len(self.entries))])
        old = Columns.load(self.before.generation.folder / "columns")
        breaks = np.flatnonzero(np.diff(self.source, prepend=NOWHERE - 1) != 1)
        pieces: list[Columns] = []
        for begin, end in zip(breaks.tolist(), [*breaks[1:].tolist(), len(self.source)], strict=True):
            first = int(self.source[begin])
            new = [self.parts[number].columns for number in range(begin, end) if number in self.parts]
            pieces += new or [old.cut(range(first, first + end - begin))]
        return Columns.joined(pieces)

    def lines(self, number: int) -> tuple[bytes, ...]:
        """Return the lines of a document's texts."""
        if self.before is None or number in self.parts:
            return self.parts[number].lines
        texts, source = self.before.generation.held.texts(), int(self.source[number])
        return tuple(texts.read(source, line) for line in range(LINES))

    def joined(self, name: str, made: NDArray[np.int32], old: NDArray[np.int32] | None) -> NDArray[np.int32]:
        """Return a number for all things of a name: those `made` for the documents read anew, and `old` ones."""
        lengths, at = self._old(name)
        new = np.repeat(self.source == NOWHERE, lengths)
        found = np.empty(len(new), dtype=np.int32)
        found[new] = made
        if old is not None:
            found[~new] = old[at[~new]]
        return found

    def layers(self, name: str) -> Layers:
        """Return in which layer each of the things of a name will be."""
        assert self.before is not None
        lengths, at = self._old(name)
        fresh = np.repeat(self.fresh, lengths)
        local = np.empty(len(fresh), dtype=np.int32)
        held = read_layers(self.before.generation.folder, name)
        local[~fresh] = at[~fresh] if held is None else held.local[at[~fresh]]
        local[fresh] = ~np.arange(int(fresh.sum()), dtype=np.int32)
        return Layers.of(local)

    def _old(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many things of a name each document has, and of each thing of one taken over its number before."""
        lengths = self.things(name)
        if self.before is None:
            return lengths, np.zeros(0, dtype=np.int64)
        old, new = (np.append(0, np.cumsum(each)) for each in (self.before.things(name), lengths))
        return lengths, np.repeat(old[self.source] - new[:-1], lengths) + np.arange(new[-1])


def counted(entries: Sequence[Entry], name: str) -> NDArray[np.int64]:
    """Return how many things of a name each document has, shape (documents,)."""
    return np.array([entry.things(name) for entry in entries], dtype=np.int64)


def plan(corpus: Path, digests: Mapping[str, str], before: Before | None, ranking: Ranking, workers: Workers) -> Plan:
    """Read the documents that are not in `before` as they are today. Raises CorpusError."""
    held = {} if before is None else {entry.summary.id: n for n, entry in enumerate(before.entries)}
    same = {name for name, n in held.items() if before and digests.get(name) == before.entries[n].digest}
    jobs = [(path, digests[path.name]) for path in folders_of(corpus) if path.name not in same]
    size = sum(path.stat().st_size for folder, _ in jobs if (path := folder / "da.md").exists())
    read = list(workers.each("documents", size, part_of, jobs))
    every: list[tuple[Entry, int, Part | None]] = [(part.entry, NOWHERE, part) for part in read]
    every += [(before.entries[held[name]], held[name], None) for name in same] if before else []
    every.sort(key=lambda each: (each[0].summary.order, each[0].summary.id))
    entries, source = [each[0] for each in every], np.array([each[1] for each in every], dtype=np.int64)
    parts = {number: part for number, (_, _, part) in enumerate(every) if part is not None}
    known = known_words(entries, ranking)
    if before is None:
        return Plan(None, entries, source, parts, np.ones(len(entries), dtype=bool), known)
    fresh = (source == NOWHERE) | before.fresh()[source]
    was = known_words(before.entries, ranking)
    fresh |= np.array(saying_otherwise(entries, ranking, was, known), dtype=bool)
    fresh[0] |= not fresh.any()  # no layer is empty
    found = Plan(before, entries, source, parts, fresh, known)
    return found if _worthwhile(found, before) else plan(corpus, digests, None, ranking, workers)


def _worthwhile(found: Plan, before: Before) -> bool:
    """Tell whether the layer of what has changed stays small beside its base."""
    rows, vectors = before.base()
    fresh, kept = (int(found.things(ROWS)[each].sum()) for each in (found.fresh, ~found.fresh))
    grown = max(int(before.places(space).max(initial=-1)) for space in SPACES) + 1 - vectors
    return max(fresh, rows - kept) <= CHANGED * rows and grown <= GROWN * vectors
