"""HTML to blocks: what a browser would show as text, without scripts, navigation and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from assistant.corpus.convert.blocks import (
    Block,
    Content,
    Heading,
    Item,
    Note,
    Paragraph,
    Remark,
    Table,
    Unreadable,
    table_of,
)
from assistant.corpus.convert.files.encoding import decoded

LEFT_OUT = {"script", "style", "nav", "head", "template", "svg", "noscript", "button", "select", "textarea", "iframe"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = {"ul", "ol", "dl", "menu"}
BLOCKS = (
    LISTS
    | set(HEADINGS)
    | {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dd",
        "div",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    }
)
BOLD = {"b", "strong"}
BACKLINK = re.compile(r"[↩︎\ufe0e\s]+$")
DEEPEST = 200


def read_html(file: Path) -> Content:
    """Return the blocks of an HTML file. Raises Unreadable."""
    return blocks_of(decoded(file))


def blocks_of(text: str, title: str = "") -> Content:
    """Return the blocks of HTML text. Raises Unreadable."""
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, ValueError):
        return Content((), title)
    reader = _Reader(root)
    body = root.find("body")
    blocks = tuple(reader.blocks(body if body is not None else root))
    return Content(blocks, title or _words(root.findtext(".//head/title") or ""), tuple(reader.remarks()))


class _Reader:
    """Walks a tree in reading order; notes come after the block that refers to them."""

    def __init__(self, root: Any) -> None:
        self.notes = _notes(root)
        _number(root)
        self.images = sum(1 for _ in root.iter("img"))
        self.code = 0
        self.pending: list[Note] = []

    def remarks(self) -> Iterator[Remark]:
        if self.images:
            yield Remark("images", self.images)
        if self.code:
            yield Remark("code", self.code)

    def blocks(self, element: Any, level: int = 0, depth: int = 0) -> Iterator[Block]:
        """Yield the blocks of an element; text beside block elements is a paragraph."""
        if depth > DEEPEST:
            raise Unreadable("is nested too deeply", "Save it as plain HTML or as a Word file")
        loose = _Loose()
        loose.add(element.text)
        for child in element:
            if not isinstance(child.tag, str) or child.tag in LEFT_OUT or self._is_note(child):
                loose.add(child.tail)
                continue
            if child.tag in BLOCKS or any(each.tag in BLOCKS for each in child.iterdescendants()):
                yield from self._paragraph(loose)
                yield from self._block(child, level, depth)
                loose = _Loose()
            else:
                loose.add(self._inline(child), child.tag in BOLD)
            loose.add(child.tail)
        yield from self._paragraph(loose)

    def _block(self, element: Any, level: int, depth: int) -> Iterator[Block]:
        tag = element.tag
        if tag in HEADINGS:
            yield from self._with_notes(Heading(_words(self._inline(element)), HEADINGS[tag]))
        elif tag in LISTS:
            yield from self.blocks(element, level + 1, depth + 1)
        elif tag in ("li", "dt", "dd"):
            yield from self._item(element, max(level, 1), depth)
        elif tag == "table":
            yield from self._with_notes(table_of(self._row(row) for row in element.iter("tr")))
        elif tag == "pre" and element.find("code") is not None:
            self.code += 1
        else:
            yield from self.blocks(element, level, depth + 1)

    def _item(self, element: Any, level: int, depth: int) -> Iterator[Block]:
        number: str | None = f"{element.get('value')}. " if element.get("value") else ""
        for block in self.blocks(element, level, depth + 1):
            if number is not None and isinstance(block, Paragraph):
                yield Item(number + block.words, level)
            else:
                yield block
            number = None

    def _row(self, row: Any) -> list[str]:
        cells = []
        for cell in row.iterchildren("td", "th"):
            parts = [_told(block) for block in self.blocks(cell) if not isinstance(block, Note)]
            cells.append("\n".join(part for part in parts if part))
            spanned = cell.get("colspan", "1")
            cells += [""] * (min(int(spanned), 50) - 1 if spanned.isdigit() else 0)
        return cells

    def _paragraph(self, loose: _Loose) -> Iterator[Block]:
        if loose.words():
            yield from self._with_notes(Paragraph(loose.words(), loose.bold()))

    def _with_notes(self, block: Block) -> Iterator[Block]:
        yield block
        yield from self.pending
        self.pending = []

    def _inline(self, element: Any) -> str:
        """Return the text within an element; a reference to a note is taken off and its note comes next."""
        if element.tag in LEFT_OUT:
            return ""
        if element.tag == "br":
            return "\n"
        target = (element.get("href") or "")[1:] if element.tag == "a" else ""
        if target in self.notes:
            words, mark = self.notes[target], _words(element.text_content()).strip("[]")
            self.pending.append(Note(words, mark))
            return ""
        inside = (self._inline(child) + (child.tail or "") for child in element if isinstance(child.tag, str))
        return (element.text or "") + "".join(inside)

    def _is_note(self, element: Any) -> bool:
        return element.get("id") in self.notes or "footnotes" in (element.get("class") or "")


class _Loose:
    """Inline text that stands between block elements."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, bool]] = []

    def add(self, text: str | None, bold: bool = False) -> None:
        if text:
            self.parts.append((text, bold))

    def words(self) -> str:
        return _words("".join(text for text, _ in self.parts))

    def bold(self) -> bool:
        return all(bold for text, bold in self.parts if text.strip())


def _number(root: Any) -> None:
    """Write the number that a browser would show on each item of a numbered list."""
    for numbered in root.iter("ol"):
        start = numbered.get("start", "1")
        for number, item in enumerate(numbered.iterchildren("li"), int(start) if start.isdigit() else 1):
            item.set("value", item.get("value", str(number)))


def _notes(root: Any) -> dict[str, str]:
    """Return the words of notes by the id that links in the text point to."""
    referred = {a.get("href")[1:] for a in root.iter("a") if (a.get("href") or "").startswith("#") and _is_mark(a)}
    found = {}
    for element in root.iter("li", "p", "div", "aside"):
        if element.get("id") in referred:
            for back in element.xpath('.//a[starts-with(@href, "#")]'):
                back.drop_tree()
            found[element.get("id")] = BACKLINK.sub("", _words(element.text_content()))
    return found


def _is_mark(link: Any) -> bool:
    return bool(re.fullmatch(r"\[?(\d{1,3}|[*†‡]+)\]?", _words(link.text_content())))


def _told(block: Block) -> str:
    return " ".join(" ".join(row) for row in block.rows) if isinstance(block, Table) else block.words


def _words(text: str) -> str:
    return " ".join(text.split())
