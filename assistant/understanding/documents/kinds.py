"""What a document is, and the words that it is named by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.corpus.called import without_s
from assistant.corpus.types import Summary
from assistant.language.files import LANGUAGES, words_of
from assistant.language.values import years
from assistant.language.words import words

FILE = "documents"
KINDS = (
    "bylaws",
    "response",
    "agreement",
    "strategy",
    "plan",
    "report",
    "policy",
    "guidelines",
    "rules",
    "minutes",
    "programme",
    "budget",
    "memo",
    "act",
    "decree",
)
OTHER = "other"
# "The document", whatever it is.
ANY = "document"
# Letters of a word of a title by which a document may be named, and of one that tells what it is about.
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Title:
    """What one document is named by: its kind, its own names and all words of its titles, its years, the first of
    which it begins with, and its whole titles in small letters; `order` is the place that the officer gives it.
    """

    id: str
    order: int
    kind: str
    names: frozenset[str]
    words: frozenset[str]
    years: frozenset[int]
    whole: tuple[str, ...]

    @property
    def begins(self) -> int:
        """The first year of its titles and period; 0 where there is none."""
        return min(self.years, default=0)

    @classmethod
    def of(cls, summary: Summary) -> Title:
        """Gather them from what is known of a document."""
        both_ways = (summary.title, summary.short_title, summary.title_en, summary.short_title_en)
        whole = {" ".join(each.lower().removeprefix("the ").split()) for each in both_ways}
        return cls(
            summary.id,
            summary.order,
            kind_of_document(summary),
            frozenset(summary.own_names),
            frozenset(without_s(word) for each in both_ways for word in words(each) if len(word) >= SHORTEST),
            frozenset(years(" ".join((*both_ways, summary.period)))),
            tuple(sorted((each for each in whole if " " in each), key=len, reverse=True)),
        )


def kind_of_document(summary: Summary) -> str:
    """Return what a document is ("agreement", "bylaws"): the first such word of its titles; OTHER where none tells."""
    danish, english = (summary.short_title, summary.title), (summary.short_title_en, summary.title_en)
    for title, language in (*((each, "da") for each in danish), *((each, "en") for each in english)):
        matches = ((kind, PATTERNS[kind, language].search(title)) for kind in KINDS)
        found = [(match.start(), -match.end(), kind) for kind, match in matches if match]
        if found:
            return min(found)[2]
    return OTHER


PATTERNS = {
    (kind, language): re.compile(rf"\b(?:{words_of(FILE, language).asks[kind].pattern})\b", re.IGNORECASE)
    for kind in (*KINDS, ANY)
    for language in LANGUAGES
}
