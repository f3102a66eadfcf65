"""The rows of an index: every span of every document, and the text that stands for it in a search."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.corpus.types import Document, Field
from assistant.index.search import Row

# What people call the columns; the columns themselves do not say their name in each cell.
FIELD_WORDS = {
    ("da", Field.ACTORS): "involverede aktører, hvem er med, hvem står for",
    ("en", Field.ACTORS): "actors involved, who takes part, who is responsible",
    ("da", Field.NEXT_STEP): "næste skridt, next step, status, hvad sker der nu",
    ("en", Field.NEXT_STEP): "next step, status, what happens now",
}


def rows_of(documents: Iterable[Document]) -> tuple[Row, ...]:
    """Return one row for each span, in reading order."""
    return tuple(
        Row(document, section, passage, span)
        for document in documents
        for section in document.sections
        for passage in section.passages
        for span in passage.spans
    )


def record_text(row: Row, language: str) -> str:
    """Return heading path, field and words of a row in one language; Danish where there is no translation."""
    english = language == "en" and row.span.translation is not None
    path = row.section.heading_en(row.passage.subheading_en) if english else row.section.heading(row.passage.subheading)
    words = (row.span.translation or "") if english else row.span.quote
    heading = ". ".join(part for part in path if part != words)
    field = FIELD_WORDS.get((language, row.passage.field), "")
    return ". ".join(part for part in (heading, field, words) if part)
