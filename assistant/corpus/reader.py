"""Read one document's folder: `document.toml`, `da.md` and, where there is one, `en.md`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.corpus.called import own_names
from assistant.corpus.labels import is_theme, labelled
from assistant.corpus.markup import Line, LineKind, read_lines, require_same_structure
from assistant.corpus.types import ORDER, Document, Field, Passage, Section, SectionKind, Span
from assistant.errors import CorpusError

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
REQUIRED = ("title", "short_title", "parties", "period", "language", "source")
OPTIONAL = ("title_en", "short_title_en", "besides", "besides_en")
LISTS = ("parties", "parties_en")


def read_document(folder: Path) -> Document:
    """Read the document in `folder`; the folder's name is its id. Raises CorpusError."""
    if not ID.fullmatch(folder.name):
        mend = "Rename the folder, in lower-case letters a-z, digits and hyphens"
        raise CorpusError(folder, 0, "has a name that cannot stand in an address", mend)
    metadata = _metadata(folder / "document.toml")
    danish, english = folder / "da.md", folder / "en.md"
    da = read_lines(danish)
    en = read_lines(english) if english.exists() or english.is_symlink() else None
    if not da or da[0].kind is not LineKind.TITLE:
        raise CorpusError(danish, 1, "the first line is not the title", "Begin with '# Title {doc}'")
    if en is not None:
        require_same_structure(danish, da, english, en)
    builder = _Builder(danish)
    for index, line in enumerate(da):
        builder.add(line, en[index] if en is not None else None)
    sections = builder.finish()
    return Document(
        id=folder.name,
        title=metadata["title"],
        title_en=metadata.get("title_en", metadata["title"]),
        short_title=metadata["short_title"],
        short_title_en=metadata.get("short_title_en", metadata["short_title"]),
        parties=tuple(metadata["parties"]),
        parties_en=tuple(metadata.get("parties_en", metadata["parties"])),
        period=metadata["period"],
        language=metadata["language"],
        source=metadata["source"],
        own_names=own_names((metadata["title"], metadata["short_title"]), sections),
        text="".join(builder.laid),
        sections=sections,
        order=metadata.get("order", ORDER),
        besides=metadata.get("besides", ""),
        besides_en=metadata.get("besides_en", metadata.get("besides", "")),
    )


def order_of(folder: Path) -> int:
    """Return the place among documents that the officer gives the one in `folder`. Raises CorpusError."""
    return int(_metadata(folder / "document.toml").get("order", ORDER))


