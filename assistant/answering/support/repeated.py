"""What a turn asks of what was told last: a value of it, whether it was so, or only the same again."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, told_in, wording
from assistant.answering.finding import Finding
from assistant.answering.support.claims import own_words, share_said
from assistant.corpus.types import Field
from assistant.index.records import Row
from assistant.index.search import Hit
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.values import numbers, states
from assistant.language.words import words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request

# Kinds of value that a sentence states by their shape; a place may be told in other words.
VALUED = (Kind.AMOUNT, Kind.COUNT, Kind.DATE, Kind.MEASURE, Kind.CONTACT)
BARE = 3  # words of a turn that only asks how many or when
LOOKED_AT = 12  # hits among which what was told last is found again


def hits_told_first(finding: Finding, request: Request, language: str) -> Sequence[Hit]:
    """Return the hits; those that were told last go first where only a number is claimed, as in "I read it was 700",
    or a value asked for that they state, as in "how many?". Who takes part decides no claim of anything else.
    """
    hits, asked = finding.evidence.hits, finding.asked
    claim = claim_of(asked.clause, language)
    claimed = numbers(claim) if claim is not None and not own_words(claim) else set()
    if (claim is not None or asked.yes_no) and asked.field is None:
        hits = tuple(
            sorted(hits, key=lambda hit: hit is finding.evidence.hits[0] and hit.row.passage.field is Field.ACTORS)
        )
    if not (asks_value(finding, request) or claimed):
        return hits
    told = [hit for hit in hits[:LOOKED_AT] if told_in(hit.row, request.last_told)]
    told.sort(key=lambda hit: _apart(claimed, hit.row))
    return [*told, *(hit for hit in hits if hit not in told)]


def asks_value(finding: Finding, request: Request) -> bool:
    """Return whether a turn without a word of its own, or which of those told has one, asks for a value just told."""
    kind, hits = finding.asked.kind, finding.evidence.hits[:LOOKED_AT]
    which = words_of("elliptic", request.language).asks["which one"].search(request.lowered)
    alone = not subject_words(request.text) and len(words(request.text)) <= BARE
    bare = bool(request.history) and kind in VALUED and bool(which or alone)
    return bare and any(told_in(hit.row, request.last_told) and states(kind, hit.row.span.quote) for hit in hits)


def only_repeats(draft: Draft, sure: bool, finding: Finding, request: Request, desk: Desk) -> bool:
    """Return whether a later turn that brings a word of its own would only get again what was just told; where that is
    believed to be the answer, `sure`, it is told again.
    """
    own = " ".join(subject_words(request.text))
    if not (own and request.history) or draft.verdict:
        return False
    hits, language = finding.evidence.hits[:LOOKED_AT], request.language
    rows = [hit.row for hit in hits if any(c.start == hit.row.span.start for c in draft.citations)]
    kind = finding.asked.kind
    valued = kind in VALUED and not any(states(kind, row.span.quote) for row in rows)
    borne = sure or not (valued or kind is Kind.WHO)
    if borne or not rows or not all(told_in(row, request.last_told) for row in rows):
        return False
    told = " ".join(
        f"{' '.join(row.section.heading())} {row.section.title_en} {wording(row, language)}" for row in rows
    )
    return share_said(own, told, desk.analyzer, language, alike=True) == 0


def _apart(claimed: Set[str], row: Row) -> float:
    """Return how far the claimed numbers are from those of a row, as a ratio: a number is misread for one near it."""
    told = [float(each) for each in numbers(row.span.quote) if float(each) > 0]
    meant = [float(each) for each in claimed if float(each) > 0]
    return min((abs(math.log(one / other)) for one in told for other in meant), default=math.inf)
