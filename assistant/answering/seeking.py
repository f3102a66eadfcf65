"""Search with what the question and the conversation lend: a named section, a subject, a kind of value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.conversation import Context, Resolved, subject_words
from assistant.answering.draft import wording
from assistant.answering.question import Asked, Kind
from assistant.answering.references import Reference
from assistant.answering.values import TYPED_VALUES
from assistant.corpus.types import Document, Field
from assistant.index.search import Evidence, Hit, Query, Row, Searcher

# How much belief a section gains that the question names, and how much a sentence loses that was just told.
NAMED_GAIN = 12.0
TOLD, TOLD_LEANING = 1.0, 4.5
# How much a sentence gains that states a value of the kind asked for.
TYPED, TYPED_LEANING = 1.0, 4.0

Place = tuple[str, str]


def place_of(row: Row) -> Place:
    """Return document and section of a row; section ids alone may stand in several documents."""
    return row.document.id, row.section.id


def kin(document: Document, ids: Sequence[str]) -> frozenset[Place]:
    """Return sections of a document with the annex parts and themes that belong to them."""
    found = [section for section in document.sections if section.id in ids]
    wanted = {section.id for section in found} | {section.theme for section in found if section.theme}
    wanted |= {section.id for section in document.sections if section.theme in wanted}
    return frozenset((document.id, str(each)) for each in wanted)


class Seeker:
    """Finds the evidence for an understood question. Stateless; safe for threads."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher

    def seek(
        self, asked: Asked, language: str, resolved: Resolved, reference: Reference | None, about: frozenset[Place]
    ) -> Evidence:
        """Search; a sentence that states a value of the kind asked for gains, most where little else is said.

        `about` are the sections that the reference names or that the conversation is about.
        """
        evidence = self._look(asked, language, resolved, reference, about)
        find = TYPED_VALUES.get(asked.kind)
        if find is None:
            return evidence
        gain = TYPED_LEANING if resolved.leans or reference else TYPED
        hits = [replace(hit, score=hit.score + gain * bool(find(hit.row.span.quote, "da"))) for hit in evidence.hits]
        return replace(evidence, hits=ranked(hits))

    def _look(
        self, asked: Asked, language: str, resolved: Resolved, reference: Reference | None, about: frozenset[Place]
    ) -> Evidence:
        context = resolved.context
        evidence = self._leaning(asked, context, language) if context and resolved.leans and not reference else None
        evidence = evidence or self.searcher.search(Query(asked.clause, language, asked.field))
        if reference:
            return lifted(evidence, about, NAMED_GAIN, asked.field)
        if context is None:
            return evidence
        loss = TOLD_LEANING if resolved.leans and asked.kind not in TYPED_VALUES else TOLD
        return lowered(lifted(evidence, about, resolved.gain, asked.field), about, context.told, loss)

    def _leaning(self, asked: Asked, context: Context, language: str) -> Evidence | None:
        """Search with the old subject added: alone where a question has no words of its own, else beside itself.

        None where the field or the value asked for finds its way without: the subject would bring up what was told.
        """
        if asked.field or (asked.kind in TYPED_VALUES and asked.kind is not Kind.PLACE):
            return None
        joined = self.searcher.search(Query(f"{asked.clause} {context.subject}", language))
        if not subject_words(asked.clause):
            return joined
        alone = self.searcher.search(Query(asked.clause, language))
        scores = {hit.row.key: hit.score for hit in joined.hits}
        hits = [replace(hit, score=(hit.score + scores[hit.row.key]) / 2) for hit in alone.hits]
        return replace(alone, hits=ranked(hits))


def lifted(evidence: Evidence, places: frozenset[Place], gain: float, field: Field | None) -> Evidence:
    """Return the evidence with the hits of some sections lifted, those of the asked field twice."""

    def score(hit: Hit) -> float:
        here = place_of(hit.row) in places
        return hit.score + gain * here + gain * (here and field is not None and hit.row.passage.field is field)

    return replace(evidence, hits=ranked([replace(hit, score=score(hit)) for hit in evidence.hits]))


def lowered(evidence: Evidence, places: frozenset[Place], said: str, loss: float) -> Evidence:
    """Return the evidence with what the last answer told lowered: who asks on wants to hear something else."""

    def told(hit: Hit) -> bool:
        return place_of(hit.row) in places and any(wording(hit.row, language) in said for language in ("da", "en"))

    hits = [replace(hit, score=hit.score - loss * told(hit)) for hit in evidence.hits]
    return replace(evidence, hits=ranked(hits))


def ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits best first, their shares made anew from their scores."""
    best = max(hit.score for hit in hits)
    powers = [math.exp(hit.score - best) for hit in hits]
    total = sum(powers)
    shared = [replace(hit, share=power / total) for hit, power in zip(hits, powers, strict=True)]
    return tuple(sorted(shared, key=lambda hit: -hit.score))
