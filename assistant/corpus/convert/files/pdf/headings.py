"""Which lines of a PDF are headings, and of what level: by size and weight, labels, and the file's bookmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.convert.files.pdf.types import Line
from assistant.corpus.convert.lines import joined
from assistant.corpus.labels import labelled, looks_like_heading

LARGER = 1.1  # than the text
LONGEST = 200
LONGEST_BOLD = 130
LONGEST_LINE = 90  # of a heading that only its label tells
MOST_LINES = 4
STOP = re.compile(r"[.!?:][»”\")\]]*$")
Style = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: its words, its level, and the lines that it takes."""

    words: str
    level: int
    lines: int


class Headings:
    """What the whole file tells of its headings."""

    def __init__(self, lines: Sequence[Line], outline: Sequence[tuple[int, str]], contents: Sequence[str]) -> None:
        sizes: Counter[float] = Counter()
        bold: Counter[bool] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        for line in lines:
            bold[line.bold and line.size == self.body] += len(line.text)
        self.body_is_bold = bold[True] > 0.5 * sizes[self.body]
        self.outlined = {_plain(title): level for level, title in outline}
        self.listed = {_plain(title) for title in contents}
        self.levels = self._levels(lines)

    def at(self, lines: Sequence[Line], place: int) -> Found | None:
        """Return the heading that begins at a line, None where there is none."""
        group = self._group(lines, place)
        words = joined([line.text for line in group])
        if not group or not re.search(r"[^\W\d]", words) or len(words) > LONGEST:
            return None
        level = self.outlined.get(_plain(words))
        if level is None:
            level = self.levels.get(_style(lines[place]))
        if level is None:
            level = 1 + max(self.levels.values(), default=0)
        return Found(words, level, len(group))

    def _levels(self, lines: Sequence[Line]) -> dict[Style, int]:
        """Return levels by style: the larger the higher, unless bookmarks give a style its level."""
        told: dict[Style, Counter[int]] = {}
        styles: Counter[Style] = Counter()
        place = 0
        while place < len(lines):
            group = self._group(lines, place)
            if group:
                style = _style(group[0])
                styles[style] += 1
                level = self.outlined.get(_plain(joined([line.text for line in group])))
                if level is not None:
                    told.setdefault(style, Counter())[level] += 1
            place += max(1, len(group))
        found: dict[Style, int] = {}
        level = 0
        for style in sorted(styles, key=lambda each: (-each[0], not each[1])):
            level = told[style].most_common(1)[0][0] if style in told else level + (not told or bool(found))
            found[style] = level
        return found

    def _group(self, lines: Sequence[Line], place: int) -> list[Line]:
        """Return the lines of the heading that begins at a place; empty where none does."""
        first = lines[place]
        if not self._is_heading(first, lines[place - 1] if place else None):
            return []
        group = [first]
        for line in lines[place + 1 : place + MOST_LINES + 1]:
            plain = not first.bold and first.size < LARGER * self.body  # told by its label, which tells no second line
            if plain or not _goes_on(group[-1], line) or _plain(joined([each.text for each in group])) in self.outlined:
                break
            group.append(line)
        words = joined([line.text for line in group])
        by_size = first.size >= LARGER * self.body
        if len(group) > MOST_LINES or (not by_size and not self._is_short(words, group)):
            return []
        return group

    def _is_heading(self, line: Line, before: Line | None) -> bool:
        if line.grid or not line.text:
            return False
        if line.size >= LARGER * self.body:
            return True
        plain = _plain(line.text)
        if line.size < 0.95 * self.body or line.text[:1].islower():
            return False
        new = before is None or before.page != line.page or before.column != line.column
        own = new or before is None or not before.full or _white(before, line) or STOP.search(before.text) is not None
        marked = plain in self.outlined or plain in self.listed or (line.bold and not self.body_is_bold)
        return own and (
            marked
            or (looks_like_heading(line.text, LONGEST_LINE) and line.x1 < line.right - 0.1 * (line.right - line.left))
        )

    def _is_short(self, words: str, group: Sequence[Line]) -> bool:
        named = labelled(words).label
        return len(words) <= LONGEST_BOLD and (bool(named) or words[-1] not in ".,;") and words[-1] not in ",;"


def _white(before: Line, line: Line) -> bool:
    return line.top - before.bottom > 0.6 * line.size or line.top < before.top


def _goes_on(line: Line, following: Line) -> bool:
    near = -0.5 * line.size < following.top - line.bottom < 0.7 * line.size
    same = following.page == line.page and not following.grid and _style(following) == _style(line)
    return near and same and not labelled(following.text).label


def _style(line: Line) -> Style:
    return line.size, line.bold


def _plain(words: str) -> str:
    return "".join(sign for sign in words.lower() if sign.isalnum())
