"""Tables over initiatives drawn without rules: their header tells where columns are, white where rows end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from statistics import median

from assistant.corpus.convert.blocks import Table
from assistant.corpus.convert.files.pdf.columns import rows_of, text_of
from assistant.corpus.convert.files.pdf.grids import cell_text
from assistant.corpus.convert.files.pdf.types import Grid, Word
from assistant.corpus.convert.tables import columns_of

PADDING = 5.4  # points on either side of a cell, as Word has it
GAP = 0.9  # between the headers of two columns, in sizes of the letters
MORE_WHITE = 1.1  # than between the lines of a cell, in points: another row
Row = Sequence[Word]


def bare_grid(words: Sequence[Word], right: float = 0.0) -> Grid | None:
    """Return the table of a page whose header names initiative, background, actors and next step; None without one.

    `right` is where a line below the header ends, 0 where none is drawn.
    """
    rows = rows_of(words)
    for place, row in enumerate(rows):
        headers = [*_parts(row)]
        names = tuple(text_of(part) for part in headers)
        if len(headers) > 2 and columns_of(Table((names, names))):
            return _grid(headers, [*_inside(rows[place + 1 :], headers)], right)
    return None


def _parts(row: Row) -> Iterator[list[Word]]:
    """Yield the headers of a row, which white parts."""
    part: list[Word] = []
    for word in row:
        if part and word.x0 - part[-1].x1 > GAP * word.size:
            yield part
            part = []
        part.append(word)
    yield part


def _inside(rows: Sequence[Row], headers: Sequence[Row]) -> Iterator[Row]:
    """Yield rows until one that goes across the columns, as text behind the table does."""
    starts = [header[0].x0 for header in headers]
    for row in rows:
        if row[0].x0 < starts[0] - PADDING or any(w.x0 < start - 1 < w.x1 - 1 for w in row for start in starts):
            return
        yield row


def _grid(headers: Sequence[Row], rows: Sequence[Row], right: float) -> Grid | None:
    if not rows:
        return None
    starts = [header[0].x0 - PADDING for header in headers]
    widest = max(word.x1 for row in (*rows, *headers) for word in row) + PADDING
    edges = [*starts, max(right, widest)]
    groups = [*_groups(rows, edges[1])]
    boxes = [
        (min(w.top for r in group for w in r) - 1, max(w.bottom for r in group for w in r) + 1) for group in groups
    ]
    cells = [
        tuple(
            cell_text((left, top, end, bottom), [word for row in group for word in row]) for left, end in _pairs(edges)
        )
        for group, (top, bottom) in zip(groups, boxes, strict=True)
    ]
    header = tuple(text_of(part) for part in headers)
    return Grid((header, *cells), starts[0], edges[-1], headers[0][0].top - 1, boxes[-1][1])


def _pairs(edges: Sequence[float]) -> Iterator[tuple[float, float]]:
    return itertools.pairwise(edges)


def _groups(rows: Sequence[Row], second: float) -> Iterator[list[Row]]:
    """Yield the lines of each row of the table: one begins where the first column does, with more white above."""
    gaps = [following[0].top - row[0].bottom for row, following in itertools.pairwise(rows)]
    usual = median(gaps) if gaps else 0.0
    group: list[Row] = [rows[0]]
    for gap, row in zip(gaps, rows[1:], strict=True):
        if gap > usual + MORE_WHITE and row[0].x0 < second:
            yield group
            group = []
        group.append(row)
    yield group
