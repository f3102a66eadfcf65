"""The blocks of a PDF file, page by page."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.corpus.convert.blocks import Block, Content, Paragraph, Remark, Unreadable
from assistant.corpus.convert.files.encoding import tidy
from assistant.corpus.convert.files.pdf.columns import lines_of
from assistant.corpus.convert.files.pdf.flow import blocks_of, texts
from assistant.corpus.convert.files.pdf.furniture import without_contents, without_furniture
from assistant.corpus.convert.files.pdf.headings import Headings
from assistant.corpus.convert.files.pdf.pages import opened, outline_of, pages_of, tagged_in
from assistant.corpus.convert.files.pdf.scans import can_recognise, plain_pages, recognised_pages
from assistant.corpus.convert.files.pdf.types import Page
from assistant.corpus.convert.lines import joined, words_within

LARGEST = 1000  # pages
LEAST_WORDS = 4  # of a page that is more than an image
NO_TITLE = re.compile(r"^(?:microsoft word|untitled|.*\.(?:docx?|pdf|odt|indd)$)", re.IGNORECASE)
Tell = Callable[[int, int], None]


def read_pdf(file: Path, tell: Tell) -> Content:
    """Return the blocks of a PDF file; `tell` hears how many of how many pages are read. Raises Unreadable."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        return _laid_out(file, tell)
    except (Unreadable, MemoryError):
        raise
    except Exception:  # the layout of a damaged file breaks in many ways; its bare text may still be read
        return _bare(file)


def _laid_out(file: Path, tell: Tell) -> Content:
    with opened(file) as pdf:
        total = len(pdf.pages)
        if total > LARGEST:
            raise Unreadable(f"has more than {LARGEST} pages", "Split it into several files, one a document")
        pages = []
        for page in pages_of(pdf):
            pages.append(page)
            tell(page.number, total)
        outline, title = max(outline_of(pdf), tagged_in(pdf), key=len), _title(pdf.metadata)
    trimmed, heads, numbers = without_furniture(pages)
    lines, contents = without_contents([line for page in trimmed for line in lines_of(page)])
    blocks = blocks_of(lines, Headings(lines, outline, contents), words_within(texts(lines)))
    scanned, remarks = _scanned(file, [page.number for page in pages if _is_scan(page)], tell)
    told = {
        "running": heads,
        "pages": numbers,
        "contents": len(contents),
        "sideways": sum(len(p.sideways) > 0 for p in pages),
    }
    told["images"] = sum(page.images for page in pages if not _is_scan(page))
    remarks += [Remark(kind, count) for kind, count in told.items() if count]
    remarks += _of_pages("empty pages", [page.number for page in pages if _is_empty(page)])
    merged = sorted([*blocks, *scanned], key=lambda pair: pair[1])
    return Content(tuple(block for block, _ in merged), title, tuple(remarks))


def _scanned(file: Path, numbers: Sequence[int], tell: Tell) -> tuple[list[tuple[Block, int]], list[Remark]]:
    """Return the recognised text of pages that are images, and what to say of them."""
    if not numbers or not can_recognise():
        return [], _of_pages("scanned", numbers)
    read = recognised_pages(file, numbers, tell)
    found = [(block, number) for number, blocks in read.items() for block in blocks]
    return found, [*_of_pages("recognised", [*read]), *_of_pages("unrecognised", numbers[len(read) :])]


def _of_pages(kind: str, numbers: Sequence[int]) -> list[Remark]:
    return [Remark(kind, len(numbers), _ranges(numbers))] if numbers else []


def _ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as "2, 5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _is_scan(page: Page) -> bool:
    return bool(page.images) and len(page.words) + len(page.sideways) < LEAST_WORDS and not page.grids


def _is_empty(page: Page) -> bool:
    return not (page.words or page.grids or page.sideways or page.images)


def _title(metadata: dict[str, object]) -> str:
    title = metadata.get("Title")
    words = " ".join(title.split()) if isinstance(title, str) else ""
    return "" if NO_TITLE.match(words) else words


def _bare(file: Path) -> Content:
    """Return the text of a file whose layout cannot be read, a paragraph a line. Raises Unreadable."""
    try:
        pages = plain_pages(file)
    except Exception:  # nothing can be read of it
        raise Unreadable("is damaged", "Save it anew from the program that made it") from None
    blocks = [
        Paragraph(words)
        for page in pages
        for part in re.split(r"\n\s*\n", tidy(page))
        if (words := joined(part.split("\n")))
    ]
    return Content(tuple(blocks), "", (Remark("fallback"),))
