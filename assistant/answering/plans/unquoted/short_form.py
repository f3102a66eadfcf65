"""What a short form stands for in general, or that nobody should guess, and where it stands."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.language.phrases import phrase
from assistant.understanding.abbreviations import asked_short_forms
from assistant.understanding.request import Request

MOST = 3


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say what short forms of the glossary stand for, where a question asks for that."""
    before = (request.last, request.last_told)
    entries = asked_short_forms(request.message, request.language, desk.glossary, before)
    if not entries:
        return None
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    for entry in entries[:MOST]:
        meaning = entry.da if request.language == "da" else entry.en
        key = "short form" if entry.known else "short initials"
        draft.remark(phrase(key, request.language, name=entry.short, meaning=meaning))
    for row in [row for row in desk.rows(request.home) if any(e.stands_in(row.span.quote) for e in entries)][:MOST]:
        draft.cite(row)
    return draft
