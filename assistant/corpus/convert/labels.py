"""The label in front of a heading: "Tema 2", "§ 4", "Initiativ 3", "2.1"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.files import either

NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}[a-zA-Z]?(?![\w,])|(?-i:[IVX]{1,5}|[A-H])(?![\w,])"
LABEL = re.compile(
    rf"(?P<label>(?P<sign>§§?\s?\d{{1,3}}(?:\s?[a-hj-z])?(?![\w]))"
    rf"|(?P<word>(?:{either('convert', 'label').pattern})\s(?:{NUMBER}))"
    rf"|(?P<bare>\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}(?![\w,%]|\.\d)))(?P<end>[.:)]?)\s*(?:[–—:-]\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A heading's label ("" where it has none), the rest of its words, and whether a word or "§" names the label."""

    label: str
    title: str
    named: bool


def labelled(words: str) -> Labelled:
    """Split a heading into label and title."""
    match = LABEL.match(words)
    if match is None or (match["bare"] and not _numbers_a_heading(match, words)):
        return Labelled("", words, False)
    return Labelled(match["label"], words[match.end() :].strip(), not match["bare"])


def _numbers_a_heading(match: re.Match[str], words: str) -> bool:
    """Tell "2. Formål" and "2.1 Drift" from "12 kommuner" and "2. generation"."""
    rest = words[match.end() :]
    return (
        bool(rest) and not rest[0].islower() and (bool(match["end"]) or "." in match["bare"] or len(match["bare"]) < 3)
    )


def looks_like_heading(words: str, longest: int = 120) -> bool:
    """Tell whether a line of its own is named as a part is ("Tema 2 Grøn varme", "§ 4"), and no sentence."""
    named = labelled(words)
    return named.named and len(words) <= longest and not re.search(r"[.,;:!?]$", named.title)
