"""Small words typed in haste, written out: "hva" is "hvad". Names and all other words stay as they were typed."""

from __future__ import annotations

from functools import lru_cache

from assistant.language.files import words_of
from assistant.language.words import WORD


def written_out(text: str, language: str) -> str:
    """Return a text with the small words that nobody types otherwise but in haste written out."""
    meant = _pairs(language)
    return WORD.sub(lambda match: meant.get(match.group().lower(), match.group()), text)


@lru_cache(maxsize=2)
def _pairs(language: str) -> dict[str, str]:
    pairs = (pair.split("=") for pair in words_of("slips", language).words["pairs"])
    return {typed: meant for typed, meant in pairs if typed != meant}
