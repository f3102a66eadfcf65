"""Words in common: candidates by BM25 (Robertson and others 1994), and for some rows their share of a question's words.

BM25 weighs a word by how few rows have it, so its scores move with every document that is added; they only choose
candidates. The share that enters the ranking weighs a word by how rare it is in the language at large.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.postings import Postings
from assistant.index.embedder import read_tokenizer
from assistant.index.store.layers import FRESH, Layers, read_layers
from assistant.index.store.types import ROWS

# How soon a term said again adds nothing, and how much a row's length counts.
K1, B = 1.2, 0.6
# A row of so many terms is of ordinary length; a longer one holds a word more easily, so it counts less there.
ORDINARY = 30
# Pieces are told by the negated logarithm of their share of all text: "der" has 6, "vindprogrammet" 26.
COMMON, RAREST, SCALE = 6.0, 14.0, 8.0
# The arrays of the files, in the order of the fields of `Postings` and `LexicalIndex`.
POSTED, HELD = ("rows", "weights", "starts", "peaks"), ("starts", "held", "lengths")


class Rarity:
    """How rare words are in Danish and English at large, by the bundled model's own vocabulary of word pieces."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = read_tokenizer(tokenizer)
        pieces = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
        self._surprise = {piece: -score for piece, score in pieces}
        self.of = lru_cache(maxsize=65536)(self._of)

    def _of(self, word: str) -> float:
        pieces = self._tokenizer.encode(word, add_special_tokens=False).tokens
        surprise = sum(self._surprise.get(piece, RAREST) for piece in pieces)
        return float(min(max(surprise - COMMON, 0.0), RAREST) / SCALE)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms by their number, known by rising hashes of 64 bits, shape (terms,): no word is an object in memory.

    Among a million terms two have the same hash once in thirty million indexes.
    """

    hashes: NDArray[np.uint64]

    def numbers(self, terms: Collection[str]) -> NDArray[np.int64]:
        """Return the numbers of some terms, -1 for one that no row holds, shape (len(terms),)."""
        wanted = np.fromiter(map(hash_of, terms), dtype=np.uint64, count=len(terms))
        at = self.hashes.searchsorted(wanted)
        there = at < len(self.hashes)
        there[there] = self.hashes[at[there]] == wanted[there]
        return np.where(there, at, -1)


@lru_cache(maxsize=65536)
def hash_of(term: str) -> np.uint64:
    """Return what a term is known by."""
    return np.uint64(int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little"))


def hashes_of(records: Sequence[Sequence[str]]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return the hashes of the terms of all rows, one row after another, and how many each has: none has none."""
    filled = [record or ["∅"] for record in records]
    flat = np.array([hash_of(term) for record in filled for term in record], dtype=np.uint64)
    return flat, np.array([len(record) for record in filled], dtype=np.int32)


class Words(Protocol):
    """What a search asks of the words of all rows in a language."""

    def candidates(self, terms: Mapping[str, float], count: int, within: range | None) -> NDArray[np.int64]:
        """See `LexicalIndex`."""
        ...

    def shares(self, terms: Mapping[str, float], rows: NDArray[np.int64], whole: float = 0.0) -> NDArray[np.float32]:
        """See `LexicalIndex`."""
        ...

    def holding(self, terms: Collection[str], rows: range) -> set[str]:
        """See `LexicalIndex`."""
        ...


