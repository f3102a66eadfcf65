"""Tables of an old Word file that LibreOffice takes for one paragraph: the file's own cell marks tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.corpus.convert.blocks import Content, Paragraph, table_of

CELL = "\x07"
CELLS = re.compile(rf"(?:[^\x00-\x06\x08-\x1f]{{0,4000}}{CELL}){{4,}}")


def with_tables(content: Content, raw: bytes) -> Content:
    """Return content in which a paragraph that holds the words of a table, run together, is that table."""
    tables = {_plain("".join(map("".join, rows))): table_of(rows) for rows in _tables(raw)}
    found = (tables.get(_plain(b.words), b) if isinstance(b, Paragraph) else b for b in content.blocks)
    return replace(content, blocks=tuple(found))


def _tables(raw: bytes) -> Iterator[list[list[str]]]:
    """Yield the rows of what cell marks part; a row ends with a mark more."""
    for text in (raw.decode("cp1252", "replace"), *(raw[at:].decode("utf-16-le", "replace") for at in (0, 1))):
        for match in CELLS.finditer(text):
            rows = [row.split(CELL) for row in match.group().rstrip(CELL).split(CELL * 2)]
            yield [[cell.strip() for cell in row] for row in rows]


def _plain(words: str) -> str:
    return "".join(words.split())
