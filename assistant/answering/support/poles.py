"""What a text says on axes of meaning such as how often or whether a thing goes on: the poles of the language files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.language.files import LANGUAGES, either, words_of

FILE, POLE = "claim", "pole "


def poles(text: str) -> Mapping[str, set[str]]:
    """Return what a text says on each axis on which it says anything."""
    found: dict[str, set[str]] = {}
    for axis, pole in axes():
        if pattern(axis, pole).search(text.lower()):
            found.setdefault(axis, set()).add(pole)
    return found


def without_agreed(claim: str, sentence: str) -> str:
    """Return a claim but for the poles that a sentence says as well: in what words does not matter."""
    for axis, agreed in poles(sentence).items():
        for pole in agreed:
            claim = re.sub(pattern(axis, pole).pattern, " ", claim, flags=re.IGNORECASE)
    return " ".join(claim.split())


@lru_cache(maxsize=1)
def axes() -> tuple[tuple[str, str], ...]:
    """Return the axes and their poles, as the files of the languages have them."""
    keys = words_of(FILE, LANGUAGES[0]).asks
    found = (key.removeprefix(POLE).split() for key in keys if key.startswith(POLE))
    return tuple((axis, pole) for axis, pole in found)


def pattern(axis: str, pole: str) -> re.Pattern[str]:
    """Return what finds one pole of an axis in small letters, in either language."""
    return either(FILE, f"{POLE}{axis} {pole}")
