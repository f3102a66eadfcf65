"""What stands on a page and is no text of the document: running heads and feet, page numbers, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from assistant.corpus.convert.files.pdf.columns import rows_of, text_of
from assistant.corpus.convert.files.pdf.types import Line, Page, Word
from assistant.language.files import either

EDGE_ROWS = 3  # from the top and from the bottom of a page are looked at
NEAR = 4  # points that a running head may move by from page to page
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|…+\s*\d{1,4}$")
TRAILING = re.compile(r"\s\d{1,4}$")
PAGE = re.compile(rf"\W*(?:{either('convert', 'page').pattern})\W*", re.IGNORECASE)
BARE = re.compile(r"\W*(\d{1,4})\W*")
CONTENTS = re.compile(either("convert", "contents").pattern, re.IGNORECASE)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], int, int]:
    """Return pages without running heads and feet and page numbers, and how many rows of each kind were left out."""
    edges = [_edges(page) for page in pages]
    usual = _usual_size(pages)
    repeated = _repeated(edges)
    shift = _shift(pages, edges)
    found, heads, numbers = [], 0, 0
    for page, rows in zip(pages, edges, strict=True):
        gone: set[Word] = set()
        for row, gap in rows:
            text = text_of(row)
            if PAGE.fullmatch(text) or _is_number(text, page, row, shift):
                numbers += 1
                gone.update(row)
            elif _key(row) in repeated and (gap > row[0].size or abs(row[0].size - usual) > 0.08 * usual):
                heads += 1
                gone.update(row)
        found.append(replace(page, words=tuple(word for word in page.words if word not in gone)))
    return found, heads, numbers


def _edges(page: Page) -> list[tuple[list[Word], float]]:
    """Return the first and the last rows of a page with the white on their inner side."""
    rows = rows_of(page.words)
    tops = [min(word.top for word in row) for row in rows]
    bottoms = [max(word.bottom for word in row) for row in rows]
    boxes = [(grid.top, grid.bottom) for grid in page.grids]
    found = []
    for place, row in enumerate(rows):
        if place < EDGE_ROWS and tops[place] < 0.3 * page.height:
            below = [top for top in (*tops[place + 1 :], *(top for top, _ in boxes)) if top > bottoms[place] - 1]
            found.append((row, min(below, default=page.height) - bottoms[place]))
        elif place >= len(rows) - EDGE_ROWS and bottoms[place] > 0.7 * page.height:
            above = [bottom for bottom in (*bottoms[:place], *(bottom for _, bottom in boxes)) if bottom < tops[place] + 1]
            found.append((row, tops[place] - max(above, default=0)))
    return found


def _usual_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _key(row: Sequence[Word]) -> tuple[str, int]:
    return re.sub(r"\d+", "#", text_of(row)), round(median(word.middle for word in row) / NEAR)


def _repeated(edges: Sequence[Sequence[tuple[list[Word], float]]]) -> set[tuple[str, int]]:
    """Return the rows that stand at the same height of several pages, figures apart."""
    counts = Counter(key for rows in edges for key in {_key(row) for row, _ in rows})
    near = {(text, height): sum(counts[text, height + step] for step in (-1, 0, 1)) for text, height in counts}
    return {key for key, count in near.items() if count > 1}


def _shift(pages: Sequence[Page], edges: Sequence[Sequence[tuple[list[Word], float]]]) -> int | None:
    """Return by how much the numbers printed on pages differ from their places; None where no two agree."""
    shifts: Counter[int] = Counter()
    for page, rows in zip(pages, edges, strict=True):
        shifts.update({int(match[1]) - page.number for row, _ in rows if (match := BARE.fullmatch(text_of(row)))})
    best = shifts.most_common(1)
    return best[0][0] if best and (best[0][1] > 1 or (len(pages) == 1 and best[0][0] == 0)) else None


def _is_number(text: str, page: Page, row: Sequence[Word], shift: int | None) -> bool:
    match = BARE.fullmatch(text)
    edge = row[0].top < 0.12 * page.height or row[0].bottom > 0.88 * page.height
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
        elif listing and place + 1 < len(lines) and TRAILING.search(lines[place + 1].text) and len(titles) > 0 and not _is_text(line):
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
