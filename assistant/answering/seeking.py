"""Search with what the question and the conversation lend: a named section, a subject, a kind of value."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.conversation import GOES_ON, Context, Resolved, subject_words
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
CELL = 4.0

# The shares of the whole message beside its asking clause, and of the old subject beside a follow-up's own words.
PREAMBLE, BESIDE = 0.35, 0.5

MARKERS = {
    Kind.REASON: re.compile(
        r"\b(baggrunden|formålet|fordi|derfor|for at|således at|med henblik|ønske)\b", re.IGNORECASE
    ),
    Kind.EXAMPLE: re.compile(r"\b(fx|f\.eks|bl\. ?a|herunder|eksempel|såsom)\b", re.IGNORECASE),
}

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
        gain = TYPED_LEANING if resolved.leans or reference else TYPED
        hits = [replace(hit, score=hit.score + gain * states(asked.kind, hit.row)) for hit in evidence.hits]
        return replace(evidence, hits=ranked(hits))

    def _look(
        self, asked: Asked, language: str, resolved: Resolved, reference: Reference | None, about: frozenset[Place]
    ) -> Evidence:
        context = resolved.context
        evidence = self._leaning(asked, context, language) if context and resolved.leans and not reference else None
        evidence = evidence or self._with_preamble(asked, language)
        if reference:
            return lifted(evidence, about, NAMED_GAIN, asked.field)
        if context is None:
            return evidence
        loss = TOLD_LEANING if resolved.leans and asked.kind not in (*TYPED_VALUES, Kind.EXAMPLE) else TOLD
        loss *= 2 if resolved.leans and GOES_ON.search(asked.clause.lower()) else 1
        found = lowered(lifted(evidence, about, resolved.gain, asked.field), about, context.told, loss)
        return without_cells(found) if resolved.leans and not asked.field and asked.kind is not Kind.WHO else found

    def _with_preamble(self, asked: Asked, language: str) -> Evidence:
        """Search for the asking clause; what was said before it counts a little, for it may name the subject."""
        evidence = self.searcher.search(Query(asked.clause, language, asked.field))
        if not asked.whole:
            return evidence
        whole = self.searcher.search(Query(asked.whole, language, asked.field))
        return joined(evidence, whole, PREAMBLE)

    def _leaning(self, asked: Asked, context: Context, language: str) -> Evidence | None:
        """Search with the old subject added: alone where a question has no words of its own, else beside itself.

        None where the field or the value asked for finds its way without: the subject would bring up what was told.
        """
        if asked.field or (asked.kind in TYPED_VALUES and asked.kind is not Kind.PLACE):
            return None
        both = self.searcher.search(Query(f"{asked.clause} {context.subject}", language))
        if not subject_words(asked.clause):
            return both
        return joined(self.searcher.search(Query(asked.clause, language)), both, BESIDE)


def states(kind: Kind, row: Row) -> bool:
    """Return whether a row states a value of a kind, or says by a marker that it gives a reason or an example."""
    if marker := MARKERS.get(kind):
        return marker.search(row.span.quote) is not None
    find = TYPED_VALUES.get(kind)
    return bool(find and find(row.span.quote, "da"))


def joined(evidence: Evidence, other: Evidence, share: float) -> Evidence:
    """Return the evidence with its scores mixed with those of another search; `share` is the other's, 0 to 1."""
    scores = {hit.row.key: hit.score for hit in other.hits}
    hits = [replace(hit, score=(1 - share) * hit.score + share * scores[hit.row.key]) for hit in evidence.hits]
    return replace(evidence, hits=ranked(hits))


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


def without_cells(evidence: Evidence) -> Evidence:
    """Return the evidence with actors and next steps lowered: they answer a follow-up only where they are asked for."""
    cells = (Field.ACTORS, Field.NEXT_STEP)
    hits = [replace(hit, score=hit.score - CELL * (hit.row.passage.field in cells)) for hit in evidence.hits]
    return replace(evidence, hits=ranked(hits))


def ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return hits best first, their shares made anew from their scores."""
    best = max(hit.score for hit in hits)
    powers = [math.exp(hit.score - best) for hit in hits]
    total = sum(powers)
    shared = [replace(hit, share=power / total) for hit, power in zip(hits, powers, strict=True)]
    return tuple(sorted(shared, key=lambda hit: -hit.score))
