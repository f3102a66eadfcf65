"""Documents of the evaluation as files of other kinds: what is read back must be what was written.

The six invented documents in `tests/questions/documents` are written as Markdown, as Word (portrait and landscape) and,
where LibreOffice is installed, as PDF of both. `python -m tests.corpus.figures` prints how they are read.
"""

from __future__ import annotations

import functools
import operator
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT

from assistant.corpus.labels import labelled
from assistant.corpus.markup import LineKind, read_lines
from assistant.corpus.types import Field

FOLDER = Path(__file__).parents[1] / "questions" / "documents"
COLUMNS = ("Initiativ", "Baggrund", "Aktører", "Næste skridt")
FIELDS = (Field.BACKGROUND, Field.ACTORS, Field.NEXT_STEP)


@dataclass
class Row:
    """A theme: its label, its title, and the lines of its fields."""

    label: str
    title: str
    fields: dict[Field, list[str]] = field(default_factory=dict)


@dataclass
class Original:
    """A document as a row of ("title" | "section" | "sub-heading" | "paragraph" | "item", words) and tables of themes."""

    name: str
    pieces: list[tuple[str, str, str] | list[Row]] = field(default_factory=list)

    @property
    def headings(self) -> list[tuple[str, str, str]]:
        """The headings as kind, label and title, the rows of tables among them; one with a label is a section."""
        found = []
        for piece in self.pieces:
            if isinstance(piece, list):
                found += [("section", row.label, row.title) for row in piece]
            elif piece[0] in ("section", "sub-heading"):
                named = labelled(f"{piece[1]} {piece[2]}".strip())
                found.append(("section" if named.label else piece[0], named.label, named.title))
        return found

    @property
    def rows(self) -> list[Row]:
        return [row for piece in self.pieces if isinstance(piece, list) for row in piece]

    @property
    def text(self) -> str:
        """All words, each as often as it is written."""
        told = []
        for piece in self.pieces:
            if isinstance(piece, list):
                told += [
                    " ".join([row.label, row.title, *functools.reduce(operator.iadd, row.fields.values(), [])])
                    for row in piece
                ]
            else:
                told.append(f"{piece[1]} {piece[2]}")
        return " ".join(told)


def originals() -> list[Original]:
    """Return the six documents."""
    return [_original(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "da.md").exists()]


def _original(folder: Path) -> Original:
    found = Original(folder.name)
    column: Field | None = None
    going = False
    for line in read_lines(folder / "da.md"):
        rows = found.pieces[-1] if found.pieces and isinstance(found.pieces[-1], list) else None
        if line.kind is LineKind.SECTION and len(line.cells) == 3:
            label = line.cells[2].partition(" – ")[0]
            row = Row(label, line.cells[1])
            rows.append(row) if rows is not None else found.pieces.append([row])
            column = None
        elif line.kind is LineKind.FIELD:
            column = Field(line.words)
        elif rows is not None and line.kind in (LineKind.SENTENCE, LineKind.ITEM, LineKind.SUBHEADING):
            rows[-1].fields.setdefault(column or Field.BACKGROUND, []).append(line.words)
        elif line.kind is LineKind.SENTENCE and going and isinstance(last := found.pieces[-1], tuple):
            found.pieces[-1] = (last[0], "", f"{last[2]} {line.words}")
        elif line.kind is not LineKind.BREAK:
            found.pieces.append(_piece(line.kind, line.cells, line.words))
        going = line.kind is LineKind.SENTENCE and rows is None
    return found


def _piece(kind: LineKind, cells: tuple[str, ...], words: str) -> tuple[str, str, str]:
    names = {
        LineKind.TITLE: "title",
        LineKind.SECTION: "section",
        LineKind.SUBHEADING: "sub-heading",
        LineKind.ITEM: "item",
    }
    label, title = cells if len(cells) == 2 else ("", words)
    return names.get(kind, "paragraph"), label, title


def write_markdown(original: Original, file: Path) -> Path:
    """Write a document as Markdown."""
    file.write_text("\n".join(_markdown(original)) + "\n", encoding="utf-8")
    return file


def _markdown(original: Original) -> Iterator[str]:
    marks = {"title": "# ", "section": "## ", "sub-heading": "### ", "item": "- ", "paragraph": ""}
    for piece in original.pieces:
        if isinstance(piece, list):
            yield from ["", f"| {' | '.join(COLUMNS)} |", "|---|---|---|---|"]
            yield from (f"| {' | '.join(_cells(row))} |" for row in piece)
            yield ""
        else:
            kind, label, title = piece
            yield from [] if kind == "item" else [""]
            yield marks[kind] + f"{label} {title}".strip()


def _cells(row: Row) -> list[str]:
    return [f"{row.label}: {row.title}", *(" ".join(row.fields.get(each, [])) for each in FIELDS)]


def write_word(original: Original, file: Path, landscape: bool = False) -> Path:
    """Write a document as Word with its common styles, tables with rules."""
    document = docx.Document()
    if landscape:
        page = document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width
    for piece in original.pieces:
        if isinstance(piece, list):
            table = document.add_table(rows=1, cols=4, style="Table Grid")
            for cells in ([*COLUMNS], *map(_cells, piece)):
                row = table.rows[0] if cells[0] == COLUMNS[0] else table.add_row()
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        else:
            kind, label, title = piece
            styles = {"title": "Title", "section": "Heading 1", "sub-heading": "Heading 2", "item": "List Bullet"}
            document.add_paragraph(f"{label} {title}".strip(), style=styles.get(kind))
    document.save(str(file))
    return file


def as_pdf(file: Path) -> Path:
    """Turn a Word file into a PDF beside it, by LibreOffice. Raises FileNotFoundError where it makes none."""
    profile = (file.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(file.parent), str(file)], capture_output=True, check=False, timeout=180)
    made = file.with_suffix(".pdf")
    if not made.exists():
        raise FileNotFoundError(made)
    return made
