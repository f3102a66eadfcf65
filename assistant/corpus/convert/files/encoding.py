"""The text of a file whose encoding is not known: UTF-8, UTF-16, or what Windows and Mac programs write."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from charset_normalizer import from_bytes

from assistant.corpus.convert.blocks import Unreadable

LARGEST = 10_000_000
LOOKED_AT = 200_000
LIKELY = ["cp1252", "iso8859_1", "mac_roman", "utf_16_le", "utf_16_be", "cp850"]
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decoded(file: Path) -> str:
    """Return a text file's text, composed (NFC). Raises Unreadable where it is no text or over LARGEST bytes."""
    if file.stat().st_size > LARGEST:
        raise Unreadable(
            f"is larger than {LARGEST // 1_000_000} MB of text", "Split it into several files, one a document"
        )
    return tidy(_text(file.read_bytes()))


def tidy(text: str) -> str:
    """Return text composed, with line feeds alone, without signs that nobody sees."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Co"))


def _text(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in content[:LOOKED_AT] and not _is_utf16(content):
        raise Unreadable("is not a text", "Save it as PDF, Word, Markdown or plain text")
    best = from_bytes(content[:LOOKED_AT], cp_isolation=LIKELY, threshold=0.5).best()
    return content.decode(best.encoding if best else "cp1252", errors="replace")


def _is_utf16(content: bytes) -> bool:
    return content[:LOOKED_AT].count(b"\0") > len(content[:LOOKED_AT]) // 4
