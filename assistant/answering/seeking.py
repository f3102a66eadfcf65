"""Search with what the question and the conversation lend: a named section, a subject, a kind of value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.conversation import ANAPHORA, GOES_ON, Context, Resolved, asks_for_more, subject_words
from assistant.answering.draft import wording
from assistant.answering.follow_ups import FollowUps
from assistant.answering.question import Asked, Kind
from assistant.answering.references import Reference
from assistant.answering.types import LANGUAGES
from assistant.answering.values import TYPED_VALUES
from assistant.corpus.aliases import Alias
from assistant.corpus.types import Document, Field
from assistant.index.search import Evidence, Query, Row, Searcher

# How much belief a section gains that the question names.
NAMED_GAIN = 12.0
# How much a sentence gains that states a value of the kind asked for; more where little but a section is named.
TYPED, TYPED_NAMED = 1.0, 4.0
# The share of the whole message beside its asking clause.
PREAMBLE = 0.35

MARKERS = {
    Kind.REASON: re.compile(
        r"\b(baggrunden|formålet|fordi|derfor|for at|således at|med henblik|ønske)\b", re.IGNORECASE
    ),
    Kind.EXAMPLE: re.compile(r"\b(fx|f\.eks|bl\. ?a|herunder|eksempel|såsom)\b", re.IGNORECASE),
}

Place = tuple[str, str]
# Of every row of the index, shape (rows,).
Mask = NDArray[np.bool_]
Gains = NDArray[np.floating]


def place_of(row: Row) -> Place:
    """Return document and section of a row; section ids alone may stand in several documents."""
    return row.document.id, row.section.id


def kin(document: Document, ids: Sequence[str]) -> frozenset[Place]:
    """Return sections of a document with the annex parts and themes that belong to them."""
    found = [section for section in document.sections if section.id in ids]
    wanted = {section.id for section in found} | {section.theme for section in found if section.theme}
    wanted |= {section.id for section in document.sections if section.theme in wanted}
    return frozenset((document.id, str(each)) for each in wanted)


def _places(document: str, alias: Alias) -> frozenset[Place]:
    """Return the sections that an alias stands for."""
    return frozenset((document, target.partition("/")[0]) for target in alias.targets)


class Seeker:
    """Finds the evidence for an understood question. Stateless after construction; safe for threads."""

    def __init__(self, searcher: Searcher, follow_ups: FollowUps, aliases: Mapping[str, Sequence[Alias]]) -> None:
        self.searcher, self.follow_ups = searcher, follow_ups
        self._names = [
            (alias.language, frozenset(searcher.analyzer.stems(alias.name, alias.language)), _places(document, alias))
            for document, many in aliases.items()
            for alias in many
        ]
        self._states = {
            kind: np.array([states(kind, row) for row in searcher.rows]) for kind in (*MARKERS, *TYPED_VALUES)
        }
        self._cells = searcher.of_field(Field.ACTORS) | searcher.of_field(Field.NEXT_STEP)

    def seek(
        self, asked: Asked, language: str, resolved: Resolved, reference: Reference | None, about: frozenset[Place]
    ) -> Evidence:
        """Search; a sentence that states a value of the kind asked for gains.

        `about` are the sections that the reference names or that the conversation is about.
        """
        evidence = self.found(asked, language)
        if reference:
            return evidence.plus(self._lift(about, asked.field) + TYPED_NAMED * self._stating(asked.kind))
        if resolved.context is None:
            return evidence.plus(TYPED * self._stating(asked.kind))
        question, rows = self.features(asked, language, evidence, resolved.context, about)
        weighed = replace(evidence, scores=self.follow_ups.scores(question, rows))
        if resolved.kind is not None:  # "and for broadband?", after who is involved, asks for those of broadband
            best = weighed.hits[0].row
            there = self._here(kin(best.document, [best.section.id]))
            return weighed.plus(NAMED_GAIN * (there & self.searcher.of_field(asked.field)))
        # Without a word of its own a question cannot be about anything else.
        return weighed if subject_words(asked.clause) else weighed.plus(self._left(about, asked, resolved.context))

    def _left(self, about: frozenset[Place], asked: Asked, context: Context) -> Gains:
        """Return the gains of what the conversation is about; what was told already loses where more is asked for."""
        lift = self._lift(about, asked.field)
        if asked.field is not None or not asks_for_more(asked.clause):
            return lift
        here = self._here(about)
        told, cells = self._told(here, context.told), here & self._cells
        near = self._under_same_heading(self._told(here, context.told[-1:]))
        gains = lift + NAMED_GAIN / 2 * near - 2 * NAMED_GAIN * told - NAMED_GAIN * cells
        return np.asarray(gains, dtype=np.float64)

    def _under_same_heading(self, told: Mask) -> Mask:
        """Return which rows stand under a heading or sub-heading of which something was told."""
        headings = [(place_of(row), row.passage.subheading) for row in self.searcher.rows]
        wanted = {headings[n] for n in np.flatnonzero(told)}
        return np.array([heading in wanted for heading in headings])

    def features(
        self, asked: Asked, language: str, evidence: Evidence, context: Context, about: frozenset[Place]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what FollowUps weighs: features of the question, and of every row."""
        own = len(subject_words(asked.clause))
        stating = self._stating(asked.kind)
        here = self._here(about)
        told = self._told(here, context.told[-1:])
        clause = asked.clause.lower()
        more, back = (bool(pattern.search(clause)) for pattern in (GOES_ON, ANAPHORA[language]))
        another = self._names_another(clause, language, about)
        question = [1, own == 0, own == 1, own == 2, evidence.look.nearest_question, stating.any(), more, back, another]
        cells = self._cells & (asked.field is None)
        rows = np.stack([evidence.beliefs(), here, told, self._beside(told), stating, cells], axis=1, dtype=np.float64)
        return np.array(question, dtype=np.float64), rows

    def _names_another(self, clause: str, language: str, about: frozenset[Place]) -> bool:
        """Return whether a clause calls a section or topic by a name of its own, and none of those talked about."""
        asked = frozenset(self.searcher.analyzer.stems(clause, language))
        named = [places for spoken, stems, places in self._names if spoken == language and stems <= asked]
        return bool(named) and all(places.isdisjoint(about) for places in named)

    def _stating(self, kind: Kind) -> Mask:
        """Return which rows state a value of the kind."""
        return self._states.get(kind, np.zeros(len(self.searcher.rows), dtype=bool))

    def _here(self, places: frozenset[Place]) -> Mask:
        """Return which rows stand in some sections."""
        return np.array([place_of(row) in places for row in self.searcher.rows])

    def _lift(self, places: frozenset[Place], field: Field | None) -> Gains:
        """Return the gains of the rows of named sections; those of the asked field gain twice."""
        here = self._here(places)
        return NAMED_GAIN * (here.astype(np.float64) + (here & self.searcher.of_field(field)))

    def _told(self, here: Mask, answers: Sequence[str]) -> Mask:
        """Return which rows of some sections stand in some answers."""
        rows = self.searcher.rows
        told = np.zeros(len(rows), dtype=bool)
        for n in np.flatnonzero(here):
            wordings = [wording(rows[n], language) for language in LANGUAGES]
            told[n] = any(words in answer for words in wordings for answer in answers)
        return told

    def _beside(self, told: Mask) -> Mask:
        """Return which rows stand right before or after a told one in its section."""
        same = np.diff(self.searcher.sections) == 0
        beside = np.zeros_like(told)
        beside[1:] |= told[:-1] & same
        beside[:-1] |= told[1:] & same
        return beside

    def found(self, asked: Asked, language: str) -> Evidence:
        """Search for the asking clause; what was said before it counts a little, for it may name the subject."""
        evidence = self.searcher.search(Query(asked.clause, language, asked.field))
        if not asked.whole:
            return evidence
        whole = self.searcher.search(Query(asked.whole, language, asked.field))
        return joined(evidence, whole, PREAMBLE)


def states(kind: Kind, row: Row) -> bool:
    """Return whether a row states a value of a kind, or says by a marker that it gives a reason or an example."""
    if marker := MARKERS.get(kind):
        return marker.search(row.span.quote) is not None
    find = TYPED_VALUES.get(kind)
    return bool(find and find(row.span.quote, "da"))


def joined(evidence: Evidence, other: Evidence, share: float) -> Evidence:
    """Return the evidence with its scores mixed with those of another search; `share` is the other's, 0 to 1."""
    return replace(evidence, scores=(1 - share) * evidence.scores + share * other.scores)
