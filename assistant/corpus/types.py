"""The types of the corpus layer: Document > Section > Passage > Span."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from enum import StrEnum

# The place among the documents of one to which the officer gives none.
ORDER = 100


class SectionKind(StrEnum):
    """What a section is in the document."""

    TITLE = "title"
    PART = "part"
    THEME = "theme"
    ANNEX = "annex"


class Field(StrEnum):
    """The column of the agreement's table that a passage stands in; `TEXT` outside the table."""

    TEXT = "text"
    BACKGROUND = "background"
    ACTORS = "actors"
    NEXT_STEP = "next-step"


# The fields that are written out in sentences.
PROSE = (Field.BACKGROUND, Field.TEXT)


# What a theme has in the table beside its background.
CELLS = (Field.ACTORS, Field.NEXT_STEP)


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence or a field value: the smallest thing that can be cited.

    `start` and `end` are code points into the document's Danish text: `text[start:end] == quote`.
    `id` is `<section>/<field>/<number>`; the number counts the spans of that field from 1.
    """

    id: str
    start: int
    end: int
    quote: str
    translation: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a list or a field with its heading path: what is indexed and found."""

    id: str
    section: str
    field: Field
    subheading: str | None
    subheading_en: str | None
    spans: tuple[Span, ...]

    def subheading_in(self, language: str) -> str | None:
        """Return the sub-heading in "da" or "en"; None where there is none."""
        return self.subheading if language == "da" else self.subheading_en


@dataclass(frozen=True, slots=True)
class Section:
    """A theme of the table, a part of the annex, or the title block.

    `row` is the number printed in front of a theme (not unique), `label` the words that name the section
    ("Tema 7", "Ad 7"), `group` what the label adds ("Regionale fokusområder"), `theme` the id of the theme
    that an annex part elaborates. `parent` is the id of the section that it stands within, and `within` what the
    sections around it are called, the outermost first. `start` and `end` cover the section in the Danish text.
    """

    id: str
    kind: SectionKind
    row: str
    label: str
    label_en: str
    group: str
    group_en: str
    title: str
    title_en: str
    theme: str | None
    start: int
    end: int
    passages: tuple[Passage, ...]
    parent: str | None = None
    within: tuple[str, ...] = ()
    within_en: tuple[str, ...] = ()

    def field(self, field: Field) -> tuple[Span, ...]:
        """Return the spans of one field, in reading order."""
        return tuple(span for passage in self.passages if passage.field is field for span in passage.spans)

    def heading(self, subheading: str | None = None) -> tuple[str, ...]:
        """Return the Danish heading path: sections around it, label, title and, where given, the sub-heading."""
        path = (self.label, self.title) if self.label != self.title else (self.title,)
        return (*self.within, *path, *((subheading,) if subheading else ()))

    def heading_en(self, subheading: str | None = None) -> tuple[str, ...]:
        """Return the English heading path."""
        path = (self.label_en, self.title_en) if self.label_en != self.title_en else (self.title_en,)
        return (*self.within_en, *path, *((subheading,) if subheading else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is known of a document without reading it: what stands about it in `document.toml`, and its own names, in
    small letters, by which a question tells which document it is asked of.
    """

    id: str
    title: str
    title_en: str
    short_title: str
    short_title_en: str
    parties: tuple[str, ...]
    parties_en: tuple[str, ...]
    period: str
    language: str
    source: str
    order: int
    own_names: tuple[str, ...]

    def title_in(self, language: str) -> str:
        """Return what the document is called in running text, in "da" or "en"."""
        return self.short_title if language == "da" else self.short_title_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Summary):
    """One agreement: its metadata, its Danish text and its sections in reading order.

    `order` is the place among several documents that the officer gives it; what no document is named for is asked of
    the first. `besides` is whom the actors column leaves out, as its heading says ("Vækstforum"); mostly nobody.
    """

    text: str
    sections: tuple[Section, ...]
    order: int = ORDER
    besides: str = ""
    besides_en: str = ""

    @property
    def summary(self) -> Summary:
        """What is known of it without its text."""
        return Summary(**{each.name: getattr(self, each.name) for each in fields(Summary)})

    def section(self, section_id: str) -> Section:
        """Return the section of that id; raises KeyError where there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def theme_of(self, section: Section) -> Section:
        """Return the theme that an annex part elaborates; any other section itself."""
        return self.section(section.theme) if section.theme else section

    def kin(self, ids: Collection[str]) -> frozenset[str]:
        """Return the ids of sections with those of the annex parts and themes that belong to them."""
        found = [section for section in self.sections if section.id in ids]
        wanted = {section.id for section in found} | {section.theme for section in found if section.theme}
        return frozenset(wanted | {section.id for section in self.sections if section.theme in wanted})

    def annexes(self, theme_id: str) -> tuple[Section, ...]:
        """Return the annex parts that elaborate a theme."""
        return tuple(section for section in self.sections if section.theme == theme_id)


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
    """Return every theme of a document, in reading order, as an overview shows it without opening the document."""
    themes = (section for section in document.sections if section.kind is SectionKind.THEME)
    return tuple(Theme(each.id, each.row, _danish(each), _english(each)) for each in themes)


def _danish(section: Section) -> ThemeWords:
    actors, steps = (tuple(span.quote for span in section.field(each)) for each in CELLS)
    return ThemeWords(section.label, section.title, section.group, actors, steps)


def _english(section: Section) -> ThemeWords:
    actors, steps = (tuple(span.translation or span.quote for span in section.field(each)) for each in CELLS)
    return ThemeWords(section.label_en, section.title_en, section.group_en, actors, steps)
