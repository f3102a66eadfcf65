"""Two subjects that are no sections, beside each other: "compare the money for X with the money for Y"."""

from __future__ import annotations

from assistant.answering.collecting.told import label_of
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.corpus.types import Field
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.language.kinds import Kind
from assistant.language.values import states
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request

FILE = "compare"
# Hits among which the sentence of a subject is sought.
LOOKED_AT = 6


def plan(request: Request, desk: Desk) -> Draft | None:
    """Give the sentence that tells of each of two subjects that are to be compared; None where either is not told."""
    said = words_of(FILE, request.language)
    match = next((found for key in ("two", "between") if (found := said.asks[key].search(request.text))), None)
    if match is None or request.sections:
        return None
    first, second = (match[key].strip(" ?!.,") for key in ("first", "second"))
    amount = said.asks["amount"].search(request.lowered) is not None
    if not subject_words(first) or not subject_words(second):
        return None
    rows = {each: _row_of(each, amount, request, desk) for each in (first, second)}
    told = [row.span.id for row in rows.values() if row is not None]
    nowhere = [each for each, row in rows.items() if row is None and not _is_held(each, request, desk)]
    if not told or len(set(told)) + len(nowhere) < len(rows):
        return None
    draft = Draft(request.language)
    draft.remark(said.say("of each"))
    for subject, row in rows.items():
        if row is None:
            draft.item(said.say("not there", subject=subject))
            continue
        label = label_of(row.section, request.language)
        draft.item(f"{label}: {wording(row, request.language)}", draft.cite(row))
    return draft


def _is_held(subject: str, request: Request, desk: Desk) -> bool:
    return any(desk.holds(request.home, word, request.language) for word in subject_words(subject))


def _row_of(subject: str, amount: bool, request: Request, desk: Desk) -> Row | None:
    """Return the sentence that is believed to tell of a subject, one with an amount where that is compared."""
    asked = words_of(FILE, request.language).say("amount of" if amount else "said of", subject=subject)
    evidence = desk.found_in(request, asked)
    if not desk.believes(asked, evidence, request.language):
        return None
    rows = [hit.row for hit in evidence.hits[:LOOKED_AT] if hit.row.passage.field is not Field.ACTORS]
    if amount:
        rows = [row for row in rows if states(Kind.AMOUNT, row.span.quote)]
    return rows[0] if rows else None
