"""Which documents can be asked."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.language.files import words_of
from assistant.understanding.documents.kinds import FILE
from assistant.understanding.request import Request

MOST = 20


def plan(request: Request, desk: Desk) -> Draft | None:
    """List the documents where a question asks which there are."""
    said = words_of(FILE, request.language)
    if not said.asks["can"].search(request.message.lower()):
        return None
    draft, summaries = Draft(request.language, Status.SMALLTALK), desk.library.summaries
    draft.remark(said.number("held", len(summaries)))
    for summary in summaries[:MOST]:
        title = summary.title_in(request.language)
        title = title[:1].upper() + title[1:]
        period = f" ({summary.period})" if summary.period and summary.period not in title else ""
        draft.item(f"{title}{period}")
    if len(summaries) > MOST:
        draft.item(said.say("more", n=str(len(summaries) - MOST), url="/documents"))
    return draft
