"""Shedding load: a question that waited too long in the queue is refused at once, so that others are answered."""

from __future__ import annotations

import threading

from flask import Flask, Response, request

from assistant.server.problems import respond

MOST_SECONDS = 0.5
RETRY_AFTER = 2
_waited = threading.local()


def note_wait(seconds: float) -> None:
    """Note how long the request that this thread takes up now has waited for a thread."""
    _waited.seconds = seconds


def _shed() -> Response | None:
    """Refuse a question that waited too long; health, metrics and files are always served."""
    asks = request.path == "/api/chat" or (request.path == "/" and "q" in request.args)
    if not asks or getattr(_waited, "seconds", 0.0) <= MOST_SECONDS:
        return None
    response = respond(503, "busy")
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def install(app: Flask) -> None:
    """Look at the wait before anything else is done for a request."""
    app.before_request(_shed)
