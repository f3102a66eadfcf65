"""Tables that are drawn with rules, their cells as text; words that a narrow cell broke are made whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.corpus.convert.files.pdf.columns import rows_of, text_of
from assistant.corpus.convert.files.pdf.types import Grid, Word
from assistant.corpus.convert.lines import joined

SETTINGS = {"snap_tolerance": 4, "join_tolerance": 4, "intersection_tolerance": 5}
MOST_EDGES = 6000
Box = tuple[float, float, float, float]


def grids_of(page: Any, words: Sequence[Word]) -> list[Grid]:
    """Return the tables of a page (of pdfplumber) whose cells hold text; a frame around text is none."""
    if not 4 <= len(page.edges) <= MOST_EDGES:
        return []
    found = []
    for table in page.find_tables(SETTINGS):
        rows = [[box for box in row.cells] for row in table.rows]
        texts = tuple(tuple(_cell(box, words) if box else "" for box in row) for row in rows)
        if texts and len(texts[0]) > 1 and _is_table(texts):
            x0, top, x1, bottom = table.bbox
            found.append(Grid(texts, x0, x1, top, bottom))
    return found


def outside(words: Sequence[Word], grids: Sequence[Grid]) -> tuple[Word, ...]:
    """Return the words that stand in no table."""
    return tuple(w for w in words if not any(_inside(w, (g.x0, g.top, g.x1, g.bottom)) for g in grids))


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    filled = sum(bool(cell) for row in rows for cell in row)
    return filled >= 2 and max(sum(map(bool, row)) for row in rows) > 1


def _inside(word: Word, box: Box) -> bool:
    x0, top, x1, bottom = box
    return x0 - 1 <= (word.x0 + word.x1) / 2 <= x1 + 1 and top - 1 <= word.middle <= bottom + 1


def _cell(box: Box, words: Sequence[Word]) -> str:
    rows = rows_of([word for word in words if _inside(word, box)])
    if not rows:
        return ""
    padding = max(0.0, min(row[0].x0 for row in rows) - box[0])
    return "\n".join(joined([*_whole(part, box[2] - padding)]) for part in _paragraphs(rows))


def _paragraphs(rows: list[list[Word]]) -> Iterator[list[list[Word]]]:
    """Yield the rows of a cell in groups that white parts."""
    start = 0
    for place in range(1, len(rows)):
        if rows[place][0].top - rows[place - 1][0].bottom > 0.7 * rows[place][0].size:
            yield rows[start:place]
            start = place
    yield rows[start:]


def _whole(rows: Sequence[Sequence[Word]], right: float) -> Iterator[str]:
    """Yield the lines of a cell; a word that fills its line to the edge and goes on in small letters is one word."""
    text = ""
    for place, row in enumerate(rows):
        line = text_of(row)
        text += line
        following = text_of(rows[place + 1]) if place + 1 < len(rows) else ""
        alone = len(row) == 1 and row[0].text.isalpha()
        letter = row[-1].size * 0.7
        if not (alone and following[:1].islower() and row[-1].x1 + letter > right and _too_long(row[0], rows[place + 1], right)):
            yield text
            text = ""
    if text:
        yield text


def _too_long(word: Word, following: Sequence[Word], right: float) -> bool:
    """Tell whether the word with its rest would not have fitted on a line, so that it had to be broken."""
    return word.x1 + (following[0].x1 - following[0].x0) > right
