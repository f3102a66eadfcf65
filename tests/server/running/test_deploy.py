"""The deploy files: a real nginx with our configuration in front of a real server, and the systemd unit."""

from __future__ import annotations

import configparser
import getpass
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.server.live import ROOT, Live, clean_environment, free_port, live, wait_until

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
MAIN = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/assistant.conf;
}}
"""


@pytest.fixture(scope="module")
def backend(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    environ = clean_environment(**folders, WORKERS=1, TRUSTED_PROXIES=1, RATE_LIMIT="20 per minute", LOG_FORMAT="json")
    with live(tmp_path_factory.mktemp("backend"), environ) as running:
        yield running


def certify(folder: Path) -> None:
    """Make a certificate as an operator would for a trial."""
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    command += ["-days", "2", "-subj", "/CN=localhost"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def proxy(backend: Live, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """nginx with the file of the repository, of which only the marked lines, ports and paths are filled in."""
    if NGINX is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    certify(folder)
    plain, secure = free_port(), free_port()
    filled = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{backend.port};",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/assistant": str(folder),
        "/var/log/nginx": str(folder),
    }.items():
        assert old in filled, old
        filled = filled.replace(old, new)
    (folder / "assistant.conf").write_text(filled, encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=getpass.getuser()), encoding="utf-8")
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        assert wait_until(lambda: process.poll() is not None or _listens(secure), 10)
        assert process.poll() is None, (folder / "error.log").read_text()
        yield plain, secure
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def send(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPSConnection("127.0.0.1", port, timeout=20, context=unchecked())
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


@pytest.mark.service
def test_a_question_through_nginx(proxy: tuple[int, int], backend: Live) -> None:
    body = json.dumps({"message": "who owns the wind programme?"}).encode()

    status, headers, content = send(proxy[1], "POST", "/api/chat", body, Content_Type="application/json")

    assert (status, json.loads(content)["status"]) == (200, "answered")
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert [event for event in backend.log() if event.get("request_id") == headers["x-request-id"]]


@pytest.mark.service
def test_plain_http_is_sent_to_tls(proxy: tuple[int, int]) -> None:
    with socket.create_connection(("127.0.0.1", proxy[0]), timeout=5) as connection:
        connection.sendall(b"GET /themes HTTP/1.1\r\nHost: assistant.example\r\nConnection: close\r\n\r\n")
        answer = connection.recv(4096)

    assert b"301" in answer.split(b"\r\n")[0]
    assert b"Location: https://assistant.example/themes" in answer


@pytest.mark.service
def test_health_answers_within_a_second_beside_300_half_open_connections(proxy: tuple[int, int]) -> None:
    half = (
        b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
    )
    with ExitStack() as stack:
        for number in range(300):
            plain = stack.enter_context(socket.create_connection(("127.0.0.1", proxy[1]), timeout=20))
            if number % 3:  # every third stays silent before the TLS handshake
                secured = stack.enter_context(unchecked().wrap_socket(plain))
                secured.sendall(half if number % 3 == 1 else half[:40])
        started = time.monotonic()
        status, _, _ = send(proxy[1], "GET", "/health")
        took = time.monotonic() - started

    assert status == 200
    assert took < 1


@pytest.mark.slow
@pytest.mark.service
def test_who_falls_silent_is_given_up(proxy: tuple[int, int]) -> None:
    """Before the handshake, within the head and within the body: each has its time-out, and all run at once here."""
    head = (
        b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
    )
    with ExitStack() as stack:
        plain = [stack.enter_context(socket.create_connection(("127.0.0.1", proxy[1]), timeout=20)) for _ in range(3)]
        secured = [stack.enter_context(unchecked().wrap_socket(each)) for each in plain[1:]]
        started = time.monotonic()
        secured[0].sendall(head[:40])
        secured[1].sendall(head + b"{")
        with ThreadPoolExecutor() as waiting:
            took = list(waiting.map(lambda each: _seconds_until_closed(each, started), (plain[0], *secured)))

    assert all(9 < each < 13 for each in took), took


def _seconds_until_closed(connection: socket.socket, started: float) -> float:
    """Return when the other side closed the connection, in seconds since the start; nothing may come before."""
    with suppress(ConnectionError, ssl.SSLError):
        assert connection.recv(1) == b""
    return time.monotonic() - started


def refused(port: int, path: str, body: bytes) -> tuple[int, str]:
    """Return the status of an error and its code, which it has in our shape or in OpenAI's."""
    status, headers, content = send(port, "POST", path, body, Content_Type="application/json")
    error = json.loads(content)
    of_openai = path.startswith("/v1/")
    assert headers["content-type"] == ("application/json" if of_openai else "application/problem+json")
    assert headers["cache-control"] == "no-store"
    if of_openai:
        error = error["error"]
        assert set(error) == {"message", "type", "param", "code"}
    return status, error["code"]


