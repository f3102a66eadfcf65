"""Plain text to blocks: blank lines part paragraphs, words broken at line ends are mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.corpus.convert.blocks import Block, Content, Heading, Item, Paragraph
from assistant.corpus.convert.files.encoding import decoded
from assistant.corpus.convert.lines import joined, words_within
from assistant.corpus.labels import labelled

LONGEST_HEADING = 90
ITEM = re.compile(r"(?P<indent>\s*)(?:[-*•–]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")


def read_text(file: Path) -> Content:
    """Return the blocks of a text file. Raises Unreadable."""
    text = decoded(file)
    known = words_within(text.splitlines())
    parts = re.split(r"\n[^\S\n]*\n", text)
    return Content(tuple(block for part in parts for block in _blocks(part, known)))


def _blocks(part: str, known: frozenset[str]) -> Iterator[Block]:
    lines = [line for line in part.splitlines() if line.strip()]
    if len(lines) == 1 and _is_heading(lines[0].strip()):
        yield Heading(lines[0].strip(), 1)
        return
    opened: list[tuple[int, list[str]]] = []  # the level of an item, 0 for a paragraph, and its lines
    for line in lines:
        if match := ITEM.match(line):
            bullet = match.group().strip() in "-*•–"
            opened.append(
                (1 + len(match["indent"].expandtabs(4)) // 2, [line[match.end() :] if bullet else line.strip()])
            )
        elif opened:
            opened[-1][1].append(line.strip())
        else:
            opened.append((0, [line.strip()]))
    for level, held in opened:
        words = joined(held, known)
        yield Item(words, level) if level else Paragraph(words)


def _is_heading(line: str) -> bool:
    """Tell whether a line between blank lines is a heading: short, without a stop, and no item unless numbered so."""
    short = len(line) < LONGEST_HEADING and line[-1] not in ".,;:!?]"
    return short and (not ITEM.match(line) or bool(labelled(line).label))
