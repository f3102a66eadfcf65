"""Trials of what other systems use: streams broken off, the cost of OpenAI's format, and feedback killed in the writing."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import psutil

from assistant.feedback import Counts
from assistant.settings import material
from tests.load import trials
from tests.load.mix import Call, chat, questions
from tests.server.live import ROOT, Live, clean_environment, wait_until
from tests.soak.report import Figure, Options

MODEL = "agreement-assistant"
STREAMS, AT_ONCE = 1000, 200
ROUNDS, WARM_UP = 5, 1
# Nothing here changes the index, so it is the checkout's.
INDEX = material("index/built")
# Writes verdicts without end, and says after each how many are written.
WRITER = (
    "import sys; from pathlib import Path; from assistant.feedback import Counts, Verdict\n"
    "counts, verdict, done = Counts(Path(sys.argv[1])), Verdict(False, 'wrong', 'answered', ('tema-7', 'ad-7')), 0\n"
    "while True:\n    counts.add(verdict); done += 1; sys.stdout.write(f'{done}\\n'); sys.stdout.flush()\n"
)


def completion(text: str, stream: bool = False) -> Call:
    """Return the call that asks one question in OpenAI's format."""
    body = {"model": MODEL, "stream": stream, "messages": [{"role": "user", "content": text}]}
    return Call("completion", "/v1/chat/completions", json.dumps(body, ensure_ascii=False).encode())


def streams(options: Options) -> list[Figure]:
    """Break 1,000 streams off, 200 at a time, each after a random part of request and answer; count descriptors."""
    chooser = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder), INDEX=INDEX, FEEDBACK="off") as server:
        workers = [psutil.Process(worker) for worker in server.workers()]
        asked = questions("questions.jsonl")
        _break_off(server, [completion(chooser.choice(asked), True) for _ in range(AT_ONCE)], chooser)
        wait_until(lambda: False, 2)  # what a first use opens for good is open now
        before = _open(workers)
        for _ in range(STREAMS // AT_ONCE):
            _break_off(server, [completion(chooser.choice(asked), True) for _ in range(AT_ONCE)], chooser)
        settled = wait_until(lambda: _open(workers) <= before, 30)
        after, alive = _open(workers), server.workers() == [worker.pid for worker in workers]
        answered = server.ask("hvem ejer vindprogrammet?")[0] == 200
    told = f"{after - before} more than the {before} before; the service {'answers' if answered else 'is silent'}"
    return [Figure(f"{STREAMS} streams broken off: descriptors left", told, "0", settled and alive and answered)]


def _break_off(server: Live, calls: Sequence[Call], chooser: random.Random) -> None:
    """Open all streams at once, read a random part of each, and close them in any order, some with a reset."""
    opened = []
    for call in calls:
        connection = socket.create_connection((server.host, server.port), timeout=20)
        body = call.body or b""
        head = f"POST {call.path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        sent = head.encode() + body
        connection.sendall(sent[: chooser.choice((len(sent), len(sent), len(sent), chooser.randrange(len(sent))))])
        opened.append(connection)
    chooser.shuffle(opened)
    for connection in opened:
        connection.settimeout(0.05)
        with suppress(OSError):
            connection.recv(chooser.choice((1, 100, 2000)))
        if chooser.random() < 0.5:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.close()


def _open(processes: Sequence[psutil.Process]) -> int:
    return sum(each.num_fds() for each in processes)


def overhead(options: Options) -> list[Figure]:
    """Compare /v1/chat/completions with /api/chat on one connection, in turn: questions asked before, and new ones."""
    return [_compared("asked before", remember=1000), _compared("new", remember=0)]


def _compared(name: str, remember: int) -> Figure:
    took: dict[str, list[float]] = {"chat": [], "completion": []}
    asked = questions("questions.jsonl")
    with (
        tempfile.TemporaryDirectory() as folder,
        trials.serving(Path(folder), INDEX=INDEX, WORKERS=1, REMEMBER=remember, FEEDBACK="off") as server,
        closing(HTTPConnection(server.host, server.port, timeout=20)) as connection,
    ):
        for number in range(WARM_UP + ROUNDS):
            # All of one kind, then all of the other: what was found out of a question a moment ago is not sought again.
            for call in (*(chat("chat", text) for text in asked), *map(completion, asked)):
                seconds = _seconds(connection, call)
                if number >= WARM_UP:
                    took[call.name].append(seconds)
    ours, theirs = (statistics.median(each) * 1000 for each in took.values())
    told = f"{(theirs / ours - 1) * 100:+.1f} % ({theirs:.2f} and {ours:.2f} ms)"
    return Figure(f"/v1/chat/completions over /api/chat, {name}", told, "+10 %", theirs <= 1.1 * ours)


def _seconds(connection: HTTPConnection, call: Call) -> float:
    """Return how long one answer took on a connection that is kept open."""
    begun = time.perf_counter()
    connection.request("POST", call.path, call.body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise AssertionError(f"{call.path}: {response.status}")
    return time.perf_counter() - begun


def feedback(options: Options) -> list[Figure]:
    """Kill a writer of feedback at random moments: the file must be whole, and hold all but at most the last write."""
    chooser = random.Random(options.seed)
    damaged, lost = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feedback.sqlite"
        written = 0
        for _ in range(options.trials):
            told = _killed_writer(file, chooser.uniform(0.02, 0.3))
            try:
                Counts(file).check()
                found = sum(each["count"] for each in Counts(file).verdicts())
                sections = sum(each["count"] for each in Counts(file).sections())
            except Exception as error:  # whatever it is, the trial failed
                print(f"  {type(error).__name__}: {error}", file=sys.stderr)
                damaged += 1
                break
            # What was said to be written is there; the one in hand when the signal came may be, as a whole or not at all.
            lost = max(lost, written + told - found)
            damaged += sections != 2 * found
            written = found
    told_all = f"{damaged} damaged, {max(lost, 0)} lost of {written} written"
    return [
        Figure(f"{options.trials} kills in feedback writes", told_all, "0 damaged, 1 lost", not damaged and lost <= 1)
    ]


def _killed_writer(file: Path, seconds: float) -> int:
    """Write until killed, so long after the first write; return how many writes were told to be done."""
    environ = {**clean_environment(), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)  # the trial itself: any moment
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().splitlines()
    process.wait()
    process.stdout.close()
    whole = [line for line in (first.strip(), *rest) if line.isdigit()]
    return int(whole[-1])
