"""A next step or actors asked for, of nothing: "what is the next step?" as the first thing said is asked back."""

from __future__ import annotations

from assistant.answering.collecting.told import label_of
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.offers import ask
from assistant.answering.types import Status
from assistant.language.files import both
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.language.words import words
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import kind_of
from assistant.understanding.request import Request

ASKED = {Kind.NEXT_STEP: "ask next", Kind.ACTORS: "ask actors"}
OFFERED = 4  # themes that are offered as questions


def plan(request: Request, desk: Desk) -> Draft | None:
    """Ask which theme is meant, where a turn names none and nothing was talked about."""
    key = ASKED.get(kind_of(request.text, request.language))
    whole = both("overview", "document") & set(words(request.text))
    themes = desk.offers(request.home).themes
    if key is None or request.talked or request.sections or whole or subject_words(request.text) or len(themes) < 2:
        return None
    draft = Draft(request.language, Status.CLARIFY)
    choice = ", ".join(label_of(section, request.language) for section in themes)
    draft.remark(phrase("which theme", request.language, choice=choice))
    draft.suggestions = tuple(ask(key, section, request.language) for section in themes[:OFFERED])
    return draft
