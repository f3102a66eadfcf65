"""One way for every route to ask, so that each answer is counted and logged alike, without its words."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import g

from assistant.answering import Answer, Question
from assistant.errors import QuestionError
from assistant.server.service import service


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be known of an answer outside of it: no text of the question."""

    status: str
    language: str
    sections: tuple[str, ...]
    seconds: float


def ask(question: Question) -> Answer:
    """Answer with the Assistant of this request. Raises QuestionError and NotReadyError."""
    assistant = service().current
    started = time.perf_counter()
    try:
        answer = assistant.ask(question)
    except QuestionError as error:
        g.refused = error.code
        raise
    sections = dict.fromkeys(citation.section for citation in answer.citations)
    g.outcome = Outcome(str(answer.status), answer.language, tuple(sections), time.perf_counter() - started)
    return answer


def outcome() -> Outcome | None:
    """Return what this request's question led to, if it asked one."""
    found: Outcome | None = g.get("outcome")
    return found
