"""Search with what the question and the conversation lend: a named section, a subject, a kind of value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answering.draft import told_in
from assistant.answering.follow_ups import FollowUps
from assistant.corpus.aliases import Alias
from assistant.corpus.types import Document, Field
from assistant.index.records import Row
from assistant.index.search import Evidence, Query, Searcher
from assistant.understanding.conversation import Context, Resolved, asks_for_more, goes_on, points_back, subject_words
from assistant.understanding.question import Asked
from assistant.understanding.references import Reference

# How much belief a section gains that the question names.
NAMED_GAIN = 40.0
# What the words of the very part that is named gain over its kin, and what a cell loses that was not asked for.
ITSELF, UNASKED = 4.0, 12.0
# How much a sentence gains that states a value of the kind asked for; more where little but a section is named.
TYPED_NAMED = 8.0

Place = tuple[str, str]
# Of every candidate, shape (candidates,).
Mask = NDArray[np.bool_]
Gains = NDArray[np.floating]


def place_of(row: Row) -> Place:
    """Return document and section of a row; section ids alone may stand in several documents."""
    return row.document.id, row.section.id


def kin(document: Document, ids: Sequence[str]) -> frozenset[Place]:
    """Return sections of a document with the annex parts and themes that belong to them."""
    return frozenset((document.id, each) for each in document.kin(ids))


def _places(document: str, alias: Alias) -> frozenset[Place]:
    """Return the sections that an alias stands for."""
    return frozenset((document, target.partition("/")[0]) for target in alias.targets)


class Seeker:
    """Finds the evidence for an understood question. Stateless after construction; safe for threads."""

    def __init__(self, searcher: Searcher, follow_ups: FollowUps) -> None:
        self.searcher, self.follow_ups = searcher, follow_ups
        self.columns = searcher.columns

    def seek(
        self,
        asked: Asked,
        language: str,
        resolved: Resolved,
        reference: Reference | None,
        about: frozenset[Place],
        document: int | None = None,
    ) -> Evidence:
        """Search; a sentence that states a value of the kind asked for gains.

        `about` are the sections that the reference names or that the conversation is about; `document` is the number
        of the only document to look in.
        """
        evidence = self.found(asked, language, about, document)
        stating = self.columns.stating(asked.kind, evidence.rows)
        if reference:
            # "Annex 4" elaborates a theme, but its own words come first.
            itself = self._here(evidence, frozenset((reference.document, each.id) for each in reference.sections))
            cells = self.columns.cells(evidence.rows) & (asked.field is None)
            return evidence.plus(
                self._lift(evidence, about, asked.field) + TYPED_NAMED * stating + ITSELF * itself - UNASKED * cells
            )
        if resolved.context is None:
            return evidence
        question, rows = self.features(asked, language, evidence, resolved.context, about)
        weighed = Evidence(evidence.rows, self.follow_ups.scores(question, rows), evidence.look, evidence.searcher)
        if resolved.kind is not None:  # "and for broadband?", after who is involved, asks for those of broadband
            best = weighed.hits[0].row
            there = self._here(weighed, kin(best.document, [best.section.id]))
            return weighed.plus(NAMED_GAIN * (there & self.columns.in_field(asked.field, weighed.rows)))
        # Without a word of its own a question cannot be about anything else.
        return (
            weighed
            if subject_words(asked.clause)
            else weighed.plus(self._left(weighed, about, asked, resolved.context))
        )

    def found(
        self, asked: Asked, language: str, about: frozenset[Place] = frozenset(), document: int | None = None
    ) -> Evidence:
        """Search for the whole question, and look at the sections that it is about in any case."""
        sections = frozenset(self._numbers(about))
        return self.searcher.search(
            Query(asked.whole or asked.clause, language, asked.kind, asked.field, document, sections)
        )

    def _left(self, evidence: Evidence, about: frozenset[Place], asked: Asked, context: Context) -> Gains:
        """Return the gains of what the conversation is about; what was told already loses where more is asked for."""
        lift = self._lift(evidence, about, asked.field)
        if asked.field is not None or not asks_for_more(asked.clause):
            return lift
        here = self._here(evidence, about)
        told, cells = self._told(evidence, here, context.told), here & self.columns.cells(evidence.rows)
        headings = self.columns.heading[evidence.rows]
        near = np.isin(headings, headings[self._told(evidence, here, context.told[-1:])])
        gains = lift + NAMED_GAIN / 2 * near - 2 * NAMED_GAIN * told - NAMED_GAIN * cells
        return np.asarray(gains, dtype=np.float64)

    def features(
        self, asked: Asked, language: str, evidence: Evidence, context: Context, about: frozenset[Place]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what FollowUps weighs: features of the question, and of every candidate."""
        own = len(subject_words(asked.clause))
        stating = self.columns.stating(asked.kind, evidence.rows)
        here = self._here(evidence, about)
        told = self._told(evidence, here, context.told[-1:])
        clause = asked.clause.lower()
        more, back = goes_on(clause), points_back(clause, language)
        another = self._names_another(clause, language, about)
        alike = float(evidence.look.near.cosines.max(initial=0.0))
        question = [1, own == 0, own == 1, own == 2, alike, stating.any(), more, back, another]
        cells = self.columns.cells(evidence.rows) & (asked.field is None)
        columns = [evidence.beliefs(), here, told, self._beside(evidence, told), stating, cells]
        return np.array(question, dtype=np.float64), np.stack(columns, axis=1, dtype=np.float64)

    def _names_another(self, clause: str, language: str, about: frozenset[Place]) -> bool:
        """Return whether a clause calls a section or topic by a name of its own, and none of those talked about."""
        stems = self.searcher.analyzer.stems
        asked = frozenset(stems(clause, language))
        named = [
            _places(document, alias)
            for document in dict.fromkeys(document for document, _ in sorted(about))
            for alias in self.searcher.library.aliases(document)
            if alias.language == language and frozenset(stems(alias.name, language)) <= asked
        ]
        return bool(named) and all(places.isdisjoint(about) for places in named)

    def _numbers(self, places: frozenset[Place]) -> list[int]:
        """Return the numbers of sections; one without text has none."""
        found = (self.searcher.section_number(document, section) for document, section in places)
        return [number for number in found if number is not None]

    def _here(self, evidence: Evidence, places: frozenset[Place]) -> Mask:
        """Return which candidates stand in some sections."""
        return np.isin(self.columns.section[evidence.rows], self._numbers(places))

    def _lift(self, evidence: Evidence, places: frozenset[Place], field: Field | None) -> Gains:
        """Return the gains of the rows of named sections; those of the asked field gain twice."""
        here = self._here(evidence, places)
        return NAMED_GAIN * (here.astype(np.float64) + (here & self.columns.in_field(field, evidence.rows)))

    def _told(self, evidence: Evidence, here: Mask, answers: Sequence[str]) -> Mask:
        """Return which candidates of some sections stand in some answers."""
        told = np.zeros(len(here), dtype=bool)
        for n in np.flatnonzero(here):
            row = self.searcher.row(int(evidence.rows[n]))
            told[n] = any(told_in(row, answer) for answer in answers)
        return told

    def _beside(self, evidence: Evidence, told: Mask) -> Mask:
        """Return which candidates stand right before or after a told one in its section."""
        rows, sections = evidence.rows, self.columns.section[evidence.rows]
        beside = np.zeros(len(rows), dtype=bool)
        for step in (-1, 1):
            near = np.isin(rows, rows[told] + step)
            beside |= near & np.isin(sections, sections[told])
        return beside
