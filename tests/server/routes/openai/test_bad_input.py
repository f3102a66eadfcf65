"""What is no question in OpenAI's format: a clear error in the caller's shape, in the caller's language."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import openai
import pytest
from flask.testing import FlaskClient

from assistant.server import create_app
from tests.server.conftest import MakeSettings
from tests.server.live import Live
from tests.server.routes.openai.test_clients import KEY, MODEL, QUESTION, base

USER = {"role": "user", "content": "hvem ejer vindprogrammet?"}
CANARY = "kanariefugl7391"
KEYS = ("first-key-0123456789", "second-key-0123456789")


def ask(client: FlaskClient, **body: Any) -> Any:
    data = json.dumps({"model": MODEL, "messages": [USER], **body})
    return client.post("/v1/chat/completions", data=data, content_type="application/json")


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
def test_errors_are_in_openais_shape(
    client: FlaskClient, body: dict[str, Any], status: int, code: str, param: str
) -> None:
    response = ask(client, **body)

    assert (response.status_code, response.mimetype) == (status, "application/json")
    error = response.get_json()["error"]
    assert (error["code"], error["param"], error["type"]) == (code, param, "invalid_request_error")
    assert len(error["message"]) > 20
    assert CANARY not in response.text


def test_the_limits_themselves_are_taken(client: FlaskClient) -> None:
    assert ask(client, messages=[USER] * 100).status_code == 200
    assert ask(client, messages=[{**USER, "content": "vind " * 100}]).status_code == 200
    earlier = {"role": "assistant", "content": "x" * 200_000}
    assert (
        ask(client, messages=[USER, earlier, USER], n=1, tools=[], response_format={"type": "text"}).status_code == 200
    )


def test_errors_speak_the_language_of_the_question(client: FlaskClient) -> None:
    english = ask(client, tools=[1], messages=[{"role": "user", "content": "who owns the wind programme?"}])
    danish = ask(client, tools=[1])

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
