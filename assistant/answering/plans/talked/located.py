"""Where in the document it stands what was told last: "hvor henne?", "which theme?", "where does it say so?"."""

from __future__ import annotations

from assistant.answering.collecting.told import joined, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.talked.rows import rows_told
from assistant.corpus.register import TOWN
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.understanding.request import Request

FILE = "talked"
SHOWN = 3


def plan(request: Request, desk: Desk) -> Draft | None:
    """Say in which section, under which sub-heading, the sentences of the last answer stand."""
    said = words_of(FILE, request.language)
    if not request.history or not said.asks["located"].match(request.lowered):
        return None
    rows = rows_told(request, desk)
    if not rows or len({row.section.id for row in rows}) > SHOWN:
        return None
    draft = Draft(request.language)
    for row in rows[:SHOWN]:
        told = said.say("located", where=_where(row, request, desk), sentence=wording(row, request.language))
        if len(rows) == 1:
            draft.say(told, row)
        else:
            draft.item(told, draft.cite(row))
    return draft


def _where(row: Row, request: Request, desk: Desk) -> str:
    """Return the places that a row names and, behind them, its section and sub-heading."""
    language, said = request.language, words_of(FILE, request.language)
    heading = row.passage.subheading_in(language)
    under = said.say("under", heading=heading) if heading else ""
    facts = [fact for fact in desk.register(request.home) if fact.kind == TOWN]
    towns = [fact.called(language) for fact in facts if any(m.span == row.span.id for m in fact.mentions)]
    section = f"{named(row.section, language)}{under}"
    return said.say("place", places=joined(towns, language), section=section) if towns else section
