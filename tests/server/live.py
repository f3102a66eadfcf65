"""A server of our own in a process of its own, started by the command and stopped by a signal."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WAITRESS = (
    "import os; from assistant.server.running import logs, waitress_server; from assistant.settings import Settings; "
    "settings = Settings.from_environment(os.environ); logs.configure(settings.log_format); "
    "waitress_server.serve_with_waitress(settings)"
)


def clean_environment(**settings: object) -> dict[str, str]:
    """Return this environment with only the given `ASSISTANT_…` settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    given = {f"ASSISTANT_{name}": str(value) for name, value in settings.items()}
    path = os.pathsep.join(filter(None, (str(ROOT), inherited.get("PYTHONPATH"))))
    return {**inherited, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **given}


class Live:
    """A running server: where it listens and what it has written so far."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process, self._folder = process, folder
        wait_until(lambda: "Serving on" in self.out() or process.poll() is not None, 60)
        found = re.search(r"Serving on http://(\[?[\w.:]+?\]?):(\d+)/", self.out())
        assert found, f"the server did not start: {self.out()}{self.err()}"
        self.host, self.port = found[1].strip("[]"), int(found[2])

    def out(self) -> str:
        return (self._folder / "out").read_text(encoding="utf-8")

    def err(self) -> str:
        return (self._folder / "err").read_text(encoding="utf-8")

    def log(self) -> list[dict[str, Any]]:
        """Return the events of a log in JSON."""
        return [json.loads(line) for line in self.err().splitlines() if line.startswith("{")]

    def request(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request on a connection of its own; an iterator is sent in chunks."""
        connection = HTTPConnection(self.host, self.port, timeout=30)
        try:
            chunked = body is not None and not isinstance(body, bytes)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            if chunked:
                named["Transfer-Encoding"] = "chunked"
            connection.request(method, path, body=body, headers=named, encode_chunked=chunked)
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def ask(self, message: str, history: Sequence[Any] = (), **headers: str) -> tuple[int, dict[str, str], Any]:
        body = json.dumps({"message": message, "history": list(history)}).encode()
        status, found, content = self.request("POST", "/api/chat", body, Content_Type="application/json", **headers)
        return status, found, json.loads(content)

    def health(self) -> Any:
        return json.loads(self.request("GET", "/health")[2])

    def raw(self, content: bytes) -> bytes:
        """Send bytes as they are and return all that comes back."""
        with socket.create_connection((self.host, self.port), timeout=30) as connection:
            connection.sendall(content)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in listed.split()]

    def terminate(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


@contextmanager
def live(folder: Path, environ: Mapping[str, str], command: list[str] | None = None) -> Iterator[Live]:
    """Run `assistant serve` on a free port; `folder` takes its output."""
    folder.mkdir(parents=True, exist_ok=True)
    start = command or ["-m", "assistant", "serve", "--port", "0"]
    with (folder / "out").open("w") as out, (folder / "err").open("w") as err:
        process = subprocess.Popen([sys.executable, *start], env=environ, stdout=out, stderr=err, text=True, cwd=folder)
        try:
            yield Live(process, folder)
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(40)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def wait_until(condition: Callable[[], object], seconds: float) -> bool:
    """Wait until the condition holds; return whether it came to hold."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.02)
    return True


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
