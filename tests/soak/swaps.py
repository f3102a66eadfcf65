"""Rebuilds under a running server: no request may fail, and no answer mix two versions."""

from __future__ import annotations

import functools
import sys
import tempfile
import threading
from pathlib import Path

from assistant.index.build import build_index
from tests.load.mix import chat
from tests.server.live import Live, clean_environment, live, wait_until
from tests.soak.corpus import Corpus, marks
from tests.soak.report import Figure, Options


def swaps(options: Options) -> list[Figure]:
    """Rebuild again and again under a running server that is asked all the time."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        corpus.write(1000)
        build_index(corpus.settings)
        places = {"CORPUS": corpus.settings.corpus, "INDEX": corpus.settings.index}
        environ = clean_environment(**places, WORKERS=2, RATE_LIMIT="off")
        asking = Asking()
        with live(Path(folder) / "server", environ) as server:
            threads = [threading.Thread(target=asking.keep_asking, args=(server, number)) for number in range(4)]
            for each in threads:
                each.start()
            settled = 0
            try:
                for swap in range(options.swaps):
                    corpus.write(1001 + swap)
                    version = build_index(corpus.settings).version
                    settled += wait_until(functools.partial(_settled, server, version), 20)
            finally:
                asking.stop.set()
                for each in threads:
                    each.join()
    told = f"{len(asking.failures)} of {asking.answered} ({settled} swaps, {len(asking.seen)} versions seen)"
    for fault in (*asking.failures[:3], *asking.mixed[:3]):
        print(f"  {fault}", file=sys.stderr)
    everything = settled == options.swaps and len(asking.seen) > options.swaps // 2
    return [
        Figure("failed requests during swaps", told, "0", not asking.failures and everything),
        Figure("answers that mix two versions", str(len(asking.mixed)), "0", not asking.mixed),
    ]


def _settled(server: Live, version: str) -> bool:
    return all(server.health()["index"]["version"] == version for _ in range(8))


class Asking:
    """Clients that ask until they are stopped, and what they saw."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.answered = 0
        self.failures: list[str] = []
        self.mixed: list[str] = []
        self.seen: set[int] = set()

    def keep_asking(self, server: Live, number: int) -> None:
        """Ask in one language or look at the document; note what failed and what mixes marks."""
        texts = ("hvor mange km cykelsti anlægger Regionen?", "who is involved in the cycle paths?")
        call = chat("chat", texts[number % 2])
        while not self.stop.is_set():
            try:
                if number == 3:
                    status, _, content = server.request("GET", "/api/documents/cykler")
                else:
                    status, _, content = server.request("POST", call.path, call.body, Content_Type="application/json")
            except OSError as error:
                self.failures.append(repr(error))
                continue
            self.answered += 1
            found = marks(content.decode())
            self.seen |= found
            if status != 200 or not found:
                self.failures.append(f"{status}: {content[:200]!r}")
            if len(found) > 1:
                self.mixed.append(f"{found}: {content[:200]!r}")
