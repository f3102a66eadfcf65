"""How well and how fast files are read: `python -m tests.corpus.figures` prints a row a file and one a length."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.convert import add_document, read_file
from assistant.corpus.reader import read_document
from assistant.corpus.types import Document, SectionKind
from assistant.language.words import words
from tests.corpus.originals import FIELDS, Original, as_pdf, originals, write_markdown, write_word

LENGTHS = (1_000, 4_000, 16_000)


@dataclass(frozen=True)
class Figures:
    """Of a document that was read back: headings and fields that are right, of how many, and words lost and invented."""

    name: str
    headings: tuple[int, int]
    fields: tuple[int, int]
    lost: Counter[str]
    invented: Counter[str]
    faults: str = ""


def figures(original: Original, file: Path) -> Figures:
    """Read a file that was made of an original and compare."""
    with tempfile.TemporaryDirectory() as corpus:
        document = read_document(add_document(file, Path(corpus), read=read_file).folder)
    expected = Counter(original.headings)
    found = Counter(_headings(document))
    right = sum((expected & found).values())
    faults = f"missing {[*(expected - found)]}, extra {[*(found - expected)]}" if expected != found else ""
    told, written = Counter(_told(document)), Counter(words(original.text))
    fields = [*_fields(original, document)]
    return Figures(
        file.name, (right, sum(expected.values())), (sum(fields), len(fields)), written - told, told - written, faults
    )


def _told(document: Document) -> list[str]:
    return words(document.text)


def _headings(document: Document) -> Iterator[tuple[str, str, str]]:
    for section in document.sections:
        if section.kind is not SectionKind.TITLE:
            yield "section", section.label if section.label != section.title else "", section.title
        seen: set[str] = set()
        for passage in section.passages:
            if passage.subheading and passage.subheading not in seen:
                seen.add(passage.subheading)
                yield "sub-heading", "", passage.subheading


def _fields(original: Original, document: Document) -> Iterator[bool]:
    found = {section.title: section for section in document.sections}
    for row in original.rows:
        section = found.get(row.title)
        for field in FIELDS:
            told = [word for span in section.field(field) for word in words(span.quote)] if section else []
            yield told == words(" ".join(row.fields.get(field, [])))


def files(original: Original, folder: Path) -> Iterator[Path]:
    """Yield an original as files of other kinds, PDF where LibreOffice is installed."""
    yield write_markdown(original, folder / f"{original.name}.md")
    for landscape in (False, True):
        yield (word := write_word(original, folder / f"{original.name}{'-landscape' * landscape}.docx", landscape))
        if shutil.which("soffice"):
            yield as_pdf(word)


def seconds(paragraphs: int) -> float:
    """Tell the processor time, in seconds, that a text of so many paragraphs takes: it should grow in step with them."""
    text = "# Aftale\n\n## § 1 Formål\n\n" + "Parterne mødes hvert år. Regionen betaler. " * paragraphs
    with tempfile.TemporaryDirectory() as folder:
        (file := Path(folder) / "lang.md").write_text(text, encoding="utf-8")
        started = time.process_time()
        add_document(file, Path(folder) / "corpus", read=read_file)
        return time.process_time() - started


def main() -> None:
    """Print a row a file, then a row a length."""
    sys.stdout.write(f"{'file':55}{'headings':>12}{'fields':>10}{'lost':>6}{'invented':>10}\n")
    with tempfile.TemporaryDirectory() as folder:
        for original in originals():
            for file in files(original, Path(folder)):
                each = figures(original, file)
                right, fields = (f"{a}/{b}" for a, b in (each.headings, each.fields))
                lost, invented = sum(each.lost.values()), sum(each.invented.values())
                sys.stdout.write(f"{each.name:55}{right:>12}{fields:>10}{lost:>6}{invented:>10}\n")
                if "-v" in sys.argv and (each.faults or each.lost or each.invented):
                    sys.stdout.write(f"    {each.faults} {dict(each.lost)} {dict(each.invented)}\n")
    sys.stdout.write(f"\n{'paragraphs':55}{'seconds':>12}\n")
    for paragraphs in LENGTHS:
        sys.stdout.write(f"{paragraphs:<55,}{seconds(paragraphs):12.2f}\n")


if __name__ == "__main__":
    main()
