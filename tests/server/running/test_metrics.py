"""Metrics over several workers, and health."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from flask.testing import FlaskClient

from assistant.server import create_app
from tests.conftest import small_disk
from tests.server.conftest import MakeSettings
from tests.server.live import ROOT, Live, clean_environment, live, wait_until


def metric(text: str, name: str, **labels: str) -> float:
    """Return the value of one series, 0 where there is none."""
    for line in text.splitlines():
        if re.match(rf"{name}[{{ ]", line) and all(f'{key}="{value}"' in line for key, value in labels.items()):
            return float(line.rsplit(" ", 1)[1])
    return 0.0


def shown(server: Live) -> str:
    return server.request("GET", "/metrics")[2].decode()


def test_counts_of_all_workers_are_one_sum(folders: dict[str, Path], tmp_path: Path) -> None:
    with live(tmp_path, clean_environment(**folders, WORKERS=3, RATE_LIMIT="off")) as server:
        for _ in range(30):
            assert server.ask("hvem ejer vindprogrammet?")[0] == 200
        for _ in range(3):
            server.ask("who owns the wind programme?")
        server.ask("x" * 501)
        server.ask("Wie viele staatliche Arbeitsplätze werden verlegt, und wohin werden sie verlegt?")
        pages = [shown(server) for _ in range(6)]

    for text in pages:
        assert metric(text, "assistant_answers_total", status="answered", language="da") == 30
        assert metric(text, "assistant_answers_total", status="answered", language="en") == 3
        assert metric(text, "assistant_requests_total", route="/api/chat", method="POST", status="200") == 34
        assert metric(text, "assistant_requests_total", route="/api/chat", method="POST", status="422") == 1
        assert metric(text, "assistant_refusals_total", reason="too_long") == 1
        assert metric(text, "assistant_refusals_total", reason="unsupported_language") == 1
        assert metric(text, "assistant_request_seconds_count", route="/api/chat") == 35
        assert metric(text, "assistant_request_seconds_bucket", route="/api/chat", le="+Inf") == 35
        assert metric(text, "assistant_answer_seconds_count") == 34
        assert metric(text, "assistant_ready") == 1
        assert metric(text, "assistant_index_info", version=(folders["INDEX"] / "current").read_text().strip()) == 1


def test_counts_survive_a_worker(folders: dict[str, Path], tmp_path: Path) -> None:
    with live(tmp_path, clean_environment(**folders, WORKERS=2, RATE_LIMIT="off")) as server:
        for _ in range(10):
            server.ask("hvem ejer vindprogrammet?")
        killed = server.workers()[0]
        os.kill(killed, signal.SIGKILL)
        assert wait_until(lambda: len(set(server.workers()) - {killed}) == 2, 20)
        assert wait_until(lambda: server.health()["ready"], 20)
        assert metric(shown(server), "assistant_answers_total", status="answered", language="da") == 10


def test_a_disk_that_fills_up_ends_no_worker(tmp_path: Path) -> None:
    """In a process of its own: one that writes to a mapped page without room is ended by the system."""
    code = """
import sys
from contextlib import suppress
from pathlib import Path
from assistant.server.running.metrics import Metrics
folder = Path(sys.argv[1])
counted = Metrics(folder).requests
with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
    while True:
        filler.write(bytes(4096))
for number in range(1000):
    counted.labels("/api/chat", "POST", str(number)).inc()
"""
    with small_disk(tmp_path / "small", 2) as place:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "PROMETHEUS_MULTIPROC_DIR": str(place)}
        assert subprocess.run([sys.executable, "-c", code, str(place)], env=environ, check=False).returncode == 0


def test_labels_come_from_closed_sets(client: FlaskClient) -> None:
    for path in ("/nothing", "/api/documents/nothing", "/documents/else"):
        client.get(path)
    client.open("/health", method="BREW")
    text = client.get("/metrics").get_data(as_text=True)

    assert metric(text, "assistant_requests_total", route="unmatched", method="GET", status="404") >= 1
    assert metric(text, "assistant_requests_total", method="OTHER", status="405") >= 1
    assert "nothing" not in text
    assert "BREW" not in text


def test_health_tells_ready_and_the_index_version(client: FlaskClient, folders: dict[str, Path]) -> None:
    response = client.get("/health")

    version = (folders["INDEX"] / "current").read_text().strip()
    assert response.get_json() == {
        "alive": True,
        "ready": True,
        "version": response.get_json()["version"],
        "index": {"version": version, "problem": None},
    }


def test_metrics_tell_that_nothing_is_ready(make_settings: MakeSettings, tmp_path: Path) -> None:
    client = create_app(make_settings(INDEX=tmp_path / "none")).test_client()
    text = client.get("/metrics").get_data(as_text=True)

    assert metric(text, "assistant_ready") == 0
    assert metric(text, "assistant_index_stale") == 1
    assert "assistant_index_info{" not in text
