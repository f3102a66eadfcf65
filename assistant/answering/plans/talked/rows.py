"""The rows that the last answer told, found again by their words: a client sends back the answer's text alone."""

from __future__ import annotations

from assistant.answering.desk import Desk
from assistant.answering.draft import told_in
from assistant.index.records import Row
from assistant.understanding.request import Request


def rows_told(request: Request, desk: Desk) -> list[Row]:
    """Return the rows of the last answer's sections whose words stand in it, in reading order; of a sentence that
    stands twice in the document, the one place alone that was cited.
    """
    here, told = set(request.talked), request.last_told
    found = (row for row in desk.rows(request.home) if row.section.id in here and told_in(row, told))
    return list({row.span.quote: row for row in found}.values())
