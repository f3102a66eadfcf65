"""Greetings, thanks and questions about the assistant itself: nothing to look up."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.files import either
from assistant.language.words import words


def smalltalk(text: str) -> str | None:
    """Return "hello", "thanks", "bye" or "about" where the whole message says no more than that; else None."""
    plain = " ".join(words(text))
    return next((kind for kind, pattern in _kinds().items() if pattern.fullmatch(plain)), None)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each kind, over both languages: people mix them."""
    keys = ("greeting", "thanks", "bye", "more", "about", "and")
    greeting, thanks, bye, more, about, also = map(_either, keys)
    return {
        "hello": re.compile(rf"(?:{greeting})(?: (?:{greeting}|{more}))*"),
        "bye": re.compile(rf"(?:(?:{thanks})[ ,]+(?:(?:{also}) )?)?(?:{bye})(?: (?:{more}))*"),
        # Atomic: "tak for det" can be read in two ways, and a long row of them must not be tried in all combinations.
        "thanks": re.compile(rf"(?:(?>(?:{thanks})\b)(?> (?:{more})\b)*+[ ,]*+)++"),
        "about": re.compile(about),
    }


def _either(key: str) -> str:
    """Return the pattern of either language, its groups not capturing: atomic ones cannot bear that in CPython 3.11."""
    return re.sub(r"\((?!\?)", "(?:", either("smalltalk", key).pattern)
