"""The rows that the last answer told, found again by their words: a client sends back the answer's text alone."""

from __future__ import annotations

import re

from assistant.answering.desk import Desk
from assistant.answering.draft import wording
from assistant.index.records import Row
from assistant.language.files import LANGUAGES
from assistant.understanding.request import Request


def rows_told(request: Request, desk: Desk) -> list[Row]:
    """Return the rows of the last answer's sections whose words stand in it, in reading order; of a sentence that
    stands twice in the document, the one place alone that was cited.
    """
    here, told = set(request.talked), request.last_told
    found = (row for row in desk.rows(request.home) if row.section.id in here and _stands_in(row, told))
    return list({row.span.quote: row for row in found}.values())


def _stands_in(row: Row, told: str) -> bool:
    wordings = (re.escape(wording(row, language)) for language in LANGUAGES)
    return any(re.search(rf"(?<!\w){each}(?!\w)", told) for each in wordings)
