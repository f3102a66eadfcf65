"""Footnotes of a PDF: found by their raised mark or their small print, put behind the block that refers to them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.convert.blocks import Block, Note, Table
from assistant.corpus.convert.files.pdf.types import CLOSE, OPEN, Line

MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
NOTE = re.compile(r"(\d{1,3}|[*†‡])\)?\s+(?=\S)")
SMALL = 0.93  # of the size of the text


def is_note(line: Line, body: float) -> bool:
    """Tell whether a line is of a footnote: it begins with a raised mark, or in small print with a number."""
    if line.text.startswith(OPEN) and line.size <= body:
        return True
    return line.size < SMALL * body and bool(NOTE.match(line.text))


def placed(found: Sequence[tuple[Block | list[str], int]]) -> list[tuple[Block, int]]:
    """Return blocks (with their pages), each note behind the block on its page that has its mark.

    A mark that no note answers to is told as it is written: "m" and a raised 2 is "m2".
    """
    notes = [
        _Placed(place, page, note)
        for place, (block, page) in enumerate(found)
        for note in (_notes(block) if isinstance(block, list) else ())
    ]
    by_mark: dict[str, deque[_Placed]] = {}
    for note in notes:
        by_mark.setdefault(note.note.mark, deque()).append(note)
    behind: dict[int, list[_Placed]] = {}
    for place, (block, page) in enumerate(found):
        for mark in _marks(block):
            waiting = by_mark.get(mark, deque())
            while waiting and waiting[0].place < place:
                waiting.popleft()
            if waiting and waiting[0].page in (page, page + 1):
                behind.setdefault(place, []).append(waiting.popleft())
    return [*_in_order(found, notes, behind)]


@dataclass(frozen=True, eq=False, slots=True)
class _Placed:
    """A note with its place among the blocks and its page."""

    place: int
    page: int
    note: Note


def _in_order(
    found: Sequence[tuple[Block | list[str], int]], notes: Sequence[_Placed], behind: dict[int, list[_Placed]]
) -> Iterator[tuple[Block, int]]:
    tied = {id(note) for tied in behind.values() for note in tied}
    loose: dict[int, list[_Placed]] = {}
    for note in notes:
        if id(note) not in tied:
            loose.setdefault(note.place, []).append(note)
    for place, (block, page) in enumerate(found):
        mine = behind.get(place, [])
        if not isinstance(block, list):
            yield _without_marks(block, {each.note.mark for each in mine}), page
        yield from ((each.note, page) for each in (*mine, *loose.get(place, ())))


def _notes(lines: Sequence[str]) -> Iterator[Note]:
    """Yield the notes of a paragraph of small print, which may hold several."""
    for text in lines:
        parts = MARK.split(text)
        if len(parts) == 1:
            number = NOTE.match(text)
            yield Note(text[number.end() :], number[1]) if number else Note(text)
            continue
        if parts[0].strip():
            yield Note(parts[0].strip())
        for mark, words in zip(parts[1::2], parts[2::2], strict=True):
            yield Note(words.strip(" )"), mark)


def _marks(block: Block | list[str]) -> list[str]:
    if isinstance(block, list):
        return []
    text = " ".join(cell for row in block.rows for cell in row) if isinstance(block, Table) else block.words
    return MARK.findall(text)


def _without_marks(block: Block, answered: set[str]) -> Block:
    def plain(text: str) -> str:
        return MARK.sub(lambda match: "" if match[1] in answered else match[1], text)

    if isinstance(block, Table):
        return Table(tuple(tuple(map(plain, row)) for row in block.rows))
    return replace(block, words=plain(block.words))
