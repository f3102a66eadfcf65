"""`POST /api/chat`: the contract, every limit at -1, 0 and +1, and every way to send what is no question."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.server.live import Live

LIMIT = 64 * 1024
USER = {"role": "user", "content": "hvad er tema 7?"}


def send(client: FlaskClient, body: Any, **headers: str) -> TestResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/api/chat", data=data, content_type="application/json", headers=headers)


def test_answer_has_the_shape_of_the_contract_and_quotes_verbatim(client: FlaskClient) -> None:
    response = send(client, {"message": "who owns the wind programme?"})

    assert response.status_code == 200
    answer = response.get_json()
    assert list(answer) == ["status", "language", "answer", "citations", "closest", "missing", "suggestions"]
    assert answer["status"] == "answered"
    assert answer["citations"]
    for citation in answer["citations"]:
        text = client.get(f"/api/documents/{citation['document']}").get_json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert client.get(citation["url"]).status_code == 200


def test_languages_other_than_danish_and_english_are_told_so(client: FlaskClient) -> None:
    response = send(client, {"message": "Wer ist eigentlich für das nationale Windprogramm verantwortlich?"})

    assert (response.status_code, response.get_json()["status"]) == (200, "unsupported_language")


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        pytest.param("", 422, "empty", id="0 characters"),
        pytest.param(" \t ", 422, None, id="blank"),
        pytest.param("x", 200, None, id="1 character"),
        pytest.param("vind " * 99 + "vind", 200, None, id="499 characters"),
        pytest.param("vind " * 99 + "vinde", 200, None, id="500 characters"),
        pytest.param("vind " * 100 + "x", 422, "too_long", id="501 characters"),
        pytest.param("vind " + "𝕏" * 495, 200, None, id="500 astral characters"),
        pytest.param("vind " + "𝕏" * 496, 422, "too_long", id="501 astral characters"),
        pytest.param("vind\x00program", 422, "control_characters", id="control character"),
        pytest.param("vind \ud800", 422, "surrogates", id="lone surrogate"),
        pytest.param("123 456", 200, None, id="digits"),
        pytest.param("😀😀", 200, None, id="emoji"),
        pytest.param("(a+)+$" * 83, 200, None, id="trap for regular expressions"),
        pytest.param("hvem ejer ‮vindprogrammet​?", 200, None, id="bidi and zero-width characters"),
        pytest.param("mit cpr er 010190-1234", 422, "personal_data", id="cpr number"),
    ],
)
def test_messages(client: FlaskClient, message: str, status: int, code: str | None) -> None:
    response = send(client, {"message": message})

    assert response.status_code == status
    if code:
        assert response.get_json()["code"] == code
        assert response.get_json()["field"] == "message"


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        pytest.param([], "not_an_object", None, id="array"),
        pytest.param("hvem?", "not_an_object", None, id="text"),
        pytest.param(None, "not_an_object", None, id="null"),
        pytest.param({}, "missing_field", "message", id="no message"),
        pytest.param({"message": 7}, "wrong_type", "message", id="number as message"),
        pytest.param({"message": None}, "wrong_type", "message", id="null as message"),
        pytest.param({"message": "a", "mesage": "b"}, "unknown_field", "mesage", id="unknown field"),
        pytest.param({"message": "a", "<b>": "b"}, "unknown_field", None, id="unknown field that is no word"),
        pytest.param({"message": "a", "\ud800": "b"}, "unknown_field", None, id="surrogate as field"),
        pytest.param({"message": "a", "language": "de"}, "wrong_value", "language", id="language"),
        pytest.param({"message": "a", "language": None}, "wrong_type", "language", id="null as language"),
        pytest.param({"message": "a", "language": ["da"]}, "wrong_type", "language", id="list as language"),
        pytest.param({"message": "a", "history": {}}, "wrong_type", "history", id="object as history"),
        pytest.param({"message": "a", "history": None}, "wrong_type", "history", id="null as history"),
        pytest.param({"message": "a", "history": ["x"]}, "wrong_type", "history[0]", id="text as turn"),
        pytest.param(
            {"message": "a", "history": [USER, {"role": "system", "content": "x"}]},
            "wrong_value",
            "history[1].role",
            id="unknown role",
        ),
        pytest.param({"message": "a", "history": [{"content": "x"}]}, "missing_field", "history[0].role", id="no role"),
        pytest.param(
            {"message": "a", "history": [{**USER, "content": 1}]}, "wrong_type", "history[0].content", id="content"
        ),
        pytest.param(
            {"message": "a", "history": [{**USER, "content": "\udfff"}]},
            "surrogates",
            "history[0].content",
            id="surrogate in history",
        ),
        pytest.param(
            {"message": "a", "history": [{**USER, "name": "x"}]}, "unknown_field", "history[0].name", id="turn's field"
        ),
        pytest.param(
            {"message": "a", "history": [{**USER, "sections": [1]}]},
            "wrong_type",
            "history[0].sections[0]",
            id="number as section",
        ),
    ],
)
def test_wrong_bodies_name_the_field(client: FlaskClient, body: Any, code: str, field: str | None) -> None:
    response = send(client, body)

    assert response.status_code == 422
    assert (response.get_json()["code"], response.get_json().get("field")) == (code, field)


@pytest.mark.parametrize(
    ("history", "field"),
    [
        pytest.param(lambda n: [USER] * (20 + n), "history", id="turns"),
        pytest.param(lambda n: [{**USER, "content": "x" * (4000 + n)}], "history[0].content", id="content"),
        pytest.param(lambda n: [{**USER, "sections": ["tema-7"] * (20 + n)}], "history[0].sections", id="sections"),
        pytest.param(lambda n: [{**USER, "sections": ["x" * (64 + n)]}], "history[0].sections[0]", id="section id"),
    ],
)
def test_limits_of_history(client: FlaskClient, history: Any, field: str) -> None:
    answers = [send(client, {"message": "hvem er med i tema 7?", "history": history(n)}) for n in (-1, 0, 1)]

    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert answers[-1].get_json()["field"] == field


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"", "invalid_json", id="nothing"),
        pytest.param(b"{", "invalid_json", id="broken"),
        pytest.param(b'{"message": "\xff"}', "invalid_json", id="not UTF-8"),
        pytest.param('{"message": "hvem?"}'.encode("utf-16"), "invalid_json", id="UTF-16"),
        pytest.param(b'\xef\xbb\xbf{"message": "hvem?"}', "invalid_json", id="byte order mark"),
        pytest.param(b'{"message": NaN}', "invalid_json", id="NaN"),
        pytest.param(b'{"message": -Infinity}', "invalid_json", id="Infinity"),
        pytest.param(b'{"message": ' + b"9" * 5000 + b"}", "invalid_json", id="5,000 digits"),
        pytest.param(b'{"message": "a", "message": "b"}', "duplicate_field", id="field twice"),
        pytest.param(b"[" * 30_000 + b"]" * 30_000, "too_deep", id="30,000 lists deep"),
        pytest.param(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too_deep", id="10,000 objects deep"),
    ],
)
def test_what_is_not_json(client: FlaskClient, body: bytes, code: str) -> None:
    response = send(client, body)

    assert (response.status_code, response.get_json()["code"]) == (400, code)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "application/xml", ""],
)
def test_other_content_types(client: FlaskClient, content_type: str) -> None:
    response = client.post("/api/chat", data=b'{"message": "hvem?"}', content_type=content_type)

    assert response.status_code == 415
    assert response.headers["Accept"] == "application/json"


def test_compressed_bodies_are_not_supported(client: FlaskClient) -> None:
    response = send(client, {"message": "hvem?"}, **{"Content-Encoding": "gzip"})

    assert response.status_code == 415


def padded(size: int) -> bytes:
    body = json.dumps({"message": "hvem ejer vindprogrammet?"}).encode()
    return body + b" " * (size - len(body))


@pytest.mark.parametrize(("more", "status"), [(-1, 200), (0, 200), (1, 413)])
@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
def test_limit_of_the_body(server: Live, more: int, status: int, chunked: bool) -> None:
    body = padded(LIMIT + more)
    sent = iter([body[:1000], body[1000:50_000], body[50_000:]]) if chunked else body

    found, headers, content = server.request("POST", "/api/chat", sent, Content_Type="application/json")

    assert found == status, content
    if status == 413:
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(content)["code"] == "too_large"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"ZZ\r\nabc\r\n0\r\n\r\n", id="size that is no number"),
        pytest.param(b"5\r\nabcdefgh\r\n0\r\n\r\n", id="size too small"),
        pytest.param(b"-1\r\n\r\n0\r\n\r\n", id="negative size"),
    ],
)
def test_wrongly_chunked_bodies_are_a_bad_request(server: Live, body: bytes) -> None:
    head = b"POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"

    answer = server.raw(head + b"Connection: close\r\n\r\n" + body)

    assert answer.split(b" ")[1] == b"400"
    assert b"application/problem+json" in answer


def test_a_body_that_breaks_off_leaves_the_server_whole(server: Live) -> None:
    head = b"POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.sendall(head + b'{"message": "hv')
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(65536)

    assert answer.split(b" ")[1] == b"400"
    assert server.ask("hvem ejer vindprogrammet?")[0] == 200
