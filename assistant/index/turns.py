"""Turns: of the threads of a process that search at once one computes, and the search that began first goes first.

Threads that compute beside each other only share the interpreter: every one of them takes as long as all together, and
some much longer. Whoever waits for something else, as for the database, gives the turn up meanwhile.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import count
from threading import Lock


class Turns:
    """Lets one thread through at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._numbers = count()
        # Those that wait, each for a lock of its own, which is released when its turn comes.
        self._waiting: list[tuple[int, Lock]] = []

    def turn(self) -> Turn:
        """Return a turn that may be taken more than once, each time before those that were drawn later."""
        return Turn(self, next(self._numbers))

    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def take(self, number: int) -> None:
        """Wait until no other has the turn, nor waits with a lower number."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            mine = number, Lock()
            mine[1].acquire()
            heappush(self._waiting, mine)
        try:
            mine[1].acquire()
        except BaseException:  # interrupted, as by the keyboard: nobody may wait for a thread that does not come
            with self._lock:
                waits = mine in self._waiting
                if waits:
                    self._waiting.remove(mine)
                    heapify(self._waiting)
            if not waits:
                self.give()
            raise

    def give(self) -> None:
        """Let the next one through."""
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[1].release()
            else:
                self._taken = False


class Turn:
    """The turn of one thread, taken by `with`."""

    def __init__(self, turns: Turns, number: int) -> None:
        self._turns, self._number = turns, number

    def __enter__(self) -> None:
        self._turns.take(self._number)

    def __exit__(self, *_: object) -> None:
        self._turns.give()
