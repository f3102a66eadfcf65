"""What a short form stands for in general, or that nobody should guess, and where it stands."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.language.phrases import phrase
from assistant.understanding.abbreviations import asked_short_form
from assistant.understanding.request import Request

MOST = 3


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say what a short form of the glossary stands for, where a question asks for that."""
    entry = asked_short_form(request.message, request.language, desk.glossary, request.last)
    if entry is None:
        return None
    meaning = entry.da if request.language == "da" else entry.en
    key = "short form" if entry.known else "short initials"
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    draft.remark(phrase(key, request.language, name=entry.short, meaning=meaning))
    for row in [row for row in desk.rows(request.home) if entry.stands_in(row.span.quote)][:MOST]:
        draft.cite(row)
    return draft
