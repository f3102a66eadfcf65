"""The glossary: what general abbreviations stand for, marked as not from the agreement."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus.markup import read_text
from assistant.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Entry:
    """A short form. `da` and `en` spell it out from general knowledge; both are empty where nobody should guess."""

    short: str
    da: str
    en: str
    aliases: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether general knowledge spells it out."""
        return bool(self.da)


def read_glossary(path: Path) -> tuple[Entry, ...]:
    """Read `glossary.toml`; a corpus without one has an empty glossary. Raises CorpusError."""
    if not path.exists():
        return ()
    try:
        tables = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(path, 0, f"cannot be read ({error})", "Mend the TOML") from None
    return tuple(_entry(path, short, table) for short, table in tables.items())


def _entry(path: Path, short: str, table: Any) -> Entry:
    mend = 'Write it as [SHORT], da = "…", en = "…" and, where there are some, aliases = ["…"]'
    if not isinstance(table, dict):
        raise CorpusError(path, 0, f"{short} is not a table", mend)
    da, en, aliases = table.get("da", ""), table.get("en", ""), table.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(each, str) for each in (da, en, *aliases)):
        raise CorpusError(path, 0, f"{short} holds something that is not a text", mend)
    return Entry(short, da, en, tuple(aliases))
