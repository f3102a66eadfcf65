"""What is no question in OpenAI's format: a clear error in the caller's shape, in the caller's language."""

from __future__ import annotations

import json
import logging
import socket
import struct
from pathlib import Path
from typing import Any

import openai
import pytest
from flask.testing import FlaskClient

from assistant.server import create_app
from tests.server.conftest import MakeSettings
from tests.server.live import Live
from tests.server.routes.openai.test_clients import KEY, MODEL, QUESTION, base
from tests.server.routes.test_openapi import check

USER = {"role": "user", "content": "hvem ejer vindprogrammet?"}
CANARY = "kanariefugl7391"
KEYS = ("first-key-0123456789", "second-key-0123456789")


def ask(client: FlaskClient, **body: Any) -> Any:
    data = json.dumps({"model": MODEL, "messages": [USER], **body})
    return client.post("/v1/chat/completions", data=data, content_type="application/json")


def send(server: Live, **body: Any) -> tuple[int, dict[str, str], bytes]:
    data = json.dumps({"model": MODEL, "messages": [USER], **body}).encode()
    return server.request("POST", "/v1/chat/completions", data, Content_Type="application/json")


@pytest.mark.parametrize(
    ("body", "status", "code", "param"),
    [
        pytest.param({"model": CANARY}, 404, "model_not_found", "model", id="model"),
        pytest.param({"model": None}, 400, "wrong_type", "model", id="no model"),
        pytest.param({"messages": []}, 400, "no_question", "messages", id="no messages"),
        pytest.param({"messages": CANARY}, 400, "wrong_type", "messages", id="text as messages"),
        pytest.param({"messages": [USER] * 101}, 400, "too_many", "messages", id="101 messages"),
        pytest.param({"messages": [USER] * 200}, 400, "too_many", "messages", id="200 messages"),
        pytest.param({"messages": [{"role": "system", "content": "x"}]}, 400, "no_question", "messages", id="system"),
        pytest.param({"messages": [USER, {"role": "assistant", "content": "x"}]}, 400, "no_question", "messages", id="last"),
        pytest.param({"messages": [{"role": CANARY, "content": "x"}]}, 400, "wrong_value", "messages[0].role", id="role"),
        pytest.param({"messages": [{"role": "tool", "content": "x"}]}, 400, "wrong_value", "messages[0].role", id="tool"),
        pytest.param({"messages": [CANARY]}, 400, "wrong_type", "messages[0]", id="text as message"),
        pytest.param({"messages": [{"role": "user"}]}, 400, "missing_field", "messages[0].content", id="no content"),
        pytest.param({"messages": [{**USER, "content": 7}]}, 400, "wrong_type", "messages[0].content", id="number"),
        pytest.param({"messages": [{**USER, "content": "x" * 501}]}, 400, "too_long", "messages[0].content", id="501"),
        pytest.param({"messages": [{**USER, "content": "\ud800"}]}, 400, "surrogates", "messages[0].content", id="surrogate"),
        pytest.param(
            {"messages": [USER, {"role": "assistant", "content": "", "tool_calls": [{}]}, USER]},
            400, "unsupported", "messages[1].tool_calls", id="tool call",
        ),
        pytest.param(
            {"messages": [{**USER, "content": [{"type": "image_url", "image_url": {"url": CANARY}}]}]},
            400, "unsupported", "messages[0].content[0]", id="image",
        ),
        pytest.param({"tool_choice": "required"}, 400, "unsupported", "tool_choice", id="any tool"),
        pytest.param({"tool_choice": {"type": "function"}}, 400, "unsupported", "tool_choice", id="one tool"),
        pytest.param({"function_call": {"name": CANARY}}, 400, "unsupported", "function_call", id="function"),
        pytest.param({"audio": {"voice": CANARY}}, 400, "unsupported", "audio", id="sound"),
        pytest.param({"n": 2}, 400, "unsupported", "n", id="choices"),
        pytest.param({"response_format": {"type": "json_object"}}, 400, "unsupported", "response_format", id="format"),
        pytest.param({"stream": "yes"}, 400, "wrong_type", "stream", id="stream"),
        pytest.param({"stream_options": []}, 400, "wrong_type", "stream_options", id="stream options"),
    ],
)  # fmt: skip
def test_errors_are_in_openais_shape(server: Live, body: dict[str, Any], status: int, code: str, param: str) -> None:
    found, headers, content = send(server, **body)

    assert (found, headers["content-type"]) == (status, "application/json")
    error = json.loads(content)["error"]
    assert (error["code"], error["param"], error["type"]) == (code, param, "invalid_request_error")
    assert len(error["message"]) > 20
    assert '"field"' not in error["message"]  # which is "param" here
    assert CANARY.encode() not in content
    assert CANARY not in (server.out() + server.err()).lower()


def test_tools_that_are_only_offered_are_not_called(server: Live) -> None:
    """Front ends offer theirs with every question, and a model may do without."""
    offered = [{"type": "function", "function": {"name": "look_up", "parameters": {}}}]
    for choice in ("auto", "none", None):
        status, _, content = send(server, tools=offered, tool_choice=choice)
        assert (status, json.loads(content)["choices"][0]["finish_reason"]) == (200, "stop")


TASK = (
    """### Task:
Find a short title for the talk below.
### Output:
JSON like { "title": "a title" }
### Talk:
"""
    + f"USER: what does {CANARY} cost?\nASSISTANT: The agreement does not say. "
    + "It says this and that. " * 30
)


