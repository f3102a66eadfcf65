"""Documents of a corpus: add one from a file, replace one, remove one; nothing is left half done."""

from __future__ import annotations

import difflib
import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

from assistant.corpus.convert.apart import read_apart
from assistant.corpus.convert.blocks import Content, Unreadable
from assistant.corpus.convert.files.kinds import ALIKE, SUFFIXES
from assistant.corpus.convert.form import lines_of, one_line, slug
from assistant.corpus.convert.outline import outline_of
from assistant.corpus.convert.report import Added, Report, report_of
from assistant.corpus.names import FILE as NAMES
from assistant.corpus.names import draft_names, names_toml
from assistant.corpus.reader import ID, read_document
from assistant.corpus.types import ORDER, Document
from assistant.errors import CorpusError
from assistant.language.files import words_of

Read = Callable[[Path], Content]
# Hidden from the reader of the corpus: documents while they are made, those removed, and earlier states of one.
MAKING, REMOVED, BEFORE = ".making", ".removed", ".before"
MOST_LINES = 50_000
# The years that a title gives.
YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?\b")


def add_document(file: Path, corpus: Path, name: str | None = None, read: Read = read_apart) -> Added:
    """Make `corpus/<name>/` with da.md, document.toml, names.toml and the file as received.

    Raises CorpusError where the file cannot be read or the folder exists; then nothing is left behind.
    """
    _require_file(file)
    folder = corpus / (slug(name or unicodedata.normalize("NFC", file.stem)) or "document")
    if folder.exists():
        mend = "Give the document another name with --name, or use 'documents replace'"
        raise CorpusError(folder, 0, "exists already", mend)
    making, report = _made(file, corpus, folder.name, read)
    try:
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    finally:
        _forget(corpus)
    return Added(folder, report)


def replace_document(name: str, file: Path, corpus: Path, read: Read = read_apart) -> Added:
    """Make the text of a document anew from a file; what is written by hand beside it (names, questions) stays.

    The text before, its translation and the file that it came from go to `.before/` in the folder, with the edits
    that were made by hand as a diff. Raises CorpusError; then the document is as it was.
    """
    _require_file(file)
    folder = existing(name, corpus)
    before, edits = read_document(folder), _edits(folder, read)
    making, report = _made(file, corpus, folder.name, read)
    kept = folder / BEFORE
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for old in (folder / "da.md", folder / "en.md", *folder.glob("received.*")):
        if old.exists():
            old.rename(kept / old.name)
    if edits:
        (kept / "edits.diff").write_text("\n".join(edits) + "\n", encoding="utf-8")
    for fresh in (making / "da.md", *making.glob("received.*")):
        fresh.rename(folder / fresh.name)
    shutil.rmtree(making, ignore_errors=True)
    _forget(corpus)
    after = read_document(folder)
    changes = [*_changes(_texts(before), _texts(after))]
    if edits:
        changes.append(
            f"lines that were edited by hand are in {kept / 'edits.diff'}: make the edits again where they still fit"
        )
    if (kept / "en.md").exists():
        changes.append(f"the translation is in {kept / 'en.md'}: bring it to the new lines and put it back as en.md")
    return Added(folder, report, tuple(changes))


def remove_document(name: str, corpus: Path) -> Path:
    """Take a document out of the corpus; returns the hidden folder that it was moved to. Raises CorpusError."""
    folder = existing(name, corpus)
    number, place = 1, corpus / REMOVED / name
    while place.exists():
        number, place = number + 1, corpus / REMOVED / f"{name}-{number + 1}"
    place.parent.mkdir(exist_ok=True)
    folder.rename(place)
    return place


def _require_file(file: Path) -> None:
    if not file.is_file():
        raise CorpusError(file, 0, "is not a file that can be read", f"Give one of {', '.join(SUFFIXES)}")
    if ALIKE.get(file.suffix.lower(), file.suffix.lower()) not in SUFFIXES:
        raise CorpusError(file, 0, "is not a file of a kind that can be read", f"Give one of {', '.join(SUFFIXES)}")


