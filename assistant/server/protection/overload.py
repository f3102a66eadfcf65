"""Shedding load: a question that waited too long in a queue is refused at once, so that others are answered."""

from __future__ import annotations

import threading
import time

from flask import Flask, Response, request

from assistant.server.protection.problems import respond

# The routes that every request asks a question of; the front page does where it has one.
ASKING = ("/api/chat", "/v1/chat/completions", "/mcp")
MOST_SECONDS = 1.0
RETRY_AFTER = 2
_late = threading.local()


class Queue:
    """Measures the wait of each request between its arrival and the moment when a thread takes it up."""

    def __init__(self) -> None:
        self._waiting = 0
        self._lock = threading.Lock()

    def join(self) -> float:
        """Note an arrival; return its moment."""
        with self._lock:
            self._waiting += 1
        return time.monotonic()

    def leave(self, arrived: float) -> None:
        """Note that this thread takes a request up; it is late if it waited long and others wait behind it.

        A long wait alone is no overload: the machine may just have been busy with something else.
        """
        with self._lock:
            self._waiting -= 1
            queued = self._waiting > 0
        _late.now = queued and time.monotonic() - arrived > MOST_SECONDS


def _shed() -> Response | None:
    """Refuse a question that is late; health, metrics and files are always served."""
    asks = request.path in ASKING or (request.path == "/" and "q" in request.args)
    if not asks or not getattr(_late, "now", False):
        return None
    response = respond(503, "busy")
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def install(app: Flask) -> None:
    """Look at the wait before anything else is done for a request."""
    app.before_request(_shed)
