"""Read what a language says and how people ask in it: one TOML file a plan in `da/` and in `en/`.

Such a file has up to four tables. `says`: the assistant's sentences, with `{names}` to be filled in. `asks`: regular
expressions over lower-case text, each a string or a list of alternatives. `words`: lists of words apart by white
space. `examples`: lists of what people say, to be compared by their vectors. Both languages have the same files with
the same keys; a test proves it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import LanguageError

FOLDER = Path(__file__).parent
LANGUAGES = ("da", "en")
TABLES = ("says", "asks", "words", "examples")


@dataclass(frozen=True, slots=True)
class Words:
    """One file of one language."""

    path: Path
    says: Mapping[str, str]
    asks: Mapping[str, re.Pattern[str]]
    words: Mapping[str, frozenset[str]]
    examples: Mapping[str, tuple[str, ...]]

    def say(self, key: str, **values: str) -> str:
        """Return a sentence with its places filled in."""
        return self.says[key].format(**values)

    def number(self, key: str, count: int, **values: str) -> str:
        """Return the sentence of one thing (`<key> one`) or of several (`<key> many`), with the count as `{n}`."""
        return self.say(f"{key} {'one' if count == 1 else 'many'}", n=str(count), **values)


@lru_cache(maxsize=128)
def words_of(plan: str, language: str) -> Words:
    """Return the file of a plan in "da" or "en". Raises LanguageError naming file and key where it is at fault."""
    return read_words(FOLDER / language / f"{plan}.toml")


@cache
def both(plan: str, words: str) -> frozenset[str]:
    """Return a list of words of both languages together."""
    return frozenset().union(*(words_of(plan, language).words[words] for language in LANGUAGES))


@cache
def either(plan: str, asks: str) -> re.Pattern[str]:
    """Return a pattern that fits what that of the one or of the other language fits: people mix them."""
    patterns = (words_of(plan, language).asks[asks].pattern for language in LANGUAGES)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def read_words(path: Path) -> Words:
    """Read and check one file. Raises LanguageError."""
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LanguageError(path, "", f"cannot be read ({error})", "Mend it as TOML, or restore it") from None
    for name, table in value.items():
        if name not in TABLES or not isinstance(table, dict):
            raise LanguageError(path, name, "is no table of such a file", f"Use {', '.join(TABLES)}")
    tables: dict[str, dict[str, Any]] = {name: value.get(name, {}) for name in TABLES}
    return Words(
        path,
        {key: _text(path, f"says.{key}", each) for key, each in tables["says"].items()},
        {key: _pattern(path, f"asks.{key}", each) for key, each in tables["asks"].items()},
        {key: frozenset(_text(path, f"words.{key}", each).split()) for key, each in tables["words"].items()},
        {key: _texts(path, f"examples.{key}", each) for key, each in tables["examples"].items()},
    )


def _text(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise LanguageError(path, key, "is not a text", "Put it in quotes")
    return value


def _texts(path: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise LanguageError(path, key, "is not a list of texts", 'Write it as ["…", "…"]')
    return tuple(_text(path, key, each) for each in value)


def _pattern(path: Path, key: str, value: object) -> re.Pattern[str]:
    parts = value if isinstance(value, list) else [value]
    try:
        return re.compile("|".join(_text(path, key, each) for each in parts))
    except re.error as error:
        raise LanguageError(path, key, f"is no regular expression ({error})", "Mend the expression") from None