def existing(name: str, corpus: Path) -> Path:
    """Return the folder of a document. Raises CorpusError where there is none of that id."""
    if not ID.fullmatch(name) or not (corpus / name / "document.toml").is_file():
        raise CorpusError(corpus, 0, f"has no document {name!r}", "See their ids with 'assistant documents list'")
    return corpus / name


def _made(file: Path, corpus: Path, name: str, read: Read) -> tuple[Path, Report]:
    """Write a document's folder where nobody reads it yet; returns that folder and the report."""
    content = _content(file, read)
    outline = outline_of(content, unicodedata.normalize("NFC", file.stem))
    lines = [*lines_of(outline)]
    if len(lines) > MOST_LINES:
        raise CorpusError(
            file, 0, f"has more than {MOST_LINES} sentences", "Split it into several files, one a document"
        )
    folder = corpus / MAKING / name
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        mend = "Set ASSISTANT_CORPUS to a folder that this user may write to"
        raise CorpusError(corpus, 0, f"cannot be written to ({error.strerror})", mend) from None
    try:
        (folder / "da.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "document.toml").write_text(_metadata(outline.title, file), encoding="utf-8")
        shutil.copyfile(file, folder / f"received{file.suffix.lower()}")
        document = read_document(folder)
        names = draft_names(document)
        (folder / NAMES).write_text(names_toml(names), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        _forget(corpus)
        raise
    return folder, report_of(content, outline, document, len(names))


def _content(file: Path, read: Read) -> Content:
    try:
        content = read(file)
    except Unreadable as error:
        raise CorpusError(file, 0, error.problem, error.mend) from None
    except PermissionError:
        raise CorpusError(file, 0, "may not be read by this user", "Give this user the right to read it") from None
    if not content.blocks:
        scanned = any(remark.kind == "scanned" for remark in content.remarks)
        mend = (
            "Install tesseract (with 'dan'), or add a version with text"
            if scanned
            else "Look whether it is the right file"
        )
        raise CorpusError(file, 0, "holds images of pages and no text" if scanned else "holds no text", mend)
    return content


def _forget(corpus: Path) -> None:
    """Remove the folder for documents in the making, and the corpus, where they are empty."""
    for folder in (corpus / MAKING, corpus):
        try:
            folder.rmdir()
        except OSError:
            return


def _metadata(title: str, file: Path) -> str:
    title = one_line(title) or "…"
    told = words_of("convert", "da").asks["between"].search(title)
    parties = [*told["first"].split(", "), told["second"]] if told else []
    period = match.group() if (match := YEARS.search(title)) else ""
    front = title[: told.start()].strip() if told else ""
    short = (front if period in front else f"{front} {period}") if front else title
    texts = {"title": title, "short_title": short, "period": period, "language": "da", "source": file.name}
    known = {**texts, "parties": parties}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in known.items()]
    first = [
        "# The place among the documents; the one with the least is asked where a question names none.",
        f"order = {ORDER}",
    ]
    return "\n".join(["# Fill in what is known, then run 'assistant index build'.", *lines, *first, ""])


def _edits(folder: Path, read: Read) -> list[str]:
    """Return what was edited by hand since the file was added, as a diff; empty where the file tells nothing more."""
    received = next(iter(folder.glob("received.*")), None)
    try:
        drafted = [*lines_of(outline_of(read(received), folder.name))] if received else []
    except Unreadable:
        return []
    written = (folder / "da.md").read_text(encoding="utf-8-sig").splitlines()
    return [*difflib.unified_diff(drafted, written, "as added", "as edited", lineterm="", n=1)] if drafted else []


def _texts(document: Document) -> dict[str, str]:
    return {section.id: document.text[section.start : section.end] for section in document.sections}


def _changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return a line for each section that is new, gone or changed."""
    new = [f"new: {name}" for name in after if name not in before]
    gone = [f"gone: {name}" for name in before if name not in after]
    return [*new, *gone, *(f"changed: {name}" for name in after if name in before and before[name] != after[name])]