def _metadata(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CorpusError(path, 0, "is missing", "Write it with " + ", ".join(REQUIRED)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise CorpusError(path, getattr(error, "lineno", 0), f"cannot be read ({error})", "Mend the TOML") from None
    if missing := [name for name in REQUIRED if name not in values]:
        raise CorpusError(path, 0, f"lacks {', '.join(missing)}", "Add it, as in the other documents")
    for name in (*REQUIRED, *OPTIONAL):
        if name not in LISTS and not isinstance(values.get(name, ""), str):
            raise CorpusError(path, 0, f"{name} is not a text", "Put it in quotation marks")
    for name in LISTS:
        if not isinstance(values.get(name, []), list) or not all(
            isinstance(each, str) for each in values.get(name, [])
        ):
            raise CorpusError(path, 0, f"{name} is not a list of texts", 'Write it as ["…", "…"]')
    if not isinstance(values.get("order", 1), int):
        raise CorpusError(path, 0, "order is not a number", "Write order = 1 for the document that comes first")
    return values


@dataclass
class _OpenSection:
    line: Line
    translated: Line | None
    start: int
    passages: list[Passage] = field(default_factory=list)
    counts: dict[Field, int] = field(default_factory=dict)


class _Builder:
    """Lay the lines out as one text and note where each span starts and ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.laid: list[str] = []
        self.length = 0
        self.sections: list[Section] = []
        self.ids: set[str] = set()
        self.open: _OpenSection | None = None
        self.around: list[tuple[Line, Line]] = []  # the headings above the open section and its own, with translations
        self.field = Field.TEXT
        self.subheadings: list[tuple[Line, Line | None]] = []
        self.spans: list[Span] = []
        self.last: LineKind | None = None

    def add(self, line: Line, translated: Line | None) -> None:
        """Add one line with its translation."""
        if line.kind in (LineKind.TITLE, LineKind.SECTION):
            self._close_section()
            self._open_section(line, translated)
        elif line.kind is LineKind.SUBHEADING:
            self._close_passage()
            self.subheadings = [each for each in self.subheadings if each[0].depth < line.depth]
            self.subheadings.append((line, translated))
            self._append(line.words, "\n\n")
        elif line.kind is LineKind.FIELD:
            self._close_passage()
            self.field, self.subheadings = Field(line.words), []
        elif line.kind is LineKind.BREAK:
            self._close_passage()
        else:
            self._add_span(line, translated)
        self.last = line.kind

    def finish(self) -> tuple[Section, ...]:
        """Return the sections; raises CorpusError where an annex elaborates a theme that does not exist."""
        self._close_section()
        self.sections = _with_named_themes(self.sections)
        for section in self.sections:
            if section.theme is not None and section.theme not in self.ids:
                problem = f"{{{section.id}: {section.theme}}} elaborates a section that does not exist"
                raise CorpusError(self.path, 0, problem, "Name an id of this document after the colon")
        return tuple(self.sections)

    def _append(self, words: str, gap: str) -> int:
        gap = gap if self.laid else ""
        start = self.length + len(gap)
        self.laid += (gap, words)
        self.length = start + len(words)
        return start

    def _open_section(self, line: Line, translated: Line | None) -> None:
        if line.id in self.ids:
            raise CorpusError(
                self.path, line.number, f"the id {{{line.id}}} is used twice", "Give each heading its own"
            )
        self.ids.add(line.id)
        row, title, label, group = _cells(line)
        shown = " – ".join(part for part in (label, group) if part)
        start = self._append(f"{row} {title}\n{shown}", "\n\n") if row else self._append(line.words, "\n\n")
        self.open = _OpenSection(line, translated, start)
        self.field, self.subheadings = Field.TEXT, []
        self.around = [each for each in self.around if 0 < each[0].depth < line.depth]
        self.around.append((line, translated or line))
        if line.kind is LineKind.TITLE:  # the title names parties and period, so it can be cited like a sentence
            self._note_span(start, line, translated)
            self._close_passage()

    def _add_span(self, line: Line, translated: Line | None) -> None:
        if self.open is None:
            raise CorpusError(self.path, line.number, "text before the first heading", "Begin with '# Title {doc}'")
        if line.kind is LineKind.ITEM:
            start = self._append("- " + line.words, "\n" if self.last is LineKind.ITEM else "\n\n") + 2
        else:
            start = self._append(line.words, " " if self.last is LineKind.SENTENCE else "\n\n")
        self._note_span(start, line, translated)

    def _note_span(self, start: int, line: Line, translated: Line | None) -> None:
        assert self.open is not None
        number = self.open.counts[self.field] = self.open.counts.get(self.field, 0) + 1
        self.spans.append(
            Span(
                id=f"{self.open.line.id}/{self.field}/{number}",
                start=start,
                end=start + len(line.words),
                quote=line.words,
                translation=translated.words if translated else None,
            )
        )

    def _close_passage(self) -> None:
        if not self.spans or self.open is None:
            return
        self.open.passages.append(
            Passage(
                id=self.spans[0].id,
                section=self.open.line.id,
                field=self.field,
                subheading=_path(danish for danish, _ in self.subheadings),
                subheading_en=_path(english for _, english in self.subheadings),
                spans=tuple(self.spans),
            )
        )
        self.spans = []

    def _close_section(self) -> None:
        self._close_passage()
        if self.open is None:
            return
        line, translated = self.open.line, self.open.translated or self.open.line
        row, title, label, group = _cells(line)
        _, title_en, label_en, group_en = _cells(translated)
        above = self.around[:-1]
        self.sections.append(
            Section(
                id=line.id,
                kind=_kind(line, self.open.passages),
                row=row,
                label=label.rstrip(")"),
                label_en=label_en.rstrip(")"),
                group=group,
                group_en=group_en,
                title=title,
                title_en=title_en,
                theme=line.theme,
                start=self.open.start,
                end=self.length,
                passages=tuple(self.open.passages),
                parent=above[-1][0].id if above else None,
                within=tuple(danish.words for danish, _ in above),
                within_en=tuple(english.words for _, english in above),
            )
        )
        self.open = None


def _cells(line: Line) -> tuple[str, str, str, str]:
    """Return row, title, label and group of a heading; the label of a section that has none is its title."""
    if len(line.cells) == 3:
        row, title, named = line.cells
        label, _, group = named.partition(" – ")
        return row, title, label, group
    if len(line.cells) == 2:
        return "", line.cells[1], line.cells[0], ""
    plain = labelled(line.cells[0])
    if plain.named and plain.title:  # "Tema 2 Grøn varme" without a cell of its own for the label
        return "", plain.title, plain.label, ""
    return "", line.cells[0], line.cells[0], ""


def _path(lines: Iterable[Line | None]) -> str | None:
    """Return a sub-heading with those above it; None where there is none."""
    return " – ".join(line.words for line in lines if line) or None


def _kind(line: Line, passages: Sequence[Passage]) -> SectionKind:
    """Return what a section is: one that says what a table says of a theme is one."""
    if line.kind is LineKind.TITLE:
        return SectionKind.TITLE
    if line.theme is not None:
        return SectionKind.ANNEX
    fields = any(passage.field is not Field.TEXT for passage in passages)
    return SectionKind.THEME if len(line.cells) == 3 or fields else SectionKind.PART


def _with_named_themes(sections: list[Section]) -> list[Section]:
    """Return sections, those that are only called themes as such where no table tells which they are."""
    if any(section.kind is SectionKind.THEME for section in sections):
        return sections
    return [
        replace(each, kind=SectionKind.THEME) if each.kind is SectionKind.PART and is_theme(each.label) else each
        for each in sections
    ]