@pytest.mark.service
@pytest.mark.parametrize("path", ["/api/chat", "/api/feedback", "/v1/chat/completions"])
def test_ten_megabytes_are_refused_in_the_format_of_the_caller(proxy: tuple[int, int], path: str) -> None:
    """The assistant refuses what passes nginx, and nginx what is larger: both alike."""
    for size in (800_000, 10_000_000):
        assert refused(proxy[1], path, b" " * size) == (413, "too_large")


@pytest.mark.service
def test_limits_and_clients_behind_nginx(proxy: tuple[int, int]) -> None:
    """A body between the two walls is explained by the assistant; a forged address does not make a new client."""
    status, _, content = send(proxy[1], "POST", "/api/chat", b" " * 70_000, Content_Type="application/json")
    assert (status, json.loads(content)["code"]) == (413, "too_large")

    statuses = [
        send(proxy[1], "POST", "/api/chat", b"{}", Content_Type="application/json", X_Forwarded_For=f"203.0.113.{n}")[0]
        for n in range(25)
    ]
    assert statuses.count(429) >= 5


@pytest.mark.service
def test_while_the_assistant_is_away_nginx_says_so(proxy: tuple[int, int], backend: Live) -> None:
    """The last test of this module: it stops the server."""
    backend.terminate()

    status, headers, content = send(proxy[1], "GET", "/health")

    assert (status, headers["content-type"]) == (503, "application/problem+json")
    assert headers["retry-after"] == "5"
    assert json.loads(content)["status"] == 503
    assert refused(proxy[1], "/v1/chat/completions", b"{}") == (503, "busy")


def test_nginx_writes_no_addresses() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    assert "access_log off;" in text
    assert "assistant-error.log crit;" in text


def unit() -> dict[str, list[str]]:
    """Read the [Service] part of the unit; a name may stand several times."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "assistant.service", encoding="utf-8")
    assert set(parser.sections()) == {"Unit", "Service", "Install"}
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "assistant.service").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_is_locked_down() -> None:
    service = unit()
    for name in (
        "NoNewPrivileges",
        "PrivateTmp",
        "PrivateDevices",
        "ProtectHome",
        "ProtectKernelTunables",
        "DynamicUser",
    ):
        assert service[name] == ["yes"], name
    assert service["ProtectSystem"] == ["strict"]
    assert service["CapabilityBoundingSet"] == [""]
    assert service["SystemCallFilter"][0] == "@system-service"
    # OpenBLAS asks for memory near its processor when numpy is imported; a unit that kills for it never starts.
    assert "mbind" in service["SystemCallFilter"][-1].split()
    assert service["SystemCallErrorNumber"] == ["EPERM"]
    assert service["RestartPreventExitStatus"] == ["2"]
    assert int(service["TimeoutStopSec"][0]) > 30  # longer than the server lets requests finish


@pytest.mark.service
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    text = (
        (DEPLOY / "assistant.service").read_text(encoding="utf-8").replace("/opt/assistant/bin/assistant", "/bin/true")
    )
    (tmp_path / "assistant.service").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", str(tmp_path / "assistant.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "assistant.service" not in done.stderr, done.stderr
    score = subprocess.run(
        [program, "security", "--offline=yes", "--threshold=25", str(tmp_path / "assistant.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert score.returncode == 0, score.stdout
