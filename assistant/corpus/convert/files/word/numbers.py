"""The numbers that Word draws in front of paragraphs: "Tema 1", "2.1", "a)"."""

from __future__ import annotations

import re
from typing import Any

from assistant.corpus.convert.files.word.package import val, w

ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)
DEEPEST = 9


class Numbers:
    """Counts the lists of a file in reading order."""

    def __init__(self, root: Any) -> None:
        self.levels: dict[str, dict[int, Any]] = {}
        self.lists: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        for abstract in root.iterchildren(w("abstractNum")):
            levels = {int(level.get(w("ilvl"), "0")): level for level in abstract.iterchildren(w("lvl"))}
            self.levels[abstract.get(w("abstractNumId"))] = levels
        for number in root.iterchildren(w("num")):
            name = number.get(w("numId"))
            self.lists[name] = val(number.find(w("abstractNumId")))
            for override in number.iterchildren(w("lvlOverride")):
                start = val(override.find(w("startOverride")))
                if start.isdigit():
                    self.starts[name, int(override.get(w("ilvl"), "0"))] = int(start)

    def next(self, name: str, level: int) -> str:
        """Count one more of a list at a level (from 0 on) and return what Word draws; "" for a bullet."""
        abstract = self.lists.get(name, "")
        levels = self.levels.get(abstract, {})
        at = levels.get(level)
        if at is None or val(at.find(w("numFmt")), "bullet") in ("bullet", "none"):
            return ""
        own = name if (name, level) in self.starts else abstract
        first = self.starts.get((name, level), _start(at))
        self.counts[own, level] = self.counts.get((own, level), first - 1) + 1
        for deeper in range(level + 1, DEEPEST):
            self.counts.pop((own, deeper), None)
        return re.sub(
            r"%(\d)", lambda match: self._drawn(own, levels, int(match[1]) - 1), val(at.find(w("lvlText")))
        ).strip()

    def _drawn(self, own: str, levels: dict[int, Any], level: int) -> str:
        if level not in levels:
            return ""
        count = self.counts.get((own, level), _start(levels[level]))
        return written(count, val(levels[level].find(w("numFmt")), "decimal"))


def written(count: int, form: str) -> str:
    """Return a number as letters or Roman numerals, where the form is one of these."""
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman"):
        numeral = ""
        for value, sign in ROMAN.items():
            numeral, count = numeral + sign * (count // value), count % value
        return numeral if form == "lowerRoman" else numeral.upper()
    return f"{count:02d}" if form == "decimalZero" else str(count)


def _start(level: Any) -> int:
    start = val(level.find(w("start")), "1")
    return int(start) if start.isdigit() else 1
