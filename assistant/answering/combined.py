"""The answers of several parts as one: sentences in their order, citations numbered anew, what is not told said so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.types import Answer, Citation, Status
from assistant.language.files import words_of

MARK = re.compile(r"\[(\d+)\]")


def combined(parts: Sequence[str], answers: Sequence[Answer], language: str) -> Answer | None:
    """Return one answer of the parts' answers; None where fewer than two parts say something of their own."""
    told = [answer for answer in answers if answer.status is Status.ANSWERED]
    if not told or len({answer.text for answer in answers}) < 2:
        return None
    said = words_of("parts", language)
    citations: list[Citation] = []
    lines: list[str] = []
    for part, answer in zip(parts, answers, strict=True):
        if answer.status is Status.ANSWERED:
            line = _renumbered(answer, citations)
        else:
            line = said.say("lacking", part=part.rstrip("?. "), told=said.say("not told"))
        if line not in lines:
            lines.append(line)
    missing = tuple(dict.fromkeys(word for answer in answers for word in answer.missing))
    return Answer(Status.ANSWERED, language, "\n".join(lines), tuple(citations), (), told[-1].suggestions, missing)


def _renumbered(answer: Answer, citations: list[Citation]) -> str:
    """Add an answer's citations to those of the parts before, and return its text with their new numbers."""
    numbers: dict[str, str] = {}
    for citation in answer.citations:
        known = next((c for c in citations if (c.document, c.start) == (citation.document, citation.start)), None)
        if known is None:
            known = replace(citation, number=len(citations) + 1)
            citations.append(known)
        numbers[str(citation.number)] = str(known.number)
    return MARK.sub(lambda match: f"[{numbers.get(match[1], match[1])}]", answer.text)
