"""Words of a page into lines in reading order: rows, columns where a gutter parts them, bands above each other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from assistant.corpus.convert.files.pdf.types import CLOSE, OPEN, Grid, Line, Page, Word

LEAST_ROWS = 3  # of a column, on either side of a gutter
LEAST_LETTERS = 12  # of a column's rows on average: less is a column of figures, which belongs to its row
LEAST_SHARE = 0.15  # of the width
GUTTER = 0.9  # in sizes of the letters
DEEPEST = 4
WIDEST_IN_COLUMN = 0.6  # of a table, against the text of the page
# Words that stand in for a table in a column.
TABLE, STAND_IN_SIZE = "\x05", 10.0  # points


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return words as rows from the top, each from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.middle, each.x0)):
        home = next((row for row in rows[:-4:-1] if _same_row(row[0], word)), None)
        if home is None:
            rows.append([word])
        else:
            home.append(word)
    for row in rows:
        row.sort(key=lambda each: each.x0)
    return sorted(rows, key=lambda row: min(word.top for word in row if not word.raised or len(row) == 1))


def _same_row(first: Word, word: Word) -> bool:
    shared = min(first.bottom, word.bottom) - max(first.top, word.top)
    return shared > 0.5 * min(first.bottom - first.top, word.bottom - word.top)


def lines_of(page: Page) -> list[Line]:
    """Return the lines of a page in reading order, its tables among them, what runs sideways last."""
    inside = {n: grid for n, grid in enumerate(page.grids) if page.words and _is_in_column(grid, page.words)}
    words = [*page.words, *(word for n, grid in inside.items() for word in _stand_ins(n, grid))]
    across = [grid for n, grid in enumerate(page.grids) if n not in inside]
    found: list[Line] = []
    above = -1e9
    for grid in [*sorted(across, key=lambda each: each.top), None]:
        limit = grid.top if grid else 1e9
        found += _laid(page, [word for word in words if above <= word.middle < limit], len(found))
        if grid:
            found.append(_grid_line(grid, page.number, len(found)))
            above = max(above, grid.top)
    return found + _laid(page, page.sideways, len(found))


def _is_in_column(grid: Grid, words: Sequence[Word]) -> bool:
    """Tell whether a table is so narrow that it may stand in a column, with text beside it."""
    across = max(word.x1 for word in words) - min(word.x0 for word in words)
    return grid.x1 - grid.x0 < WIDEST_IN_COLUMN * across


def _stand_ins(number: int, grid: Grid) -> Iterator[Word]:
    """Yield words that keep the place of a table among the lines of its column, as many as it has rows."""
    height = (grid.bottom - grid.top) / len(grid.rows)
    for row in range(len(grid.rows)):
        top = grid.top + row * height
        size = min(height, STAND_IN_SIZE)
        yield Word(f"{TABLE}{number}".ljust(LEAST_LETTERS, TABLE), grid.x0, grid.x1, top, top + height, size, False)


def _grid_line(grid: Grid, page: int, column: int) -> Line:
    return Line("", grid.x0, grid.x1, grid.top, grid.bottom, 0, False, grid.x0, grid.x1, page, column, grid)


def _laid(page: Page, words: Sequence[Word], first: int) -> list[Line]:
    lines: list[Line] = []
    for number, region in enumerate(_regions(words)):
        left, right = min(word.x0 for word in region), max(word.x1 for word in region)
        tables: set[str] = set()
        for row in rows_of(region):
            for mark in [word.text for word in row if word.text.startswith(TABLE) and word.text not in tables]:
                tables.add(mark)
                lines.append(_grid_line(page.grids[int(mark.strip(TABLE))], page.number, first + number))
            if text := [word for word in row if not word.text.startswith(TABLE)]:
                lines.append(_line(text, left, right, page.number, first + number))
    return lines


def _line(row: Sequence[Word], left: float, right: float, page: int, column: int) -> Line:
    plain = [word for word in row if not word.raised] or row
    letters = sum(len(word.text) for word in plain)
    size = Counter({round(word.size * 2) / 2: len(word.text) for word in plain}).most_common(1)[0][0]
    bold = sum(len(word.text) for word in plain if word.bold) >= 0.9 * letters
    top, bottom = min(word.top for word in plain), max(word.bottom for word in plain)
    return Line(text_of(row), row[0].x0, row[-1].x1, top, bottom, size, bold, left, right, page, column)


def text_of(row: Sequence[Word]) -> str:
    """Return the words of a row with blanks where there is white between them; raised ones marked."""
    text = ""
    for before, word in zip((None, *row), row, strict=False):
        gap = word.x0 - before.x1 if before else 0
        blank = " " if before and gap > 0.12 * max(word.size, before.size) else ""
        text += blank + (f"{OPEN}{word.text}{CLOSE}" if word.raised else word.text)
    return text


def _regions(words: Sequence[Word], depth: int = 0) -> Iterator[list[Word]]:
    """Yield groups of words in reading order: bands from the top, in each the columns from the left."""
    if not words:
        return
    rows = rows_of(words)
    found = _gutter(rows) if depth < DEEPEST else None
    if found is None:
        yield list(words)
        return
    x, runs = found
    done = 0
    for start, end in runs:
        if above := [word for row in rows[done:start] for word in row]:
            yield from _regions(above, depth + 1)
        band = [word for row in rows[start:end] for word in row]
        yield from _regions([word for word in band if word.x1 <= x + 1], depth + 1)
        yield from _regions([word for word in band if word.x1 > x + 1], depth + 1)
        done = end
    if below := [word for row in rows[done:] for word in row]:
        yield from _regions(below, depth + 1)


def _gutter(rows: Sequence[Sequence[Word]]) -> tuple[float, list[tuple[int, int]]] | None:
    """Return where a gutter runs and the runs of rows that it parts; None where there is none."""
    size = median(word.size for row in rows for word in row)
    left = min(word.x0 for row in rows for word in row)
    right = max(word.x1 for row in rows for word in row)
    margin = LEAST_SHARE * (right - left)
    middles: Counter[int] = Counter()
    for row in rows:
        for before, word in itertools.pairwise(row):
            if word.x0 - before.x1 >= GUTTER * size and left + margin < before.x1 and word.x0 < right - margin:
                middles[round((before.x1 + word.x0) / 2)] += 1
    best: tuple[float, list[tuple[int, int]]] | None = None
    most = 0
    for x, _ in middles.most_common(30):
        runs = [run for run in _runs(rows, x, 0.5 * GUTTER * size) if _are_columns(rows[run[0] : run[1]], x)]
        parted = sum(end - start for start, end in runs)
        if parted > most:
            best, most = (x, runs), parted
    return best


def _runs(rows: Sequence[Sequence[Word]], x: float, half: float) -> Iterator[tuple[int, int]]:
    """Yield runs of rows that no word crosses near x, as first row and row after the last."""
    start = 0
    for place, row in enumerate(rows):
        if any(word.x0 < x + half * 0.6 and word.x1 > x - half * 0.6 for word in row):
            if place > start:
                yield start, place
            start = place + 1
    if len(rows) > start:
        yield start, len(rows)


def _are_columns(rows: Sequence[Sequence[Word]], x: float) -> bool:
    sides = [[[word for word in row if (word.x1 <= x + 1) is first] for row in rows] for first in (True, False)]
    filled = [[row for row in side if row] for side in sides]
    if min(map(len, filled)) < LEAST_ROWS:
        return False
    letters = [sum(len(word.text) + 1 for row in side for word in row) / len(side) for side in filled]
    tops = [(side[0][0].top, side[-1][0].bottom) for side in filled]
    beside = min(tops[0][1], tops[1][1]) - max(tops[0][0], tops[1][0])
    shorter = min(bottom - top for top, bottom in tops)
    return min(letters) >= LEAST_LETTERS and beside > 0.5 * shorter
