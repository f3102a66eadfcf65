"""Builders that are killed at any moment: the next start must serve by itself."""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from assistant.answering import Assistant, Question
from assistant.index import build as build_module
from assistant.index.build import build_index
from assistant.index.embedder import Embedder, load_embedder
from assistant.index.store import current_name, open_last_good
from assistant.settings import Settings
from tests.soak.corpus import Corpus, marks
from tests.soak.report import Figure, Options

CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def kills(options: Options) -> list[Figure]:
    """Kill builders before one of their changes to the disk, and at any moment; the next start must serve by itself."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        embedder = load_embedder(corpus.settings.model)
        corpus.write(0)
        build_index(corpus.settings)
        chooser = random.Random(options.seed)
        corpus.write(1)
        begun = time.monotonic()
        steps = _build_in_child(corpus.settings, None)
        seconds = time.monotonic() - begun
        killed, mark, faults = 0, 1, []
        for trial in range(options.trials):
            if trial % 3 == 0:
                corpus.write(mark := mark + 1)
            elif trial % 3 == 2:  # the third makes, to the same name, what the second made again and is in service
                build_index(corpus.settings)
                build_index(corpus.settings)
            before = current_name(corpus.settings.index)
            at = chooser.randrange(2 * steps) if trial % 4 else -chooser.random() * seconds
            ended = _build_in_child(corpus.settings, at)
            killed += ended == -signal.SIGKILL
            if ended not in (0, -signal.SIGKILL):
                faults.append(f"trial {trial}, killed at {at:.2f}: the builder ended with {ended}")
            if fault := _unservable(corpus.settings, embedder, before, mark):
                faults.append(f"trial {trial}, killed at {at:.2f}: {fault}")
        build_index(corpus.settings)
        left = list((corpus.settings.index / "generations").glob(".*"))
    for fault in faults[:5]:
        print(f"  {fault}", file=sys.stderr)
    told = f"{options.trials} trials, {killed} killed, of {steps} steps"
    return [
        Figure(
            "killed builders: next start serves old or new, whole",
            f"{len(faults)} faults ({told})",
            "0",
            bool(killed) and not faults,
        ),
        Figure("unfinished folders after the next build", str(len(left)), "0", not left),
    ]


def _build_in_child(settings: Settings, at: float | None) -> int:
    """Build in a process that is killed before its change number `at`, or after -`at` seconds; None counts the changes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        done = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal done
            if not _changes(event, arguments, str(settings.index)):
                return
            if at is not None and at >= 0 and done == at:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

        sys.addaudithook(watch)
        code = 1
        try:
            build_module.build_index(settings)
            os.write(writing, str(done).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    if at is not None and at < 0:
        time.sleep(-at)  # the trial itself: any moment
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as counted:
        steps = counted.read()
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)
    return int(steps or 0) if at is None else ended


def _changes(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    """Tell whether an event of the interpreter changes something in the folder."""
    if event == "open":
        path, _, flags = arguments[:3]
        return folder in str(path) and isinstance(flags, int) and bool(flags & CHANGES)
    if event in ("os.remove", "os.rmdir"):  # removing a tree names its files from within
        return folder in str(arguments[0]) or arguments[1] != -1
    told = event in ("os.rename", "os.mkdir", "shutil.rmtree", "shutil.copyfile")
    return told and any(folder in str(each) for each in arguments)


def _unservable(settings: Settings, embedder: Embedder, before: str | None, mark: int) -> str | None:
    """Return what is wrong with what the next start would serve."""
    try:
        generation, warning = open_last_good(settings.index)
        assistant = Assistant.open(settings, embedder, generation)
        answer = assistant.ask(Question("hvor mange km cykelsti?"))
    except Exception as error:  # whatever it is, the trial failed
        return f"{type(error).__name__}: {error}"
    if warning:
        return warning
    found = marks(str(answer.to_json()))
    if len(found) > 1 or (assistant.version != before and found - {mark}):
        return f"index {assistant.version} after {before} holds the marks {found}, not {mark}"
    return None
