"""Questions that can be asked next, and that a document answers."""

from __future__ import annotations

from assistant.answering.collecting.told import label_of, title_of
from assistant.corpus.types import Document, Field, Section, SectionKind
from assistant.index.records import Row
from assistant.language.phrases import phrase

ASKABLE = {Field.NEXT_STEP: "ask next", Field.ACTORS: "ask actors", Field.BACKGROUND: "ask overview"}


class Offers:
    """Makes such questions for one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.themes = [section for section in document.sections if section.kind is SectionKind.THEME]

    def suggestions(self, language: str) -> tuple[str, ...]:
        """Return opening questions that the document answers."""
        asked: list[str] = []
        used: list[Section] = []
        for field in (Field.BACKGROUND, Field.NEXT_STEP, Field.ACTORS):
            fitting = [section for section in self.themes if section.field(field) and section not in used]
            if fitting:
                used.append(max(fitting, key=lambda section: section.end - section.start))
                asked.append(ask(ASKABLE[field], used[-1], language))
        return tuple(asked) or tuple(ask("ask overview", section, language) for section in self.document.sections[:3])

    def follow_ups(self, row: Row, language: str) -> tuple[str, ...]:
        """Return questions about the same theme whose answers stand in other fields."""
        section = row.document.theme_of(row.section)
        if section.kind is not SectionKind.THEME:
            return self.suggestions(language)
        told = row.passage.field if section is row.section else None
        return tuple(
            ask(key, section, language) for field, key in ASKABLE.items() if section.field(field) and field is not told
        )


def ask(key: str, section: Section, language: str) -> str:
    """Return a question about a section."""
    return phrase(key, language, label=label_of(section, language), title=title_of(section, language))
