"""Tables that are drawn with rules, their cells as text; words that a narrow cell broke are made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant.corpus.convert.files.pdf.columns import rows_of, text_of
from assistant.corpus.convert.files.pdf.types import BREAK, Grid, Word
from assistant.corpus.convert.lines import joined
from assistant.language.files import both
from assistant.language.words import stem

SETTINGS = {"snap_tolerance": 4, "join_tolerance": 4, "intersection_tolerance": 5}
MOST_EDGES = 6000
LEAST_ROOM = 0.1  # points
NARROW, WIDE = "fijlrt", "mw"
WORD = re.compile(r"\w+")
BROKEN = re.compile(rf"(\w+){BREAK}(\w+)")
AROUND = re.compile(rf"\w*(?:{BREAK}\w*)+")
Box = tuple[float, float, float, float]


def grids_of(page: Any, words: Sequence[Word]) -> list[Grid]:
    """Return the tables of a page (of pdfplumber) whose cells hold text; a frame around text is none."""
    if not 4 <= len(page.edges) <= MOST_EDGES:
        return []
    found = []
    for table in page.find_tables(SETTINGS):
        rows = [list(row.cells) for row in table.rows]
        texts = tuple(tuple(cell_text(box, words) if box else "" for box in row) for row in rows)
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


def cell_text(box: Box, words: Sequence[Word]) -> str:
    """Return the text of the words in a box, its paragraphs on lines of their own."""
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
    """Yield the lines of a cell; where a word may go on in the next line, both are one with BREAK between them."""
    text = ""
    for row, following in zip(rows, [*rows[1:], []], strict=True):
        text += text_of(row)
        if following and _may_go_on(row, following[0], right):
            text += BREAK
        else:
            yield text
            text = ""


def _may_go_on(row: Sequence[Word], following: Word, right: float) -> bool:
    """Tell whether a line is a word alone that leaves no room for the small letter that comes next."""
    width = 0.45 if following.text[0] in NARROW else 0.9 if following.text[0] in WIDE else 0.65
    letter = width * following.size
    room = right - row[0].x1
    # A word without any room behind it has given the column its width, and is whole.
    return len(row) == 1 and row[0].text.isalpha() and following.text[0].islower() and LEAST_ROOM < room < letter


def mended(text: str, known: frozenset[str]) -> str:
    """Return text with its BREAKs decided by the words of the file (their stems among them).

    One word where that word is known; else two, where one of them is (and the other no mere ending); else one.
    """
    while (match := BROKEN.search(text)) is not None:
        left, rest = match[1].lower(), match[2].lower()
        whole = {left + rest, stem(left + rest, "da")} & known
        opens = left.endswith("s") and left[:-1] not in known  # as the first part of a compound does
        alone = rest in known and rest not in both("convert", "endings") and not opens
        apart = alone or {left, stem(left, "da")} & known
        text = text.replace(BREAK, " " if apart and not whole else "", 1)
    return text.replace(BREAK, " ")


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts in lower case and their Danish stems, without those beside a BREAK."""
    words = {word for text in texts for word in WORD.findall(AROUND.sub(" ", text).lower())}
    return frozenset(words | {stem(word, "da") for word in words})
