"""The last answer, in short: its sentences, of a few only the first, up to the end of the clause that says enough."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.desk import Desk
from assistant.answering.draft import CUT, LEAST_KEPT, Draft, wording
from assistant.answering.plans import overview
from assistant.answering.plans.talked.rows import rows_told
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.understanding.request import Request
from assistant.understanding.sections import numbered

FILE = "talked"
# So many rows are an overview, or a list.
MANY = 4
# Lines that are short enough.
MOST = 8


def plan(request: Request, desk: Desk) -> Draft | None:
    """Tell the last answer shorter, where a turn asks for nothing else."""
    asks = words_of(FILE, request.language).asks
    rows = rows_told(request, desk) if request.history and asks["shorter"].fullmatch(request.message.lower()) else []
    if not rows:
        return None
    if len(rows) >= MANY and (summary := _summed_up(request, desk)) is not None:
        return summary
    draft = Draft(request.language)
    if len(rows) >= MANY:
        for row in rows[:MOST]:
            draft.item(_begun(row, request.language), draft.cite(row))
    else:
        draft.say(_begun(rows[0], request.language), rows[0])
    return draft


def _begun(row: Row, language: str) -> str:
    """Return a sentence up to the end of the first clause that says enough."""
    sentence = wording(row, language)
    ends = (each.start() for each in words_of("statement", language).asks["clause"].finditer(sentence))
    end = next((at for at in ends if len(sentence[:at].split()) >= LEAST_KEPT), None)
    return sentence if end is None else sentence[:end].rstrip() + CUT


def _summed_up(request: Request, desk: Desk) -> Draft | None:
    """Return the overview that was asked for before, in a few lines; None where it was none, or hardly gets shorter."""
    text = f"{request.last.rstrip(' ?.!')} {words_of(FILE, request.language).say('in few lines')}"
    alone = replace(request, message=text, text=text, history=(), earlier=(), talked=(), reference=None)
    again = replace(alone, sections=numbered(text, request.home))
    draft = overview.plan(again, desk)
    return draft if draft and 2 * len(draft.text) < len(request.last_told) else None
