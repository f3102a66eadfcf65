"""The glossary: what general abbreviations stand for, marked as not from the agreement."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.corpus.markup import read_text
from assistant.errors import CorpusError

# A shorter form in small letters may be an everyday word ("um", "es").
SHORTEST_FREE = 2


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

    def stands_in(self, text: str) -> bool:
        """Whether the short form itself stands in a text, written as it is here or in the genitive."""
        return _stands_in(self.short, text) or _stands_in(f"{self.short}s", text)

    def named_in(self, text: str) -> bool:
        """Whether a text names it: by the short form (in capitals where it is short), its meaning or an alias."""
        lowered = text.lower()
        names = [self.da.lower(), *(alias.lower() for alias in self.aliases)]
        if len(self.short) > SHORTEST_FREE:
            names.append(self.short.lower())
        return self.stands_in(text) or any(name and _stands_in(name, lowered) for name in names)


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def entry_named(text: str, entries: Iterable[Entry]) -> Entry | None:
    """Return the first entry that a text names."""
    return next((entry for entry in entries if entry.named_in(text)), None)


def read_glossary(path: Path) -> tuple[Entry, ...]:
    """Read `glossary.toml`; a corpus without one has an empty glossary. Raises CorpusError."""
    if not path.exists():
        return ()
    try:
        tables = tomllib.loads(read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
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
