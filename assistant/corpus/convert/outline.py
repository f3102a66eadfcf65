"""From blocks to the parts of a document: its title, sections within sections, and sub-headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.corpus.convert.blocks import Block, Content, Heading, Paragraph, Table
from assistant.corpus.convert.tables import joined_tables
from assistant.corpus.convert.unstyled import label_of, with_unstyled
from assistant.corpus.labels import looks_like_heading
from assistant.language.files import either

LONGEST_HEADING = 200
CONTENTS = re.compile(either("convert", "contents").pattern, re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """A section: its label and title, how deep it lies (1 right below the document), and its blocks.

    The headings among its blocks are sub-headings; their level counts from 1.
    """

    label: str
    title: str
    depth: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's title, what stands before the first section, and its sections in reading order."""

    title: str
    opening: tuple[Block, ...]
    parts: tuple[Part, ...]


def outline_of(content: Content, fallback: str) -> Outline:
    """Return the outline of a file's content; `fallback` is the title where the file has none."""
    blocks = with_unstyled(_without_contents([*_usable(joined_tables(content.blocks))]))
    title, blocks = _title(blocks, content.title, fallback)
    if not any(isinstance(block, Heading) and block.words for block in blocks):
        blocks = [_promoted(block) for block in blocks]
    ranked = _ranked(blocks)
    parts: list[Part] = []
    opening: list[Block] = []
    for block, depth, is_section in _placed(ranked):
        if isinstance(block, Heading) and is_section:
            named = label_of(block)
            parts.append(Part(named.label, named.title, depth))
        else:
            (parts[-1].blocks if parts else opening).append(block)
    return Outline(title, tuple(opening), tuple(parts))


def _usable(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks that say something; a heading as long as a paragraph is one."""
    for block in blocks:
        if isinstance(block, Table):
            yield from [block] if any(map(any, block.rows)) else []
        elif isinstance(block, Heading) and len(block.words) > LONGEST_HEADING:
            yield Paragraph(f"{block.label} {block.words}".strip())
        elif block.words.strip():
            yield block


def _without_contents(blocks: list[Block]) -> list[Block]:
    """Return blocks without the heading of a table of contents that was left out."""
    following = [*blocks[1:], None]
    return [
        block
        for block, after in zip(blocks, following, strict=True)
        if not (isinstance(block, Heading) and isinstance(after, Heading) and CONTENTS.search(block.words))
    ]


def _title(blocks: list[Block], given: str, fallback: str) -> tuple[str, list[Block]]:
    """Take the title off the blocks: what they begin with, else the one heading above all, else the metadata's."""
    if blocks and _is_title(blocks[0]):
        return _words_of(blocks[0]), blocks[1:]
    headings = [block for block in blocks if isinstance(block, Heading)]
    if len(headings) > 1 and not given:
        first, *rest = headings
        if first.level < min(other.level for other in rest) and not label_of(first).label:
            return first.words, [block for block in blocks if block is not first]
    return given or fallback, blocks


def _is_title(block: Block) -> bool:
    """Tell whether a first block is a title: a heading without a label, or a bold line."""
    if isinstance(block, Heading):
        return not label_of(block).label
    bold = isinstance(block, Paragraph) and block.bold and len(block.words) <= LONGEST_HEADING
    return bold and not looks_like_heading(_words_of(block))


def _words_of(block: Block) -> str:
    return "" if isinstance(block, Table) else block.words


def _promoted(block: Block) -> Block:
    """Make a heading of a bold line or of one that is labelled as headings are: the file has no other."""
    if not isinstance(block, Paragraph) or len(block.words) > LONGEST_HEADING:
        return block
    told = (block.bold and block.words[-1] not in ".;,") or looks_like_heading(block.words)
    return Heading(block.words, 1) if told else block


def _ranked(blocks: Sequence[Block]) -> list[tuple[Block, int]]:
    """Return blocks with the depth of headings: 1 below the document, 2 below a heading of a higher level …

    "2.1" lies below "2", also where both look the same.
    """
    above: list[tuple[int, int]] = []
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            level = block.level, label_of(block).label.count(".")
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        found.append((block, len(above)))
    return found


def _placed(ranked: Sequence[tuple[Block, int]]) -> Iterator[tuple[Block, int, bool]]:
    """Yield blocks with their depth and whether they begin a section; other headings are sub-headings by level."""
    below_parts = _below_parts(ranked)
    sections: list[int] = []  # the depths of the headings whose sections are open
    for place, (block, depth) in enumerate(ranked):
        if not isinstance(block, Heading):
            yield block, depth, False
            continue
        while sections and sections[-1] >= depth:
            sections.pop()
        if depth == 1 or label_of(block).label or place in below_parts:
            sections.append(depth)
            yield block, len(sections), True
        else:
            yield Heading(block.words, depth - sections[-1]), depth, False


def _below_parts(ranked: Sequence[tuple[Block, int]]) -> set[int]:
    """Return the places of headings right below one that has neither text nor label and groups headings of headings.

    A title that comes again and again ("Baggrund") is a sub-heading wherever it stands.
    """
    titles = Counter(block.words.lower() for block, _ in ranked if isinstance(block, Heading))
    below: dict[int, list[int]] = {}
    above: list[tuple[int, int]] = []  # depths and places of the headings above
    for place, (block, depth) in enumerate(ranked):
        if isinstance(block, Heading):
            while above and above[-1][0] >= depth:
                above.pop()
            if above:
                below.setdefault(above[-1][1], []).append(place)
            above.append((depth, place))
    return {
        child
        for parent, children in below.items()
        if children[0] == parent + 1
        and any(child in below for child in children)
        and not _is_labelled(ranked[parent][0])
        for child in children
        if titles[_words_of(ranked[child][0]).lower()] == 1
    }


def _is_labelled(block: Block) -> bool:
    return isinstance(block, Heading) and bool(label_of(block).label)
