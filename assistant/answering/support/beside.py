"""What is told beside the best sentence: what other sections say of several things, the reason next to it, and all
that stands with it where a question asks broadly.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.draft import wording
from assistant.answering.support.claims import share_said
from assistant.answering.support.verdict import heading_of
from assistant.corpus.types import PROSE
from assistant.index.records import Row, section_rows
from assistant.index.search import Hit
from assistant.language.files import both, words_of
from assistant.language.kinds import Kind
from assistant.language.values import states
from assistant.language.words import Analyzer, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import Asked

MOST_SPANS, MOST_ITEM_WORDS, LOOKED_AT = 3, 45, 12
# A further sentence is said when it is believed at least this share as much as the best one.
FURTHER = 0.22
# What is asked so wants a sentence that is whole by itself.
POINTED = (Kind.WHAT, Kind.REASON, Kind.EXAMPLE)
# What may be asked broadly, and the words of a message that is only a subject.
OPEN, BARE = (Kind.WHAT, Kind.LIST, Kind.HOW, Kind.COUNT), 2
# So many of the first hits, of which so many must stand together.
FIRST_HITS, TOGETHER = 7, 3
# Sentences that are told together, and the share of a subject that one says which is asked for alone.
FEWEST, MOST, ALONE = 3, 8, 0.5


def elsewhere(hits: Sequence[Hit], chosen: Sequence[Row]) -> list[Row]:
    """Return the sentences of other sections that are believed nearly as much: what several are asked for may stand in
    several places.
    """
    best, found = hits[0], list[Row]()
    near = (hit for hit in hits[1:LOOKED_AT] if hit.share >= FURTHER * best.share and hit.document == best.document)
    for row in (hit.row for hit in near if not same_section(hit, best.row)):
        told = row.passage.field in PROSE
        if told and len(found) < MOST_SPANS and not any(same_words(row, other) for other in (*chosen, *found)):
            found.append(row)
    return found


def reason_behind(asked: Asked, chosen: Sequence[Row]) -> list[Row]:
    """Return the sentence beside one that says "this need" of what was said before it; or beside one that is asked for
    its reason and gives none: the one that it points back to, or the one that follows in the same paragraph.
    """
    best, statement = chosen[0], words_of("statement", "da").asks
    pointing = asked.kind in POINTED and not asked.yes_no and statement["this"].search(best.span.quote.lower())
    reason = asked.kind is Kind.REASON and not any(states(Kind.REASON, row.span.quote) for row in chosen)
    if not (pointing or reason):
        return []
    rows = [row for row in section_rows(best.document, best.section) if row.passage is best.passage]
    at = rows.index(best)
    back = pointing or statement["points back"].search(best.span.quote.lower()) is not None
    beside = rows[max(0, at - 1) : at] if back else rows[at + 1 : at + 2]
    return [row for row in beside if row not in chosen and len(row.span.quote.split()) <= MOST_ITEM_WORDS]


def same_section(hit: Hit, row: Row) -> bool:
    """Return whether a hit stands in a row's section; documents apart, so that no other document need be read."""
    return hit.document == row.document.id and hit.row.section is row.section


def same_words(row: Row, other: Row) -> bool:
    """Return whether two rows say the same."""
    return row.span.quote == other.span.quote


def is_broad(asked: Asked, message: str, language: str) -> bool:
    """Return whether a question asks for all that is to be done, or is nothing but its subject."""
    said = words(message)
    bare = len(said) <= BARE and len(subject_words(message)) == len(said)
    asks = words_of("statement", language).asks["broad"].search(asked.clause.lower()) is not None
    return asked.kind in OPEN and not asked.yes_no and (bare or asks)


def told_together(asked: Asked, hits: Sequence[Hit], analyzer: Analyzer, language: str) -> list[Row]:
    """Return the sentences under the sub-heading, or else in the section, of the best hit, where several of the first
    hits stand there; none where they are too few or too many to be told, or where one alone says what is asked for.
    """
    best = hits[0].row
    if best.passage.field not in PROSE:
        return []
    rows = [row for row in section_rows(best.document, best.section) if _with(row, best)]
    near = [hit.row for hit in hits[:FIRST_HITS] if same_section(hit, best) and _with(hit.row, best)]
    together = len(near) >= TOGETHER and FEWEST <= len(rows) <= MOST
    return rows if together and not _is_alone(asked, best, rows, analyzer, language) else []


def _is_alone(asked: Asked, best: Row, rows: Sequence[Row], analyzer: Analyzer, language: str) -> bool:
    """Return whether the best sentence says a subject that neither the others nor what stands above them do."""
    broad = words_of("statement", language).asks["broad"].sub(" ", asked.clause.lower())
    subject = " ".join(word for word in subject_words(broad) if word not in both("collect", "soft"))
    shares = {row.span.id: share_said(subject, wording(row, language), analyzer, language, alike=True) for row in rows}
    own = shares.pop(best.span.id)
    others = max(*shares.values(), share_said(subject, heading_of(best, language), analyzer, language, alike=True))
    return own >= ALONE and others < own


def _with(row: Row, best: Row) -> bool:
    same = best.passage.subheading is None or row.passage.subheading == best.passage.subheading
    return row.passage.field is best.passage.field and same
