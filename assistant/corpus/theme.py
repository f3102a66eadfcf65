"""What an overview of the themes of many documents shows of each: kept apart, so that no document need be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.corpus.types import Document, Field, Section, SectionKind

CELLS = (Field.ACTORS, Field.NEXT_STEP)


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """What one theme is called, and its cells, in one language."""

    label: str
    title: str
    group: str
    actors: tuple[str, ...]
    next_step: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme by the id of its section, with the number printed in front of it, in Danish and English."""

    section: str
    row: str
    da: ThemeWords
    en: ThemeWords

    def told(self, language: str) -> ThemeWords:
        """Return its words in "da" or "en"."""
        return self.da if language == "da" else self.en


def themes_of(document: Document) -> tuple[Theme, ...]:
    """Return every theme of a document, in reading order."""
    themes = (section for section in document.sections if section.kind is SectionKind.THEME)
    return tuple(Theme(each.id, each.row, _danish(each), _english(each)) for each in themes)


def theme_from_json(value: dict[str, Any]) -> Theme:
    """Return the theme that `dataclasses.asdict` wrote."""
    told = {each: ThemeWords(**{**value[each], **_cells(value[each])}) for each in ("da", "en")}
    return Theme(value["section"], value["row"], told["da"], told["en"])


def _cells(value: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(value[name]) for name in ("actors", "next_step")}


def _danish(section: Section) -> ThemeWords:
    actors, steps = (tuple(span.quote for span in section.field(each)) for each in CELLS)
    return ThemeWords(section.label, section.title, section.group, actors, steps)


def _english(section: Section) -> ThemeWords:
    actors, steps = (tuple(span.translation or span.quote for span in section.field(each)) for each in CELLS)
    return ThemeWords(section.label_en, section.title_en, section.group_en, actors, steps)
