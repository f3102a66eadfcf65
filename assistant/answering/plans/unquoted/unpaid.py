"""Whether there is money for a section that names no amount: the text of another section is no answer to that."""

from __future__ import annotations

from assistant.answering.collecting.told import named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.corpus.register import amounts_of
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request
from assistant.understanding.sections import called

FILE = "unpaid"


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say that a section names no amount, where a question asks for nothing but the money for it."""
    said, collect = words_of(FILE, request.language), words_of("collect", request.language)
    meant = request.sections or called(request.text, desk.called(request.home))
    themes = {section.theme or section.id for section in meant}
    if len(themes) != 1 or not said.asks["money"].search(request.lowered):
        return None
    theme = request.home.section(themes.pop())
    own = set(words(f"{theme.label} {theme.label_en} {theme.title} {theme.title_en}"))
    for alias in desk.aliases(request.home):
        own |= set(words(alias.name)) if alias.targets[0].partition("/")[0] == theme.id else set()
    rest = set(subject_words(request.text)) - own - said.words["idle"] - collect.words["soft"]
    if rest or amounts_of(desk.register(request.home), request.home.kin([theme.id])):
        return None
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    what = collect.say("kind amount").partition("|")[2]
    draft.remark(collect.say("none", where=named(theme, request.language), what=what))
    return draft
