"""The hand-edited form of a document: one sentence a line, headings with an id, `[field]` markers.

    # Title {doc}
    ## 7 | Det grønne område | Tema 7 – Regionale fokusområder {tema-7}      row | title | label
    ## Ad 7) | Det grønne område {ad-7: tema-7}                              label | title, elaborates a theme
    ## Formål {formaal}                                                      a plain section
    ### § 4 | Tilskud {paragraf-4}                                           a section within the one above
    ### A sub-heading
    #### A sub-heading below it
    [background] [actors] [next-step]                                        what follows is that field
    A sentence stands on a line of its own.
    - So does an item of a list.

A blank line ends a paragraph. The Danish and the English file have the same lines in the same order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.corpus.types import Field
from assistant.errors import CorpusError

HEADING = re.compile(r"^(#{1,6}) (?P<cells>.+?) \{(?P<id>[a-z0-9][a-z0-9-]*)(?:: (?P<theme>[a-z0-9-]+))?\}$")
SUBHEADING = re.compile(r"^(#{3,6}) (?P<words>.+)$")
FIELD = re.compile(r"^\[(?P<field>[^\]]*)\]$")


class LineKind(StrEnum):
    """What a line of the hand-edited form is."""

    TITLE = "title"
    SECTION = "section heading"
    SUBHEADING = "sub-heading"
    FIELD = "field marker"
    SENTENCE = "sentence"
    ITEM = "list item"
    BREAK = "end of a paragraph"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind, its words, and for headings the id, the cells, the theme elaborated and the depth.

    The depth is 0 for the title, 1 for a section or the sub-heading in one, and more for those within another.
    """

    kind: LineKind
    number: int
    words: str
    id: str = ""
    cells: tuple[str, ...] = ()
    theme: str | None = None
    depth: int = 0


def read_lines(path: Path) -> list[Line]:
    """Read one hand-edited file. Raises CorpusError naming file, line and mend."""
    lines = [_line(path, number, text.strip()) for number, text in enumerate(read_text(path).splitlines(), 1)]
    return _without_idle_breaks(lines)


def read_text(path: Path) -> str:
    """Return the text of a file that is written by hand. Raises CorpusError naming the line that is not UTF-8."""
    if path.exists() and not path.is_file():
        raise CorpusError(path, 0, "is not a file", "Put a text file there")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        number = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CorpusError(path, number, "the line is not UTF-8", "Save the file as UTF-8 and build again") from None
    except OSError as error:
        raise CorpusError(path, 0, f"cannot be read ({error.strerror})", "Restore the file or its rights") from None


def _line(path: Path, number: int, text: str) -> Line:
    if not text:
        return Line(LineKind.BREAK, number, "")
    if text.startswith("#"):
        return _heading(path, number, text)
    if marker := FIELD.match(text):
        if marker["field"] not in set(Field):
            choice = ", ".join(f"[{field}]" for field in Field)
            raise CorpusError(path, number, f"unknown field {text}", f"Write one of {choice}")
        return Line(LineKind.FIELD, number, marker["field"])
    if text.startswith("- "):
        return Line(LineKind.ITEM, number, text[2:].strip())
    return Line(LineKind.SENTENCE, number, text)


def _heading(path: Path, number: int, text: str) -> Line:
    match = HEADING.match(text)
    if match is None and (below := SUBHEADING.match(text)):
        return Line(LineKind.SUBHEADING, number, below["words"].strip(), depth=len(below[1]) - 2)
    if match is None:
        mend = "End it with an id in braces, such as '## 7 | Title | Tema 7 {tema-7}' or '## Title {my-title}'"
        raise CorpusError(path, number, "a heading without an id", mend)
    kind = LineKind.TITLE if match[1] == "#" else LineKind.SECTION
    cells = tuple(cell.strip() for cell in match["cells"].split("|"))
    if not all(cells) or len(cells) > 3:
        raise CorpusError(path, number, "a heading with an empty cell or more than three", "Use row | title | label")
    return Line(kind, number, " ".join(cells), match["id"], cells, match["theme"], len(match[1]) - 1)


def _without_idle_breaks(lines: list[Line]) -> list[Line]:
    """Keep only the blank lines that end a paragraph: the number of blank lines is the writer's own affair."""
    kept: list[Line] = []
    for line in lines:
        if line.kind is LineKind.BREAK and (not kept or kept[-1].kind not in (LineKind.SENTENCE, LineKind.ITEM)):
            continue
        kept.append(line)
    while kept and kept[-1].kind is LineKind.BREAK:
        kept.pop()
    return kept


def require_same_structure(danish: Path, da: list[Line], english: Path, en: list[Line]) -> None:
    """Raise CorpusError at the first line where the translation has another structure than the Danish."""
    for first, second in zip(da, en, strict=False):
        if _shape(first) != _shape(second) or (first.kind is LineKind.FIELD and first.words != second.words):
            problem = f"{_name(second)}, where {danish.name}, line {first.number}, has {_name(first)}"
            raise CorpusError(english, second.number, problem, "Give both files the same lines in the same order")
    if len(da) != len(en):
        shorter, rest = (english, da[len(en)]) if len(en) < len(da) else (danish, en[len(da)])
        other = danish if shorter is english else english
        problem = f"ends before {_name(rest)} of {other.name}, line {rest.number}"
        lines = en if shorter is english else da
        raise CorpusError(shorter, lines[-1].number if lines else 1, problem, "Add what is missing")


def _shape(line: Line) -> tuple[object, ...]:
    return line.kind, line.id, line.theme, len(line.cells), line.depth


def _name(line: Line) -> str:
    identity = f"{line.id}: {line.theme}" if line.theme else line.id
    named = {LineKind.FIELD: f"the field [{line.words}]", LineKind.SECTION: f"the section {{{identity}}}"}
    return named.get(line.kind, f"a {line.kind}")
