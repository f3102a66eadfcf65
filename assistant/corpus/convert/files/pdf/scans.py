"""Pages that are only an image: read by tesseract where it is installed, else named in the report."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2

from assistant.corpus.convert.blocks import Block, Heading, Paragraph
from assistant.corpus.convert.lines import joined, words_within
from assistant.corpus.labels import looks_like_heading

# With more threads, tesseract is slower where processors are shared.
ONE_THREAD = ("env", "OMP_THREAD_LIMIT=1")
RESOLUTION = 200  # dots per inch
LARGEST_SIDE = 4000  # dots
LONGEST_TITLE = 150
MOST_SECONDS = 60
BUDGET = 200  # seconds for all pages of a file


def can_recognise() -> bool:
    """Tell whether tesseract is installed and knows Danish."""
    if shutil.which("tesseract") is None:
        return False
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    return "dan" in known.stdout.split()


def recognised_pages(file: Path, numbers: Sequence[int], tell: Callable[[int, int], None]) -> dict[int, list[Block]]:
    """Return the blocks of pages that are images, of as many as can be read in BUDGET seconds."""
    started, found = time.monotonic(), {}
    for done, number in enumerate(numbers, 1):
        if time.monotonic() - started > BUDGET:
            break
        found[number] = recognised(file, number)
        tell(done, len(numbers))
    return found


def recognised(file: Path, number: int) -> list[Block]:
    """Return the blocks of a page (from 1 on) that is an image; empty where nothing was recognised."""
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "page.png"
        document = pypdfium2.PdfDocument(file)
        try:
            page = document[number - 1]
            scale = min(RESOLUTION / 72, LARGEST_SIDE / max(page.get_size()))
            page.render(scale=scale, grayscale=True).to_pil().save(image)
        finally:
            document.close()
        spoken = "dan+eng" if _knows_english() else "dan"
        command = [*ONE_THREAD, "tesseract", str(image), "stdout", "-l", spoken]
        try:
            told = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                timeout=MOST_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return []
    blocks = [*_blocks(told.stdout)]
    if number == 1 and blocks and isinstance(first := blocks[0], Paragraph) and len(first.words) < LONGEST_TITLE:
        blocks[0] = Heading(first.words, 1) if first.words[-1] not in ".,:;" else first
    return blocks


def _knows_english() -> bool:
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=20)
    return "eng" in known.stdout.split()


def _blocks(text: str) -> Iterator[Block]:
    known = words_within(text.splitlines())
    for part in re.split(r"\n\s*\n", text.replace("\f", "\n\n")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines:
            words = joined(lines, known)
            yield Heading(words, 2) if looks_like_heading(words) else Paragraph(words)


def plain_pages(file: Path) -> list[str]:
    """Return the bare text of each page, for files that cannot be laid out."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
