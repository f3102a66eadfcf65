"""A cold start without any network: built, served and asked in a network namespace that has no route."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import offline
from tests.server.live import ROOT, clean_environment

REASON = offline.namespace() if sys.platform == "linux" else "network namespaces are a feature of Linux"
needs_namespace = pytest.mark.skipif(isinstance(REASON, str), reason=str(REASON))
# Nothing that this machine knows by heart may help: neither a cache of models nor a name server.
COLD_START = """
import json, os, socket, sys
from pathlib import Path
from tests.server.live import Live, clean_environment, live

def unreachable(address):
    try:
        socket.create_connection((address, 443), timeout=5).close()
    except OSError as error:
        return error.errno
    return 0

folder = Path(sys.argv[1])
environ = {**clean_environment(INDEX=folder / "index", WORKERS=1), "HOME": str(folder)}
with live(folder / "server", environ) as server:
    answers = [server.ask(text)[2] for text in ("who owns the wind programme?", "hvem ejer vindprogrammet?")]
    page = server.request("GET", "/?q=hvem+ejer+vindprogrammet")[0]
print(json.dumps({"errno": unreachable("192.0.2.1"), "answers": answers, "page": page, "health": (folder / "index" / "current").is_file()}))
"""


def inside(*words: str, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """Run a command in the namespace."""
    return subprocess.run(
        offline.command(*words),
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@needs_namespace
def test_a_cold_start_needs_no_network(tmp_path: Path) -> None:
    done = inside(sys.executable, "-c", COLD_START, str(tmp_path))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["errno"] != 0, "the namespace has a route"
    assert [answer["status"] for answer in told["answers"]] == ["answered", "answered"]
    assert [answer["language"] for answer in told["answers"]] == ["en", "da"]
    assert told["answers"][0]["citations"][0]["section"] == "tema-7"
    assert told["page"] == 200


@needs_namespace
def test_a_command_asks_and_evaluates_without_network(tmp_path: Path) -> None:
    environ = f"ASSISTANT_INDEX={tmp_path / 'index'}"
    asks = ["env", environ, sys.executable, "-m", "assistant"]
    assert inside(*asks, "index", "build").returncode == 0
    done = inside(*asks, "ask", "--json", "who owns the wind programme?")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "answered"


@needs_namespace
def test_the_namespace_has_loopback_alone() -> None:
    done = inside(sys.executable, "-c", "import socket; print([name for _, name in socket.if_nameindex()])")
    assert done.stdout.strip() == "['lo']"
    listen = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname()); print('up')"
    assert inside(sys.executable, "-c", listen).stdout.strip() == "up"
