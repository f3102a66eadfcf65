"""Headers: a snapshot for each status, the policy of each kind of response, CORS, caches."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assistant.server import create_app
from tests.server.conftest import MakeSettings

SNAPSHOT = Path(__file__).parent / "snapshots" / "headers.json"
CHANGING = {"Content-Length", "Date", "ETag", "Last-Modified", "X-Request-ID"}
FRIEND, STRANGER = "https://www.example.dk", "https://other.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


@pytest.fixture(scope="module")
def failing(make_settings: MakeSettings) -> Flask:
    """An application with a route that fails and a limit of one question."""
    app = create_app(make_settings(RATE_LIMIT="1 per hour"))

    @app.get("/fail")
    def fail() -> str:
        raise RuntimeError

    return app


def provoke(client: FlaskClient, case: str) -> TestResponse:
    """Send what leads to a case of the snapshot."""
    chat = "/api/chat"
    json_type = {"content_type": "application/json"}
    match case:
        case "200 page":
            return client.get("/documents")
        case "200 json":
            return client.get("/api/documents")
        case "200 widget":
            return client.get("/widget.js")
        case "304":
            etag = client.get("/api/documents").headers["ETag"]
            return client.get("/api/documents", headers={"If-None-Match": etag})
        case "404":
            return client.get("/nothing")
        case "405":
            return client.put(chat)
        case "413":
            return client.post(chat, data=b" " * 70_000, **json_type)
        case "415":
            return client.post(chat, data=b"x")
        case "422":
            return client.post(chat, data=b"{}", **json_type)
        case "429":
            for _ in range(2):
                response = client.post(chat, json={"message": "hvem?"})
            response.headers["Retry-After"] = "…"
            return response
    return client.get("/fail")


CASES = ["200 page", "200 json", "200 widget", "304", "404", "405", "413", "415", "422", "429", "500"]


@pytest.mark.parametrize("case", CASES)
def test_headers_are_those_of_the_snapshot(app: Flask, failing: Flask, case: str) -> None:
    """A change of the headers is made in the snapshot too, on purpose."""
    response = provoke((failing if case in ("429", "500") else app).test_client(), case)

    assert response.status_code == int(case[:3])
    found = {name: value for name, value in sorted(response.headers.items()) if name not in CHANGING}
    assert found == json.loads(SNAPSHOT.read_text(encoding="utf-8"))[case]


def test_every_route_has_the_protecting_headers(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<document_id>", "x").replace("<name>", "site.css").replace("<version>", "0")
        for response in (client.get(path), client.options(path)):
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], path
            assert "default-src 'none'" in response.headers["Content-Security-Policy"], path
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["Permissions-Policy"].startswith("camera=()")
            assert response.headers["X-Request-ID"]
            assert "Set-Cookie" not in response.headers
            response.close()


def test_frame_ancestors_come_from_the_setting(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(FRAME_ANCESTORS="self https://intra.example.dk")).test_client()

    for path in ("/", "/demo", "/api/documents"):
        headers = client.get(path).headers
        assert "frame-ancestors 'self' https://intra.example.dk" in headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in headers


def test_hsts_only_behind_tls(make_settings: MakeSettings) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    direct, behind = (create_app(make_settings(TRUSTED_PROXIES=n)).test_client() for n in (0, 1))

    assert "Strict-Transport-Security" not in direct.get("/health", headers=forwarded).headers
    assert "Strict-Transport-Security" not in behind.get("/health").headers
    assert behind.get("/health", headers=forwarded).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_what_holds_a_question_is_never_stored(client: FlaskClient) -> None:
    for response in (
        client.get("/?q=hvem+ejer+vindprogrammet"),
        client.get("/nothing?q=hvem"),
        client.post("/api/chat", json={"message": "hvem ejer vindprogrammet?"}),
    ):
        assert response.headers["Cache-Control"] == "no-store"


def test_documents_are_asked_for_again_only_when_they_changed(client: FlaskClient) -> None:
    document = client.get("/api/documents").get_json()["documents"][0]["id"]
    for path in ("/api/documents", f"/api/documents/{document}", "/openapi.json", "/widget.js"):
        etag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b""), path


@pytest.fixture(scope="module")
def sharing(make_settings: MakeSettings) -> Flask:
    return create_app(make_settings(CORS_ORIGINS=f"{FRIEND} http://localhost:3000", LOG_FORMAT="json"))


def test_cors_allows_exactly_the_listed_origin(sharing: Flask) -> None:
    client = sharing.test_client()
    preflight = client.options("/api/chat", headers={"Origin": FRIEND, **PREFLIGHT})
    answer = client.post("/api/chat", json={"message": "hvem?"}, headers={"Origin": FRIEND})
    refused = client.post("/api/chat", json={}, headers={"Origin": FRIEND})

    for response in (preflight, answer, refused):
        assert response.headers["Access-Control-Allow-Origin"] == FRIEND
        assert "Origin" in response.headers["Vary"]
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert preflight.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "origin",
    [
        STRANGER,
        "null",
        "https://www.example.dk.evil.example",
        "http://www.example.dk",
        "https://www.example.dk:8443",
        "https://WWW.EXAMPLE.DK",
        "https://evilwww.example.dk",
        "*",
        "file://",
        "https://[",
    ],
)
def test_cors_denies_all_others_and_names_them_in_the_log(
    sharing: Flask, caplog: pytest.LogCaptureFixture, origin: str
) -> None:
    caplog.set_level(logging.INFO, "assistant")
    client = sharing.test_client()
    for response in (
        client.options("/api/chat", headers={"Origin": origin, **PREFLIGHT}),
        client.get("/api/documents", headers={"Origin": origin}),
    ):
        assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
        assert "Origin" in response.headers["Vary"]
    shown = origin if origin not in ("*", "file://") else "unreadable"
    assert [record.__dict__["fields"]["refused_origin"] for record in caplog.records] == [shown, shown]


def test_the_services_own_pages_are_not_foreign(sharing: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "assistant")
    sharing.test_client().get("/api/documents", headers={"Origin": "https://localhost"})

    assert "refused_origin" not in caplog.records[0].__dict__["fields"]


def test_the_widget_can_be_loaded_from_anywhere_but_may_ask_only_from_the_list(sharing: Flask) -> None:
    response = sharing.test_client().get("/widget.js", headers={"Origin": STRANGER})

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/assets/site.css", "/widget.js", "/openapi.json", "/api/documents"])
def test_conditions_for_parts_and_changes_are_ignored(make_settings: MakeSettings, path: str) -> None:
    client = create_app(make_settings()).test_client()
    for header in ({"Range": "bytes=0-9"}, {"Range": "bytes=9999999-"}, {"If-Match": '"x"'}):
        with client.get(path, headers=header) as response:
            assert response.status_code == 200, header
