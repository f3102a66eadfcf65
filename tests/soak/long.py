"""Many requests at a steady rate: memory, files and threads of the workers must stay as they are."""

from __future__ import annotations

import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.load import trials
from tests.soak.report import Figure, Options


def long(options: Options) -> list[Figure]:
    """Send many requests at a steady rate; memory, files and threads of the workers must stay as they are."""
    seconds = options.requests / options.rate
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder)) as server:
        workers = [psutil.Process(number) for number in server.workers()]
        # Every question once or more: what is learned from questions is bounded, and is learned here.
        trials.attack(server, (options.rate, max(30.0, seconds * 0.1)))
        watch = Watch(workers)
        try:
            found = trials.attack(server, (options.rate, seconds))["phases"][0]
        finally:
            watch.end()
        alive = server.workers() == [worker.pid for worker in workers]
    statuses = {status: count for status, count in found["statuses"].items() if status != "200"}
    # A machine that is busy with something else may make a worker shed load; anything but that is a fault.
    shed = set(statuses) <= {"503"} and not found["without retry-after"]
    sent = sum(found["statuses"].values())
    hours = (watch.samples[-1][0] - watch.samples[0][0]) / 3600
    files, threads = (watch.samples[-1][n] - watch.samples[0][n] for n in (2, 3))
    return [
        Figure(
            "requests of the long run without 200",
            f"{sum(statuses.values())} of {sent} {statuses or ''}",
            "0 but 503 with Retry-After",
            shed,
        ),
        Figure("workers that lived through it", "all" if alive else "not all", "all", alive),
        Figure(
            "memory of the workers, slope",
            f"{watch.slope():.2f} MB an hour over {hours * 60:.1f} min",
            "1",
            watch.slope() <= 1,
        ),
        Figure(
            "memory of the workers, begin and end",
            f"{watch.samples[0][1]:.1f} to {watch.samples[-1][1]:.1f} MB",
            "",
            True,
        ),
        Figure("file descriptors gained", f"{files:g}", "0", files <= 0),
        Figure("threads gained", f"{threads:g}", "0", threads <= 0),
    ]


class Watch:
    """Looks once a second at the workers: time, memory in MB, open files that are no connections, and threads."""

    def __init__(self, workers: list[psutil.Process]) -> None:
        self.workers = workers
        self.samples = [self._look()]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _look(self) -> tuple[float, float, float, float]:
        memory = sum(worker.memory_info().rss for worker in self.workers) / 1e6
        files = sum(_open_files(worker.pid) for worker in self.workers)
        return time.monotonic(), memory, files, sum(worker.num_threads() for worker in self.workers)

    def _watch(self) -> None:
        while not self._stop.wait(1):
            self._note()

    def _note(self) -> None:
        with suppress(psutil.NoSuchProcess, FileNotFoundError):  # a worker that ended is told apart
            self.samples.append(self._look())

    def end(self) -> None:
        """Stop looking, once the connections are closed."""
        self._stop.set()
        self._thread.join()
        self._note()

    def slope(self) -> float:
        """Return the growth of memory after warm-up by least squares, in MB an hour."""
        kept = self.samples[len(self.samples) // 3 :]
        times, sizes = [each[0] / 3600 for each in kept], [each[1] for each in kept]
        middle, mean = sum(times) / len(times), sum(sizes) / len(sizes)
        spread = sum((each - middle) ** 2 for each in times)
        return sum((at - middle) * (size - mean) for at, size in zip(times, sizes, strict=True)) / spread


def _open_files(process: int) -> int:
    """Return how many files a process has open, connections left out."""
    found = 0
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            found += not str(link.readlink()).startswith("socket:")
    return found
