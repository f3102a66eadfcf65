"""The body of a request: read up to a limit, parsed strictly, and its fields checked one by one."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any, NoReturn

from flask import Request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from assistant.server.protection.problems import ProblemError

MOST_BYTES = 64 * 1024
# So much of a body that is too large is read and dropped: most clients send all of it before they listen for an answer.
MOST_DROPPED = 16 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(request: Request, most: int = MOST_BYTES) -> Any:
    """Return the JSON that a request brings, of so many bytes at most. Raises ProblemError and HTTPException."""
    if request.mimetype != "application/json" or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise UnsupportedMediaType
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType
    return parse(read_bytes(request, most))


def read_bytes(request: Request, most: int = MOST_BYTES) -> bytes:
    """Read the body, declared or in chunks, up to the limit. Raises ProblemError and HTTPException."""
    # One byte more than is allowed: Werkzeug cuts a chunked body off at its limit without a word.
    request.max_content_length = most + 1
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:  # declared as too large, and not read at all
        data = None
    except HTTPException:
        raise
    except Exception:  # each server has errors of its own for a body that breaks off or is wrongly chunked
        raise ProblemError(400, "bad_request") from None
    if data is None or len(data) > most:
        _drop(request, len(data or b""))
        raise ProblemError(413, "too_large")
    return data


def _drop(request: Request, read: int) -> None:
    """Read what is left of a body, of which so many bytes are read, unless it is said to be longer than we care for."""
    left = MOST_DROPPED if request.content_length is None else request.content_length - read
    if left > MOST_DROPPED:
        return
    with suppress(Exception):  # of the server, for a body that breaks off
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, MOST_BYTES))):
            left -= len(piece)


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


def only(found: dict[str, Any], known: tuple[str, ...], place: str) -> None:
    """Refuse a field that is not known; `place` is what stands in front of its name."""
    for name in found:
        if name not in known:
            # A name that is no plain word is not repeated: it could hold anything.
            told = f"{place}{name}" if _NAME.fullmatch(name) else (place[:-1] or None)
            raise ProblemError(422, "unknown_field", told)


def text_of(found: dict[str, Any], name: str, place: str) -> str:
    """Return a field that must be there and be text."""
    if name not in found:
        raise ProblemError(422, "missing_field", place + name)
    value = found[name]
    if not isinstance(value, str):
        raise ProblemError(422, "wrong_type", place + name)
    return value


def one_of(value: Any, values: tuple[str, ...], field: str) -> None:
    """Refuse a value that is none of the texts that are known."""
    if not isinstance(value, str):
        raise ProblemError(422, "wrong_type", field)
    if value not in values:
        raise ProblemError(422, "wrong_value", field)


def listed(value: Any, most: int, field: str) -> None:
    """Refuse what is no list, or too long a one."""
    if not isinstance(value, list):
        raise ProblemError(422, "wrong_type", field)
    if len(value) > most:
        raise ProblemError(422, "too_many", field)


def sound(text: str, most: int, field: str) -> None:
    """Refuse a text of too many characters, or of broken ones."""
    if len(text) > most:
        raise ProblemError(422, "field_too_long", field)
    if _SURROGATE.search(text):
        raise ProblemError(422, "surrogates", field)
