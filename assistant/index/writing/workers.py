"""Work on many documents, shared among processes where there is much of it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from assistant.index.store.types import Progress

Made = TypeVar("Made")
# Bytes of text from which the start of processes, about a second, is worth it.
MUCH = 4 << 20


class Workers:
    """Processes beside this one, begun once there is much to do."""

    def __init__(self, tell: Progress) -> None:
        self.tell = tell
        self._pool: Executor | None = None

    def each(self, name: str, size: int, work: Callable[..., Made], jobs: Sequence[tuple[Any, ...]]) -> Iterator[Made]:
        """Yield what a function of a module makes of each job, in their order; they have so many bytes of text."""
        done = 0
        if pool := self._opened(size):
            try:
                for made in pool.map(work, *zip(*jobs, strict=True)):
                    self.tell(name, done, len(jobs))
                    done += 1
                    yield made
            except BrokenProcessPool:  # killed for memory, or begun from a script that cannot be imported twice
                self.close()
        for number in range(done, len(jobs)):
            self.tell(name, number, len(jobs))
            yield work(*jobs[number])

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _opened(self, size: int) -> Executor | None:
        count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if self._pool is None and size >= MUCH and count > 1:
            # Not forked: this process has threads by now.
            self._pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
        return self._pool if size >= MUCH else None


@contextmanager
def workers(tell: Progress) -> Iterator[Workers]:
    """Give workers, and end them."""
    found = Workers(tell)
    try:
        yield found
    finally:
        found.close()
