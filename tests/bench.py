"""`make bench`: measure the figures of the README on this machine and print them beside their limits."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from assistant.answering import Assistant, Question
from assistant.errors import QuestionError
from assistant.index.build import build_index
from assistant.settings import Settings
from tests.questions import FOLDER
from tests.server.live import clean_environment, live

RUNS = 7
BIN = Path(sys.executable).parent


def main() -> None:
    """Print one line a figure: name, measured, limit."""
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        places = {"ASSISTANT_INDEX": str(Path(folder) / "built")}
        settings = Settings.from_environment(places)
        build_index(settings)
        show("assistant ask, process start to answer", median_time(ask_command(places)), 1200, "ms")
        show("index build, process start to end", median_time(build_command(places)), 10000, "ms")
        p50, p95 = warm_answers(Assistant.open(settings))
        show("one answer in a warm process, p50", p50, 8, "ms")
        show("one answer in a warm process, p95", p95, 16, "ms")
        private, resident = worker_memory(Path(folder), places)
        show("private memory of a serving worker", private, 200, "MB")
        print(f"(resident, with what the workers share: {resident:.0f} MB)")


def show(name: str, value: float, limit: float, unit: str) -> None:
    """Print one figure."""
    verdict = "" if value <= limit else "   above the limit"
    print(f"{name:45}{value:10.1f} {unit:3} limit {limit:g} {unit}{verdict}")


def ask_command(places: dict[str, str]) -> Callable[[], None]:
    """Return a call that asks once in a new process."""
    return _command([str(BIN / "assistant"), "ask", "who owns the wind programme?"], places)


def build_command(places: dict[str, str]) -> Callable[[], None]:
    """Return a call that builds the index from nothing in a new process."""

    def build() -> None:
        with tempfile.TemporaryDirectory() as fresh:
            _command([str(BIN / "assistant"), "index", "build"], {**places, "ASSISTANT_INDEX": fresh})()

    return build


def _command(words: list[str], environ: dict[str, str]) -> Callable[[], None]:
    def call() -> None:
        subprocess.run(words, env={**os.environ, **environ}, check=True, capture_output=True)

    return call


def median_time(call: Callable[[], None]) -> float:
    """Return the median of several runs after one that warms the disk's cache, in milliseconds."""
    call()
    spent = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        call()
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def tuning_questions() -> list[str]:
    """Return the tuning questions, in their order."""
    return [json.loads(line)["q"] for line in (FOLDER / "tune" / "questions.jsonl").read_text("utf-8").splitlines()]


def warm_answers(assistant: Assistant) -> tuple[float, float]:
    """Return p50 and p95 of one answer over the tuning questions, in milliseconds."""
    questions, spent = tuning_questions(), []
    for text in [*questions[:50], *questions, *questions]:
        begun = time.perf_counter()
        try:
            assistant.ask(Question(text))
        except QuestionError:
            continue
        spent.append((time.perf_counter() - begun) * 1000)
    spent = sorted(spent[50:])
    return spent[len(spent) // 2], spent[int(len(spent) * 0.95)]


def worker_memory(folder: Path, places: dict[str, str]) -> tuple[float, float]:
    """Return private and resident memory of the larger of two workers that have answered some hundred questions, in MB.

    Private is what another worker costs: the pages that no other process maps.
    """
    environ = clean_environment(
        **{name.removeprefix("ASSISTANT_"): value for name, value in places.items()}, WORKERS=2, RATE_LIMIT="off"
    )
    with live(folder, environ) as server:
        for text in tuning_questions():
            server.ask(text)
        workers = psutil.Process(server.process.pid).children(recursive=True)
        memory = [worker.memory_full_info() for worker in workers]
        return max(each.uss for each in memory) / 1e6, max(each.rss for each in memory) / 1e6


if __name__ == "__main__":
    main()
