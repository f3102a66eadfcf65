"""What the styles of a Word file say of a paragraph: its level as a heading, its list, its weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.corpus.convert.files.word.package import is_on, val, w

# What Word calls its headings in the languages that a Danish office meets, whatever their style is based on.
HEADING = re.compile(r"^(?:heading|overskrift|rubrik|überschrift)\s*([1-9])\b", re.IGNORECASE)
TITLE = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
CONTENTS = re.compile(r"^(?:toc|indholdsfortegnelse|table of figures)\b", re.IGNORECASE)
LIST = re.compile(r"^(?:list|opstilling|liste)\b.*?(\d)?$", re.IGNORECASE)
OWN_HEADING = re.compile(r"overskrift|heading", re.IGNORECASE)
BODY_LEVEL = 9
MOST_ANCESTORS = 20


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: Any) -> None:
        found = root.iterchildren(w("style")) if root is not None else ()
        self.by_id: dict[str, Any] = {style.get(w("styleId")): style for style in found}

    def chain(self, paragraph: Any) -> Iterator[Any]:
        """Yield a paragraph's style and those that it is based on."""
        name = val(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
        for _ in range(MOST_ANCESTORS):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = val(style.find(w("basedOn")))

    def names(self, paragraph: Any) -> list[str]:
        """Return what the styles of a paragraph are called, its own first."""
        return [val(style.find(w("name"))) for style in self.chain(paragraph)]

    def level(self, paragraph: Any) -> int | None:
        """Return the level of a heading from 1 on, 0 for a title, None for other text."""
        own = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
        levels = [own, *(style.find(f"{w('pPr')}/{w('outlineLvl')}") for style in self.chain(paragraph))]
        names = self.names(paragraph)
        if any(TITLE.match(name) for name in names):
            return 0
        for level in levels:
            if level is not None and val(level).isdigit():
                return int(val(level)) + 1 if int(val(level)) < BODY_LEVEL else None
        told = next((match for name in names if (match := HEADING.match(name))), None)
        if told:
            return int(told[1])
        return 1 if names and OWN_HEADING.search(names[0]) else None

    def is_contents(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is a line of a table of contents."""
        return any(CONTENTS.match(name) for name in self.names(paragraph))

    def list_level(self, paragraph: Any) -> int | None:
        """Return the level that the name of a list style tells, None for other styles."""
        match = next((match for name in self.names(paragraph) if (match := LIST.match(name))), None)
        return int(match[1] or 1) if match else None

    def number(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the id of the list that a paragraph is in, and its level in it from 0 on."""
        for holder in (paragraph, *self.chain(paragraph)):
            found = holder.find(f"{w('pPr')}/{w('numPr')}")
            if found is not None:
                number, level = val(found.find(w("numId"))), val(found.find(w("ilvl")), "0")
                return (number, int(level) if level.isdigit() else 0) if number not in ("", "0") else None
        return None

    def is_bold(self, run: Any, paragraph: Any) -> bool:
        """Tell whether a run is bold, by itself or by the style of its paragraph."""
        own = run.find(f"{w('rPr')}/{w('b')}")
        if own is not None:
            return is_on(own)
        styled = (style.find(f"{w('rPr')}/{w('b')}") for style in self.chain(paragraph))
        return is_on(next((each for each in styled if each is not None), None))
