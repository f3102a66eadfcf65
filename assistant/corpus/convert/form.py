"""An outline in the hand-edited form of `corpus/markup.py`: one sentence a line, headings with ids, fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assistant.corpus.convert.blocks import Block, Heading, Item, Note, Paragraph, Table
from assistant.corpus.convert.outline import Outline, Part
from assistant.corpus.convert.sentences import LONGEST, sentences
from assistant.corpus.convert.tables import Theme, columns_of, rows_of, themes
from assistant.corpus.labels import labelled
from assistant.corpus.markup import FIELD
from assistant.corpus.types import Field

FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "§": "paragraf "})
DEEPEST = 5  # of headings, by their "#"


def slug(text: str) -> str:
    """Return lower-case letters a-z, digits and hyphens for a name."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(FOLDS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def lines_of(outline: Outline) -> Iterator[str]:
    """Yield the lines of a document's `da.md`."""
    writer = _Writer()
    yield f"# {one_line(outline.title)} {{doc}}"
    yield from writer.body(outline.opening, 1)
    for part in outline.parts:
        yield from writer.part(part)


class _Writer:
    """Writes parts, giving each section an id of its own."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {"doc": 1}

    def part(self, part: Part) -> Iterator[str]:
        depth = min(part.depth + 1, DEEPEST - 1)
        yield ""
        yield self.heading(part.label, part.title, depth)
        yield from self.body(part.blocks, depth)

    def body(self, blocks: Sequence[Block], depth: int) -> Iterator[str]:
        """Yield blocks; themes come last, for what stands behind their table is of the section and not of the theme."""
        found: list[Theme] = []
        previous: Block | None = None
        for block in _plain_blocks(blocks, found):
            if not (isinstance(block, Item) and isinstance(previous, Item)):
                yield ""
            yield from _lines(block, depth)
            previous = block
        opens = next((isinstance(block, Table) for block in blocks), False)
        for theme in found:  # below a heading of their own, else beside the section that they happen to follow
            yield from self.theme(theme, depth + 1 if opens else 2)

    def theme(self, theme: Theme, depth: int) -> Iterator[str]:
        named = labelled(theme.title)
        label, title = (named.label, named.title) if named.label else (theme.row, theme.title)
        yield ""
        yield self.heading(label, title, max(2, min(depth, DEEPEST)))
        for name, paragraphs in ((Field.TEXT, theme.other), *((each, theme.fields.get(each, [])) for each in Field)):
            if paragraphs:
                yield from ["", f"[{name}]"] if name is not Field.TEXT else []
            for paragraph in paragraphs:
                yield from ["", *_sentences(paragraph)]

    def heading(self, label: str, title: str, depth: int) -> str:
        label, title = one_line(label), one_line(title)
        name = slug(label) or slug(title)
        name = name if re.search("[a-z]", name) else f"afsnit-{name}".strip("-")
        cells = f"{label} | {title}" if label and title else label or title or "…"
        return f"{'#' * depth} {cells} {{{self.free(name)}}}"

    def free(self, wanted: str) -> str:
        """Return a name that no section has yet."""
        name = wanted
        while name in self.used:
            self.used[wanted] += 1
            name = f"{wanted}-{self.used[wanted]}"
        self.used[name] = self.used.get(name, 1)
        return name


def _plain_blocks(blocks: Sequence[Block], found: list[Theme]) -> Iterator[Block]:
    """Yield blocks without tables: rows in the place of a table, the rows over initiatives into `found`."""
    for block in blocks:
        if not isinstance(block, Table):
            yield block
        elif columns := columns_of(block):
            found += themes(block, columns)
        else:
            yield from rows_of(block)


def _lines(block: Block, depth: int) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * min(max(3, depth + block.level), DEEPEST + 1)} {one_line(block.words) or '…'}"
    elif isinstance(block, Item):
        words = one_line(block.words, keep="|{}")
        first, *rest = [words] if len(words) <= LONGEST else sentences(words) or ["…"]
        yield f"- {first}"
        yield from map(_guarded, rest)
    elif isinstance(block, Note):
        yield from _sentences(f"{block.mark}) {block.words}" if block.mark else block.words)
    elif isinstance(block, Paragraph):
        yield from _sentences(block.words)


def _sentences(text: str) -> Iterable[str]:
    return map(_guarded, sentences(text))


def one_line(words: str, keep: str = "") -> str:
    """Return words on one line without the signs that the hand-edited form gives a meaning in headings."""
    return " ".join("".join(" " if sign in "|{}" and sign not in keep else sign for sign in words).split())


def _guarded(sentence: str) -> str:
    """Keep a sentence from being read as a heading, a field or an item."""
    if FIELD.match(sentence):
        return f"({sentence[1:-1]})"
    return re.sub(r"^(?:#+|-(?= ))\s*", "", sentence) or "…"
