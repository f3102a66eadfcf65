"""Whether there is money for a section that names no amount: the text of another section is no answer to that."""

from __future__ import annotations

from assistant.answering.collecting.wanted import FILE as COLLECT
from assistant.answering.collecting.wanted import told_by
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans.collected import none_in
from assistant.answering.plans.named.mentioned import places_of
from assistant.corpus.register import amounts_of
from assistant.language.files import words_of
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request
from assistant.understanding.sections import called

FILE = "unpaid"


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say that a section names no amount, where a question asks for nothing but the money for it."""
    said, collect = words_of(FILE, request.language), words_of(COLLECT, request.language)
    if not said.asks["money"].search(request.lowered):
        return None
    meant = request.sections or called(request.text, desk.called(request.home))
    rest = [word for word in subject_words(request.text) if word not in said.words["idle"] | collect.words["soft"]]
    if not meant and rest:  # what is less than a section is spoken of there
        mended = " ".join(desk.analyzer.repair(word) for word in rest)
        meant = tuple(row.section for row in places_of(mended, request, desk))
        rest = []
    themes = {section.theme or section.id for section in meant}
    if len(themes) != 1:
        return None
    theme = request.home.section(themes.pop())
    if not told_by(rest, theme, request, desk) or amounts_of(desk.register(request.home), request.home.kin([theme.id])):
        return None
    return none_in(request, "amount", (theme,), collect)
