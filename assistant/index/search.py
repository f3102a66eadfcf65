"""Find the spans that answer a question: several signals, normalised and added with fitted weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.types import Document, Field, Passage, Section, Span
from assistant.index.analysis import Analyzer
from assistant.index.classifier import Classifier, features
from assistant.index.embedder import Embedder, Vectors
from assistant.index.lexical import LexicalIndex
from assistant.index.vectors import VectorIndex

Scores = NDArray[np.float32]

# What each column of the signal matrix holds, for every span. The last ones need anticipated questions.
PLAIN_SIGNALS = (
    "bm25",
    "bm25 other language",
    "cosine",
    "cosine other language",
    "section bm25",
    "section cosine",
    "field",
)
QUESTION_SIGNALS = (
    "nearest question",
    "nearest questions",
    "section nearest question",
    "classifier",
    "section classifier",
)
SIGNALS = PLAIN_SIGNALS + QUESTION_SIGNALS
OTHER = {"da": "en", "en": "da"}
NEIGHBOURS = 200


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: the asking clause, its language, and the field that the question points to, if any."""

    text: str
    language: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One span with the passage, section and document that it stands in."""

    document: Document
    section: Section
    passage: Passage
    span: Span

    @property
    def key(self) -> str:
        """The id of the span over all documents."""
        return f"{self.document.id}/{self.span.id}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A span found, with its fused score (a logit; comparable within one question) and its share of belief."""

    row: Row
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Look:
    """What one query found before weighing: normalised signals, shape (rows, len(SIGNALS)), and raw strengths."""

    signals: Scores
    bm25: float
    cosine: float
    nearest_question: float
    nearest_near_miss: float


@dataclass(frozen=True)
class Evidence:
    """All rows, their fused scores (logits, shape (rows,)), and the look that they were weighed from."""

    rows: tuple[Row, ...]
    scores: NDArray[np.float64]
    look: Look

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """All rows as hits, best first."""
        shares = _softmax(self.scores).tolist()
        scores = self.scores.tolist()
        order = np.argsort(-self.scores, kind="stable").tolist()
        return tuple(Hit(self.rows[n], scores[n], shares[n]) for n in order)

    def beliefs(self) -> NDArray[np.floating]:
        """Return the logarithm of every row's share of belief, shape (rows,)."""
        return np.asarray(np.log(_softmax(self.scores) + 1e-12))

    def plus(self, gains: NDArray[np.floating]) -> Evidence:
        """Return the evidence with gains (losses where negative) added to the scores, shape (rows,)."""
        return replace(self, scores=self.scores + gains)


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Anticipated questions: their vectors, the rows that answer each (best first), and the near-misses' vectors."""

    vectors: VectorIndex
    targets: tuple[tuple[int, ...], ...]
    near_misses: VectorIndex | None


@dataclass(frozen=True, slots=True)
class Weights:
    """Fusion weights by language: `full` for rows with anticipated questions, `plain` for rows without."""

    full: dict[str, Scores]
    plain: dict[str, Scores]


