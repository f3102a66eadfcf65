"""The answers of several parts as one: sentences in their order, citations numbered anew, what is not told said so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.draft import spoken_of
from assistant.answering.types import Answer, Citation, Status
from assistant.language.files import words_of
from assistant.understanding.conversation import brief
from assistant.understanding.types import Turn

MARK = re.compile(r"\[(\d+)\]")

# Answers a part at its place in the conversation.
Answering = Callable[[str, Sequence[Turn]], Answer]


def answered_in_parts(
    parts: Sequence[str], history: tuple[Turn, ...], answer: Answering, document: str, language: str
) -> Answer | None:
    """Answer the parts of a question one after another; None where they are better answered as one question.

    `document` is the word for the document that is spoken of.
    """
    if len(parts) < 2:
        return None
    answers: list[Answer] = []
    for part in parts:
        answers.append(answer(part, history))
        history = (*history, Turn("user", part), answers[-1].turn)
    refused = [each.status is not Status.ANSWERED for each in answers]
    # What hangs on a first part that is not answered is not answered either.
    if refused[0] and any(brief(part) and not no for part, no in zip(parts[1:], refused[1:], strict=True)):
        return None
    return combined(parts, answers, document, language)


def combined(parts: Sequence[str], answers: Sequence[Answer], document: str, language: str) -> Answer | None:
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
            line = said.say("lacking", part=part.rstrip("?. "), told=spoken_of(said.say("not told"), document))
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
