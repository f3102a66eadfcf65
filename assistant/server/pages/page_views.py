"""What the document page and the overview of themes show, in the shape that their templates walk through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from assistant.corpus import Document, Field, Passage, Section, SectionKind, Span
from assistant.corpus.types import Summary, Theme, ThemeWords

SORT_COLUMNS = ("row", "label", "title", "actors", "next_step")
# æ, ø and å are the last letters of the Danish alphabet, in that order.
_DANISH_ORDER = str.maketrans({"æ": "z1", "ø": "z2", "å": "z3"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `anchor` is true for the first stretch that is cited."""

    text: str
    cited: bool
    anchor: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One span as pieces, with its translation; `item` tells an item of a list."""

    pieces: tuple[Piece, ...]
    translation: str | None
    cited: bool
    item: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage: its sub-heading where it is the first below it, and its sentences.

    `label` tells words above the themes that are no sentence: the header of the table that they come from.
    """

    subheading: str | None
    subheading_en: str | None
    sentences: tuple[Sentence, ...]
    label: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its paragraphs by field; `cited` is true where the cited place is its heading."""

    section: Section
    fields: tuple[tuple[Field, tuple[Paragraph, ...]], ...]
    annexes: tuple[Section, ...]
    theme: Section | None
    cited: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as it is read; `found` is false where a cited place was asked for and is not in the text."""

    sections: tuple[SectionView, ...]
    found: bool


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme of the overview, in one language."""

    document: Summary
    section: str
    row: str
    label: str
    title: str
    group: str
    actors: tuple[str, ...]
    next_step: tuple[str, ...]


def view_document(document: Document, start: int | None, end: int | None) -> DocumentView:
    """Lay the document out with the code points from `start` to `end` marked."""
    marker = _Marker(document, start, end)
    sections = tuple(_view_section(document, section, marker) for section in document.sections)
    return DocumentView(sections, marker.found)


class _Marker:
    """Cuts spans where the cited place begins and ends, and hands out its anchor once."""

    def __init__(self, document: Document, start: int | None, end: int | None) -> None:
        self.text = document.text
        valid = start is not None and end is not None and 0 <= start < end <= len(document.text)
        self.start, self.end = (start or 0, end or 0) if valid else (0, 0)
        self.used = False
        self.asked = start is not None or end is not None

    @property
    def found(self) -> bool:
        return self.used or not self.asked

    def heading(self, section: Section) -> bool:
        """Whether the cited place begins in the heading, before the first sentence."""
        first = min((span.start for passage in section.passages for span in passage.spans), default=section.end)
        if self.used or not section.start <= self.start < self.end or self.start >= first:
            return False
        self.used = True
        return True

    def sentence(self, span: Span) -> Sentence:
        first, last = max(self.start, span.start), min(self.end, span.end)
        item = self.text[max(span.start - 2, 0) : span.start] == "- "
        if first >= last:
            return Sentence((Piece(span.quote, False, False),), span.translation, False, item)
        head, tail = self.text[span.start : first], self.text[last : span.end]
        pieces = [
            Piece(head, False, False),
            Piece(self.text[first:last], True, not self.used),
            Piece(tail, False, False),
        ]
        self.used = True
        return Sentence(tuple(piece for piece in pieces if piece.text), span.translation, True, item)


def _view_section(document: Document, section: Section, marker: _Marker) -> SectionView:
    cited = marker.heading(section)
    grouped = groupby(section.passages, key=lambda passage: passage.field)
    above = section.kind is SectionKind.TITLE and any(each.kind is SectionKind.THEME for each in document.sections)
    title = document.title if above else ""
    fields = tuple((field, tuple(_paragraphs(passages, marker, title))) for field, passages in grouped)
    theme = document.section(section.theme) if section.theme else None
    return SectionView(section, fields, document.annexes(section.id), theme, cited)


def _paragraphs(passages: Iterable[Passage], marker: _Marker, title: str) -> Iterable[Paragraph]:
    """Yield the passages as paragraphs; `title` is that of the document above its themes, "" in any other section."""
    above = None
    for passage in passages:
        fresh = passage.subheading != above
        above = passage.subheading
        quote = passage.spans[-1].quote
        yield Paragraph(
            passage.subheading if fresh else None,
            passage.subheading_en if fresh else None,
            tuple(marker.sentence(span) for span in passage.spans),
            title not in ("", quote) and not quote.endswith((".", "!", "?", ":", ";")),
        )


def theme_rows(themes: Iterable[tuple[Summary, Theme]], language: str) -> list[ThemeRow]:
    """Return every theme of every document in one language, in reading order."""
    return [_theme_row(document, theme, theme.told(language)) for document, theme in themes]


def _theme_row(document: Summary, theme: Theme, told: ThemeWords) -> ThemeRow:
    return ThemeRow(document, theme.section, theme.row, told.label, told.title, told.group, told.actors, told.next_step)


def sort_rows(rows: list[ThemeRow], column: str, descending: bool) -> list[ThemeRow]:
    """Sort by one of SORT_COLUMNS, empty cells last; any other column leaves the reading order."""
    if column not in SORT_COLUMNS:
        return rows
    filled = [row for row in rows if getattr(row, column)]
    empty = [row for row in rows if not getattr(row, column)]
    return sorted(filled, key=lambda row: natural_order(getattr(row, column)), reverse=descending) + empty


def natural_order(value: str | tuple[str, ...]) -> list[tuple[int, str]]:
    """Numbers by size, so that Tema 10 follows Tema 9; letters in Danish order."""
    words = value if isinstance(value, str) else " ".join(value)
    parts = re.findall(r"\d+|\D+", words.lower())
    return [(int(part), "") if part.isdecimal() else (-1, part.translate(_DANISH_ORDER)) for part in parts]
