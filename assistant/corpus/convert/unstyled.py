"""Headings that no style tells: clauses of an act, lines numbered in sequence, and titles on the line below a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.corpus.convert.blocks import Block, Heading, Item, Paragraph
from assistant.corpus.labels import Labelled, labelled

CLAUSE = re.compile(r"(?P<label>§\s?\d{1,3}(?:\s?[a-z])?)\.\s+(?=\S)")
LEAST_CLAUSES = LEAST_NUMBERED = 3
LONGEST_NUMBERED = 90
ENDS = ".,;:!?"
Number = tuple[int, ...]


def label_of(heading: Heading) -> Labelled:
    """Return the label of a heading, drawn by the file or written in its words."""
    return Labelled(heading.label, heading.words, True) if heading.label else labelled(heading.words)


def with_unstyled(blocks: list[Block]) -> list[Block]:
    """Return blocks in which such lines are headings."""
    return _with_titles(_with_numbered(_with_clauses(blocks)))


def deepest(blocks: Sequence[Block]) -> int:
    """Return the level of the lowest headings; 0 where there is none."""
    return max((block.level for block in blocks if isinstance(block, Heading)), default=0)


def _with_clauses(blocks: list[Block]) -> list[Block]:
    """Return blocks in which the paragraphs of an act ("§ 4. Ministeren …") have their label as a heading."""
    places = [n for n, block in enumerate(blocks) if isinstance(block, Paragraph) and CLAUSE.match(block.words)]
    if len(places) < LEAST_CLAUSES:
        return blocks
    level = 1 + deepest(blocks)
    found: list[Block] = []
    for block in blocks:
        match = CLAUSE.match(block.words) if isinstance(block, Paragraph) else None
        if match and isinstance(block, Paragraph):
            found += [Heading("", level, match["label"]), Paragraph(block.words[match.end() :])]
        else:
            found.append(block)
    return found


def _with_numbered(blocks: list[Block]) -> list[Block]:
    """Return blocks in which short lines numbered one after another ("2. Drift", "2.1 Formål"), text below each, are
    headings; a list has its items right below each other.
    """
    numbered = dict(_in_sequence(blocks))
    if len(numbered) < LEAST_NUMBERED:
        return blocks
    return [
        Heading(block.words, numbered[place]) if place in numbered and isinstance(block, Item | Paragraph) else block
        for place, block in enumerate(blocks)
    ]


def _in_sequence(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the places of numbered lines that follow each other, and headings, in number, with their level."""
    level = 1 + deepest(blocks)
    last: Number = ()
    for place, block in enumerate(blocks):
        number = _number_of(block)
        if number and isinstance(block, Heading):
            last, level = number, block.level
        elif number and _follows(last, number) and _has_text(blocks, place, number):
            last = number
            yield place, level


def _number_of(block: Block) -> Number:
    """Return the number in front of a heading, or of a line that may be one; empty where there is none."""
    if isinstance(block, Heading):
        label = label_of(block).label
    elif isinstance(block, Item | Paragraph) and len(block.words) <= LONGEST_NUMBERED and block.words[-1] not in ENDS:
        label = labelled(block.words).label
    else:
        return ()
    return tuple(map(int, label.split("."))) if re.fullmatch(r"[\d.]*\d", label) else ()


def _follows(last: Number, number: Number) -> bool:
    """Tell whether a number is the next one: 3 or 2.1 or, below it, 2.1.1 after 2."""
    if not last:
        return number == (1,)
    return number == (*last, 1) or number in ((*last[:n], last[n] + 1) for n in range(len(last)))


def _has_text(blocks: Sequence[Block], place: int, number: Number) -> bool:
    """Tell whether text of its own stands below a numbered line, or a line numbered within it."""
    if place + 1 == len(blocks) or isinstance(blocks[place + 1], Heading):
        return False
    following = _number_of(blocks[place + 1])
    return not following or following == (*number, 1)


def _with_titles(blocks: list[Block]) -> list[Block]:
    """Return blocks in which a heading that is only a label ("Kapitel 2") has the short line below it as its title."""
    found: list[Block] = []
    for place, block in enumerate(blocks):
        above = found[-1] if found else None
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(above, Heading) and _is_bare(above) and _is_title(above, block, following):
            found[-1] = Heading(_words(block), above.level, label_of(above).label)
        else:
            found.append(block)
    return found


def _is_bare(heading: Heading) -> bool:
    named = label_of(heading)
    return named.named and not named.title and not named.label.startswith("§")


def _is_title(above: Heading, block: Block, following: Block | None) -> bool:
    """Tell whether a line right below a bare label is its title: no label, short, no sentence, and more follows."""
    words = _words(block)
    alike = isinstance(block, Paragraph) or (isinstance(block, Heading) and block.level == above.level)
    plain = alike and not (label_of(block) if isinstance(block, Heading) else labelled(words)).label
    short = 0 < len(words) <= LONGEST_NUMBERED and words[-1] not in ENDS and words[0].isupper()
    return plain and short and following is not None


def _words(block: Block) -> str:
    return block.words if isinstance(block, Paragraph | Heading) else ""
