"""Lines of print into running text: words that a line end broke are made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.language.files import both

SOFT, HYPHEN, MINUS = "\u00ad", "\u2010", "-"
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
BROKEN = re.compile(rf"(?P<head>[\w’'./{MINUS}{HYPHEN}]*\w)(?P<mark>[{MINUS}{HYPHEN}{SOFT}])$")
COMPOUND = re.compile(rf"\b\w{{1,60}}{MINUS}\w{{1,60}}")
LONGEST = 100  # signs of a word that is looked at


def joined(lines: Sequence[str], known: frozenset[str] = frozenset()) -> str:
    """Return lines as one text; `known` holds the hyphenated words that stand whole elsewhere in the file."""
    pieces: list[str] = []
    for line in filter(None, map(str.strip, lines)):
        match = BROKEN.search(pieces[-1][-LONGEST:]) if pieces else None
        hyphen, blank = _joint(match, line, known) if match else (True, True)
        if not hyphen:
            pieces[-1] = pieces[-1][:-1]
        pieces.append(" " * (blank and bool(pieces)) + line)
    return plain("".join(pieces))


def plain(text: str) -> str:
    """Return text without soft hyphens, with ligatures as letters and every hyphen sign the common one."""
    return text.translate(LIGATURES).replace(SOFT, "").replace(HYPHEN, MINUS)


def words_within(lines: Iterable[str]) -> frozenset[str]:
    """Return the hyphenated words, in lower case, that stand within a line."""
    return frozenset(match.group().lower() for line in lines for match in COMPOUND.finditer(line))


def _joint(match: re.Match[str], line: str, known: frozenset[str]) -> tuple[bool, bool]:
    """Tell of the hyphen at a line's end whether it stays and whether a blank follows."""
    head, mark = match["head"], match["mark"]
    word = line.split(maxsplit=1)[0]
    if mark != SOFT and word.lower().strip(",.;") in both("convert", "suspended"):
        return True, True
    if mark == MINUS and _keeps(head, word, known):
        return True, False
    return (True, True) if mark == MINUS and not word[0].isalpha() else (False, False)


def _keeps(head: str, word: str, known: frozenset[str]) -> bool:
    """Tell whether the hyphen belongs to the word: "EU-projekt", "2016-2017", "CO2-udslip", or known so elsewhere."""
    last = re.split(r"[\s/]", head)[-1]
    bare = re.match(r"\w+", word)
    if bare and f"{last}-{bare.group()}".lower() in known:
        return True
    return bool(word) and (last[-1].isupper() or last[-1].isdigit() or word[0].isupper() or word[0].isdigit())
