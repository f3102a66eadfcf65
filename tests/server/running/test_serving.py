"""`assistant serve`: the production servers, the first start, signals, the mistakes of operators, and overload."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from assistant.server.protection import overload
from tests.server.live import ROOT, WAITRESS, Live, clean_environment, free_port, live, wait_until

CANARY = "kanariefugl739"
BODY = json.dumps({"message": "hvem ejer vindprogrammet?"}).encode()
HEAD = (
    "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\nConnection: close\r\n\r\n"
).encode()


def serve(folder: Path, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run `assistant serve` where it must end by itself."""
    command = [sys.executable, "-m", "assistant", "serve"]
    return subprocess.run(
        command, env=clean_environment(**settings), cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_first_start_builds_the_index_and_prints_the_address(folders: dict[str, Path], tmp_path: Path) -> None:
    index = tmp_path / "new" / "index"
    environ = clean_environment(CORPUS=folders["CORPUS"], INDEX=index, WORKERS=1, HOST="::1")
    with live(tmp_path / "server", environ) as server:
        assert server.out() == f"Serving on http://[::1]:{server.port}/\n"
        assert server.health()["index"]["version"] == (index / "current").read_text().strip()
        assert server.ask("hvem ejer vindprogrammet?")[0] == 200


def test_options_win_over_the_environment(folders: dict[str, Path], tmp_path: Path) -> None:
    port = free_port()
    command = ["-m", "assistant", "serve", "--port", str(port), "--workers", "1", "--contact", "vi@example.dk"]
    with live(tmp_path, clean_environment(**folders, PORT=1, WORKERS=3, CONTACT="x"), command) as server:
        assert server.port == port
        assert len(server.workers()) == 1
        assert "vi@example.dk" in server.request("GET", "/")[2].decode()


def test_waitress_serves_alike(folders: dict[str, Path], tmp_path: Path) -> None:
    environ = clean_environment(**folders, PORT=0, RATE_LIMIT="off", LOG_FORMAT="json")
    with live(tmp_path, environ, ["-c", WAITRESS]) as server:
        assert server.ask("hvem ejer vindprogrammet?")[0] == 200
        for size, status in ((64 * 1024, 200), (64 * 1024 + 1, 413)):
            body = BODY + b" " * (size - len(BODY))
            for sent in (body, iter([body[:5000], body[5000:]])):
                assert server.request("POST", "/api/chat", sent, Content_Type="application/json")[0] == status
        assert server.request("GET", "/nothing")[1]["content-type"] == "application/problem+json"
        assert b"assistant_requests_total" in server.request("GET", "/metrics")[2]


@pytest.mark.parametrize("command", [None, ["-c", WAITRESS]], ids=["gunicorn", "waitress"])
def test_ten_megabytes_are_refused_in_the_format_of_the_caller(
    folders: dict[str, Path], tmp_path: Path, command: list[str] | None
) -> None:
    pieces = [CANARY.encode() * 100_000] * 7
    environ = clean_environment(**folders, PORT=0, WORKERS=1, RATE_LIMIT="off", FEEDBACK="off", MCP="on")
    with live(tmp_path, environ, command) as server:
        for path in ("/api/chat", "/api/feedback", "/v1/chat/completions", "/mcp"):
            for body in (b"".join(pieces), iter(pieces)):
                status, headers, content = server.request(
                    "POST", path, body, Content_Type="application/json", Connection="close"
                )
                told = json.loads(content)
                assert (status, (told.get("error") or told)["code"]) == (413, "too_large")
                kind = "application/json" if path.startswith("/v1/") else "application/problem+json"
                assert headers["content-type"].split(";")[0] == kind
        # What is declared as longer than anybody drops is not waited for.
        head = (
            "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
        )
        assert b" 413 " in server.raw(f"{head}Content-Length: 10000000000\r\n\r\n".encode()).splitlines()[0]
        assert server.ask("hvem ejer vindprogrammet?")[0] == 200
    assert CANARY not in server.err() + server.out()


def test_sigterm_lets_what_is_in_flight_finish(folders: dict[str, Path], tmp_path: Path) -> None:
    ended: list[int] = []
    with (
        live(tmp_path, clean_environment(**folders, WORKERS=1)) as server,
        socket.create_connection((server.host, server.port), timeout=30) as connection,
    ):
        connection.sendall(HEAD + BODY[:10])
        # Connections are taken up in their order: the half question is in flight once a later one is answered.
        assert server.health()["ready"]
        stopping = threading.Thread(target=lambda: ended.append(server.terminate()))
        stopping.start()
        assert wait_until(lambda: not _answers(server), 10)
        connection.sendall(BODY[10:])
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
        stopping.join()

    assert answer.startswith(b"HTTP/1.1 200")
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["status"] == "answered"
    assert ended == [0]


def _answers(server: Live) -> bool:
    """Tell whether a new connection is still served, and not only taken into the queue of the system."""
    with socket.create_connection((server.host, server.port), timeout=0.5) as connection:
        try:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            return connection.recv(1) != b""
        except OSError:
            return False


def test_those_who_connected_before_the_end_are_answered(folders: dict[str, Path], tmp_path: Path) -> None:
    body = json.dumps({"message": "hvem ejer vindprogrammet?"}).encode()
    head = f"POST /api/chat HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    with live(tmp_path, clean_environment(**folders, WORKERS=1, RATE_LIMIT="off")) as server, ExitStack() as stack:
        # Once it is answered, sixty more take no time: none waits so long that it is told to come back.
        assert server.request("POST", "/api/chat", body, Content_Type="application/json")[0] == 200
        clients = [stack.enter_context(socket.create_connection((server.host, server.port), 20)) for _ in range(60)]
        for each in clients:
            each.sendall(head.encode() + b"\r\n\r\n" + body)
        server.process.send_signal(signal.SIGTERM)
        answers = [each.makefile("rb").readline() for each in clients]

    assert answers == [b"HTTP/1.1 200 OK\r\n"] * 60


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("cleaned", [False, True])
def test_the_folder_of_shared_counts_is_removed_at_the_end(
    folders: dict[str, Path], tmp_path: Path, cleaned: bool
) -> None:
    with live(tmp_path, clean_environment(**folders, WORKERS=1)) as server:
        server.health()
        maps = Path(f"/proc/{server.workers()[0]}/maps").read_text()
        found = re.search(r"(/\S*assistant-metrics-\w+)/", maps)
        assert found
        if cleaned:  # as by a program that removes old temporary files
            shutil.rmtree(found[1])
        assert server.request("GET", "/metrics")[0] == 200
        server.terminate()

    assert not Path(found[1]).exists()


def test_two_starts_at_once_build_and_serve(folders: dict[str, Path], tmp_path: Path) -> None:
    environ = clean_environment(CORPUS=folders["CORPUS"], INDEX=tmp_path / "index", WORKERS=1)
    ready: list[bool] = []

    def start(name: str) -> None:
        with live(tmp_path / name, environ) as server:
            ready.append(server.health()["ready"])

    starts = [threading.Thread(target=start, args=(name,)) for name in ("a", "b")]
    for each in starts:
        each.start()
    for each in starts:
        each.join()
    assert ready == [True, True]


def test_a_port_in_use_ends_in_one_line(folders: dict[str, Path], tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = serve(tmp_path, **folders, PORT=port)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port} is in use" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("CORPUS", None, "ASSISTANT_CORPUS", id="no corpus"),
        pytest.param("CORPUS", "folder", "assistant documents add", id="empty corpus"),
        pytest.param("CORPUS", "file", "is not a folder", id="corpus is a file"),
        pytest.param("INDEX", "file", "ASSISTANT_INDEX", id="index folder cannot be written"),
        pytest.param("MODEL", None, "ASSISTANT_MODEL", id="no model"),
    ],
)
def test_mistakes_end_in_one_line_that_says_what_to_do(
    folders: dict[str, Path], tmp_path: Path, name: str, content: str | None, words: str
) -> None:
    wrong = tmp_path / "wrong"
    if content == "folder":
        wrong.mkdir()
    elif content == "file":
        wrong.write_text("")
    given: dict[str, object] = {**folders, "INDEX": tmp_path / "index", "PORT": free_port()}

    done = serve(tmp_path, **{**given, name: wrong})

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert words in done.stderr
    assert str(wrong) in done.stderr
    assert done.stdout == ""


