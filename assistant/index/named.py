"""What is named anywhere: gathered when the index is built, so that no question has to look through every document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus import Corpus
from assistant.language.values import numbers, years
from assistant.language.words import fold, words


@dataclass(frozen=True, slots=True)
class Named:
    """The folded words of all names, and the numbers and years that stand in the text of any document."""

    names: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[int]

    @classmethod
    def of(cls, corpus: Corpus) -> Named:
        """Gather them from registers, from what people call sections, from the glossary and from the texts."""
        names = [form for register in corpus.registers.values() for fact in register for form in fact.forms]
        names += [alias.name for aliases in corpus.aliases.values() for alias in aliases]
        names += [name for entry in corpus.glossary for name in (entry.short, entry.da, entry.en, *entry.aliases)]
        texts = [document.text for document in corpus.documents]
        return cls(
            frozenset(fold(word) for name in names for word in words(name)),
            frozenset(number for text in texts for number in numbers(text)),
            frozenset(year for text in texts for year in years(text)),
        )

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


def _write(path: Path, entries: Iterable[str]) -> None:
    path.write_text("".join(f"{each}\n" for each in sorted(entries)), encoding="utf-8")


def _read(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8").split())
