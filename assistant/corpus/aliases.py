"""What people call a section or a topic in it: noun phrases beside a document that a records officer can extend.

## tema-7                       a section, or the ids of the spans that state a topic
da: vindmøllerne
en: the wind turbines
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.questions import entries, resolve
from assistant.corpus.types import Document
from assistant.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, its language, the spans it stands for, and whether it names a whole section."""

    language: str
    name: str
    targets: tuple[str, ...]
    whole: bool


def read_aliases(path: Path, document: Document) -> tuple[Alias, ...]:
    """Read `aliases.txt`; a document without one has none. Raises CorpusError."""
    if not path.exists():
        return ()
    sections = {section.id for section in document.sections}
    found: list[Alias] = []
    targets: tuple[str, ...] = ()
    whole = False
    for number, mark, words in entries(path):
        if mark == "##":
            targets, whole = resolve(path, number, words, document), words in sections
        elif not targets:
            raise CorpusError(path, number, "a name before the first target", "Write '## tema-…' above it")
        else:
            found.append(Alias(mark, words, targets, whole))
    return tuple(found)
