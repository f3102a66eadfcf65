"""The rows of every term with their BM25 weight: which rows hold some terms, and which weigh most."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
# Of more rows than these, those that hold only common words are passed over where they cannot be among the best.
EVERY_ROW = 20_000
# Words come in, the rarest first, until they have so many rows together. Of the others so many are looked up: the first
# for so many of the rows found so far, the next for half of them, and so on, for a few times the wanted rows at least.
# Of a million rows .63 of the 80 that are best by all words, as each counts, are found so.
ENOUGH, LOOKED_UP, ROWS, LEAST = 30_000, 8, 4_000, 4

_thread = threading.local()


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

    def heaviest(self, terms: Mapping[int, float], count: int, within: range | None) -> Rows:
        """Return the `count` rows of the greatest weight among those that hold any of the terms, each of which counts
        so much.
        """
        if not terms:
            return np.zeros(0, dtype=np.int64)
        if within is None and self.count > EVERY_ROW:
            return self._pruned(terms, count)
        if within is None:
            within = range(self.count)
        scores = np.zeros(len(within), dtype=np.float32)
        for term, factor in terms.items():
            rows, weights = self._of(term, within)
            scores[rows - within.start] += weights * np.float32(factor)
        return best_of(np.arange(within.start, within.stop), scores, count)

    def _of(self, term: int, within: range | None = None) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return rows and weights of a term."""
        begin, end = int(self.starts[term]), int(self.starts[term + 1])
        rows, weights = self.rows[begin:end], self.weights[begin:end]
        if within is None or len(within) == self.count:
            return rows, weights
        some = slice(*rows.searchsorted(np.array([within.start, within.stop], dtype=np.int32)).tolist())
        return rows[some], weights[some]

    def _pruned(self, terms: Mapping[int, float], count: int) -> Rows:
        """Return nearly the same without a look at most rows (after MaxScore, Turtle and Flood 1995).

        Terms come in by their greatest weight. Once those that came have many rows, and one brought as many as are
        wanted, no further row is met: what a common word alone would bring is not worth it.
        """
        order = sorted(terms, key=lambda term: -float(self.peaks[term]) * terms[term])
        met: list[NDArray[np.int32]] = []
        total = 0
        with _zeros(self.count) as scores:
            while order:
                rows, weights = self._of(order[0])
                total += len(rows)
                if total > ENOUGH and any(len(each) >= count for each in met):
                    break
                before = scores[rows]
                met.append(rows[before == 0])
                scores[rows] = before + weights * np.float32(terms[order.pop(0)])
            found = np.concatenate(met)
            reached = scores[found]
            scores[found] = 0
        return self._looked_up({term: terms[term] for term in order[:LOOKED_UP]}, found, reached, count)

    def _looked_up(
        self, terms: Mapping[int, float], met: NDArray[np.int32], scores: NDArray[np.float32], count: int
    ) -> Rows:
        """Return the best rows once some terms are looked up for those met, each for half as many as the last.

        Rows that all that is to come cannot lift among the best are passed over in any case.
        """
        peaks = self.peaks[list(terms)] * np.array(list(terms.values()), dtype=np.float32)
        to_come = np.cumsum(peaks[::-1])[::-1]
        for number, (term, factor) in enumerate(terms.items()):
            if len(met) > count:
                most = min(len(met), max(ROWS >> number, LEAST * count))
                order = np.argpartition(-scores, most - 1)[:most]
                least = np.partition(scores[order], -count)[-count]
                order = np.sort(order[scores[order] + to_come[number] >= least])
                met, scores = met[order], scores[order]
            rows, weights = self._of(term)
            at = np.minimum(rows.searchsorted(met), len(rows) - 1)
            scores = scores + np.where(rows[at] == met, weights[at] * np.float32(factor), np.float32(0))
        return best_of(met, scores, count)


@contextmanager
def _zeros(count: int) -> Iterator[NDArray[np.float32]]:
    """Give zeros that are to be zeros again at the end; the next search of this thread has the same ones.

    Those of a million rows, made anew, take longer to fetch from the system than the few that are used to add up.
    """
    kept, _thread.zeros = getattr(_thread, "zeros", None), None
    if kept is None or len(kept) < count:
        kept = np.zeros(count, dtype=np.float32)
    yield kept
    _thread.zeros = kept


def best_of(rows: NDArray[np.int32] | Rows, scores: NDArray[np.float32], count: int) -> Rows:
    """Return the `count` rows of the best scores above 0, in any order."""
    best = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    return np.asarray(rows[best[scores[best] > 0]], dtype=np.int64)
