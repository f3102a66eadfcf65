"""Trials of load against servers of our own: the rate that holds, overload and recovery, and the ratio to bare Flask."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from assistant.server.running.listening import THREADS
from tests.load.keepalive import throughput
from tests.load.mix import chat, questions
from tests.server.live import ROOT, Live, clean_environment, free_port, live, wait_until

WORKERS = 2
MOST_P99 = 50.0  # milliseconds
RECOVERY = 10  # seconds
CONNECTIONS = 32
# Workers share connections by chance, at times all to one: many rounds with connections of their own, of which the best
# is the one that both workers had their share of.
ROUNDS, WARM_UP, SECONDS = 9, 3, 3.0
GUNICORN = ["-m", "gunicorn", "--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread"]


@dataclass(frozen=True)
class Speed:
    """Answers a second, and the processor time of an answer in milliseconds."""

    rate: float
    spent: float


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[Live]:
    """Run the assistant over an index of its own, without a limit on questions."""
    given = {"INDEX": folder / "index", "WORKERS": WORKERS, "RATE_LIMIT": "off", **settings}
    with live(folder / "server", clean_environment(**given)) as server:
        yield server


def attack(server: Live, *phases: tuple[float, float]) -> dict[str, Any]:
    """Send visitors in a process of their own; return what they saw."""
    words = [f"{rate}:{seconds}" for rate, seconds in phases]
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.load.visitors",
        f"http://{server.host}:{server.port}",
        *words,
    ]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def holds(phase: dict[str, Any]) -> bool:
    """Tell whether a phase was served: nearly all that was offered was sent, p99 within the limit, no error."""
    return phase["rate"] >= 0.93 * phase["offered"] and phase["p99"] < MOST_P99 and set(phase["statuses"]) == {"200"}


def highest_rate(server: Live, first: float = 40, seconds: float = 10) -> tuple[float, dict[str, Any]]:
    """Return the highest rate that holds, within a tenth, and its figures; (0, figures) where not even the first does."""
    attack(server, (first, 5))  # warms the server up
    low, high, best = 0.0, first, {}
    while True:
        phase = attack(server, (high, seconds))["phases"][0]
        if not holds(phase):
            break
        low, high, best = high, high * 1.6, phase
    while low and high / low > 1.1:
        middle = (low * high) ** 0.5
        phase = attack(server, (middle, seconds))["phases"][0]
        low, high, best = (middle, high, phase) if holds(phase) else (low, middle, best)
    return low, best or phase


def overload(server: Live, rate: float) -> tuple[dict[str, Any], int | None, dict[str, Any]]:
    """Send twice a rate, then half of it; return the overload's figures, the seconds until normal, and what followed."""
    found = attack(server, (rate, 5), (2 * rate, 15), (rate / 2, RECOVERY + 8))
    after = [each for each in found["each second"] if each["second"] >= 20]
    normal = [each["p99"] < MOST_P99 and set(each["statuses"]) == {"200"} for each in after]
    recovered = next((n for n in range(len(normal)) if all(normal[n : n + 3])), None)
    return found["phases"][1], recovered, found["phases"][2]


@contextmanager
def bare_flask() -> Iterator[tuple[str, int, psutil.Process]]:
    """Serve the bare route by gunicorn with as many workers and threads."""
    port = free_port()
    command = [
        sys.executable,
        *GUNICORN,
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
        "tests.load.bare:app",
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        found = psutil.Process(process.pid)
        assert wait_until(lambda: len(found.children()) == WORKERS and _listens(port), 20)
        yield "127.0.0.1", port, found
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def speeds(connections: int = CONNECTIONS) -> dict[str, Speed]:
    """Measure in turn, several times, by the same connections and questions: the best round by name.

    `chat` answers questions that were asked before, as most questions on a public page are, `new` has every question
    searched for, and `bare` is the bare route.
    """
    asked = [chat("chat", text) for text in questions("questions.jsonl")]
    measured: dict[str, list[Speed]] = {"chat": [], "new": [], "bare": []}
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        servers = [stack.enter_context(serving(folders[0])), stack.enter_context(serving(folders[1], REMEMBER=0))]
        places = [(server.host, server.port, psutil.Process(server.process.pid)) for server in servers]
        places.append(stack.enter_context(bare_flask()))
        for number in range(WARM_UP + ROUNDS):
            for name, (host, port, process) in zip(measured, places, strict=True):
                before = processor_time(process)
                found = throughput(host, port, asked, connections, SECONDS)
                if found.failures:
                    raise AssertionError(f"{name}: {found.failures} answers were no 200")
                spent = (processor_time(process) - before) / (found.rate * SECONDS)
                if number >= WARM_UP:
                    measured[name].append(Speed(found.rate, spent * 1000))
    return {name: max(each, key=lambda one: one.rate) for name, each in measured.items()}


def processor_time(process: psutil.Process) -> float:
    """Return the seconds of processor time that the workers of a server have used."""
    times = [worker.cpu_times() for worker in process.children()]
    return float(sum(each.user + each.system for each in times))
