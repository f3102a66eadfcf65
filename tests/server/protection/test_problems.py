"""Problem details: one shape for every route, in the language of the request, without a word of the question."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant.server import create_app
from assistant.server.protection.wording import WORDING
from assistant.server.running import logs
from tests.server.conftest import MakeSettings
from tests.server.live import Live

CANARY = "kanariefuglXYZZY"


def test_every_problem_is_worded_in_both_languages() -> None:
    for code, languages in WORDING.items():
        assert set(languages) == {"da", "en"}, code
        for title, mend in languages.values():
            assert title
            assert mend.endswith("."), code


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "da"),
        ({"Accept-Language": "en"}, "en"),
        ({"Accept-Language": "da, en;q=0.5"}, "da"),
        ({"Accept-Language": "fr, en-GB;q=0.5"}, "en"),
        ({"Accept-Language": "fr"}, "da"),
        ({"Accept-Language": "\u00e6;;q=x"}, "da"),
    ],
)
def test_language_follows_accept_language(client: FlaskClient, headers: dict[str, str], language: str) -> None:
    response = client.get("/api/nothing", headers=headers)

    assert response.headers["Content-Language"] == language
    assert response.get_json()["title"] == WORDING["not_found"][language][0]
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ({"message": "x" * 501, "language": "en"}, "en"),
        ({"message": "x" * 501, "language": "da"}, "da"),
        ({"message": "what is the next step for the wind programme " * 12}, "en"),
        ({"message": "hvad er det næste skridt for vindprogrammet " * 12}, "da"),
        ({"message": "", "language": "auto"}, "en"),
    ],
)
def test_language_of_the_question_comes_first(client: FlaskClient, body: object, language: str) -> None:
    response = client.post("/api/chat", json=body, headers={"Accept-Language": "en" if body else "da"})

    assert response.status_code == 422
    assert response.headers["Content-Language"] == language


def test_problem_members(client: FlaskClient) -> None:
    response = client.get("/api/documents/nothing", headers={"Accept-Language": "en"})

    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem == {
        "type": "urn:agreement-assistant:problem:unknown_document",
        "title": "There is no such document",
        "status": 404,
        "detail": "See which documents there are at /api/documents.",
        "code": "unknown_document",
        "request_id": response.headers["X-Request-ID"],
    }


def test_every_route_refuses_other_methods_with_a_problem(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(int:)?\w+>", lambda match: "1" if match[1] else "x", rule.rule)
        response = client.delete(path)

        kind = "application/json" if path.startswith("/v1/") else "application/problem+json"
        assert (response.status_code, response.mimetype) == (405, kind), path
        assert set(response.headers["Allow"].split(", ")) == rule.methods


@pytest.mark.parametrize(
    "path", ["/nothing", f"/{CANARY}", "/api/nothing", "/documents/nothing", "/widget/0/widget.js"]
)
def test_unknown_addresses_are_not_repeated(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert CANARY not in response.get_data(as_text=True)


def test_a_browser_gets_the_problem_as_a_page(client: FlaskClient) -> None:
    response = client.get("/documents/nothing", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})

    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "There is no such document" in response.get_data(as_text=True) or "no such page" in response.text


def test_a_failure_tells_nothing_but_its_place(make_settings: MakeSettings, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(make_settings())

    @app.get("/fail")
    def fail() -> str:
        raise KeyError(CANARY)

    response = app.test_client().get(f"/fail?q={CANARY}")

    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert CANARY not in response.get_data(as_text=True)
    assert "Traceback" not in response.get_data(as_text=True)
    written = [logs.handler("text").format(record) for record in caplog.records]
    assert any("KeyError at" in line and "test_problems.py" in line for line in written)
    assert CANARY not in "".join(written)


def test_a_failure_is_logged_with_its_kind_and_place() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError:
        record = logging.LogRecord("assistant.server", logging.ERROR, "", 0, "a request failed", (), sys.exc_info())
    line = json.loads(logs.handler("json").format(record))

    assert line["event"] == "a request failed"
    assert line["exception"].startswith("KeyError at ")
    assert "test_problems.py" in line["exception"]
    assert CANARY not in json.dumps(line)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        pytest.param(f"{CANARY} nonsense\r\n\r\n".encode(), 400, id="no request line"),
        pytest.param(f"GET /{CANARY} HTTP/9.9\r\n\r\n".encode(), 400, id="unknown version"),
        pytest.param(b"GET /?q=" + CANARY.encode() * 700 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414, id="long address"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 9000 + b"\r\n\r\n", 431, id="long header"),
        pytest.param(f"GET / HTTP/1.1\r\nHo st {CANARY}: a\r\n\r\n".encode(), 400, id="broken header"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: unheard\r\n\r\n", 501, id="transfer coding"),
    ],
)
def test_what_never_becomes_a_request_gets_a_problem_too(server: Live, request_bytes: bytes, status: int) -> None:
    head, _, body = server.raw(request_bytes).partition(b"\r\n\r\n")

    assert int(head.split(b" ")[1]) == status
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status
    assert CANARY.encode() not in head + body
    assert CANARY not in server.err()


def _line(length: int) -> bytes:
    """Return a request whose first line has so many bytes, its end left out."""
    return b"GET /health?x=" + b"x" * (length - len(b"GET /health?x= HTTP/1.1")) + b" HTTP/1.1\r\nHost: a\r\n"


def _field(length: int) -> bytes:
    """Return a request with a field of so many bytes, its end counted."""
    return b"GET /health HTTP/1.1\r\nHost: a\r\nX: " + b"x" * (length - len(b"X: \r\n")) + b"\r\n"


def _fields(count: int) -> bytes:
    """Return a request with so many fields; two are named by every request here."""
    return b"GET /health HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: x\r\n" % each for each in range(count - 2))


@pytest.mark.parametrize(
    ("request_with", "limit", "beyond"),
    [
        pytest.param(_line, 8190, 414, id="request line"),
        pytest.param(_field, 8190, 431, id="header field"),
        pytest.param(_fields, 64, 431, id="number of fields"),
    ],
)
def test_limits_on_what_comes_before_the_body(
    server: Live, request_with: Callable[[int], bytes], limit: int, beyond: int
) -> None:
    sent = [request_with(limit + more) + b"Connection: close\r\n\r\n" for more in (-1, 0, 1)]

    assert [int(server.raw(each).split(b" ", 2)[1]) for each in sent] == [200, 200, beyond]


def test_without_an_index_the_service_is_alive_but_not_ready(make_settings: MakeSettings, tmp_path: Path) -> None:
    client = create_app(make_settings(INDEX=tmp_path / "none")).test_client()

    health = client.get("/health")
    assert health.status_code == 503
    assert health.get_json()["alive"] is True
    assert health.get_json()["ready"] is False
    assert health.get_json()["index"] == {"version": None, "problem": "IndexMissing"}
    for path in ("/api/documents", "/", "/themes", "/documents/x"):
        response = client.get(path)
        assert (response.status_code, response.mimetype) == (503, "application/problem+json"), path
        assert int(response.headers["Retry-After"]) > 0
    assert client.post("/api/chat", json={"message": "hvem?"}).status_code == 503
    assert client.get("/openapi.json").status_code == 200
    assert client.get("/", headers={"Accept": "text/html"}).status_code == 503
