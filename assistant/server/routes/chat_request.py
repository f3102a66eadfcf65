"""From the bytes of a request to a checked Question."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any, NoReturn

from flask import Request, g
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from assistant.answering import Question, Turn
from assistant.language.detection import detect
from assistant.language.files import LANGUAGES
from assistant.server.protection.problems import ProblemError
from assistant.understanding.types import MOST_CHARACTERS, MOST_TURNS

MOST_BYTES = 64 * 1024
MOST_CONTENT = 4000  # characters of an earlier turn; answers are longer than questions
MOST_SECTIONS = 20
MOST_SECTION_ID = 64
ROLES = ("user", "assistant")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_question(request: Request) -> Question:
    """Read and check the body of `POST /api/chat`. Raises ProblemError and HTTPException."""
    if request.mimetype != "application/json" or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise UnsupportedMediaType
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType
    body = parse(_read(request))
    # Only a problem needs it, so it is found out only then.
    g.find_language = partial(_language_of, body)
    return _question(body)


def _read(request: Request) -> bytes:
    """Read the body, declared or in chunks, up to the limit."""
    # One byte more than is allowed: Werkzeug cuts a chunked body off at its limit without a word.
    request.max_content_length = MOST_BYTES + 1
    try:
        data = request.get_data(cache=False)
    except HTTPException:
        raise
    except Exception:  # each server has errors of its own for a body that breaks off or is wrongly chunked
        raise ProblemError(400, "bad_request") from None
    if len(data) > MOST_BYTES:
        raise ProblemError(413, "too_large")
    return data


def parse(data: bytes) -> Any:
    """Parse JSON strictly. Raises Problem 400 for what is not JSON, nests too deeply or names a field twice."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_pairs)
    except RecursionError:
        raise ProblemError(400, "too_deep") from None
    except ValueError:  # broken JSON, broken UTF-8, and whole numbers of more digits than Python converts
        raise ProblemError(400, "invalid_json") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProblemError(400, "duplicate_field")
    return found


def _language_of(body: Any) -> str | None:
    """Return the language to tell a problem in: the one asked for, else the message's, None where neither tells."""
    if not isinstance(body, dict):
        return None
    if body.get("language") in LANGUAGES:
        return str(body["language"])
    message = body.get("message")
    found = detect(message[:MOST_CHARACTERS], "") if isinstance(message, str) else ""
    return found if found in LANGUAGES else None


def _question(body: Any) -> Question:
    """Check the whole body. The message's own rules (length, characters) are the answering layer's."""
    if not isinstance(body, dict):
        raise ProblemError(422, "not_an_object")
    _only(body, ("message", "language", "document", "history"), "")
    message = _text(body, "message", "")
    language = body.get("language", "auto")
    _one_of(language, ("auto", *LANGUAGES), "language")
    history = body.get("history", [])
    _list(history, MOST_TURNS, "history")
    document = body.get("document")
    if document is not None:
        _sound(_text(body, "document", ""), MOST_SECTION_ID, "document")
    turns = tuple(_turn(turn, f"history[{place}]") for place, turn in enumerate(history))
    return Question(message, language, turns, document)


def _turn(turn: Any, place: str) -> Turn:
    """Check one earlier turn."""
    if not isinstance(turn, dict):
        raise ProblemError(422, "wrong_type", place)
    _only(turn, ("role", "content", "sections"), f"{place}.")
    role = _text(turn, "role", f"{place}.")
    _one_of(role, ROLES, f"{place}.role")
    content = _text(turn, "content", f"{place}.")
    _sound(content, MOST_CONTENT, f"{place}.content")
    sections = turn.get("sections", [])
    _list(sections, MOST_SECTIONS, f"{place}.sections")
    for number, section in enumerate(sections):
        if not isinstance(section, str):
            raise ProblemError(422, "wrong_type", f"{place}.sections[{number}]")
        _sound(section, MOST_SECTION_ID, f"{place}.sections[{number}]")
    return Turn(role, content, tuple(sections))


def _only(found: dict[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in found:
        if name not in known:
            # A name that is no plain word is not repeated: it could hold anything.
            raise ProblemError(
                422, "unknown_field", f"{place}{name}" if _NAME.fullmatch(name) else (place[:-1] or None)
            )


def _text(found: dict[str, Any], name: str, place: str) -> str:
    if name not in found:
        raise ProblemError(422, "missing_field", place + name)
    value = found[name]
    if not isinstance(value, str):
        raise ProblemError(422, "wrong_type", place + name)
    return value


def _one_of(value: Any, values: tuple[str, ...], field: str) -> None:
    if not isinstance(value, str):
        raise ProblemError(422, "wrong_type", field)
    if value not in values:
        raise ProblemError(422, "wrong_value", field)


def _list(value: Any, most: int, field: str) -> None:
    if not isinstance(value, list):
        raise ProblemError(422, "wrong_type", field)
    if len(value) > most:
        raise ProblemError(422, "too_many", field)


def _sound(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise ProblemError(422, "field_too_long", field)
    if _SURROGATE.search(text):
        raise ProblemError(422, "surrogates", field)
