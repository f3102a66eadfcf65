"""Structured logs: one line an event, as text or JSON. No question, no address of a client, no error's own words."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
import uuid
from types import TracebackType
from typing import Any

from flask import Flask, Response, current_app, g, request

from assistant.server.routes.asking import outcome
from assistant.server.routes.unanswered import HEADER as TICKET
from assistant.settings import Settings

logger = logging.getLogger("assistant.server")

_REQUEST_ID = re.compile(r"[0-9A-Fa-f-]{8,64}")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Formatter(logging.Formatter):
    """Writes time, level and message, the fields of an event, and of an exception only its kind and place."""

    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self._json = as_json

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        event: dict[str, Any] = {
            "time": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        if self._json:
            return json.dumps(event, ensure_ascii=False)
        more = " ".join(f"{name}={_plain(value)}" for name, value in event.items() if name not in _LEADING)
        return " ".join(filter(None, (event["time"], event["level"], event["event"], more)))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is the library's
        """Name the kind of error and where it arose; its message may hold what a person asked."""
        kind, _, where = ei
        frames = traceback.extract_tb(where)[-6:]
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        return f"{kind.__name__ if kind else 'None'} at {places}"


_LEADING = ("time", "level", "event")


def _plain(value: object) -> str:
    """Return a value for the text format, in quotes where it holds a space."""
    text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return json.dumps(text, ensure_ascii=False) if not text or " " in text else text


class _Handler(logging.StreamHandler[Any]):
    """Writes to whatever standard error is at that moment."""

    @property
    def stream(self) -> Any:
        return sys.stderr

    @stream.setter
    def stream(self, _: Any) -> None:
        """Ignore the stream that the base class would keep."""


def handler(log_format: str) -> logging.Handler:
    """Return a handler that writes in the given format to standard error."""
    made = _Handler()
    made.setFormatter(_Formatter(log_format == "json"))
    return made


def configure(log_format: str) -> None:
    """Send this process's logs to standard error: ours from INFO, those of libraries from WARNING."""
    logging.basicConfig(handlers=[handler(log_format)], level=logging.WARNING, force=True)
    logging.getLogger("assistant").setLevel(logging.INFO)


def new_request_id() -> str:
    """Return the id that a proxy gave the request, else a new one; only hexadecimal ones, which can hold no words."""
    settings: Settings = current_app.config["SETTINGS"]
    given = request.headers.get("X-Request-ID", "") if settings.trusted_proxies else ""
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def route() -> str:
    """Return the pattern of the route, never the address itself: a person may have written a question into it."""
    return request.url_rule.rule if request.url_rule else "unmatched"


METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def method() -> str:
    """Return the method, or OTHER: it is text that the client chose."""
    return request.method if request.method in METHODS else "OTHER"


def _begin() -> None:
    g.started = time.perf_counter()
    g.request_id = new_request_id()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    if "ticket" in g:
        response.headers[TICKET] = g.ticket
    fields: dict[str, Any] = {
        "request_id": g.request_id,
        "method": method(),
        "route": route(),
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.started) * 1000, 2),
    }
    if answered := outcome():
        fields |= {"answer": answered.status, "language": answered.language, "sections": list(answered.sections)}
    if "refused" in g:
        fields["refused"] = g.refused
    if "refused_origin" in g:
        fields["refused_origin"] = g.refused_origin
    logger.info("request", extra={"fields": fields})
    return response


def install(app: Flask) -> None:
    """Give every request an id and a log line. Install before all else, so that it runs first and ends last."""
    app.before_request(_begin)
    app.after_request(_end)
