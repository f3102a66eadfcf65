"""What could not be answered, where the operator keeps it: masked words, and a ticket for who finds no help."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from flask import Flask, current_app, g

from assistant.answering import Answer, Assistant, Question, Status
from assistant.errors import FeedbackError
from assistant.feedback.masking import Masker
from assistant.feedback.unanswered import REFUSED, UNHELPFUL, Unanswered, Waiting
from assistant.server.routes.once import Once
from assistant.settings import Settings

HEADER = "X-Feedback-Ticket"
LOOK_EVERY = 600.0  # seconds between two looks whether a new day has begun


class Keeper:
    """Keeps masked words; where that fails the service goes on, and it is told once until it works again."""

    def __init__(self, kept: Unanswered, waiting: Waiting, fault: Once) -> None:
        self._kept, self._waiting, self._fault = kept, waiting, fault
        self._day: date | None = None

    def asked(self, assistant: Assistant, question: Question, answer: Answer) -> None:
        """Keep a refused question, and a ticket for any other."""
        if answer.status not in (Status.ANSWERED, Status.CLARIFY, Status.NOT_IN_SOURCE):
            return
        words = Masker(assistant).masked(question.message)
        if words is None:
            return
        try:
            if answer.status is Status.NOT_IN_SOURCE:
                self._kept.add(answer.language, REFUSED, words)
                self._fault.over()
            else:
                g.ticket = self._waiting.add(answer.language, words)
        except FeedbackError as error:
            self._fault.tell(error)

    def not_helpful(self, ticket: str) -> None:
        """Keep the question of an answer that did not help, where its ticket is still known."""
        try:
            if found := self._waiting.take(ticket):
                self._kept.add(found[0], UNHELPFUL, found[1])
        except FeedbackError as error:
            self._fault.tell(error)

    def tidy(self) -> None:
        """Delete what is too old, once a day."""
        if self._day == date.today():
            return
        try:
            self._kept.expire()
            self._day = date.today()
        except FeedbackError as error:
            self._fault.tell(error)


def install(app: Flask, settings: Settings, shared: Path | None) -> None:
    """Keep what could not be answered for as many days as the settings say; with 0 delete what was kept before."""
    if settings.feedback is None:
        return
    kept = Unanswered(settings.feedback, settings.keep_unanswered)
    if not settings.keep_unanswered:
        with suppress(FeedbackError):  # it is told when feedback cannot be kept there
            kept.expire()
        return
    place = shared if shared is not None else settings.feedback.parent
    fault = Once("unanswered questions are not kept", shared)
    keeper = Keeper(kept, Waiting(place / "asked.sqlite"), fault)
    keeper.tidy()
    app.extensions["unanswered"] = keeper
    threading.Thread(target=_tidy_daily, args=(keeper,), name="tidy", daemon=True).start()


def _tidy_daily(keeper: Keeper) -> None:
    """Delete every day, also where nobody asks."""
    never = threading.Event()
    while not never.wait(LOOK_EVERY):
        keeper.tidy()


def keeper() -> Keeper | None:
    """Return what keeps unanswered questions, None where none are kept."""
    found: Keeper | None = current_app.extensions.get("unanswered")
    return found
