"""Errors as RFC 9457 problem details, in the request's language, for every route. Nothing of the question is echoed."""

from __future__ import annotations

import json
import logging
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, UnsupportedMediaType

from assistant.errors import NotReadyError, QuestionError, StoreAway
from assistant.language.files import LANGUAGES
from assistant.language.phrases import problem as question_problem
from assistant.server.protection.wording import BY_STATUS, WORDING

logger = logging.getLogger("assistant.server")

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_NOT_READY, RETRY_AFTER_AWAY = 5, 2


class ProblemError(Exception):
    """A request that is refused: an HTTP status, a code of the wording, and the field at fault where there is one."""

    def __init__(self, status: int, code: str, field: str | None = None) -> None:
        self.status, self.code, self.field = status, code, field
        super().__init__(code)


def spoken() -> str:
    """Return the language to write a problem in: the question's, else the browser's, else Danish."""
    find = g.get("find_language")
    known = (find() if find else None) or request.args.get("lang")
    if known in LANGUAGES:
        return str(known)
    return request.accept_languages.best_match(LANGUAGES) or "da"


def render(status: int, code: str, language: str, detail: str | None = None, **more: Any) -> str:
    """Return the JSON of a problem; `more` are further members, left out where they are None."""
    title, mend = WORDING[code if code in WORDING else "question"][language]
    members = {
        "type": f"urn:agreement-assistant:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail or mend,
        "code": code,
        **{name: value for name, value in more.items() if value is not None},
    }
    return json.dumps(members, ensure_ascii=False)


def respond(status: int, code: str, detail: str | None = None, **more: Any) -> Response:
    """Return a problem as a response in the request's language."""
    language = spoken()
    body = render(status, code, language, detail, **more, request_id=g.get("request_id"))
    response = Response(body, status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def _on_problem(error: ProblemError) -> Response:
    response = respond(error.status, error.code, field=error.field)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _on_question_error(error: QuestionError) -> Response:
    return respond(422, error.code, question_problem(error.code, spoken()), field=error.field)


def _on_not_ready(_: NotReadyError) -> Response:
    response = respond(503, "not_ready")
    response.headers["Retry-After"] = str(RETRY_AFTER_NOT_READY)
    return response


def _on_away(error: StoreAway) -> Response:
    logger.error("a question could not be answered: %s", error)
    response = respond(503, "away")
    response.headers["Retry-After"] = str(RETRY_AFTER_AWAY)
    return response


def _on_http_exception(error: HTTPException) -> Response:
    """Turn every error of Flask and Werkzeug into a problem; keep the headers that say how to go on."""
    status = error.code or 500
    response = respond(status, BY_STATUS.get(status, "other" if status < 500 else "internal"))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, UnsupportedMediaType):
        response.headers["Accept"] = "application/json"
    return response


def _on_exception(error: Exception) -> Response:
    """Log where it happened, without the error's own words: they may hold the question."""
    logger.error("a request failed", exc_info=error)
    return respond(500, "internal")


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(ProblemError, _on_problem)
    app.register_error_handler(QuestionError, _on_question_error)
    app.register_error_handler(NotReadyError, _on_not_ready)
    app.register_error_handler(StoreAway, _on_away)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.register_error_handler(Exception, _on_exception)
