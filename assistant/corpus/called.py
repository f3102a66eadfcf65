"""By which words the sections of a document are called: its titles, what people call them, and what tells one theme."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.aliases import Alias
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import LANGUAGES, both
from assistant.language.words import stem, words

SHORTEST = 4  # letters of a word that can tell a theme


@dataclass(frozen=True, slots=True)
class Called:
    """The sections of one document by whole names ("det grønne område"), and themes by the stems that tell them."""

    names: Mapping[str, Section]
    telling: Mapping[str, Section]

    @classmethod
    def of(cls, document: Document, aliases: Sequence[Alias]) -> Called:
        """Gather what the sections of a document are called."""
        return cls(_names(document, aliases), _telling(document))


def tells(word: str) -> bool:
    """Return whether a word can tell a theme at all."""
    return len(word) >= SHORTEST and word not in both("sections", "idle")


def stems_held(document: Document) -> dict[str, frozenset[str]]:
    """Return the stems of the words that a document says, by language."""
    sections = document.sections
    english = [span.translation or "" for s in sections for p in s.passages for span in p.spans]
    texts = {"da": document.text, "en": " ".join((*english, *(section.title_en for section in sections)))}
    return {each: frozenset(stem(word, each) for word in words(text)) for each, text in texts.items()}


def _names(document: Document, aliases: Sequence[Alias]) -> dict[str, Section]:
    """Return sections by their titles and by aliases of whole sections."""
    known: dict[str, Section] = {}
    for alias in aliases:
        if alias.whole:
            section = document.section(alias.targets[0].partition("/")[0])
            known.setdefault(" ".join(words(alias.name)), section)
    for section in document.sections:
        if section.kind is not SectionKind.TITLE and section.kind is not SectionKind.ANNEX:
            for title in (section.title, section.title_en):
                known.setdefault(" ".join(words(re.sub(r"\(.*?\)", "", title))), section)
    return known


def _telling(document: Document) -> dict[str, Section]:
    """Return themes by the stems that stand in the title of one of them alone, in either language."""
    found: dict[str, list[Section]] = {}
    for section in document.sections:
        if section.kind in (SectionKind.THEME, SectionKind.PART):
            for title, language in ((section.title, "da"), (section.title_en, "en")):
                bare = re.sub(r"\(.*?\)|, herunder.*|, including.*", "", title)
                for word in {stem(word, language) for word in words(bare) if tells(word)}:
                    found.setdefault(word, []).append(section)
    return {word: sections[0] for word, sections in found.items() if len(sections) == 1}


def stems_of(word: str) -> set[str]:
    """Return the stems, one a language, by which a word may tell a theme."""
    return {stem(word, language) for language in LANGUAGES} if tells(word) else set()
