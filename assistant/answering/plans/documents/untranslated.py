"""An English answer from a document without a translation: the frame in English, the words of the document in Danish.

What is quoted stands between quotation marks, so that nobody takes it for the assistant's own, and it is said that
there is no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.desk import Desk
from assistant.answering.draft import spoken_of, without_stop
from assistant.answering.types import Answer, Citation, Status
from assistant.language.files import words_of
from assistant.understanding.documents.kinds import FILE

ENGLISH = "en"
OPEN, CLOSE = "“", "”"
PROSE = re.compile(r"(?:^|\s)[a-zæøå]{2,}(?=\s)")  # names alone, as in a column of actors, need no marks


def framed(answer: Answer, desk: Desk) -> Answer:
    """Return an answer with its Danish quotes marked where their document has no translation."""
    if answer.language != ENGLISH or answer.status is not Status.ANSWERED:
        return answer
    danish = [each for each in answer.citations if _is_danish(each, desk)]
    text = answer.text
    marked: list[Citation] = []
    for each in danish:
        quoted = _quoted(text, each)
        if quoted != text:
            text, marked = quoted, [*marked, each]
    if not marked:
        return answer
    said = words_of(FILE, ENGLISH)
    if text.startswith(OPEN):
        first = marked[0].document
        text = spoken_of(said.say("in danish", told=text), desk.word_for(first, ENGLISH))
    titles = [desk.library.summary(each).title_in(ENGLISH) for each in dict.fromkeys(c.document for c in marked)]
    between = "\n" if "\n- " in f"\n{text}" else " "
    return replace(answer, text=between.join([text, *_told(titles)]))


def _told(titles: list[str]) -> Iterator[str]:
    for title in titles:
        yield words_of(FILE, ENGLISH).say("no translation", title=title)


def _is_danish(citation: Citation, desk: Desk) -> bool:
    """Tell whether a quote is prose of a document that is not translated; a heading of one that is stays as it is."""
    return citation.translation is None and bool(PROSE.search(citation.quote)) and not _has_english(citation, desk)


def _has_english(citation: Citation, desk: Desk) -> bool:
    section = desk.library.document(citation.document).section(citation.section)
    return any(span.translation for passage in section.passages for span in passage.spans)


def _quoted(text: str, citation: Citation) -> str:
    """Return a text with the words of a citation between quotation marks, where they stand in front of its number."""
    words = without_stop(citation.quote.strip())
    pattern = re.compile(rf"(?<!{OPEN}){re.escape(words)}(?=\.? \[)", re.IGNORECASE)
    return pattern.sub(lambda match: f"{OPEN}{match.group()}{CLOSE}", text)
