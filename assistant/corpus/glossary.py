"""The glossary: what general abbreviations stand for, marked as not from the agreement."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

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
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Entry(short, str(table.get("da", "")), str(table.get("en", "")), tuple(table.get("aliases", ())))
            for short, table in tables.items()
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise CorpusError(path, 0, f"cannot be read ({error})", "Mend the TOML") from None
