"""A PostgreSQL server that is killed, while an index is written to it and while it answers: nothing to mend, nothing mixed.

`version switch under load` rebuilds again and again under clients that ask all the time.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import random
import tempfile
import threading
import time
from pathlib import Path

from assistant.answering import Assistant, Question
from assistant.errors import AssistantError
from assistant.index.build import build_index
from assistant.index.embedder import load_embedder
from assistant.index.store import store_of
from assistant.settings import Settings
from tests.postgres import Server, server
from tests.soak.corpus import Corpus, marks
from tests.soak.report import Figure, Options

ASKED = ("hvor mange km cykelsti anlægger Regionen?", "who is involved in the cycle paths?")
# What is written must be on the disk here: the server is killed.
SAFE = ("synchronous_commit = on",)


def database(options: Options) -> list[Figure]:
    """Kill the server in a build and in service, so many times each; then switch versions under load."""
    with tempfile.TemporaryDirectory() as folder, server(SAFE) as postgres:
        corpus = Corpus(Path(folder))
        settings = dataclasses.replace(corpus.settings, database_url=postgres.url())
        corpus.write(1)
        build_index(settings)
        trial = Trial(postgres, corpus, settings, random.Random(options.seed))
        return [trial.builds(options.trials), trial.service(options.trials), trial.switches(options.swaps)]


class Trial:
    """One server, one corpus whose texts hold a mark, and what was wrong."""

    def __init__(self, postgres: Server, corpus: Corpus, settings: Settings, chooser: random.Random) -> None:
        self.postgres, self.corpus, self.settings, self.chooser = postgres, corpus, settings, chooser
        self.embedder = load_embedder(settings.model)
        self.mark = 1

    def builds(self, count: int) -> Figure:
        """Kill the server at any moment of a build, start it, and ask; the old or the new version must answer, whole."""
        faults, cut = [], 0
        seconds = self._build(None)
        for _ in range(count):
            before = self._asked()
            ended = self._build(self.chooser.random() * seconds)
            cut += ended < 0
            found = self._asked()
            if found not in (before, {self.mark}):
                faults.append(f"after {before} and {self.mark} it answers from {found}")
        if self._build(None) < 0:
            faults.append("the last build failed")
        left = self.postgres.execute("SELECT 1 FROM assistant.version WHERE NOT whole")
        told = f"{len(faults) + len(left)} faults ({count} trials, {cut} builds cut)"
        return Figure("server killed in a build: old or new, whole", told, "0", bool(cut) and not faults and not left)

    def service(self, count: int) -> Figure:
        """Kill the server while questions are asked; each is answered whole, or told that the server is away."""
        assistant = Assistant(self._opened().built)
        faults, away = [], 0
        for number in range(count):
            stop = threading.Timer(self.chooser.random() * 0.2, self.postgres.kill)
            stop.start()
            for turn in range(10):
                try:
                    found = marks(str(assistant.ask(Question(f"{ASKED[turn % 2]} {number}")).to_json()))
                    if found != {self.mark}:
                        faults.append(f"{found}, not {self.mark}")
                except AssistantError:
                    away += 1
            stop.join()
            self.postgres.start()
            if not _comes_back(assistant):
                faults.append("it does not come back")
        told = f"{len(faults)} faults ({count} trials, {away} times told away)"
        return Figure("server killed in service: whole answers or away", told, "0", bool(away) and not faults)

    def switches(self, count: int) -> Figure:
        """Switch versions while four clients ask; no answer may fail or mix."""
        stop, faults, asked = threading.Event(), list[str](), list[int]()
        held = [self._opened()]

        def ask() -> None:
            while not stop.is_set():
                try:
                    found = marks(str(held[0].ask(Question(ASKED[len(asked) % 2])).to_json()))
                    asked.append(1)
                    if len(found) != 1:
                        faults.append(f"an answer holds {found}")
                except AssistantError as error:
                    faults.append(type(error).__name__)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for each in threads:
            each.start()
        for _ in range(count):
            self.mark += 1
            self.corpus.write(self.mark)
            build_index(self.settings, embedder=self.embedder)
            held[0] = self._opened()
        stop.set()
        for each in threads:
            each.join()
        told = f"{len(faults)} of {len(asked)} ({count} switches)"
        return Figure("database: failed or mixed answers at a switch", told, "0", bool(asked) and not faults)

    def _build(self, kill_after: float | None) -> float:
        """Build a new version in another process; return its seconds, negative where the server was killed meanwhile."""
        self.mark += 1
        self.corpus.write(self.mark)
        child = multiprocessing.get_context("fork").Process(target=_built, args=(self.settings, self.embedder))
        begun = time.monotonic()
        child.start()
        if kill_after is not None:
            child.join(kill_after)
            self.postgres.kill()
        child.join()
        spent = time.monotonic() - begun
        if kill_after is not None:
            self.postgres.start()
        return spent if child.exitcode == 0 else -spent

    def _opened(self) -> Assistant:
        return Assistant.open(self.settings, self.embedder, store_of(self.settings).current())

    def _asked(self) -> set[int]:
        return marks(str(self._opened().ask(Question(ASKED[0])).to_json()))


def _built(settings: Settings, embedder: object) -> None:
    try:
        build_index(settings, embedder=embedder)  # type: ignore[arg-type]
    except AssistantError:
        raise SystemExit(1) from None


def _comes_back(assistant: Assistant) -> bool:
    """Tell whether it answers again within ten seconds."""
    pause = threading.Event()
    for attempt in range(100):
        try:
            assistant.ask(Question(f"hvem betaler for cykelstien? {attempt}"))
            return True
        except AssistantError:
            pause.wait(0.1)
    return False
