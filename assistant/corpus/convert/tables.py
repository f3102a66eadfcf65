"""Tables: one over initiatives becomes themes with fields, every other one sentence a row with its header's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.corpus.convert.blocks import Block, Item, Paragraph, Table
from assistant.corpus.convert.lines import joined
from assistant.corpus.labels import labelled
from assistant.corpus.types import Field
from assistant.language.files import either

COLUMNS = {"background": Field.BACKGROUND, "actors": Field.ACTORS, "next-step": Field.NEXT_STEP}
LEAST_FIELDS = 2
LONGEST_HEADER = 60
LONGEST_CELL = 200
Rows = tuple[tuple[str, ...], ...]
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?")
# A cell that says that nothing is in it.
EMPTY = re.compile(r"\W*")
VALUE = re.compile(r"^[\d.,\s%–-]*$")


@dataclass(slots=True)
class Theme:
    """A row over an initiative: its number, its title, the paragraphs of its fields, and those of other columns."""

    row: str
    title: str
    fields: dict[Field, list[str]] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)


def columns_of(table: Table) -> Mapping[str, int] | None:
    """Return where a table over initiatives has its columns, by their names in `convert.toml`; None for any other."""
    found: dict[str, int] = {}
    for place, header in enumerate(table.rows[0] if table.rows else ()):
        for name in ("number", "initiative", *COLUMNS):
            pattern = re.compile(either("convert", name).pattern, re.IGNORECASE)
            if name not in found and pattern.search(" ".join(header.split())):
                found[name] = place
                break
    enough = "initiative" in found and len(found.keys() & COLUMNS.keys()) >= LEAST_FIELDS
    return found if enough and len(table.rows) > 1 else None


def themes(table: Table, columns: Mapping[str, int]) -> list[Theme]:
    """Return the rows of a table over initiatives; a row without a title goes on with the one above."""
    header, *rows = table.rows
    found: list[Theme] = []
    for row in rows:
        title = " ".join(row[columns["initiative"]].split())
        if row == header or not any(row):
            continue
        if title or not found:
            number = row[columns["number"]].strip() if "number" in columns else ""
            found.append(Theme(number, _called(title, header[columns["initiative"]]) or "…"))
        for place, cell in enumerate(row):
            name = next((name for name, at in columns.items() if at == place), "")
            if EMPTY.fullmatch(cell):
                continue
            if name in COLUMNS:
                _go_on(found[-1].fields.setdefault(COLUMNS[name], []), cell)
            elif not name:
                found[-1].other.append(_with_header(header[place], cell))
    return found


def _called(title: str, header: str) -> str:
    """Return a row's title with the word of its column in front of a number: "Initiativ 3. Varme fra havet"."""
    named = labelled(title)
    word = " ".join(header.split())
    is_number = named.label and not named.named and named.title
    return f"{word} {title}" if is_number and labelled(f"{word} {title}").named else title


def rows_of(table: Table) -> Iterator[Block]:
    """Yield any other table: a sentence a row, a cell of some length a paragraph of its own."""
    rows = [row for row in table.rows if any(row)]
    width = max((sum(map(bool, row)) for row in rows), default=0)
    if len(rows) < 2 or width < 2:
        yield from (Paragraph(part) for row in rows for cell in row for part in cell.split("\n") if part.strip())
        return
    header = rows.pop(0) if _is_header(rows) else ("",) * len(rows[0])
    for row in rows:
        if row == header:
            continue
        cells = [_named(place, header[place], cell) for place, cell in enumerate(row) if cell]
        if max(map(len, row)) <= LONGEST_CELL:
            yield Item(", ".join(cells).rstrip(".") + ".")
        else:
            yield from (Paragraph(cell) for cell in cells)


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    first = rows[0]
    filled = [cell for cell in first if cell]
    named = all(len(cell) <= LONGEST_HEADER and not cell.endswith(".") for cell in filled)
    values = [cell for cell in filled[1:] if VALUE.match(cell) and not YEAR.fullmatch(cell)]
    return len(filled) >= max(2, len(first) - 1) and named and len(values) < len(filled) - 1


def _named(place: int, header: str, cell: str) -> str:
    """Return a cell with its column's name; in the first column a number follows it as "Pristrin 3"."""
    cell, header = " ".join(cell.split()), " ".join(header.split())
    if not header or place > 0:
        return _with_header(header, cell)
    if VALUE.match(cell):
        return f"{header} {cell}"
    return cell if cell.lower().startswith(f"{header.lower()} ") else _with_header(header, cell)


def _with_header(header: str, cell: str) -> str:
    cell, header = " ".join(cell.split()), " ".join(header.split()).rstrip(":")
    return f"{header}: {cell}" if header else cell


def _go_on(paragraphs: list[str], cell: str) -> None:
    """Add a cell's paragraphs; one that begins small goes on with the sentence of the page before."""
    parts = [" ".join(part.split()) for part in cell.split("\n") if part.strip()]
    if paragraphs and parts and (parts[0][0].islower() or parts[0][0].isdigit()) and paragraphs[-1][-1] not in ".!?":
        paragraphs[-1] += " " + parts.pop(0)
    paragraphs += parts


def joined_tables(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which a table that goes on in the next one, with the same columns, is one table."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Table) and isinstance(last, Table) and _goes_on(last, block):
            rows = block.rows[1:] if block.rows[0] == last.rows[0] else block.rows
            found[-1] = Table(_with_rest(last.rows, rows))
        else:
            found.append(block)
    return found


def _with_rest(rows: Rows, following: Rows) -> Rows:
    """Return rows with those of the next page; one that begins small there is the rest of the last one here."""
    if len(rows) < 2 or not following or not following[0][0][:1].islower():
        return rows + following
    whole = tuple(joined([cell, rest]) for cell, rest in zip(rows[-1], following[0], strict=True))
    return (*rows[:-1], whole, *following[1:])


def _goes_on(table: Table, following: Table) -> bool:
    same_width = bool(table.rows and following.rows) and len(table.rows[0]) == len(following.rows[0])
    return same_width and (table.rows[0] == following.rows[0] or not _is_header(following.rows))
