"""What kind of file a file is, by its content before its name, and the reader of that kind."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.corpus.convert.blocks import PASSWORD, UNLOCK, Content, Remark, Unreadable

Tell = Callable[[int, int], None]
SUFFIXES = (".pdf", ".docx", ".md", ".html", ".odt", ".rtf", ".doc", ".txt")
ALIKE = {".htm": ".html", ".xhtml": ".html", ".markdown": ".md", ".text": ".txt", ".docm": ".docx", ".dotx": ".docx"}
LARGEST = 100_000_000
LARGEST_UNPACKED = 400_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_file(file: Path, tell: Tell = lambda done, total: None) -> Content:
    """Return what a file holds; `tell` hears how many of how many pages are read. Raises Unreadable."""
    if file.stat().st_size == 0:
        raise Unreadable("is empty", "Save it anew, or fetch it again from where it came from")
    if file.stat().st_size > LARGEST:
        raise Unreadable(f"is larger than {LARGEST // 1_000_000} MB", "Split it, or save it with smaller images")
    named = ALIKE.get(file.suffix.lower(), file.suffix.lower())
    kind = kind_of(file)
    try:
        content = _read(file, kind, tell)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception:  # readers raise errors of many kinds on broken files, none of them in an officer's words
        raise Unreadable("is damaged", "Save it anew from the program that made it") from None
    if kind == named:
        return content
    return replace(content, remarks=(*content.remarks, Remark("kind", 1, kind)))


def kind_of(file: Path) -> str:
    """Return the suffix of the kind that a file is of. Raises Unreadable where it is of none that can be read."""
    with file.open("rb") as opened:
        start = opened.read(4096)
    suffix = ALIKE.get(file.suffix.lower(), file.suffix.lower())
    if b"%PDF-" in start[:1024]:
        return ".pdf"
    if start.startswith(b"PK\x03\x04"):
        return _packed(file)
    if start.startswith(OLE):
        return _old(file)
    if start.lstrip().startswith(b"{\\rtf"):
        return ".rtf"
    if suffix in (".md", ".txt", ".html"):
        return suffix
    if start.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return ".html"
    named = {".pdf": "a PDF", ".docx": "a Word file"}.get(suffix, f"a {suffix} file")
    raise Unreadable(f"is not {named}, whatever its name says", "Save it anew from the program that made it")


def _packed(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            size = sum(info.file_size for info in archive.infolist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except Exception:  # a damaged archive raises errors of many kinds
        raise Unreadable("is damaged", "Save it anew from the program that made it") from None
    if size > LARGEST_UNPACKED:
        raise Unreadable(
            f"unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB", "Split it, or take the large images out of it"
        )
    if "word/document.xml" in names:
        return ".docx"
    if b"opendocument.text" in mimetype:
        return ".odt"
    other = (
        "a spreadsheet"
        if "xl/workbook.xml" in names
        else "a presentation"
        if "ppt/presentation.xml" in names
        else "no text document"
    )
    raise Unreadable(f"is {other}", "Save it as PDF or Word and add that")


def _old(file: Path) -> str:
    content = file.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(PASSWORD, UNLOCK)
    if "WordDocument".encode("utf-16-le") in content:
        return ".doc"
    raise Unreadable("is no Word document", "Save it as PDF or Word and add that")


def _read(file: Path, kind: str, tell: Tell) -> Content:
    # What a kind needs is imported for it alone: the readers of PDF take a second to load.
    if kind == ".pdf":
        from assistant.corpus.convert.files.pdf import read_pdf

        return read_pdf(file, tell)
    if kind == ".docx":
        from assistant.corpus.convert.files.word import read_word

        return read_word(file)
    if kind in (".odt", ".rtf", ".doc"):
        from assistant.corpus.convert.files.office import read_office

        return read_office(file, kind)
    if kind == ".html":
        from assistant.corpus.convert.files.html import read_html

        return read_html(file)
    if kind == ".md":
        from assistant.corpus.convert.files.markdown import read_markdown

        return read_markdown(file)
    from assistant.corpus.convert.files.text import read_text

    return read_text(file)
