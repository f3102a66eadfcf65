"""A progress bar for long work on a terminal."""

from __future__ import annotations

import sys
from typing import Any


class Bar:
    """A progress bar on standard error, shown on a terminal only and only once there is progress."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._name = ""

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tell(self, name: str, done: int, total: int) -> None:
        """Show that so much of so much is done of the work of that name."""
        from tqdm import tqdm  # type: ignore[import-untyped]

        if self._bar is None:
            self._bar = tqdm(unit="", disable=not sys.stderr.isatty())
        if name != self._name:
            self._name = name
            self._bar.reset(total)
            self._bar.set_description(name)
        self._bar.update(done - self._bar.n)
