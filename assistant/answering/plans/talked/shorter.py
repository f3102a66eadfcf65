"""The last answer, in short: its first sentence up to the end of the first clause that says enough."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import CUT, LEAST_KEPT, Draft, wording
from assistant.answering.plans.talked.rows import rows_told
from assistant.language.files import words_of
from assistant.understanding.request import Request

FILE = "talked"


def plan(request: Request, desk: Desk) -> Draft | None:
    """Tell the last answer shorter, where a turn asks for nothing else."""
    asks = words_of(FILE, request.language).asks
    rows = rows_told(request, desk) if request.history and asks["shorter"].fullmatch(request.message.lower()) else []
    if not rows:
        return None
    draft, sentence = Draft(request.language), wording(rows[0], request.language)
    ends = (each.start() for each in words_of("statement", request.language).asks["clause"].finditer(sentence))
    end = next((at for at in ends if len(sentence[:at].split()) >= LEAST_KEPT), None)
    draft.say(sentence if end is None else sentence[:end].rstrip() + CUT, rows[0])
    return draft
