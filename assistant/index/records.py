"""The rows of an index: every span of every document, and the text that stands for it in a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.corpus.types import Document, Field, Passage, Section, Span
from assistant.language.files import words_of

# The cells of these columns do not say their name themselves; language/*/fields.toml has what people call them.
NAMED_FIELDS = (Field.ACTORS, Field.NEXT_STEP)


@dataclass(frozen=True, slots=True)
class Row:
    """One span with the passage, section and document that it stands in."""

    document: Document
    section: Section
    passage: Passage
    span: Span

    @property
    def key(self) -> str:
        """The id of the span over all documents."""
        return f"{self.document.id}/{self.span.id}"

    @property
    def both(self) -> str:
        """The words of the span, and their translation if there is one."""
        return f"{self.span.quote} {self.span.translation or ''}"


def rows_of(documents: Iterable[Document]) -> tuple[Row, ...]:
    """Return one row for each span, in reading order."""
    return tuple(
        row for document in documents for section in document.sections for row in section_rows(document, section)
    )


def section_rows(document: Document, section: Section) -> Iterator[Row]:
    """Yield the rows of one section, in reading order."""
    for passage in section.passages:
        for span in passage.spans:
            yield Row(document, section, passage, span)


def field_rows(document: Document, section: Section, *fields: Field) -> list[Row]:
    """Return the rows of some fields of one section, in reading order."""
    return [row for row in section_rows(document, section) if row.passage.field in fields]


def headed_text(row: Row, language: str) -> str | None:
    """Return heading path, field and words of a row in one language; None where there is no translation."""
    words = row.span.quote if language == "da" else row.span.translation
    if words is None:
        return None
    section, passage = row.section, row.passage
    path = section.heading(passage.subheading) if language == "da" else section.heading_en(passage.subheading_en)
    field = words_of("fields", language).says[passage.field] if passage.field in NAMED_FIELDS else ""
    heading = " > ".join(part for part in (*path, field) if part and part != words)
    return f"{heading}: {words}" if heading else words


def record_text(row: Row, language: str) -> str | None:
    """Return the same with the short title of the document in front."""
    headed = headed_text(row, language)
    title = row.document.title_in(language)
    return None if headed is None else f"{title} > {headed}"
