"""The rows of every term with their BM25 weight: which rows hold some terms, and which weigh most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
# Of more rows than these, those that hold only common words are passed over where they cannot be among the best.
EVERY_ROW = 20_000
# A word of more rows than these is very common, and it is looked up for so many rows at most.
COMMON, LOOKED_UP = 20_000, 4_000


@dataclass(frozen=True, slots=True)
class Postings:
    """Term n stands in `rows[starts[n]:starts[n + 1]]`, rising, with those `weights`; its greatest is `peaks[n]`."""

    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    starts: NDArray[np.int64]
    peaks: NDArray[np.float32]
    count: int

    def holds(self, term: int, within: range) -> bool:
        """Return whether any of a range of rows holds a term."""
        begin, end = int(self.starts[term]), int(self.starts[term + 1])
        # A key of the same type: numpy would turn all the rows into that of another.
        at = begin + int(self.rows[begin:end].searchsorted(np.int32(within.start)))
        return at < end and int(self.rows[at]) < within.stop

    def heaviest(self, terms: Sequence[int], count: int, within: range | None) -> Rows:
        """Return the `count` rows of the greatest weight among those that hold any of the terms."""
        if within is None and self.count > EVERY_ROW:
            return self._pruned(terms, count)
        if within is None:
            within = range(self.count)
        scores = np.zeros(len(within), dtype=np.float32)
        for term in terms:
            rows, weights = self._of(term, within)
            scores[rows - within.start] += weights
        return best_of(np.arange(within.start, within.stop), scores, count)

    def _of(self, term: int, within: range | None = None) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return rows and weights of a term."""
        begin, end = int(self.starts[term]), int(self.starts[term + 1])
        rows, weights = self.rows[begin:end], self.weights[begin:end]
        if within is None or len(within) == self.count:
            return rows, weights
        some = slice(*rows.searchsorted(np.array([within.start, within.stop], dtype=np.int32)).tolist())
        return rows[some], weights[some]

    def _pruned(self, terms: Sequence[int], count: int) -> Rows:
        """Return the same without looking at most rows (MaxScore, Turtle and Flood 1995).

        Terms come in by their greatest weight. Once those to come, all together, cannot lift a new row among the best,
        they are looked up only for the rows that were met. So is a word of very many rows once others brought enough,
        and then for the best of these: what it alone would bring is not worth a look at every row.
        """
        order = sorted(terms, key=lambda term: -float(self.peaks[term]))
        scores = np.zeros(self.count, dtype=np.float32)
        met, best, longest = np.zeros(0, dtype=np.int64), 0.0, 0
        while order:
            rows, weights = self._of(order[0])
            if len(rows) > COMMON and longest >= count:
                met = np.flatnonzero(scores)
                break
            order.pop(0)
            scores[rows] += weights
            best, longest = max(best, float(scores[rows].max())), max(longest, len(rows))
            to_come = float(self.peaks[order].sum())
            if order and to_come >= best:
                continue
            met = np.flatnonzero(scores)
            if order and len(met) > count:
                least = float(np.partition(scores[met], -count)[-count])
                if to_come < least:
                    met = met[scores[met] + to_come >= least]
                    break
        if order and len(met) > LOOKED_UP:
            met = np.sort(best_of(met, scores[met], LOOKED_UP))
        keys = met.astype(np.int32)
        for term in order:
            rows, weights = self._of(term)
            at = rows.searchsorted(keys).clip(max=len(rows) - 1)
            scores[met] += np.where(rows[at] == keys, weights[at], 0)
        return best_of(met, scores[met], count)


def best_of(rows: Rows, scores: NDArray[np.float32], count: int) -> Rows:
    """Return the `count` rows of the best scores above 0, in any order."""
    best = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    return np.asarray(rows[best[scores[best] > 0]], dtype=np.int64)
