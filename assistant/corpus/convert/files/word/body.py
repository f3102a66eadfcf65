"""The text of a Word file in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.corpus.convert.blocks import (
    Block,
    Content,
    Heading,
    Item,
    Note,
    Paragraph,
    Remark,
    Table,
    Unreadable,
    table_of,
)
from assistant.corpus.convert.files.word.numbers import Numbers
from assistant.corpus.convert.files.word.package import SAVE, Package, val, w
from assistant.corpus.convert.files.word.styles import Styles

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = {w("del"), w("moveFrom"), FALLBACK, w("rPr"), w("pPr"), w("instrText"), w("delText"), w("sectPr")}
SIGNS = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("noBreakHyphen"): "-"}
REFERENCES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
DEEPEST = 40


def read_word(file: Path) -> Content:
    """Return the blocks of a Word file. Raises Unreadable."""
    package = Package(file)
    root = package.part("word/document.xml")
    body = root.find(w("body")) if root is not None else None
    if body is None:
        raise Unreadable("is not a Word document", SAVE)
    reader = _Reader(package)
    blocks = tuple(reader.blocks(body))
    return Content(blocks, package.title(), tuple(_remarks(root, reader, package)))


def _remarks(root: Any, reader: _Reader, package: Package) -> Iterator[Remark]:
    seen = {
        "inserted": sum(1 for _ in root.iter(w("ins"), w("moveTo"))),
        "deleted": sum(1 for _ in root.iter(w("del"), w("moveFrom"))),
        "comments": sum(1 for _ in root.iter(w("commentReference"))),
        "images": sum(1 for _ in root.iter(*PICTURES)),
        "running": sum(
            bool("".join(part.itertext(w("t"))))
            for kind in ("header", "footer")
            for part in package.parts(f"word/{kind}")
        ),
    }
    yield from (Remark(kind, count) for kind, count in {**seen, **reader.left_out}.items() if count)


class _Reader:
    """Walks the body; what a paragraph refers to (notes, text boxes) comes right after it."""

    def __init__(self, package: Package) -> None:
        self.styles = Styles(package.part("word/styles.xml"))
        self.numbers = Numbers(package.part("word/numbering.xml"))
        self.notes = {kind: _notes(package.part(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
        self.marks: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.pending: list[Block] = []

    def blocks(self, element: Any, depth: int = 0) -> Iterator[Block]:
        """Yield the blocks of a body, a content control, a cell or a text box."""
        if depth > DEEPEST:
            raise Unreadable("is nested too deeply", SAVE)
        for child in element:
            if child.tag == w("p"):
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield table_of(self._row(row, depth) for row in _rows(child))
                yield from self._awaited()
            elif child.tag == w("sdt") and "Contents" in val(
                child.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
            ):
                self.left_out["contents"] += 1
            elif child.tag not in GONE:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        runs = [(text, run) for run, text in self._runs(paragraph, 0)]
        words = " ".join("".join(text for text, _ in runs).split())
        listed, level = self.styles.number(paragraph), self.styles.level(paragraph)
        if self.styles.is_contents(paragraph):
            self.left_out["contents"] += 1
        elif words:
            number = self.numbers.next(*listed) if listed else ""
            bold = all(self.styles.is_bold(run, paragraph) for text, run in runs if text.strip())
            yield self._block(words, level, number, listed, self.styles.list_level(paragraph), bold)
        yield from self._awaited()

    def _block(
        self, words: str, level: int | None, number: str, listed: tuple[str, int] | None, named: int | None, bold: bool
    ) -> Block:
        if level is not None:
            return Heading(words, level + 1, number.rstrip(".:)"))
        if listed or named:
            return Item(f"{number} {words}".strip(), listed[1] + 1 if listed and listed[1] else named or 1)
        return Paragraph(words, bold)

    def _awaited(self) -> Iterator[Block]:
        """Yield the notes and text boxes that were met on the way."""
        pending, self.pending = self.pending, []
        yield from pending

    def _runs(self, element: Any, depth: int) -> Iterator[tuple[Any, str]]:
        """Yield the runs of a paragraph with their text; notes and text boxes go to `pending`."""
        for child in element if depth <= DEEPEST else ():
            if child.tag == w("r"):
                yield child, "".join(self._texts(child, depth))
            elif child.tag not in GONE:
                yield from self._runs(child, depth + 1)

    def _texts(self, element: Any, depth: int) -> Iterator[str]:
        for child in element if depth <= DEEPEST else ():
            if child.tag == w("t"):
                yield child.text or ""
            elif child.tag in SIGNS:
                yield SIGNS[child.tag]
            elif child.tag in REFERENCES:
                self._refer(REFERENCES[child.tag], child.get(w("id"), ""))
            elif child.tag == w("txbxContent"):
                inside = [*self.blocks(child, depth + 1)]
                self.pending += inside
            elif child.tag not in GONE:
                yield from self._texts(child, depth + 1)

    def _refer(self, kind: str, name: str) -> None:
        if note := self.notes[kind].get(name):
            self.marks[kind] += 1
            number = self.marks[kind]
            self.pending.append(
                Note(note, str(number) if kind == "footnote" else "i" * number if number < 4 else str(number))
            )

    def _row(self, row: Any, depth: int) -> list[str]:
        cells: list[str] = []
        for cell in _cells(row):
            span = val(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), "1")
            merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
            below = merged is not None and val(merged, "continue") == "continue"
            cells.append("" if below else self._cell(cell, depth))
            cells += [""] * (min(int(span), 60) - 1 if span.isdigit() else 0)
        return cells

    def _cell(self, cell: Any, depth: int) -> str:
        awaited, self.pending = self.pending, []
        inside = [*self.blocks(cell, depth + 1)]
        self.pending = [*awaited, *(block for block in inside if isinstance(block, Note))]
        return "\n".join(part for block in inside if not isinstance(block, Note) for part in _told(block))


def _told(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [" ".join(filter(None, row)) for row in block.rows]
    return [f"{block.label} {block.words}".strip()] if isinstance(block, Heading) else [block.words]


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table that were not deleted, those in content controls included."""
    for child in table:
        if child.tag == w("tr") and child.find(f"{w('trPr')}/{w('del')}") is None:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins")):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == w("tc"):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent")):
            yield from _cells(child)


def _notes(root: Any, kind: str) -> dict[str, str]:
    """Return the words of a file's notes by their ids; those that only draw a line are none."""
    found = {}
    for note in root.iterchildren(w(kind)) if root is not None else ():
        kept = (text for text in note.iter(w("t")) if not any(up.tag in GONE for up in text.iterancestors()))
        found[note.get(w("id"))] = " ".join("".join(text.text or "" for text in kept).split())
    return {name: words for name, words in found.items() if words}
