"""BM25 over analysed texts, by the library bm25s."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray


class LexicalIndex:
    """BM25 (Robertson and Zaragoza 2009, variant of Lucene) over lists of terms."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25

    @classmethod
    def build(cls, records: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index one list of terms for each record; at least one record."""
        bm25 = bm25s.BM25(k1=1.2, b=0.6, method="lucene")
        bm25.index([list(record) or ["∅"] for record in records], show_progress=False)
        return cls(bm25)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every record, shape (records,); zeros where no term is known."""
        known = [term for term in terms if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write plain JSON and npy files."""
        self._bm25.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote; its checksums are the caller's to verify first."""
        return cls(bm25s.BM25.load(str(folder), load_vocab=True, allow_pickle=False))
