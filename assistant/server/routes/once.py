"""A fault that lasts is told once, and not by every worker at every request."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from pathlib import Path

logger = logging.getLogger("assistant.server")


class Once:
    """Tells of one fault once until it is over. `shared` is a folder that all workers see, None where there is one."""

    def __init__(self, consequence: str, shared: Path | None) -> None:
        self._consequence = consequence
        self._mark = shared / f"{consequence.replace(' ', '-')}.told" if shared is not None else None
        self._told = threading.Lock()  # held while it is told, where no folder is shared

    def tell(self, error: Exception) -> None:
        """Log the fault, unless some worker did."""
        if self._first():
            logger.error("%s: %s", self._consequence, error)

    def over(self) -> None:
        """Let the fault be told again, should it come back."""
        if self._mark is not None:
            with suppress(OSError):
                self._mark.unlink()
        with suppress(RuntimeError):  # it was not told
            self._told.release()

    def _first(self) -> bool:
        try:
            if self._mark is not None:
                self._mark.touch(exist_ok=False)
                return True
        except FileExistsError:
            return False
        except OSError:  # somebody cleaned the folder away: each worker tells for itself
            pass
        return self._told.acquire(blocking=False)
