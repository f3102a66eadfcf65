"""What is told beside the best sentence: what other sections say of several things, the reason next to it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.types import Field
from assistant.index.records import Row, section_rows
from assistant.index.search import Hit
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.values import states
from assistant.understanding.question import Asked

MOST_SPANS, MOST_ITEM_WORDS, LOOKED_AT = 3, 45, 12
# A further sentence is said when it is believed at least this share as much as the best one.
FURTHER = 0.22
# What is asked so wants a sentence that is whole by itself.
POINTED = (Kind.WHAT, Kind.REASON, Kind.EXAMPLE)


def elsewhere(hits: Sequence[Hit], chosen: Sequence[Row]) -> list[Row]:
    """Return the sentences of other sections that are believed nearly as much: what several are asked for may stand in
    several places.
    """
    best, found = hits[0], list[Row]()
    near = (hit for hit in hits[1:LOOKED_AT] if hit.share >= FURTHER * best.share and hit.document == best.document)
    for row in (hit.row for hit in near if not same_section(hit, best.row)):
        told = row.passage.field in (Field.BACKGROUND, Field.TEXT)
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
