"""PostgreSQL with the agreement: the same answers as from files, and three that answer from it against one.

What bounds them is told by the processor time of an answer: of those that answer, of the database, and of the visitors.
"""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psutil

from assistant.answering import Assistant, Question
from assistant.index.build import build_index
from assistant.index.embedder import load_embedder
from assistant.index.store import store_of
from assistant.server.running.listening import THREADS
from assistant.settings import Settings
from tests.load import trials
from tests.load.keepalive import throughput
from tests.load.mix import chat, questions
from tests.postgres import Server, server
from tests.questions import FOLDER
from tests.server.live import Live
from tests.soak.report import Figure, Options

SETS = ("tune", "report")
# Connections to each: as many as it has threads, so that none is sent back.
CONNECTIONS, WARM_UP, SECONDS = THREADS, 5, 20


def replicas(options: Options) -> list[Figure]:
    """Compare the answers of both stores, then the throughput of one and of three that answer from the database."""
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        files = Settings.from_environment({"ASSISTANT_INDEX": f"{folder}/built"})
        there = dataclasses.replace(files, database_url=postgres.url())
        build_index(there)
        return [alike(files, there), *(_throughput(Path(folder) / str(count), postgres, count) for count in (1, 3))]


def alike(files: Settings, there: Settings) -> Figure:
    """Ask every question of the agreement of both stores."""
    embedder = load_embedder(files.model)
    left, right = (Assistant.open(each, embedder, store_of(each).current()) for each in (files, there))
    lines = [line for name in SETS for line in (FOLDER / name / "questions.jsonl").read_text("utf-8").splitlines()]
    asked = [Question(json.loads(line)["q"]) for line in lines]
    other = [each.message for each in asked if left.ask(each).to_json() != right.ask(each).to_json()]
    told = f"{len(other)} of {len(asked)}" + "".join(f"; {text}" for text in other[:3])
    return Figure("answers that differ between files and database", told, "0", bool(asked) and not other)


def _throughput(folder: Path, postgres: Server, count: int) -> Figure:
    """Ask so many that answer, each with one worker, as fast as they answer; nothing is remembered."""
    with ExitStack() as stack:
        given = {"REMEMBER": 0, "WORKERS": 1, "DATABASE_URL": postgres.url()}
        opened = [stack.enter_context(trials.serving(folder / str(number), **given)) for number in range(count)]
        _ask(opened, WARM_UP)
        begun, before = time.perf_counter(), _spent(opened, postgres)
        rate, failures = _ask(opened, SECONDS)
        passed = time.perf_counter() - begun
        answering, database, visitors = (
            (now - was) * 1000 / (rate * SECONDS) for now, was in zip(_spent(opened, postgres), before, strict=True)
        )
        busy = (answering + database + visitors) * rate * SECONDS / 1000 / passed
    told = f"{rate:.0f} a second; of an answer {answering:.1f} ms answering, {database:.1f} database, "
    told += f"{visitors:.1f} visitors: {busy:.1f} of {os.cpu_count()} processors"
    return Figure(f"new answers of {count} that answer from the database", told, "reported", not failures)


def _ask(opened: Sequence[Live], seconds: float) -> tuple[float, int]:
    """Return how many answers a second came from all, and how many were no 200."""
    calls = [chat("chat", text) for text in questions("questions.jsonl")]
    with ThreadPoolExecutor(len(opened)) as pool:
        found = list(pool.map(lambda each: throughput(each.host, each.port, calls, CONNECTIONS, seconds), opened))
    return sum(each.rate for each in found), sum(each.failures for each in found)


def _spent(opened: Sequence[Live], postgres: Server) -> tuple[float, float, float]:
    """Return the seconds of processor time of those that answer, of the database and of this process."""
    answering = sum(trials.processor_time(psutil.Process(each.process.pid)) for each in opened)
    database = trials.processor_time(psutil.Process(postgres.process.get_pid()))
    return answering, database, time.process_time()
