"""Counts of requests in this process's memory, for Flask-Limiter."""

from __future__ import annotations

import threading
import time

from limits.storage import Storage

SCHEME = "process"
SWEEP_EVERY = 30.0  # seconds between two removals of windows that are over


class ProcessCounts(Storage):
    """Fixed windows by key. Unlike the `memory` storage of limits it starts no thread, which that does at every hit."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the base class declares it so

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._windows: dict[str, tuple[int, float]] = {}  # key -> (count, end of the window)
        self._lock = threading.Lock()
        self._swept = time.time()

    @property
    def base_exceptions(self) -> type[Exception]:
        """The error that a failing storage would raise; this one cannot fail."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count and return the count; the first of a window begins it. `expiry` is its length in seconds."""
        now = time.time()
        with self._lock:
            if now - self._swept > SWEEP_EVERY:
                self._swept = now
                self._windows = {name: window for name, window in self._windows.items() if window[1] > now}
            count, end = self._windows.get(key, (0, 0.0))
            if end <= now:
                count, end = 0, now + expiry
            self._windows[key] = (count + amount, end)
            return count + amount

    def get(self, key: str) -> int:
        """Return the count of the running window."""
        count, end = self._windows.get(key, (0, 0.0))
        return count if end > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in seconds since 1970."""
        return max(self._windows.get(key, (0, 0.0))[1], time.time())

    def check(self) -> bool:
        """Tell whether counting works."""
        return True

    def reset(self) -> int:
        """Forget everything; return how many keys there were."""
        with self._lock:
            forgotten, self._windows = len(self._windows), {}
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one key."""
        with self._lock:
            self._windows.pop(key, None)
