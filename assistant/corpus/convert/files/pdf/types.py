"""The types that pages of a PDF pass through: words on a page, lines in reading order."""

from __future__ import annotations

from dataclasses import dataclass

# A raised number or sign is kept between these until it is known whether it refers to a note.
OPEN, CLOSE = "\x02", "\x03"
# Where a narrow cell may have broken a word; decided once all words of the file are known.
BREAK = "\x04"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box (points from the top left), the size of its letters, whether bold and whether raised."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    raised: bool = False

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """A table drawn with rules: its box and the text of its cells, row by row."""

    rows: tuple[tuple[str, ...], ...]
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. `sideways` are words that run across the rest, laid out as a page of their own."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    grids: tuple[Grid, ...] = ()
    sideways: tuple[Word, ...] = ()
    images: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in its column (`left` to `right`), or a table; `gap` is the white above it, in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    left: float
    right: float
    page: int
    column: int
    grid: Grid | None = None

    @property
    def full(self) -> bool:
        """Whether the line goes as far to the right as its column does."""
        return self.x1 >= self.right - 0.12 * (self.right - self.left)
