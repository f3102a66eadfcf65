"""Words in common: candidates by BM25 (the library bm25s), and for a few rows their share of a question's words.

BM25 weighs a word by how few rows have it, so its scores move with every document that is added; they only choose
candidates. The share that enters the ranking weighs a word by how rare it is in the language at large.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.candidates.postings import Postings
from assistant.index.embedder import read_tokenizer

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


@dataclass(frozen=True)
class LexicalIndex:
    """Lists of terms, one a row: `numbers` numbers them, `starts` and `held` hold the distinct numbers of each row.

    Row n holds `held[starts[n]:starts[n + 1]]`; `lengths` tells how many terms it has with repetitions.
    """

    numbers: Mapping[str, int]
    postings: Postings
    starts: NDArray[np.int64]
    held: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def build(cls, records: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index one list of terms for each row; at least one row."""
        import bm25s  # only a build needs it

        filled = [list(record) or ["∅"] for record in records]
        bm25 = bm25s.BM25(k1=1.2, b=0.6, method="lucene")
        bm25.index(filled, show_progress=False)
        numbers = {term: number for term, number in bm25.vocab_dict.items() if term}
        distinct = [sorted({numbers[term] for term in record}) for record in filled]
        weights, rows, begins = (np.asarray(bm25.scores[name]) for name in ("data", "indices", "indptr"))
        return cls(
            numbers,
            Postings(rows, weights, begins, np.maximum.reduceat(weights, begins[:-1]), len(filled)),
            np.cumsum([0, *map(len, distinct)], dtype=np.int64),
            np.array([term for record in distinct for term in record], dtype=np.int32),
            np.array([len(record) for record in filled], dtype=np.int32),
        )

    def candidates(self, terms: Mapping[str, float], count: int, within: range | None) -> NDArray[np.int64]:
        """Return the `count` rows with the highest BM25 among those that hold any of the terms."""
        known = [number for term in terms if (number := self.numbers.get(term)) is not None]
        return self.postings.heaviest(known, count, within) if known else np.zeros(0, dtype=np.int64)

    def shares(self, terms: Mapping[str, float], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much of the terms' weight each of some rows holds, 0 to about 1, shape (len(rows),)."""
        weights = np.zeros(len(self.numbers) + 1, dtype=np.float32)
        for term, weight in terms.items():
            if (number := self.numbers.get(term)) is not None:
                weights[number] = weight
        lengths = self.starts[rows + 1] - self.starts[rows]
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        held = weights[self.held[np.repeat(self.starts[rows], lengths) + offsets]]
        sums = np.bincount(np.repeat(np.arange(len(rows)), lengths), held, len(rows))
        whole = sum(terms.values()) or 1.0
        return np.asarray(sums / whole / np.sqrt(0.5 + 0.5 * self.lengths[rows] / ORDINARY), dtype=np.float32)

    def holding(self, terms: Collection[str], rows: range) -> set[str]:
        """Return those of some terms that any of a range of rows holds."""
        known = ((term, self.numbers.get(term)) for term in terms)
        return {term for term, number in known if number is not None and self.postings.holds(number, rows)}

    def save(self, folder: Path) -> None:
        """Write plain JSON and npy files."""
        folder.mkdir()
        (folder / "numbers.json").write_text(json.dumps(self.numbers, ensure_ascii=False), encoding="utf-8")
        for name in POSTED:
            np.save(folder / f"posted-{name}.npy", getattr(self.postings, name))
        for name in HELD:
            np.save(folder / f"held-{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Map what `save` wrote; its checksums are the caller's to verify first."""
        numbers = json.loads((folder / "numbers.json").read_text(encoding="utf-8"))
        rows, weights, begins, peaks = (_array(folder / f"posted-{name}.npy") for name in POSTED)
        starts, held, lengths = (_array(folder / f"held-{name}.npy") for name in HELD)
        return cls(numbers, Postings(rows, weights, begins, peaks, len(lengths)), starts, held, lengths)


def _array(path: Path) -> Any:
    return np.asarray(np.load(path, "r", allow_pickle=False))
