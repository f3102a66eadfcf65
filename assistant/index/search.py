"""Find the spans that answer a question: candidates by several ways, then one sum with the same weights for all.

No signal depends on which other documents there are: cosines and shares of words are what they are, and what a
document's own questions add is cut off at the bottom and bounded at the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.types import Field
from assistant.index.addressed import Addressed
from assistant.index.candidates.asked import Nearest
from assistant.index.candidates.lexical import Rarity, Words
from assistant.index.candidates.view import View
from assistant.index.columns import Columns
from assistant.index.embedder import Vectors
from assistant.index.learned.head import Heads
from assistant.index.learned.lexicon import Lexicon
from assistant.index.learned.wordings import Wordings
from assistant.index.library import Library
from assistant.index.recent import Recent
from assistant.index.records import Row
from assistant.index.turns import Turns
from assistant.index.weighing import Look, Weights
from assistant.language.kinds import Kind
from assistant.language.words import Analyzer, words

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]
# Of some rows by language: with the title in front and without, shape (2, rows).
Cosines = dict[str, Vectors]

# One for all indexes of a process.
TURNS = Turns()

OTHER = {"da": "en", "en": "da"}
# What a word counts that means the same as one of the question's, against that one itself, by the question's language.
SAME = {"da": 0.3, "en": 1.0}
# By which words of a question candidates are looked for among the words of a language.
AMONG = {"da": "same", "en": "en"}
# How many candidates their words bring, and how many of the best become hits.
BY_WORDS, MOST_HITS = 80, 60
# A question less like an anticipated one than this says nothing about what answers it.
FLOOR = 0.88


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: the question, its language, the kind of thing asked for, and the field it points to, if any.

    `document` is the number of the only document to look in, None for all; `sections` are numbers of sections whose
    rows are looked at in any case.
    """

    text: str
    language: str
    kind: Kind = Kind.WHAT
    field: Field | None = None
    document: int | None = None
    sections: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hit:
    """A span found, by the number of its row, with its score (a logit; comparable within one question) and its share of
    belief.
    """

    number: int
    score: float
    share: float
    searcher: Searcher = field(repr=False, compare=False)

    @cached_property
    def row(self) -> Row:
        """The row itself; asking for it reads its document, so most hits never are."""
        return self.searcher.row(self.number)

    @property
    def document(self) -> str:
        """The id of the document that it stands in."""
        return self.searcher.library.ids[int(self.searcher.columns.document[self.number])]


@dataclass(frozen=True, slots=True)
class Said:
    """A wording of a question: its language, its vector, and its terms by the index that they are looked up in, each
    with how much it counts; "same" are those of words that mean the same.
    """

    language: str
    vector: Vectors
    terms: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Evidence:
    """The candidate rows by number, their scores (logits, shape (candidates,)), and the look that was weighed."""

    rows: Numbers
    scores: NDArray[np.float64]
    look: Look
    searcher: Searcher = field(repr=False)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The share of belief of every candidate, shape (candidates,)."""
        powers = np.exp(self.scores - self.scores.max())
        return np.asarray(powers / powers.sum())

    @cached_property
    def best(self) -> Numbers:
        """The places of the best candidates, best first."""
        return np.argsort(-self.scores, kind="stable")[:MOST_HITS]

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The best candidates as hits, best first."""
        numbers, scores, shares = (each[self.best].tolist() for each in (self.rows, self.scores, self.shares))
        return tuple(Hit(*each, self.searcher) for each in zip(numbers, scores, shares, strict=True))

    def beliefs(self) -> NDArray[np.float64]:
        """Return the logarithm of every candidate's share of belief, shape (candidates,)."""
        return np.asarray(np.log(self.shares + 1e-12))

    def plus(self, gains: NDArray[np.floating]) -> Evidence:
        """Return the evidence with gains (losses where negative) added to the scores, shape (candidates,)."""
        return Evidence(self.rows, self.scores + gains, self.look, self.searcher)