@dataclass(frozen=True)
class LexicalIndex:
    """Lists of terms, one a row: `terms` numbers them, `starts` and `held` hold the distinct numbers of each row.

    Row n holds `held[starts[n]:starts[n + 1]]`; `lengths` tells how many terms it has with repetitions.
    """

    terms: Terms
    postings: Postings
    starts: NDArray[np.int64]
    held: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def build(cls, records: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index one list of terms for each row; at least one row."""
        return cls.of(*hashes_of(records))

    @classmethod
    def of(cls, flat: NDArray[np.uint64], lengths: NDArray[np.int32]) -> LexicalIndex:
        """Index the hashes of the terms of all rows, one row after another, of which each has so many."""
        hashes, numbers = np.unique(flat, return_inverse=True)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        pairs, counts = np.unique(rows * len(hashes) + numbers, return_counts=True)
        rows, held = np.divmod(pairs, len(hashes))
        found = np.bincount(held, minlength=len(hashes))
        rarity = np.log(1 + (len(lengths) - found + 0.5) / (found + 0.5))
        saturated = counts / (counts + K1 * (1 - B + B * lengths[rows] / lengths.mean()))
        weights = (rarity[held] * saturated).astype(np.float32)
        by_term, starts = np.argsort(held, kind="stable"), np.append(0, np.cumsum(found))
        peaks = np.maximum.reduceat(weights[by_term], starts[:-1])
        return cls(
            Terms(hashes),
            Postings(rows[by_term].astype(np.int32), weights[by_term], starts, peaks, len(lengths)),
            rows.searchsorted(np.arange(len(lengths) + 1)),
            held.astype(np.int32),
            lengths,
        )

    def candidates(self, terms: Mapping[str, float], count: int, within: range | None) -> NDArray[np.int64]:
        """Return the `count` rows with the highest BM25 among those that hold any of the terms, as each counts."""
        numbers = zip(self.terms.numbers(terms).tolist(), terms.values(), strict=True)
        return self.postings.heaviest({number: each for number, each in numbers if number >= 0 and each}, count, within)

    def shares(self, terms: Mapping[str, float], rows: NDArray[np.int64], whole: float = 0.0) -> NDArray[np.float32]:
        """Return how much of the terms' weight each of some rows holds, 0 to about 1, shape (len(rows),).

        `whole` is that weight where several terms mean the same and one of them is enough.
        """
        numbers = self.terms.numbers(terms)
        weights = np.zeros(len(self.terms.hashes) + 1, dtype=np.float32)
        weights[numbers] = list(terms.values())
        weights[-1] = 0  # that of all that no row holds
        lengths = self.starts[rows + 1] - self.starts[rows]
        held = self.held[_runs(self.starts[rows], lengths)]
        sums = np.bincount(np.repeat(np.arange(len(rows)), lengths), weights[held], len(rows))
        whole = whole or sum(terms.values()) or 1.0
        return np.asarray(sums / whole / np.sqrt(0.5 + 0.5 * self.lengths[rows] / ORDINARY), dtype=np.float32)

    def holding(self, terms: Collection[str], rows: range) -> set[str]:
        """Return those of some terms that any of a range of rows holds."""
        known = zip(terms, self.terms.numbers(terms).tolist(), strict=True)
        return {term for term, number in known if number >= 0 and self.postings.holds(number, rows)}

    def save(self, folder: Path) -> None:
        """Write plain npy files."""
        folder.mkdir()
        np.save(folder / "terms.npy", self.terms.hashes)
        for name in POSTED:
            np.save(folder / f"posted-{name}.npy", getattr(self.postings, name))
        for name in HELD:
            np.save(folder / f"held-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Map what `save` wrote; its checksums are the caller's to verify first."""
        rows, weights, begins, peaks = (_array(folder / f"posted-{name}.npy") for name in POSTED)
        starts, held, lengths = (_array(folder / f"held-{name}.npy") for name in HELD)
        return cls(
            Terms(_array(folder / "terms.npy")),
            Postings(rows, weights, begins, peaks, len(lengths)),
            starts,
            held,
            lengths,
        )


def _runs(begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of some runs, one after another."""
    return np.arange(lengths.sum()) + np.repeat(begins - np.cumsum(lengths) + lengths, lengths)


def _array(path: Path) -> Any:
    return np.asarray(np.load(path, "r", allow_pickle=False))


@dataclass(frozen=True, slots=True)
class LayeredWords:
    """The words of rows in two layers, looked up as one."""

    layers: Layers
    base: LexicalIndex
    fresh: LexicalIndex

    def candidates(self, terms: Mapping[str, float], count: int, within: range | None) -> NDArray[np.int64]:
        """Return the `count` rows with the highest BM25 of either layer."""
        found, _ = self.layers.from_base(self.base.candidates(terms, count, self.layers.base_range(within)))
        fresh = self.fresh.candidates(terms, count, self.layers.fresh_range(within))
        return np.concatenate([found, self.layers.fresh[fresh].astype(np.int64)])

    def shares(self, terms: Mapping[str, float], rows: NDArray[np.int64], whole: float = 0.0) -> NDArray[np.float32]:
        """Return how much of the terms' weight, or of `whole`, each of some rows holds, shape (len(rows),)."""
        local = self.layers.local[rows].astype(np.int64)
        found, kept = np.zeros(len(rows), dtype=np.float32), local >= 0
        found[kept] = self.base.shares(terms, local[kept], whole)
        found[~kept] = self.fresh.shares(terms, ~local[~kept], whole)
        return found

    def holding(self, terms: Collection[str], rows: range) -> set[str]:
        """Return those of some terms that any of a range of rows holds."""
        ranges = ((self.base, self.layers.base_range(rows)), (self.fresh, self.layers.fresh_range(rows)))
        return {term for index, some in ranges if some for term in index.holding(terms, some)}


def load_words(folder: Path, language: str) -> Words:
    """Map the words of a version in a language, in one layer or two."""
    name, layers = f"words-{language}", read_layers(folder, ROWS)
    base = LexicalIndex.load(folder / name)
    return base if layers is None else LayeredWords(layers, base, LexicalIndex.load(folder / FRESH / name))
