"""What stands on a page and is no text of the document: running heads and feet, page numbers, tables of contents."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from assistant.corpus.convert.files.pdf.columns import rows_of, text_of
from assistant.corpus.convert.files.pdf.types import Line, Page, Word
from assistant.language.files import either

EDGE_ROWS = 3  # from the top and from the bottom of a page are looked at
NEAR = 4  # points that a running head may move by from page to page
MOST_TEXT = 0.3  # of the pages may have text where a running head stands
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|…+\s*\d{1,4}$")
TRAILING = re.compile(r"\s\d{1,4}$")
PAGE = re.compile(rf"\W*(?:{either('convert', 'page').pattern})\W*", re.IGNORECASE)
BARE = re.compile(r"\W*(\d{1,4})\W*")
CONTENTS = re.compile(either("convert", "contents").pattern, re.IGNORECASE)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], int, int]:
    """Return pages without running heads and feet and page numbers, and how many rows of each kind were left out."""
    edges = [_edges(page) for page in pages]
    shift = _shift(pages, edges)
    numbers = [
        [row for row in rows if PAGE.fullmatch(row.text) or _is_number(row, page, shift)]
        for page, rows in zip(pages, edges, strict=True)
    ]
    rest = [[row for row in rows if row not in gone] for rows, gone in zip(edges, numbers, strict=True)]
    heads = _running(rest, _usual_size(pages))
    found = []
    for page, gone in zip(pages, [[*a, *b] for a, b in zip(numbers, heads, strict=True)], strict=True):
        words = {id(word) for row in gone for word in row.words}
        found.append(replace(page, words=tuple(word for word in page.words if id(word) not in words)))
    return found, sum(map(len, heads)), sum(map(len, numbers))


@dataclass(frozen=True, eq=False, slots=True)
class _Edge:
    """A row at the top or the bottom of a page, with the white on its inner side."""

    words: tuple[Word, ...]
    text: str
    gap: float
    at_top: bool

    @property
    def middle(self) -> float:
        return median(word.middle for word in self.words)

    @property
    def key(self) -> tuple[str, int]:
        """What it says, figures apart, and about how high."""
        return re.sub(r"\d+", "#", self.text), round(self.middle / NEAR)


def _running(edges: Sequence[Sequence[_Edge]], usual: float) -> list[list[_Edge]]:
    """Return the rows of each page that stand apart from its text and come again at the same height of others.

    Where text of many pages begins at that height, it is text.
    """
    counts = Counter(key for rows in edges for key in {row.key for row in rows})
    near = {(text, height): sum(counts[text, height + step] for step in (-1, 0, 1)) for text, height in counts}
    apart = [[row for row in rows if near[row.key] > 1 and _stands_apart(row, usual)] for rows in edges]
    text = [[row for row in rows if row not in gone] for rows, gone in zip(edges, apart, strict=True)]
    tops = sorted(min(row.middle for row in rows if row.at_top) for rows in text if any(row.at_top for row in rows))
    ends = sorted(
        -max(row.middle for row in rows if not row.at_top) for rows in text if any(not row.at_top for row in rows)
    )
    few = MOST_TEXT * len(edges)
    return [
        [
            row
            for row in rows
            if (bisect_right(tops, row.middle + 1) if row.at_top else bisect_right(ends, 1 - row.middle)) <= few
        ]
        for rows in apart
    ]


def _stands_apart(row: _Edge, usual: float) -> bool:
    size = row.words[0].size
    return row.gap > size or abs(size - usual) > 0.08 * usual


def _edges(page: Page) -> list[_Edge]:
    """Return the first and the last rows of a page."""
    rows = rows_of(page.words)
    boxes = [(min(word.top for word in row), max(word.bottom for word in row)) for row in rows]
    grids = [(grid.top, grid.bottom) for grid in page.grids]
    found = []
    for place, (row, (top, bottom)) in enumerate(zip(rows, boxes, strict=True)):
        if place < EDGE_ROWS and top < 0.3 * page.height:
            below = [start for start, _ in (*boxes[place + 1 : place + 4], *grids) if start > bottom - 1]
            found.append(_Edge(tuple(row), text_of(row), min(below, default=page.height) - bottom, True))
        elif place >= len(rows) - EDGE_ROWS and bottom > 0.7 * page.height:
            above = [end for _, end in (*boxes[max(0, place - 3) : place], *grids) if end < top + 1]
            found.append(_Edge(tuple(row), text_of(row), top - max(above, default=0), False))
    return found


def _usual_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _shift(pages: Sequence[Page], edges: Sequence[Sequence[_Edge]]) -> int | None:
    """Return by how much the numbers printed on pages differ from their places; None where no two agree."""
    shifts: Counter[int] = Counter()
    for page, rows in zip(pages, edges, strict=True):
        shifts.update({int(match[1]) - page.number for row in rows if (match := BARE.fullmatch(row.text))})
    best = shifts.most_common(1)
    return best[0][0] if best and (best[0][1] > 1 or (len(pages) == 1 and best[0][0] == 0)) else None


def _is_number(row: _Edge, page: Page, shift: int | None) -> bool:
    match = BARE.fullmatch(row.text)
    edge = row.words[0].top < 0.12 * page.height or row.words[0].bottom > 0.88 * page.height
    return match is not None and shift is not None and edge and int(match[1]) - page.number == shift


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Return lines without tables of contents, and the titles that these gave."""
    kept: list[Line] = []
    titles: list[str] = []
    listing = False
    for place, line in enumerate(lines):
        if LEADER.search(line.text):
            titles.append(LEADER.sub("", line.text).strip())
        elif CONTENTS.search(line.text) and _is_listed(lines[place + 1 : place + 6]):
            listing = True
        elif listing and TRAILING.search(line.text) and not line.grid:
            titles.append(TRAILING.sub("", line.text).strip())
        elif (
            listing
            and place + 1 < len(lines)
            and TRAILING.search(lines[place + 1].text)
            and len(titles) > 0
            and not _is_text(line)
        ):
            titles.append(line.text)
        else:
            listing = False
            kept.append(line)
    return kept, titles


def _is_listed(following: Sequence[Line]) -> bool:
    ends = [bool(TRAILING.search(line.text) or LEADER.search(line.text)) for line in following]
    return sum(ends) >= 2 and sum(ends) >= 0.5 * len(ends)


def _is_text(line: Line) -> bool:
    return len(line.text) > 90 or line.text.endswith(".")
