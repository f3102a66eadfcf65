"""Nothing that a person asks is written anywhere: a canary asked in every way is searched for in all of it."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path

import pytest

from assistant.server import create_app
from tests.server.conftest import MakeSettings
from tests.server.live import WAITRESS, Live, clean_environment, live

CANARY = "kanariefugl7391"


def ask_in_every_way(server: Live) -> None:
    """Put the canary wherever a client can put text."""
    json_type = {"Content_Type": "application/json"}
    turn = {"role": "user", "content": CANARY}
    bodies = [
        {"message": f"hvem ejer {CANARY}?"},
        {"message": f"{CANARY} " * 40},
        {"message": f"{CANARY}\x00"},
        {"message": f"{CANARY} 010190-1234"},
        {"message": "hvad så?", "history": [turn, {**turn, "role": CANARY}]},
        {"message": "hvad så?", "history": [turn, {"role": "assistant", "content": CANARY, "sections": [CANARY]}]},
        {"message": "a", CANARY: CANARY},
        {"message": {CANARY: CANARY}, "language": CANARY},
    ]
    for body in bodies:
        server.request("POST", "/api/chat", json.dumps(body).encode(), **json_type)
    for raw in (b'{"message": "%s' % CANARY.encode(), b"\xff" + CANARY.encode(), CANARY.encode() * 6000):
        server.request("POST", "/api/chat", raw, **json_type)
    server.request("POST", "/api/chat", CANARY.encode(), Content_Type=f"text/{CANARY}")
    quoted = urllib.parse.quote(f"hvem ejer {CANARY}?")
    for path in (f"/?q={quoted}", f"/{CANARY}", f"/documents/{CANARY}?q={quoted}", f"/api/documents/{CANARY}"):
        for method in ("GET", "POST", "DELETE", CANARY.upper()):
            server.request(method, path, X_Request_ID=CANARY, Referer=f"http://a/?q={CANARY}", User_Agent=CANARY)
    server.request("GET", "/health", Origin=f"https://x/{CANARY}", Cookie=CANARY, Accept_Language=CANARY)
    server.raw(f"{CANARY} / HTTP/1.1\r\n{CANARY}\r\n\r\n".encode())
    server.raw(f"GET /?q={CANARY} HTTP/7\r\n\r\n".encode())


@pytest.mark.parametrize("log_format", ["json", "text"])
@pytest.mark.parametrize("command", [None, ["-c", WAITRESS]], ids=["gunicorn", "waitress"])
def test_the_canary_is_nowhere(
    folders: dict[str, Path], tmp_path: Path, log_format: str, command: list[str] | None
) -> None:
    environ = clean_environment(**folders, WORKERS=1, LOG_FORMAT=log_format, RATE_LIMIT="off", PORT=0)
    with live(tmp_path / "out", {**environ, "TMPDIR": str(tmp_path)}, command) as server:
        ask_in_every_way(server)
        metrics = server.request("GET", "/metrics")[2].decode()
        assert server.health()["ready"]
        for file in tmp_path.rglob("*"):  # also the shared counts of the metrics, while they exist
            if file.is_file():
                assert CANARY.encode() not in file.read_bytes().lower(), file
        server.terminate()

    assert "assistant_requests_total" in metrics
    assert CANARY not in metrics.lower()
    assert "route=/api/chat" in server.err() or '"route": "/api/chat"' in server.err()
    assert CANARY not in (server.out() + server.err()).lower()


def test_a_log_line_says_what_may_be_said(server: Live) -> None:
    _, headers, _ = server.ask("who owns the wind programme?")

    line = next(event for event in server.log() if event.get("request_id") == headers["x-request-id"])
    assert set(line) == {
        "time",
        "level",
        "event",
        "request_id",
        "method",
        "route",
        "status",
        "ms",
        "answer",
        "language",
        "sections",
    }
    assert (line["route"], line["status"], line["answer"], line["language"]) == ("/api/chat", 200, "answered", "en")
    assert "tema-7" in line["sections"]


@pytest.mark.parametrize(("proxies", "kept"), [(1, True), (0, False)])
def test_a_request_id_of_a_proxy_is_kept_and_a_clients_is_not(
    make_settings: MakeSettings, proxies: int, kept: bool
) -> None:
    given = "0123456789abcdef0123456789abcdef"
    client = create_app(make_settings(TRUSTED_PROXIES=proxies)).test_client()

    response = client.get("/health", headers={"X-Request-ID": given})

    assert (response.headers["X-Request-ID"] == given) is kept


def test_a_page_answer_is_logged_and_counted_like_any_other(server: Live) -> None:
    _, headers, _ = server.request("GET", "/?q=hvem+ejer+vindprogrammet%3F")

    line = next(event for event in server.log() if event.get("request_id") == headers["x-request-id"])
    assert (line["route"], line["answer"], line["language"]) == ("/", "answered", "da")
