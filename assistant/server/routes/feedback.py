"""Whether an answer helped: `POST /api/feedback`. It holds no text of a question, and nothing of who says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request

from assistant.answering import Status
from assistant.errors import FeedbackError, NotReadyError
from assistant.feedback import REASONS, Counts, Verdict
from assistant.server.protection.problems import ProblemError
from assistant.server.routes.api import blueprint
from assistant.server.routes.body import one_of, only, read_json, sound, text_of
from assistant.server.routes.chat_request import sections_of
from assistant.server.routes.once import Once
from assistant.server.routes.service import service
from assistant.server.routes.unanswered import keeper
from assistant.settings import Settings

MOST_TICKET = 64
STATUSES = tuple(map(str, Status))


class Keeping:
    """Writes verdicts to the file; where that fails the service goes on, and it is told once until it works again."""

    def __init__(self, counts: Counts | None, fault: Once) -> None:
        self._counts, self._fault = counts, fault

    def add(self, verdict: Verdict) -> None:
        """Count a verdict, where counts are kept."""
        if self._counts is None:
            return
        try:
            self._counts.add(verdict)
            self._fault.over()
        except FeedbackError as error:
            self._fault.tell(error)


def install(app: Flask, settings: Settings, shared: Path | None) -> None:
    """Let the application keep feedback in the file of the settings; `shared` is a folder that all workers see."""
    counts = Counts(settings.feedback) if settings.feedback else None
    app.extensions["feedback"] = Keeping(counts, Once("feedback is not kept", shared))


@blueprint.post("/api/feedback")
def feedback() -> Response:
    """Count whether an answer helped."""
    take(read_json(request))
    return Response(status=204)


def take(body: Any) -> None:
    """Count what a body in the form of the API says; a ticket keeps its question where that did not help.

    Raises ProblemError where the body is not in that form.
    """
    keep(_verdict(body))
    if not body["helpful"] and body.get("ticket") and (keeping := keeper()) is not None:
        keeping.not_helpful(body["ticket"])


def keep(verdict: Verdict) -> None:
    """Count a verdict that this request brings. Sections that no document has are left out: they could be any text."""
    try:
        known = service().current.library.sections
    except NotReadyError:
        known = frozenset()
    sections = tuple(each for each in verdict.sections if each in known)
    keeping: Keeping = current_app.extensions["feedback"]
    keeping.add(Verdict(verdict.helpful, verdict.reason, verdict.status, sections))
    g.verdict = verdict


def verdict_of_request() -> Verdict | None:
    """Return what this request says of an answer, if it does."""
    found: Verdict | None = g.get("verdict")
    return found


def _verdict(body: Any) -> Verdict:
    """Check the whole body. Raises ProblemError."""
    if not isinstance(body, dict):
        raise ProblemError(422, "not_an_object")
    only(body, ("helpful", "reason", "status", "sections", "ticket"), "")
    if "helpful" not in body:
        raise ProblemError(422, "missing_field", "helpful")
    if not isinstance(body["helpful"], bool):
        raise ProblemError(422, "wrong_type", "helpful")
    for name, values in (("reason", REASONS), ("status", STATUSES)):
        if body.get(name) is not None:
            one_of(body[name], values, name)
    if body.get("ticket") is not None:
        sound(text_of(body, "ticket", ""), MOST_TICKET, "ticket")
    return Verdict(body["helpful"], body.get("reason") or "", body.get("status") or "", sections_of(body, ""))
