"""Whether an actor is in what is talked about, too: "is BM also in it?", "er ES med på begge?"."""

from __future__ import annotations

from assistant.answering.collecting.told import named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.corpus.glossary import entry_named
from assistant.corpus.register import actors_in
from assistant.corpus.types import Field
from assistant.index.records import field_rows
from assistant.language.files import words_of
from assistant.language.phrases import phrase
from assistant.language.words import words
from assistant.understanding.conversation import FEW, subject_words, themes_of
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request

FILE = "talked"


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say yes or no, and who the actors are of each theme that is talked about."""
    entry = entry_named(request.text, desk.glossary)
    themes = themes_of(request.talked, request.home)
    if entry is None or request.sections or not 1 <= len(themes) <= FEW:
        return None
    said = words_of(FILE, request.language)
    idle = said.words["among"] | {word for each in (entry.short, *entry.aliases) for word in words(each)}
    if not asks_yes_or_no(request.lowered, request.language) or set(subject_words(request.text)) - idle:
        return None
    if not any(entry.short in actors_in(section) for section in request.home.sections):
        return None
    draft = Draft(request.language)
    each = [entry.short in actors_in(theme) for theme in themes]
    holds = all(each) if said.asks["both"].search(request.lowered) else any(each)
    draft.verdict = phrase("yes" if holds else "no", request.language)
    says = words_of("overview", request.language)
    for theme in themes:
        rows = field_rows(request.home, theme, Field.ACTORS)
        told = says.say("actors", values=draft.quoted(rows)) if rows else says.say("no actors").rstrip(".")
        mark = None if rows else draft.cite_heading(request.home, theme)
        draft.item(f"{named(theme, request.language)}: {told}", mark)
    return draft
