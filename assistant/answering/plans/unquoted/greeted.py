"""Greetings, thanks and good-byes, and messages without a word."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.language.phrases import phrase
from assistant.understanding.request import Request
from assistant.understanding.smalltalk import smalltalk


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer a message that asks for nothing, or that has no words to ask with."""
    offers = desk.offers(request.home)
    if kind := smalltalk(request.message):
        draft = Draft(request.language, Status.SMALLTALK)
        draft.remark(phrase(kind, request.language, document=request.home.title_in(request.language)))
        return draft
    if any(character.isalpha() for character in request.message):
        return None
    draft = Draft(request.language, Status.CLARIFY)
    draft.remark(phrase("no words", request.language, example=offers.suggestions(request.language)[0]))
    return draft
