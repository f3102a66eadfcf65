"""One way for every route to ask, so that each answer is counted and logged alike, without its words."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass

from cachetools import LRUCache
from flask import Flask, current_app, g

from assistant.answering import Answer, Assistant, Question
from assistant.errors import QuestionError
from assistant.server.routes.service import service
from assistant.server.routes.unanswered import keeper


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be known of an answer outside of it: no text of the question."""

    status: str
    language: str
    sections: tuple[str, ...]
    seconds: float


class Remembered:
    """The answers given last, so that what many people ask is searched for once. Safe for threads.

    It holds answers, whose words are the document's, and no question: a key is a digest made with a secret of this
    process. An exchanged index has keys of its own, so its answers never mix with older ones.
    """

    def __init__(self, most: int) -> None:
        self._answers: LRUCache[bytes, Answer] = LRUCache(most)
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()

    def ask(self, assistant: Assistant, question: Question) -> Answer:
        """Return the answer that the assistant gives, or gave. Raises QuestionError."""
        if not self._answers.maxsize:
            return assistant.ask(question)
        asked = repr((assistant.version, question)).encode("utf-8", "backslashreplace")
        key = hashlib.blake2b(asked, key=self._secret, digest_size=16).digest()
        with self._lock:
            found = self._answers.get(key)
        if found is None:
            found = assistant.ask(question)
            with self._lock:
                self._answers[key] = found
        return found


def install(app: Flask, most: int) -> None:
    """Let the application remember so many answers; 0 for none."""
    app.extensions["remembered"] = Remembered(most)


def ask(question: Question) -> Answer:
    """Answer with the Assistant of this request. Raises QuestionError and NotReadyError."""
    assistant = service().current
    remembered: Remembered = current_app.extensions["remembered"]
    started = time.perf_counter()
    try:
        answer = remembered.ask(assistant, question)
    except QuestionError as error:
        g.refused = error.code
        raise
    if (keeping := keeper()) is not None:
        keeping.asked(assistant, question, answer)
    sections = dict.fromkeys(citation.section for citation in answer.citations)
    g.outcome = Outcome(str(answer.status), answer.language, tuple(sections), time.perf_counter() - started)
    return answer


def outcome() -> Outcome | None:
    """Return what this request's question led to, if it asked one."""
    found: Outcome | None = g.get("outcome")
    return found
