"""Actors and next steps of several themes at once, a line for each; both of one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.answering.collecting.scope import claimed_of_every
from assistant.answering.collecting.sides import amounts_told, compared
from assistant.answering.collecting.told import named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import field_rows
from assistant.language.files import words_of
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request
from assistant.understanding.sections import distinct, label_words

FIELDS = {"actors": Field.ACTORS, "step": Field.NEXT_STEP}
# What else asks for the actors of each.
NAMING = ("ministry", "initials", "short_form")
MOST, FEW = 12, 4


def plan(request: Request, desk: Desk) -> Draft | None:
    """Give the fields that are asked for of two or more themes that the question names."""
    asks, said = words_of("collect", request.language).asks, words_of("overview", request.language)
    asked = [key for key in FIELDS if asks[key].search(request.lowered)]
    if asked == ["actors"] and asks["awaits"].search(request.lowered):
        asked.append("step")
    naming = any(asks[key].search(request.lowered) for key in NAMING)
    if not asked and naming and asks["of each"].search(request.lowered):  # "which ministries stand at each theme?"
        asked = ["actors"]
    if words_of("elliptic", request.language).asks["among"].search(request.lowered):
        return None  # those that have it are asked for, not what each of them has
    if claimed_of_every(request)[0]:
        return None  # whether all of them have it
    sections = compared(request, desk) if asked else ()
    if asked and not sections and asks["of every"].search(request.lowered):
        sections = tuple(section for section in request.home.sections if section.kind is SectionKind.THEME)
    elif asked and not sections and _asks_of_all(request):
        sections = tuple(section for section in request.home.sections if section.id in request.talked)
    themes = distinct(request.home.theme_of(s) for s in sections)
    if len(themes) < 2 and not (themes and len(asked) > 1 and _asks_only(request, asks, themes[0])):
        return None
    draft = Draft(request.language)
    for theme in themes[:MOST]:
        cells = [_cell(draft, request, theme, key, said.says) for key in asked]
        if asks["amount"].search(request.lowered):
            amounts = amounts_told(draft, request.home, theme, desk)
            cells.append(said.say("amounts", values=amounts) if amounts else said.say("no amounts").rstrip("."))
        draft.item(f"{named(theme, request.language)}: {'. '.join(cells)}")
    return draft


def _asks_only(request: Request, asks: Mapping[str, re.Pattern[str]], theme: Section) -> bool:
    """Return whether a question says nothing but the theme and the fields."""
    rest, idle = request.lowered, words_of("collect", request.language).words["soft"]
    for key in (*FIELDS, "awaits"):
        rest = asks[key].sub(" ", rest)
    return not set(subject_words(rest)) - idle - label_words([theme])


def _asks_of_all(request: Request) -> bool:
    """Return whether a question is about all that was talked of: it says so, or nothing of its own and they are few."""
    if words_of("parts", request.language).asks["each"].search(request.lowered):
        return True
    themes = {request.home.section(each).theme or each for each in request.talked if each in _ids(request)}
    return not subject_words(request.text) and 2 <= len(themes) <= FEW


def _ids(request: Request) -> set[str]:
    return {section.id for section in request.home.sections}


def _cell(draft: Draft, request: Request, theme: Section, key: str, says: Mapping[str, str]) -> str:
    rows = field_rows(request.home, theme, FIELDS[key])
    return says[key].format(values=draft.quoted(rows)) if rows else says[f"no {key}"].rstrip(".")
