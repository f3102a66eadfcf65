"""The sections that a question names: by number ("tema 6 og 8", "Ad 4"), by title, or by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.corpus.aliases import Alias
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.words import stem, words

NUMBER = r"\d{1,2}\s?[aA]?\b"
LONGEST = 6  # words of a name that is looked for
SHORTEST = 4  # letters of a word that can tell a theme
BEGINNING = 7  # letters of the beginning of a compound that can
KINDS = {"theme": SectionKind.THEME, "annex": SectionKind.ANNEX}


def numbered(text: str, document: Document) -> tuple[Section, ...]:
    """Return the themes and annex parts that a text names by their numbers, in the order of the text."""
    return tuple(dict.fromkeys(section for _, section in sorted(_numbered(text, document), key=lambda each: each[0])))


def _numbered(text: str, document: Document) -> Iterator[tuple[int, Section]]:
    between = "|".join(
        sorted(map(re.escape, both("sections", "joined") | both("sections", "through")), key=len, reverse=True)
    )
    nr = rf"(?:\s*(?:{either('references', 'number').pattern})?\s*)"
    for name, kind in KINDS.items():
        for language in LANGUAGES:
            label = words_of("sections", language).asks[name].pattern
            more = rf"(?:\s*(?:,|&|/|-|{between})+\s*(?:(?:{label})\s*)?{NUMBER}\)?)*"
            for match in re.finditer(rf"(?:{label}){nr}(?P<numbers>{NUMBER}\)?{more})", text, re.IGNORECASE):
                for number in _numbers(match["numbers"]):
                    for section in document.sections:
                        if section.kind is kind and section.label.rpartition(" ")[2].lower() == number:
                            yield match.start("numbers"), section


def _numbers(text: str) -> list[str]:
    """Return the numbers that a text names, those of a range such as "6-10" all."""
    found = [number.group().replace(" ", "").lower() for number in re.finditer(NUMBER, text)]
    through = "|".join(both("sections", "through"))
    if (
        len(found) == 2
        and re.search(rf"\d\)?\s*(?:-|–|\b(?:{through})\b)", text)
        and all(each.isdigit() for each in found)
    ):
        return [str(number) for number in range(int(found[0]), int(found[1]) + 1)]
    return found


def called(text: str, document: Document, aliases: Sequence[Alias]) -> tuple[Section, ...]:
    """Return the sections that a text names by a title or by what people call them, the longest name first."""
    known, telling = _names(document, aliases), _telling(document)
    said = words(text)
    found: list[tuple[int, Section]] = []
    at = 0
    while at < len(said):
        for length in range(min(LONGEST, len(said) - at), 0, -1):
            section = known.get(" ".join(said[at : at + length]))
            if section is None and length == 1:
                section = _told(said[at], telling)
            if section is not None:
                found.append((at, section))
                at += length - 1
                break
        at += 1
    return tuple(dict.fromkeys(section for _, section in found))


def _told(word: str, telling: Mapping[str, Section]) -> Section | None:
    """Return the section that a word tells by its stem, or by being the beginning of a compound that does."""
    stems = _stems(word)
    if known := next((telling[each] for each in stems if each in telling), None):
        return known
    longer = {
        id(s): s for key, s in telling.items() for each in stems if len(each) >= BEGINNING and key.startswith(each)
    }
    return next(iter(longer.values())) if len(longer) == 1 else None


def _stems(word: str) -> set[str]:
    return {stem(word, language) for language in LANGUAGES} if _tells(word) else set()


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and word not in both("sections", "idle")


def _telling(document: Document) -> dict[str, Section]:
    """Return themes by the stems that stand in the title of one of them alone, in either language."""
    found: dict[str, list[Section]] = {}
    for section in document.sections:
        if section.kind in (SectionKind.THEME, SectionKind.PART):
            for title, language in ((section.title, "da"), (section.title_en, "en")):
                bare = re.sub(r"\(.*?\)|, herunder.*|, including.*", "", title)
                for word in {stem(word, language) for word in words(bare) if _tells(word)}:
                    found.setdefault(word, []).append(section)
    return {word: sections[0] for word, sections in found.items() if len(sections) == 1}


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
