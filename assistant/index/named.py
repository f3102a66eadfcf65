"""What is named anywhere: gathered when the index is built, so that no question has to look through every document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.aliases import Alias
from assistant.corpus.glossary import Entry
from assistant.corpus.register import Fact
from assistant.corpus.types import Document
from assistant.language.values import numbers, years
from assistant.language.words import fold, words


@dataclass(frozen=True, slots=True)
class Named:
    """The folded words of all names, and the numbers and years that stand in the text of any document."""

    names: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[int]

    @classmethod
    def joined(cls, every: Iterable[Named], glossary: Iterable[Entry]) -> Named:
        """Join what is named in each document, and in the glossary."""
        names, figures, dated = set[str](), set[str](), set[int]()
        for each in every:
            names |= each.names
            figures |= each.numbers
            dated |= each.years
        called = (name for entry in glossary for name in (entry.short, entry.da, entry.en, *entry.aliases))
        return cls(frozenset(names | _folded(called)), frozenset(figures), frozenset(dated))

    @classmethod
    def of(cls, document: Document, aliases: Iterable[Alias], register: Iterable[Fact]) -> Named:
        """Gather them from a document's register, its titles, what people call its sections, and from its text."""
        names = [form for fact in register for form in fact.forms] + [alias.name for alias in aliases]
        names += [document.title, document.title_en, *document.parties, *document.parties_en]
        return cls(_folded(names), frozenset(numbers(document.text)), frozenset(years(document.text)))

    def save(self, folder: Path) -> None:
        """Write one list each, one entry a line."""
        folder.mkdir()
        _write(folder / "names.txt", self.names)
        _write(folder / "numbers.txt", self.numbers)
        _write(folder / "years.txt", map(str, self.years))

    @classmethod
    def load(cls, folder: Path) -> Named:
        """Read what `save` wrote; its checksums are the caller's to verify first."""
        names, figures, dated = (_read(folder / f"{name}.txt") for name in ("names", "numbers", "years"))
        return cls(names, figures, frozenset(map(int, dated)))


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in words(name))


def _write(path: Path, entries: Iterable[str]) -> None:
    path.write_text("".join(f"{each}\n" for each in sorted(entries)), encoding="utf-8")


def _read(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8").split())
