"""Answers that point on: ambiguous numbers, empty parts, short forms, and questions that can be asked next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.compose import named
from assistant.answering.draft import citation_of
from assistant.answering.plans.across import short_title
from assistant.answering.types import Answer, Citation, Status
from assistant.corpus.glossary import Entry
from assistant.corpus.types import Document, Field, Section, SectionKind
from assistant.index.records import Row
from assistant.language.phrases import phrase
from assistant.understanding.references import Reference

ASKABLE = {Field.NEXT_STEP: "ask next", Field.ACTORS: "ask actors", Field.BACKGROUND: "ask overview"}


class Offers:
    """Makes such answers for one document and its rows."""

    def __init__(self, document: Document, rows: Sequence[Row]) -> None:
        self.document, self.rows = document, rows
        self.themes = [section for section in document.sections if section.kind is SectionKind.THEME]

    def title(self, language: str) -> str:
        """Return what the document is called in running text."""
        return self.document.short_title if language == "da" else self.document.short_title_en

    def suggestions(self, language: str) -> tuple[str, ...]:
        """Return opening questions that the document answers."""
        asked: list[str] = []
        used: list[Section] = []
        for field in (Field.BACKGROUND, Field.NEXT_STEP, Field.ACTORS):
            fitting = [section for section in self.themes if section.field(field) and section not in used]
            if fitting:
                used.append(max(fitting, key=lambda section: section.end - section.start))
                asked.append(_ask(ASKABLE[field], used[-1], language))
        return tuple(asked) or tuple(_ask("ask overview", section, language) for section in self.document.sections[:3])

    def follow_ups(self, row: Row, language: str) -> tuple[str, ...]:
        """Return questions about the same theme whose answers stand in other fields."""
        section = row.document.section(row.section.theme) if row.section.theme else row.section
        if section.kind is not SectionKind.THEME:
            return self.suggestions(language)
        told = row.passage.field if section is row.section else None
        return tuple(
            _ask(key, section, language) for field, key in ASKABLE.items() if section.field(field) and field is not told
        )

    def ambiguous(self, reference: Reference, language: str) -> Answer:
        """Explain why a number is ambiguous and offer both readings."""
        keys = {SectionKind.ANNEX: "ask annex"}
        return Answer(
            Status.CLARIFY,
            language,
            self._readings(reference, language),
            closest=self._first_spans(reference.sections),
            suggestions=tuple(
                _ask(keys.get(section.kind, "ask overview"), section, language) for section in reference.sections
            ),
        )

    def _readings(self, reference: Reference, language: str) -> str:
        if reference.name == "annex":
            part, other = reference.sections[0], reference.sections[1]
            theme = named(self.document.section(part.theme or part.id), language)
            other_name = named(other, language)
            return phrase("clarify annex", language, reference=reference.words, theme=theme, other=other_name)
        readings = [_reading(section, language) for section in reference.sections]
        joined = f" {phrase('and', language)} ".join(("; ".join(readings[:-1]), readings[-1]))
        return phrase("clarify number", language, reference=reference.words, readings=joined)

    def unknown(self, reference: Reference, language: str) -> Answer:
        """Say that there is no such theme or part, and which there are."""
        labels = [section.label if language == "da" else section.label_en for section in self.themes]
        choice = ", ".join(labels) or self.title(language)
        text = phrase("no such", language, reference=reference.words, choice=choice)
        return self._pointing(text, self._first_spans(self.themes[:2]), self.suggestions(language), language)

    def empty(self, section: Section, language: str) -> Answer:
        """Say that a section has no text, and where its subject is described."""
        theme = self.document.section(section.theme or section.id)
        label, title = (section.label, section.title) if language == "da" else (section.label_en, section.title_en)
        text = phrase("empty annex", language, label=label, title=short_title(title), theme=named(theme, language))
        row = next((row for row in self.rows if row.section is theme), None)
        suggestions = self.follow_ups(row, language) if row else self.suggestions(language)
        return self._pointing(text, self._first_spans([theme]), suggestions, language)

    def short_form(self, entry: Entry, language: str) -> Answer:
        """Say what a short form stands for in general, or that nobody should guess, and show where it stands."""
        meaning = entry.da if language == "da" else entry.en
        text = phrase("short form" if entry.known else "short initials", language, name=entry.short, meaning=meaning)
        rows = [row for row in self.rows if entry.stands_in(row.span.quote)]
        return self._pointing(text, _cited(rows[:3]), self.suggestions(language), language)

    def _pointing(
        self, text: str, closest: tuple[Citation, ...], suggestions: tuple[str, ...], language: str
    ) -> Answer:
        return Answer(Status.NOT_IN_SOURCE, language, text, (), closest, suggestions)

    def _first_spans(self, sections: Sequence[Section]) -> tuple[Citation, ...]:
        rows = [next((row for row in self.rows if row.section is section), None) for section in sections]
        return _cited([row for row in rows if row])


def _cited(rows: Sequence[Row]) -> tuple[Citation, ...]:
    found = [citation_of(row, number) for number, row in enumerate(rows, 1)]
    return tuple(citation for citation in found if citation)


def _ask(key: str, section: Section, language: str) -> str:
    label, title = (section.label, section.title) if language == "da" else (section.label_en, section.title_en)
    return phrase(key, language, label=label, title=short_title(title))


def _reading(section: Section, language: str) -> str:
    label, title = (section.label, section.title) if language == "da" else (section.label_en, section.title_en)
    key = "row reading" if section.row else "reading"
    return phrase(key, language, row=section.row, label=label, title=title)
