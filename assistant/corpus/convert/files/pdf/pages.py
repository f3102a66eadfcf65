"""Pages of a PDF file as words and tables, turned so that their text runs from left to right."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFNoOutlines, PDFPasswordIncorrect
from pdfplumber.page import Page as Drawn
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_text, extract_words

from assistant.corpus.convert.blocks import PASSWORD, UNLOCK, Unreadable
from assistant.corpus.convert.files.pdf.bare import bare_grid
from assistant.corpus.convert.files.pdf.columns import rows_of
from assistant.corpus.convert.files.pdf.grids import grids_of, outside
from assistant.corpus.convert.files.pdf.types import Page, Word
from assistant.corpus.convert.lines import LIGATURES

BOLD = re.compile(r"bold|black|heavy|semib|demi|-b\b|,b\b|[-_ ]bd\b", re.IGNORECASE)
TITLE, HEADING_TAG = "Title", re.compile(r"Title|H([1-6])?")
RAISED = 0.82  # of the size of the letters around
MARK = re.compile(r"\d{1,3}|[*†‡a-z]")
MOST_CHARACTERS = 60_000  # on a page


def opened(file: Path) -> Any:
    """Open a PDF file. Raises Unreadable where a password keeps it closed or it is damaged beyond reading."""
    try:
        return pdfplumber.open(file, unicode_norm="NFC")
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise Unreadable(PASSWORD, UNLOCK) from None
        raise


def outline_of(pdf: Any) -> list[tuple[int, str]]:
    """Return the bookmarks of a file as levels (from 1 on) and titles; none where it has none that can be read."""
    try:
        return [(level, " ".join(str(title).split())) for level, title, *_ in pdf.doc.get_outlines()]
    except PDFNoOutlines:
        return []
    except Exception:  # bookmarks are broken in many ways, and the text does without them
        return []


def tagged_in(pdf: Any) -> list[tuple[int, str]]:
    """Return the headings that the tags of a file tell, as `outline_of` does; none where it has no tags."""
    if "StructTreeRoot" not in pdf.doc.catalog:
        return []
    found: list[tuple[int, str]] = []
    for drawn in pdf.pages:
        try:
            levels = dict(_tagged_levels(drawn.structure_tree))
            texts: dict[int, list[dict[str, Any]]] = {}
            for char in drawn.chars:
                level = 0 if char.get("tag") == TITLE else levels.get(char.get("mcid"))
                if level is not None:
                    texts.setdefault(char["mcid"], []).append(char)
            found += [(levels.get(mcid, 0), extract_text(chars)) for mcid, chars in texts.items()]
        except Exception:  # tags are broken in many ways, and the text does without them
            continue
        finally:
            drawn.close()
    lift = int(any(level == 0 for level, _ in found))
    return [(level + lift, " ".join(text.split())) for level, text in found]


def _tagged_levels(tree: list[dict[str, Any]], level: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the numbers of marked contents that are headings, each with its level; 0 is the title."""
    for each in tree:
        heading = HEADING_TAG.fullmatch(str(each.get("type", "")))
        own = level if heading is None else 0 if heading[0] == TITLE else int(heading[1] or 1)
        if own is not None:
            yield from ((mcid, own) for mcid in each.get("mcids", ()))
        yield from _tagged_levels(each.get("children", ()), own)


def pages_of(pdf: Any) -> Iterator[Page]:
    """Yield the pages of an opened file."""
    for number, drawn in enumerate(pdf.pages, 1):
        try:
            yield _page(_upright(pdf, drawn), number)
        finally:
            drawn.close()


def _upright(pdf: Any, drawn: Any) -> Any:
    """Return a page turned so that most of its letters stand upright."""
    turns = Counter(_turn(char) for char in drawn.chars)
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn == 0:
        return drawn
    drawn.page_obj.attrs["Rotate"] = drawn.page_obj.rotate = (drawn.rotation + turn) % 360
    return Drawn(pdf, drawn.page_obj, drawn.page_number, 0)


def _turn(char: dict[str, Any]) -> int:
    """Return by how much to turn the page, clockwise in degrees, for a letter to stand upright."""
    a, b, *_ = char["matrix"]
    return round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360


def _page(drawn: Any, number: int) -> Page:
    chars = [char for char in drawn.chars if char["text"] and char["text"] != "\x00"][:MOST_CHARACTERS]
    words = _words([char for char in chars if _turn(char) == 0])
    across = [_turned(char) for char in chars if _turn(char) != 0]
    grids = grids_of(drawn, words)
    if bare := bare_grid(outside(words, grids), max((edge["x1"] for edge in drawn.edges), default=0.0)):
        grids.append(bare)
    images = sum(1 for image in drawn.images if image["width"] * image["height"] > 0.02 * drawn.width * drawn.height)
    return Page(
        number=number,
        width=float(drawn.width),
        height=float(drawn.height),
        words=outside(words, grids),
        grids=tuple(grids),
        sideways=tuple(_words(across)),
        images=images,
    )


def _turned(char: dict[str, Any]) -> dict[str, Any]:
    """Return a letter that runs up, down or upside down where it would stand if the page were turned for it."""
    x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
    places = {90: (-bottom, -top, x0, x1), 270: (top, bottom, -x1, -x0), 180: (-x1, -x0, -bottom, -top)}
    x0, x1, top, bottom = places[_turn(char)]
    turned = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "size": bottom - top}
    return {**char, **turned, "upright": True}


def _words(chars: list[dict[str, Any]]) -> list[Word]:
    found = extract_words(chars, x_tolerance_ratio=0.2, extra_attrs=["size", "fontname"])
    words = [word for each in found if (word := _word(each)).text]
    return [each for row in rows_of(words) for each in _with_raised(row)]


def _word(found: dict[str, Any]) -> Word:
    text = found["text"].translate(LIGATURES).replace("\xa0", " ").strip()
    x0, x1, top, bottom, size = (float(found[key]) for key in ("x0", "x1", "top", "bottom", "size"))
    return Word(text, x0, x1, top, bottom, size, bool(BOLD.search(found["fontname"])))


def _with_raised(row: list[Word]) -> Iterator[Word]:
    """Yield the words of a row; a small number or sign that stands higher than the word beside it is raised."""
    for place, word in enumerate(row):
        around = [*row[max(0, place - 1) : place], *row[place + 1 : place + 2]]
        raised = MARK.fullmatch(word.text) and any(_stands_above(word, each) for each in around)
        yield replace(word, raised=True) if raised else word


def _stands_above(word: Word, other: Word) -> bool:
    near = min(abs(word.x0 - other.x1), abs(other.x0 - word.x1)) < 0.6 * other.size
    by = other.bottom - word.bottom
    return near and (by > 0.25 * other.size or (word.size < RAISED * other.size and by > 0.1 * other.size))