class Searcher:
    """Searches the rows of one built index. Stateless after construction, safe for threads."""

    def __init__(
        self,
        rows: tuple[Row, ...],
        analyzer: Analyzer,
        embedder: Embedder,
        lexical: dict[str, LexicalIndex],
        spans: dict[str, VectorIndex],
        asked_before: AskedBefore | None,
        classifier: Classifier | None,
        weights: Weights,
    ) -> None:
        self.rows, self.analyzer, self.embedder = rows, analyzer, embedder
        self.lexical, self.spans = lexical, spans
        self.asked_before, self.classifier, self.weights = asked_before, classifier, weights

    @cached_property
    def sections(self) -> NDArray[np.int64]:
        """The number of each row's section over all documents, shape (rows,)."""
        numbers: dict[tuple[str, str], int] = {}
        return np.array([numbers.setdefault((r.document.id, r.section.id), len(numbers)) for r in self.rows])

    @cached_property
    def _fields(self) -> dict[Field, NDArray[np.bool_]]:
        return {each: np.array([row.passage.field is each for row in self.rows]) for each in Field}

    def of_field(self, field: Field | None) -> NDArray[np.bool_]:
        """Tell of every row whether it stands in that field, shape (rows,); no row where no field is asked for."""
        return self._fields[field] if field else np.zeros(len(self.rows), dtype=bool)

    @cached_property
    def anticipated(self) -> NDArray[np.bool_]:
        """Whether the row's document has anticipated questions, shape (rows,)."""
        if self.asked_before is None:
            return np.zeros(len(self.rows), dtype=bool)
        asked = {self.rows[target].document.id for targets in self.asked_before.targets for target in targets}
        return np.array([row.document.id in asked for row in self.rows])

    @cached_property
    def _classes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Classes of the classifier that are rows, and those rows."""
        at = {row.key: n for n, row in enumerate(self.rows)}
        pairs = [
            (n, at[name]) for n, name in enumerate(self.classifier.classes if self.classifier else ()) if name in at
        ]
        return np.array([n for n, _ in pairs], dtype=np.int64), np.array([row for _, row in pairs], dtype=np.int64)

    def search(self, query: Query) -> Evidence:
        """Score every span for a query."""
        return self.weigh(self.look(query), query.language)

    def look(self, query: Query) -> Look:
        """Compute all signals of a query, before any weighing."""
        own, other = query.language, OTHER[query.language]
        vector = self.embedder.embed([query.text])[0]
        bm25 = {each: self.lexical[each].scores(self.analyzer.terms(query.text, each)) for each in (own, other)}
        cosine = {each: self.spans[each].cosines(vector) for each in (own, other)}
        nearest, mean = self._asked_before(vector)
        by_class, by_section = self._classified(query)
        strengths = _standard(
            np.stack(
                [
                    bm25[own],
                    bm25[other],
                    cosine[own],
                    cosine[other],
                    self._section_max(bm25[own]),
                    self._section_max(cosine[own]),
                    nearest,
                    mean,
                    self._section_max(nearest),
                ]
            )
        )
        field = self.of_field(query.field)
        near_miss = 0.0
        if self.asked_before is not None and self.asked_before.near_misses is not None:
            near_miss = float(self.asked_before.near_misses.nearest(vector, 1)[1][0])
        return Look(
            signals=np.stack([*strengths[:6], field, *strengths[6:], by_class, by_section], axis=1, dtype=np.float32),
            bm25=float(bm25[own].max()),
            cosine=float(cosine[own].max()),
            nearest_question=float(nearest.max()),
            nearest_near_miss=near_miss,
        )

    def weigh(self, look: Look, language: str) -> Evidence:
        """Add the signals up and rank the rows."""
        full, plain = self.weights.full[language], self.weights.plain[language]
        fused = np.where(self.anticipated, look.signals @ full, look.signals[:, : len(PLAIN_SIGNALS)] @ plain)
        return Evidence(self.rows, fused.astype(np.float64), look)

    def _section_max(self, scores: Scores) -> Scores:
        best = np.full(int(self.sections.max()) + 1, -np.inf, dtype=np.float32)
        np.maximum.at(best, self.sections, scores)
        return best[self.sections]

    @cached_property
    def _answered_by(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Scores]:
        """Where each anticipated question's pairs begin, and of every pair the row and how much it counts for it.

        A question that several spans answer speaks most for the first of them.
        """
        targets = self.asked_before.targets if self.asked_before else ()
        starts = np.cumsum([0, *(len(each) for each in targets)], dtype=np.int64)
        rows = np.array([row for each in targets for row in each], dtype=np.int64)
        weights = np.array([1.0 if n == 0 else 0.97 for each in targets for n in range(len(each))], dtype=np.float32)
        return starts, rows, weights

    def _asked_before(self, vector: Vectors) -> tuple[Scores, Scores]:
        """Return for every row the best cosine, and the mean of the three best, among its anticipated questions."""
        best = np.zeros((len(self.rows), 3), dtype=np.float32)
        if self.asked_before is None:
            return best[:, 0], best[:, 1]
        questions, cosines = self.asked_before.vectors.nearest(vector, NEIGHBOURS)
        starts, rows, weights = self._answered_by
        lengths = starts[questions + 1] - starts[questions]
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        pairs = np.repeat(starts[questions], lengths) + offsets
        found, scores = rows[pairs], np.repeat(cosines, lengths) * weights[pairs]
        order = np.lexsort((-scores, found))
        found, scores = found[order], scores[order]
        first = np.flatnonzero(np.diff(found, prepend=-1))
        place = np.arange(len(found)) - np.repeat(first, np.diff(first, append=len(found)))
        top = place < 3
        best[found[top], place[top]] = np.maximum(scores[top], 0)
        return best.max(axis=1), best.mean(axis=1)

    def _classified(self, query: Query) -> tuple[Scores, Scores]:
        """Return the classifier's log-probability of every row and of its section, floored, both near zero mean."""
        rows = np.zeros(len(self.rows), dtype=np.float32)
        if self.classifier is None:
            return rows, rows
        classes, targets = self._classes
        counts = features(query.text, query.language, self.analyzer)
        shares = _softmax(self.classifier.scores(*self.classifier.space.weigh(counts)))[classes]
        rows[targets] = shares
        sums = np.zeros(int(self.sections.max()) + 1, dtype=np.float32)
        np.add.at(sums, self.sections, rows)
        return _log_share(rows), _log_share(sums[self.sections])


def _log_share(shares: Scores) -> Scores:
    return (np.log(np.maximum(shares, 1e-4)) / 4 + 1).astype(np.float32)


def _softmax(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _standard(strengths: Scores) -> Scores:
    """Subtract each line's mean and divide by its deviation, so that unlike signals can be added."""
    apart = strengths - strengths.mean(axis=1, keepdims=True)
    deviation = np.sqrt((apart * apart).mean(axis=1, keepdims=True))
    return np.asarray(apart / np.where(deviation > 1e-6, deviation, 1.0), dtype=np.float32)
