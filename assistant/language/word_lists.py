"""Read the word lists of `words.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("words.toml")


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """Return the words of one list."""
    return frozenset(_lists()[name].split())