def test_what_a_front_end_asks_by_itself_gets_nothing_and_is_no_question(
    make_settings: MakeSettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "feedback.sqlite"
    client = create_app(make_settings(FEEDBACK=file, KEEP_UNANSWERED=7)).test_client()
    before = client.get("/metrics").text
    for stream in (False, True):
        response = ask(client, messages=[{"role": "user", "content": TASK}], stream=stream)
        assert response.status_code == 200
        if stream:
            assert '"delta":{"content":"{}"}' in response.text
            assert response.text.endswith("data: [DONE]\n\n")
        else:
            check(response, "/v1/chat/completions", "post")
            message = response.get_json()["choices"][0]["message"]
            assert (message["content"], message["annotations"], message["answer"]) == ("{}", [], None)
    # The same words without a form are a question, and this one is too long.
    assert (
        ask(client, messages=[{"role": "user", "content": TASK.replace("{", "").replace("}", "")}]).status_code == 400
    )
    answers = "assistant_answers_total{"
    assert before.count(answers) == client.get("/metrics").text.count(answers) == 0
    assert not file.exists()
    assert CANARY not in caplog.text


def test_streams_that_are_broken_off_leave_nothing(server: Live) -> None:
    """Before the answer, in the middle of it, and in the middle of the question."""
    body = json.dumps({"model": MODEL, "stream": True, "messages": [{**USER, "content": f"hvem ejer {CANARY}?"}]})
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    before, workers = len(server.log()), server.workers()
    for sent, read in ((len(body), 0), (len(body), 1), (len(body), 300), (len(body) // 2, 0)):
        with socket.create_connection((server.host, server.port), timeout=20) as connection:
            connection.sendall(head.encode() + body[:sent].encode())
            if read:
                assert connection.recv(read)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closed with a reset
    status, _, content = send(server, stream=True)

    assert (status, content.endswith(b"data: [DONE]\n\n")) == (200, True)
    assert server.workers() == workers
    assert not [event for event in server.log()[before:] if event["level"] == "error"]
    assert CANARY not in (server.out() + server.err()).lower()


def test_the_limits_themselves_are_taken(client: FlaskClient) -> None:
    assert ask(client, messages=[USER] * 100).status_code == 200
    assert ask(client, messages=[{**USER, "content": "vind " * 100}]).status_code == 200
    earlier = {"role": "assistant", "content": "x" * 200_000}
    assert (
        ask(client, messages=[USER, earlier, USER], n=1, tools=[], response_format={"type": "text"}).status_code == 200
    )


def test_errors_speak_the_language_of_the_question(client: FlaskClient) -> None:
    english = ask(
        client, tool_choice="required", messages=[{"role": "user", "content": "who owns the wind programme?"}]
    )
    danish = ask(client, tool_choice="required")

    assert english.get_json()["error"]["message"].startswith("This is not supported.")
    assert danish.get_json()["error"]["message"].startswith("Det understøttes ikke.")


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/nothing", 404), ("/v1/chat/completions", 405), ("/v1/models/x", 404)]
)
def test_other_addresses_and_methods_too(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers={"Accept": "text/html"})

    assert (response.status_code, list(response.get_json()["error"])) == (status, ["message", "type", "param", "code"])


def test_a_question_asks_for_a_key_where_there_are_some(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(API_KEYS=" ".join(KEYS))).test_client()

    for shown in ("", "Bearer ", "Bearer wrong", f"Basic {KEYS[0]}", f"Bearer {KEYS[0]}x", "Bearer æ"):
        for response in (
            client.post("/v1/chat/completions", json={}, headers={"Authorization": shown}),
            client.get("/v1/models", headers={"Authorization": shown}),
        ):
            assert response.status_code == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert response.get_json()["error"]["code"] == "invalid_api_key"
    for key in KEYS:
        assert client.get("/v1/models", headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert client.post("/api/chat", json={"message": "hej"}).status_code == 200


def test_asking_here_and_in_our_own_format_counts_together(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(RATE_LIMIT="2 per minute")).test_client()

    assert client.post("/api/chat", json={"message": "hej"}).status_code == 200
    assert ask(client).status_code == 200
    refused = ask(client)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.get_json()["error"]["code"] == "rate_limit_exceeded"


def test_without_an_index_the_error_has_the_same_shape(make_settings: MakeSettings, tmp_path: Path) -> None:
    response = ask(create_app(make_settings(INDEX=tmp_path / "none")).test_client())

    assert (response.status_code, response.get_json()["error"]["type"]) == (503, "server_error")


def test_links_lead_to_the_address_that_the_operator_names(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(PUBLIC_URL="https://assistant.example/svar/")).test_client()

    assert "](https://assistant.example/svar/documents/" in ask(client).get_json()["choices"][0]["message"]["content"]


def test_the_official_client_is_told_of_ten_megabytes(server: Live) -> None:
    client = openai.OpenAI(base_url=base(server), api_key=KEY, max_retries=0)
    with pytest.raises(openai.APIStatusError) as caught:
        client.chat.completions.create(model=MODEL, messages=[*QUESTION, {"role": "user", "content": "x" * 10_000_000}])

    assert caught.value.status_code == 413
    assert (caught.value.body or {})["code"] == "too_large"  # type: ignore[index]


def test_nothing_of_a_question_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for messages in (
        [{"role": "user", "content": f"hvem ejer {CANARY}?"}],
        [{"role": CANARY, "content": CANARY}],
        CANARY,
    ):
        ask(client, messages=messages)
    ask(client, model=CANARY)

    assert CANARY not in caplog.text.lower()
