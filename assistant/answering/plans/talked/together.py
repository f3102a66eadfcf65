"""Which themes have several actors at once: "which themes have both?", of those named or of the two asked for last."""

from __future__ import annotations

from assistant.answering.collecting.told import joined, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.corpus.register import actors_in
from assistant.corpus.types import Field, SectionKind
from assistant.index.records import field_rows
from assistant.language.files import words_of
from assistant.language.phrases import phrase
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request

FILE = "talked"


def plan(request: Request, desk: Desk) -> Draft | None:
    """List the themes that have all of two or more actors."""
    said, text = words_of(FILE, request.language), request.lowered
    asks = words_of("collect", request.language).asks
    if not (said.asks["both"].search(text) and asks["theme"].search(text)) or request.sections:
        return None
    if asks["negated"].search(text):
        return None
    names = _names(request, desk)
    if len(names) < 2:
        return None
    themes = [section for section in request.home.sections if section.kind is SectionKind.THEME]
    found = [theme for theme in themes if set(names) <= set(actors_in(theme))]
    draft = Draft(request.language, Status.ANSWERED if found else Status.NOT_IN_SOURCE)
    if found and asks_yes_or_no(text, request.language):
        draft.verdict = phrase("yes", request.language)
    says = words_of("themes", request.language)
    count = says.number("section", len(found))
    told = joined(names, request.language)
    draft.remark(says.say("has actor", count=count, name=told) if found else said.say("none both", names=told))
    for theme in found:
        rows = field_rows(request.home, theme, Field.ACTORS)
        draft.item(says.say("item", section=named(theme, request.language), values=draft.quoted(rows)))
    return draft


def _names(request: Request, desk: Desk) -> list[str]:
    """Return the actors that a question names; where it names none, the two of the questions before it."""
    known = {name for section in request.home.sections for name in actors_in(section)}
    entries = [entry for entry in desk.glossary if entry.short in known]
    if own := [entry.short for entry in entries if entry.named_in(request.text)]:
        return own
    earlier: list[str] = []
    for question in reversed(request.earlier):
        named_ = [entry.short for entry in entries if entry.named_in(question)]
        earlier = [*(name for name in named_ if name not in earlier), *earlier]
        if len(earlier) > 1:
            break
    return earlier