def test_wrong_settings_are_told_all_at_once(tmp_path: Path) -> None:
    done = serve(tmp_path, PORT="high", WORKERS=0, LOG_FORMAT="xml", CORS_ORIGINS="*")

    assert done.returncode == 2
    assert [line.split("=")[0] for line in done.stderr.splitlines()] == [
        "assistant: ASSISTANT_PORT",
        "assistant: ASSISTANT_WORKERS",
        "assistant: ASSISTANT_CORS_ORIGINS",
        "assistant: ASSISTANT_LOG_FORMAT",
    ]


def test_a_redis_server_that_is_away_is_a_warning(folders: dict[str, Path], tmp_path: Path) -> None:
    environ = clean_environment(**folders, WORKERS=1, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    with live(tmp_path, environ) as server:
        assert server.ask("hvem ejer vindprogrammet?")[0] == 200
        assert "the Redis server does not answer" in server.err()


def test_a_question_that_waited_too_long_in_a_queue_is_refused_at_once(client: FlaskClient) -> None:
    queue = overload.Queue()
    long_ago = queue.join() - overload.MOST_SECONDS - 0.1
    queue.join()
    try:
        queue.leave(long_ago)
        refused = [client.post("/api/chat", json={"message": "hvem?"}), client.get("/?q=hvem")]
        served = [client.get("/health"), client.get("/metrics"), client.get("/")]
    finally:
        queue.leave(long_ago)

    assert [response.status_code for response in refused] == [503, 503]
    assert all(int(response.headers["Retry-After"]) >= 1 for response in refused)
    assert [response.status_code for response in served] == [200, 200, 200]
    # The last of the queue waited as long, but nobody waits behind it.
    assert client.post("/api/chat", json={"message": "hvem ejer vindprogrammet?"}).status_code == 200


def test_the_process_that_starts_workers_loads_no_metrics() -> None:
    """prometheus_client reads the name of the shared folder when it is imported, so it must come after that is set."""
    code = (
        "import sys; import assistant.server.running.gunicorn_server; "
        "sys.exit('prometheus_client' in sys.modules or 'flask_limiter' in sys.modules)"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=environ, check=False).returncode == 0
