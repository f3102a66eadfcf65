"""Lines of a PDF into blocks: paragraphs and items that go on over lines, columns and pages; notes; tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from assistant.corpus.convert.blocks import Block, Heading, Item, Paragraph, Table
from assistant.corpus.convert.files.pdf.grids import known_words, mended
from assistant.corpus.convert.files.pdf.headings import Headings
from assistant.corpus.convert.files.pdf.notes import NOTE, is_note, placed
from assistant.corpus.convert.files.pdf.types import OPEN, Line
from assistant.corpus.convert.lines import joined

BULLET = re.compile(r"^(?P<mark>[•▪◦●○■□‣⁃∙·–—\uf0b7\uf0a7o*-]|\uf02d)\s+(?=\S)")
NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-zæøå]\)|\(?[ivx]{1,4}\))\s+(?=\S)")
STOP = re.compile(r"[.!?:][»”\")\]]*$")


@dataclass(slots=True)
class Draft:
    """A block in the making: its lines, and for an item how far it is set in."""

    kind: str
    lines: list[Line]
    words: list[str] = field(default_factory=list)
    level: int = 1
    indent: float = 0.0


def blocks_of(lines: Sequence[Line], headings: Headings, known: frozenset[str]) -> list[tuple[Block, int]]:
    """Return the blocks of lines in reading order, each with its page; `known` as of `lines.joined`."""
    drafts = _with_levels(_drafts(lines, headings))
    vocabulary = known_words(texts(lines))
    return placed([(_block(draft, known, vocabulary), draft.lines[0].page) for draft in drafts])


def _drafts(lines: Sequence[Line], headings: Headings) -> list[Draft]:
    usual = _usual_gap(lines, headings.body)
    found: list[Draft] = []
    notes: list[tuple[int, Draft]] = []  # apart, for a paragraph may go on behind them; with the place of each
    place = 0
    while place < len(lines):
        line = lines[place]
        heading = headings.at(lines, place)
        if line.grid:
            found.append(Draft("table", [line]))
        elif heading:
            found.append(Draft("heading", list(lines[place : place + heading.lines]), [heading.words], heading.level))
        elif place and _goes_on_with_note(notes, lines[place - 1], line, usual):
            notes[-1][1].lines.append(line)
            notes[-1][1].words.append(line.text)
        elif is_note(line, headings.body):
            notes.append((len(found), Draft("note", [line], [line.text])))
        else:
            _add(found, line, usual)
        place += heading.lines if heading else 1
    for at, note in reversed(notes):
        found.insert(at, note)
    return found


def _goes_on_with_note(notes: Sequence[tuple[int, Draft]], before: Line, line: Line, usual: float) -> bool:
    last = notes[-1][1].lines[-1] if notes else None
    same = last is before and abs(before.size - line.size) < 0.3
    return same and not line.text.startswith(OPEN) and not NOTE.match(line.text) and _is_next(before, line, usual)


def _add(found: list[Draft], line: Line, usual: float) -> None:
    """Add a line to the draft that it goes on with, or begin another."""
    bullet, number = BULLET.match(line.text), NUMBER.match(line.text)
    last = found[-1] if found else None
    text = line.text[bullet.end() :] if bullet else line.text
    if bullet or (number and _begins_item(last, line, number, usual)):
        found.append(Draft("item", [line], [text], indent=line.x0))
    elif last and last.kind in ("paragraph", "item") and _continues(last, line, usual):
        last.lines.append(line)
        last.words.append(text)
    else:
        found.append(Draft("paragraph", [line], [text], indent=line.x0))


def _begins_item(last: Draft | None, line: Line, number: re.Match[str], usual: float) -> bool:
    """Tell an item's number from one that a line happens to begin with: "… den / 1. juni"."""
    if last is None or last.kind not in ("paragraph", "item"):
        return True
    before = last.lines[-1]
    sentence = bool(STOP.search(before.text)) and line.text[number.end()].isupper()
    return not _is_next(before, line, usual) or not before.full or sentence


def _continues(draft: Draft, line: Line, usual: float) -> bool:
    before = draft.lines[-1]
    if abs(before.size - line.size) > 0.6 or (before.bold != line.bold and len(before.text) < 60):
        return False
    if before.page != line.page or before.column != line.column:
        return _goes_over(draft, line)
    if not _is_next(before, line, usual):
        return False
    if draft.kind == "item":
        return line.x0 > draft.indent + 2 or (not STOP.search(before.text) and before.full)
    ended = not before.full and bool(STOP.search(before.text))
    return not ended and not (line.x0 > before.x0 + 6 and len(draft.lines) > 1 and bool(STOP.search(before.text)))


def _goes_over(draft: Draft, line: Line) -> bool:
    """Tell whether a paragraph goes on in the next column or on the next page."""
    before = draft.lines[-1]
    open_ended = not STOP.search(before.text)
    starts = line.text[:1]
    if BULLET.match(line.text) or abs(before.size - line.size) > 0.6:
        return False
    return (
        open_ended
        and (starts.islower() or (before.full and (starts.isalnum() or starts in '(»”"§')))
        and len(before.text) > 15
    )


def _is_next(before: Line, line: Line, usual: float) -> bool:
    gap = line.top - before.bottom
    return -0.6 * line.size < gap <= usual + 0.35 * line.size


def _usual_gap(lines: Sequence[Line], body: float) -> float:
    gaps = [
        following.top - line.bottom
        for line, following in itertools.pairwise(lines)
        if line.column == following.column
        and line.page == following.page
        and line.size == body == following.size
        and line.full
    ]
    return median(gap for gap in gaps if gap > -body) if any(gap > -body for gap in gaps) else 0.3 * body


def _with_levels(drafts: list[Draft]) -> list[Draft]:
    """Give items the level that they are set in to, against the items right before them."""
    open_: list[float] = []
    for draft in drafts:
        if draft.kind != "item":
            open_ = open_ if draft.kind == "note" else []
            continue
        while open_ and draft.indent < open_[-1] - 4:
            open_.pop()
        if not open_ or draft.indent > open_[-1] + 4:
            open_.append(draft.indent)
        draft.level = len(open_)
    return drafts


def _block(draft: Draft, known: frozenset[str], vocabulary: frozenset[str]) -> Block | list[str]:
    """Return a draft as a block, a note as its lines (see `notes.placed`)."""
    line = draft.lines[0]
    if line.grid:
        return Table(tuple(tuple(mended(cell, vocabulary) for cell in row) for row in line.grid.rows))
    words = joined(draft.words, known)
    if draft.kind == "heading":
        return Heading(words, draft.level)
    if draft.kind == "item":
        return Item(words, draft.level)
    if draft.kind == "note":
        return [words]
    return Paragraph(words, all(each.bold for each in draft.lines))


def texts(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the text of lines and of the cells of tables."""
    for line in lines:
        yield line.text
        for row in line.grid.rows if line.grid else ():
            yield from row
