"""What an officer is told after a file was added: what was found, what was left out and why, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.convert.blocks import Block, Content, Paragraph, Remark, Table
from assistant.corpus.convert.outline import Outline
from assistant.corpus.convert.tables import columns_of
from assistant.corpus.labels import looks_like_heading
from assistant.corpus.types import Document, SectionKind

# A remark's kind: what is said of one, and of several.
SAID = {
    "inserted": ("1 tracked insertion was taken in", "{n} tracked insertions were taken in"),
    "deleted": ("1 tracked deletion was left out", "{n} tracked deletions were left out"),
    "comments": ("1 comment was left out", "{n} comments were left out"),
    "images": (
        "1 image was left out: what it shows is not read",
        "{n} images were left out: what they show is not read",
    ),
    "running": ("1 running head or foot was left out", "{n} running heads and feet were left out"),
    "pages": ("1 page number was left out", "{n} page numbers were left out"),
    "contents": ("1 line of a table of contents was left out", "{n} lines of tables of contents were left out"),
    "code": ("1 code block was left out", "{n} code blocks were left out"),
    "kind": ("the file is a {detail} file, whatever its name says",) * 2,
    "empty pages": ("page {detail} has no text", "pages {detail} have no text"),
    "recognised": (
        "page {detail} is an image; its text was recognised by tesseract: compare it with the page",
        "pages {detail} are images; their text was recognised by tesseract: compare it with the pages",
    ),
    "scanned": (
        "page {detail} is an image; install tesseract (with 'dan') to have its text recognised",
        "pages {detail} are images; install tesseract (with 'dan') to have their text recognised",
    ),
    "unrecognised": ("page {detail} is an image and was left out", "pages {detail} are images and were left out"),
    "sideways": (
        "1 line that runs sideways was put at the end of its page",
        "{n} lines that run sideways were put at the end of their pages",
    ),
    "fallback": ("the file's layout cannot be read; headings and tables are not told apart",) * 2,
}
SHOWN = 12
LONG = 300


@dataclass(frozen=True, slots=True)
class Added:
    """A document that was added or replaced: its folder and the report; `changes` against what it was before."""

    folder: Path
    report: Report
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file. `themes` counts rows over initiatives, `rows` those of other tables."""

    title: str
    sections: tuple[str, ...]
    themes: int
    rows: int
    names: int
    remarks: tuple[Remark, ...]
    headings: tuple[str, ...]
    longest: tuple[str, ...]


def report_of(content: Content, outline: Outline, document: Document, names: int) -> Report:
    """Return the report of a document that was made from a file's content."""
    blocks: list[Block] = [*outline.opening, *(block for part in outline.parts for block in part.blocks)]
    tables = [block for block in blocks if isinstance(block, Table) and not columns_of(block)]
    spans = [span.quote for s in document.sections for p in s.passages for span in p.spans]
    return Report(
        title=document.title,
        sections=tuple(" ".join(s.heading()) for s in document.sections if s.kind is not SectionKind.TITLE),
        themes=sum(section.kind is SectionKind.THEME for section in document.sections),
        rows=sum(len(table.rows) - 1 for table in tables),
        names=names,
        remarks=content.remarks,
        headings=tuple(block.words for block in blocks if isinstance(block, Paragraph) and _might_be_heading(block)),
        longest=tuple(sorted((each for each in spans if len(each) > LONG), key=len, reverse=True)),
    )


def _might_be_heading(block: Paragraph) -> bool:
    return looks_like_heading(block.words) or (block.bold and len(block.words) < 120 and block.words[-1] not in ".,;")


def told(added: Added, done: str) -> Iterator[str]:
    """Yield the lines of the report on a document that was "added" or "replaced"."""
    report, folder = added.report, added.folder
    yield f"{done} {folder}"
    yield f"title: {report.title}"
    yield f"sections: {len(report.sections)}" + (
        "" if report.sections else "; no heading was found: write them as '## Heading {id}'"
    )
    yield from _some([f"  {section}" for section in report.sections])
    if report.themes:
        yield f"rows of a table over initiatives, now themes with background, actors and next step: {report.themes}"
    if report.rows:
        yield f"rows of other tables, now a sentence each: {report.rows}"
    if done == "added":
        yield f"names drafted in names.toml: {report.names}"
    for remark in report.remarks:
        yield "note: " + SAID[remark.kind][remark.count > 1].format(n=remark.count, detail=remark.detail)
    if report.headings:
        yield "these lines look like headings; where they are, write '### ' in front (or '## ', and {an-id} behind):"
        yield from _some([f"  {line}" for line in report.headings])
    if report.longest:
        yield f"sentences longer than {LONG} signs: {len(report.longest)}, such as: {report.longest[0][:80]}…"
    yield from _some([*added.changes])
    yield f"Read {folder / 'da.md'} through, then run 'assistant index build'."


def _some(lines: list[str]) -> list[str]:
    rest = len(lines) - SHOWN
    return [*lines[:SHOWN], f"  … and {rest} more"] if rest > 1 else lines
