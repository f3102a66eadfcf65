"""Lines of print into running text: words that a line end broke are made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.language.files import both

SOFT, HYPHEN, MINUS = "\u00ad", "\u2010", "-"
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
BROKEN = re.compile(rf"(?P<head>[\w’'./{MINUS}{HYPHEN}]*\w)(?P<mark>[{MINUS}{HYPHEN}{SOFT}])$")
NEXT = re.compile(r"\S+")
COMPOUND = re.compile(rf"\w+{MINUS}\w+")


def joined(lines: Sequence[str], known: frozenset[str] = frozenset()) -> str:
    """Return lines as one text; `known` holds the hyphenated words that stand whole elsewhere in the file."""
    text = ""
    for line in lines:
        line = line.strip()
        match = BROKEN.search(text) if text and line else None
        text = _mended(text, match, line, known) if match else f"{text} {line}" if text and line else text or line
    return plain(text)


def plain(text: str) -> str:
    """Return text without soft hyphens, with ligatures as letters and every hyphen sign the common one."""
    return text.translate(LIGATURES).replace(SOFT, "").replace(HYPHEN, MINUS)


def words_within(lines: Iterable[str]) -> frozenset[str]:
    """Return the hyphenated words, in lower case, that stand within a line."""
    return frozenset(match.group().lower() for line in lines for match in COMPOUND.finditer(line))


def _mended(text: str, match: re.Match[str], line: str, known: frozenset[str]) -> str:
    head, mark = match["head"], match["mark"]
    following = NEXT.match(line)
    word = following.group() if following else ""
    if word.lower().strip(",.;") in both("convert", "suspended") and mark != SOFT:
        return f"{text} {line}"
    if mark == MINUS and _keeps(head, word, known):
        return text + line
    if not word[:1].isalpha() and mark == MINUS:
        return f"{text} {line}"
    return text[:-1] + line


def _keeps(head: str, word: str, known: frozenset[str]) -> bool:
    """Tell whether the hyphen belongs to the word: "EU-projekt", "2016-2017", "CO2-udslip", or known so elsewhere."""
    last = re.split(r"[\s/]", head)[-1]
    bare = re.match(r"\w+", word)
    if bare and f"{last}-{bare.group()}".lower() in known:
        return True
    return bool(word) and (last[-1].isupper() or last[-1].isdigit() or word[0].isupper() or word[0].isdigit())