@dataclass(frozen=True)
class Searcher:
    """Searches the rows of one built index. Safe for threads."""

    library: Library
    columns: Columns
    analyzer: Analyzer
    rarity: Rarity
    views: dict[str, View]
    lexical: dict[str, Words]
    heads: Heads
    wordings: Wordings
    weights: Weights
    recent: Recent
    lexicon: Lexicon
    addressed: Addressed

    def row(self, number: int) -> Row:
        """Return a row with its document, which is opened if need be."""
        identity = self.library.ids[int(self.columns.document[number])]
        return self.library.rows(identity)[int(self.columns.place[number])]

    def search(self, query: Query) -> Evidence:
        """Score the candidates of a query."""
        return self.weigh(self.look(query), query.language)

    def look(self, query: Query) -> Look:
        """Gather candidates and compute their signals, before any weighing."""
        named = self.addressed.named(query.text, query.document)
        texts = [query.text, self.addressed.bare(query.text, named)] if named else [query.text]
        vectors, turn = [self.vector(text) for text in texts], TURNS.turn()
        with turn:
            wordings = [self._said(*each, query.language) for each in zip(texts, vectors, strict=True)]
            near = self.near(query.text)
            rows = self._candidates(query, wordings, near)
            documents = self.columns.document[rows]
            here = np.isin(documents, list(named))
        asked = [rows, rows[here]][: len(wordings)]
        cosines = [self._cosines(*each) for each in zip(asked, vectors, strict=True)]
        with turn:
            first, *bare = map(self._worded, wordings, asked, cosines)
            for worded in bare:
                first[here] = worded
            taught, like = self._heads_say(rows, documents, query.text, vectors[0])
            signals = np.concatenate([first, self._others(query, rows, taught, near, here)], axis=1)
        return Look(rows, documents, signals, near, like)

    def _said(self, text: str, vector: Vectors, language: str) -> Said:
        terms = {each: self.terms(text, each) for each in self.views}
        return Said(language, vector, terms | {"same": self._with_same(terms["da"], text, language)})

    def vector(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,)."""
        return self.recent.of(text).vector

    def near(self, text: str) -> Nearest:
        """Return which anticipated questions a question is near to."""
        return self.recent.of(text).near

    def weigh(self, look: Look, language: str) -> Evidence:
        """Add the signals up."""
        return Evidence(look.rows, self.weights.sums(look, language), look, self)

    def terms(self, text: str, language: str) -> dict[str, float]:
        """Return the terms of a text and how much each counts: how rare its word is at large."""
        found: dict[str, float] = {}
        for word in words(text):
            mended = self.analyzer.repair(word)
            rarity = self.rarity.of(mended)
            for term in self.analyzer.word_terms(mended, language):
                found[term] = max(found.get(term, 0.0), rarity)
        return found

    def same_terms(self, text: str, language: str) -> dict[str, float]:
        """Return the Danish terms of a text, as `terms` does, with those of words that mean the same."""
        return self._with_same(self.terms(text, "da"), text, language)

    def _with_same(self, terms: Mapping[str, float], text: str, language: str) -> dict[str, float]:
        said, found = [self.analyzer.repair(word) for word in words(text)], dict(terms)
        for places, same in self.lexicon.same(said, language):
            rarity = SAME[language] * max(self.rarity.of(said[place]) for place in places)
            for term in (term for word in words(same) for term in self.analyzer.word_terms(word, "da")):
                found[term] = max(found.get(term, 0.0), rarity)
        return found

    def held(self, asked: Iterable[str], rows: range, whole: bool = False) -> set[str]:
        """Return those of some words that stand, in either language, in a range of rows or their headings.

        A compound stands there if a part of it does, but not where only `whole` words count, as of names.
        """
        found: set[str] = set()
        for language, index in self.lexical.items():
            terms = {word: self.analyzer.word_terms(self.analyzer.repair(word), language) for word in asked}
            terms = {word: each[:1] for word, each in terms.items()} if whole else terms
            held = index.holding({term for each in terms.values() for term in each}, rows)
            found |= {word for word, each in terms.items() if not held.isdisjoint(each)}
        return found

    def speaks_of(self, subject: str, language: str, rows: range) -> bool:
        """Return whether any word of a subject, or one that means the same, stands in a range of rows."""
        danish = self.lexical["da"].holding(self.same_terms(subject, language), rows)
        return bool(danish or self.lexical[language].holding(self.terms(subject, language), rows))

    def section_number(self, document: str, section: str) -> int | None:
        """Return the number of a section that has rows, None of one that has none."""
        begin = int(self.columns.documents[self.library.numbers[document]])
        place = self.library.place(document, section)
        return None if place is None else int(self.columns.section[begin + place])

    def _candidates(self, query: Query, wordings: Iterable[Said], near: Nearest) -> Numbers:
        within = None if query.document is None else self.columns.rows_of_document(query.document)
        asked = near.rows[near.cosines >= FLOOR]
        found = [asked if within is None else asked[(asked >= within.start) & (asked < within.stop)]]
        found += [np.array(self.columns.rows_of_section(number), dtype=np.int64) for number in query.sections]
        for said in wordings:
            found += [view.candidates(said.vector, within) for view in self.views.values()]
            # Among the words that mean the same are the question's own.
            found += [
                index.candidates(said.terms[AMONG[name]], BY_WORDS, within) for name, index in self.lexical.items()
            ]
        return np.unique(np.concatenate(found))

    def _cosines(self, rows: Numbers, vector: Vectors) -> Cosines:
        return {language: view.cosines(rows, vector) for language, view in self.views.items()}

    def _worded(self, said: Said, rows: Numbers, cosines: Cosines) -> Scores:
        """Return the signals of the words of a question in its own language, shape (rows, WORDED)."""
        own, translated = said.language, self.columns.translated[rows] == 1
        records, headed = ({language: found[n] for language, found in cosines.items()} for n in (0, 1))
        shares = self.lexical["da"].shares(said.terms["same"], rows, sum(said.terms[own].values()))
        if own == "en":
            shares = np.where(translated, self.lexical["en"].shares(said.terms["en"], rows), shares)
        for each in (headed, records):  # a row that is in Danish alone is compared with that twice
            each["en"] = np.where(translated, each["en"], each["da"])
        return np.stack([headed[own], records[own], records[OTHER[own]], shares], axis=1, dtype=np.float32)

    def _others(self, query: Query, rows: Numbers, taught: Scores, near: Nearest, named: NDArray[np.bool_]) -> Scores:
        """Return all other signals, shape (rows, len(SIGNALS) - WORDED)."""
        untranslated = (self.columns.translated[rows] == 0) & (query.language == "en")
        lines: list[NDArray[Any]] = [untranslated, self.columns.stating(query.kind, rows)]
        lines += [np.maximum(near.of(rows) - FLOOR, 0), taught]
        lines += [self.columns.in_field(query.field, rows), named]
        return np.stack(lines, axis=1, dtype=np.float32)

    def _heads_say(
        self, rows: Numbers, documents: NDArray[np.integer], text: str, vector: Vectors
    ) -> tuple[Scores, dict[int, float]]:
        """Return what the heads of their documents say of some rows, and of the question, by document."""
        found, like = np.zeros(len(rows), dtype=np.float32), dict[int, float]()
        taught = [number for number in np.unique(documents).tolist() if number in self.heads.heads]
        features = self.heads.features.of([text], vector[None])[0] if taught else vector
        for number in taught:
            here = documents == number
            scores, like[number] = self.heads.heads[number].scores(features)
            found[here] = scores[self.columns.place[rows[here]]]
        return found, like
