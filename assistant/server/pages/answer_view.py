"""What the answer page shows of an answer: paragraphs, lists and tables with references, and its sources in groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.answering import Answer
from assistant.answering.types import Citation

# The end of a word stays on the line of the numbers that follow it.
_REFERENCES = re.compile(r"(\S{0,12}(?:\s?\[\d+\])+[.,;:]?)")
_NUMBER = re.compile(r"\[(\d+)\]")
_PARTED = re.compile(r"\]\.\s*$")
_LABEL = re.compile(r"(?:^|(?<=[.\]] ))([^\s.:\[\]][^.:\[\]]{0,40}): ")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text; `kept` is true for a word's end and its references.

    A piece is words, the number after them ("" for none) and whether the answer names that number for the first time.
    """

    kept: bool
    pieces: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one row of one cell), a list (rows of one cell) or a table; `head` are the labels of its columns."""

    kind: str
    rows: tuple[tuple[tuple[Words, ...], ...], ...]
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer laid out: its blocks, and its sources with those of a section together, the first of each marked."""

    blocks: tuple[Block, ...]
    sources: tuple[tuple[Citation, bool], ...]


def lay_out(answer: Answer) -> Shown:
    """Lay an answer out for the page."""
    found = answer.citations or answer.closest
    order = list(dict.fromkeys(each.heading for each in found))
    grouped = sorted(found, key=lambda each: order.index(each.heading))
    headings = ["", *(" › ".join(each.heading) for each in grouped)]
    fresh = [above != below for above, below in pairwise(headings)]
    return Shown(tuple(_blocks(answer.text)), tuple(zip(grouped, fresh, strict=True)))


def _blocks(text: str) -> Iterator[Block]:
    seen: set[str] = set()
    for listed, lines in groupby(text.split("\n"), key=lambda line: line.startswith("- ")):
        if not listed:
            yield Block("text", ((_words("\n".join(lines), seen),),))
            continue
        kind, head, rows = _list([line.removeprefix("- ") for line in lines])
        yield Block(kind, tuple(tuple(_words(cell, seen) for cell in row) for row in rows), head)


def _list(items: Sequence[str]) -> tuple[str, tuple[str, ...], list[list[str]]]:
    """Return a list, or a table where each item is "name – what", with a column a label where all say "label: …"."""
    cells = [item.split(" – ", 1) for item in items]
    if len(items) < 2 or any(len(each) < 2 for each in cells):
        return "list", (), [[item] for item in items]
    parts = [_LABEL.split(what) for _, what in cells]
    heads = {tuple(each[1::2]) for each in parts}
    head = heads.pop()
    if heads or len(head) < 2:
        return "table", (), cells
    # The full stop that parts two cells belongs to neither.
    rows = zip(cells, parts, strict=True)
    return "table", head, [[name, *(_PARTED.sub("]", cell) for cell in part[2::2])] for (name, _), part in rows]


def _words(text: str, seen: set[str]) -> tuple[Words, ...]:
    found = []
    for place, stretch in enumerate(_REFERENCES.split(text)):
        if place % 2:
            pieces = _NUMBER.split(re.sub(r"\s", "\u00a0", stretch))
            pairs = zip(pieces[::2], [*pieces[1::2], ""], strict=True)
            found.append(Words(True, tuple((words, number, _first(number, seen)) for words, number in pairs)))
        elif stretch:
            found.append(Words(False, ((stretch, "", False),)))
    return tuple(found)


def _first(number: str, seen: set[str]) -> bool:
    """Tell whether a number was not seen before, and note it."""
    fresh = number not in seen
    seen.add(number)
    return fresh
