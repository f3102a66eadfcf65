"""By which words a document and its sections are called: their titles, what people call them, what tells one theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.corpus.aliases import Alias
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import LANGUAGES, both
from assistant.language.words import WORD, stem, words

SHORTEST = 4  # letters of a word that can tell a theme, or of a name that can tell a document
# Titles of which more than this share of the words have a capital tell no names by them.
CAPITALS = 0.6


@dataclass(frozen=True, slots=True)
class Called:
    """The sections of one document by whole names ("det grønne område"), and themes by the stems that tell them;
    `within` by all stems of one title alone, also of words that tell nothing by themselves.
    """

    names: Mapping[str, Section]
    telling: Mapping[str, Section]
    within: Mapping[str, Section]

    @classmethod
    def of(cls, document: Document, aliases: Sequence[Alias]) -> Called:
        """Gather what the sections of a document are called."""
        return cls(_names(document, aliases), _telling(document, tells), _telling(document, is_long))


def tells(word: str) -> bool:
    """Return whether a word can tell a theme at all."""
    return is_long(word) and word not in both("sections", "idle")


def is_long(word: str) -> bool:
    """Return whether a word has letters enough to be told from others."""
    return len(word) >= SHORTEST


def stems_held(document: Document) -> dict[str, frozenset[str]]:
    """Return the stems of the words that a document says, by language."""
    sections = document.sections
    english = [span.translation or "" for s in sections for p in s.passages for span in p.spans]
    texts = {"da": document.text, "en": " ".join((*english, *(section.title_en for section in sections)))}
    return {each: frozenset(stem(word, each) for word in words(text)) for each, text in texts.items()}


def own_names(titles: Sequence[str], sections: Sequence[Section]) -> tuple[str, ...]:
    """Return the names in the titles of a document, in small letters and in the order of the alphabet.

    A heading without text right below the title tells one more name of whose the document is, if it has just one; one
    with several lists the parties, and their names tell its sentences apart.
    """
    found = {name for title in titles for name in _capitals(title)}
    below = sections[1:2]
    if below and not below[0].passages and len(more := _capitals(below[0].title) - found) == 1:
        found |= more
    spans = (span.quote for section in sections for passage in section.passages for span in passage.spans)
    plain = {word for quote in spans for word in WORD.findall(quote) if word[0].islower()}
    return tuple(sorted(found - plain))


def without_s(word: str) -> str:
    """Return a word without the "s" by which it owns something."""
    return word.removesuffix("s") if len(word) > SHORTEST else word


def _capitals(title: str) -> set[str]:
    """Return the words of a title that begin with a capital within it, in small letters; none where most words do."""
    tokens = [token for token in WORD.findall(title)[1:] if len(token) > 1]
    capital = [token for token in tokens if token[0].isupper()]
    if len(capital) > CAPITALS * len(tokens):
        return set()
    lowered = (token.lower() for token in capital if len(token) >= SHORTEST)
    return {without_s(word) for word in lowered if word not in both("documents", "common")}


def _names(document: Document, aliases: Sequence[Alias]) -> dict[str, Section]:
    """Return sections by their titles and by aliases of whole sections."""
    known: dict[str, Section] = {}
    for alias in aliases:
        if alias.whole:
            section = document.section(alias.targets[0].partition("/")[0])
            known.setdefault(" ".join(words(alias.name)), section)
    for section in document.sections:
        if section.kind is not SectionKind.TITLE and section.kind is not SectionKind.ANNEX:
            for title in (section.title, section.title_en):
                known.setdefault(" ".join(words(re.sub(r"\(.*?\)", "", title))), section)
    return known


def _telling(document: Document, tells: Callable[[str], bool]) -> dict[str, Section]:
    """Return themes by the stems of words that tell and stand in the title of one alone, in either language."""
    found: dict[str, list[Section]] = {}
    for section in document.sections:
        if section.kind in (SectionKind.THEME, SectionKind.PART):
            for title, language in ((section.title, "da"), (section.title_en, "en")):
                bare = re.sub(r"\(.*?\)|, herunder.*|, including.*", "", title)
                for word in {stem(word, language) for word in words(bare) if tells(word)}:
                    found.setdefault(word, []).append(section)
    return {word: sections[0] for word, sections in found.items() if len(sections) == 1}


def stems_of(word: str) -> set[str]:
    """Return the stems, one a language, by which a word may tell a theme."""
    return {stem(word, language) for language in LANGUAGES} if tells(word) else set()
