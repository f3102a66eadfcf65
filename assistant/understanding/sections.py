"""The sections that a question names: by number ("tema 6 og 8", "Ad 4"), by title, or by what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.corpus.called import Called, stems_of, without_s
from assistant.corpus.labels import meant, mentions
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.words import WORD, stem, words

NUMBER = r"\d{1,2}\s?[aA]?\b"
# What ends a compound that names a theme by its subject.
CALLED_THEME = re.compile(rf"(?<=\w{{4}})(?:{'|'.join(sorted(both('sections', 'ends')))})$")
LONGEST = 6  # words of a name that is looked for
BEGINNING = 7  # letters of the beginning of a compound that can
KINDS = {"theme": SectionKind.THEME, "annex": SectionKind.ANNEX}


def numbered(text: str, document: Document) -> tuple[Section, ...]:
    """Return the sections that a text names by their numbers, in the order of the text."""
    found = [*_numbered(text, document), *_labelled(text, document)]
    return distinct(section for _, section in sorted(found, key=lambda each: each[0]))


def distinct(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections of one document, each once; told apart by their ids, as whole ones are slow to compare."""
    return tuple({section.id: section for section in sections}.values())


def label_words(sections: Iterable[Section]) -> frozenset[str]:
    """Return the words of the labels of some sections, in both languages."""
    return frozenset(word for section in sections for word in words(f"{section.label} {section.label_en}"))


def _numbered(text: str, document: Document) -> Iterator[tuple[int, Section]]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            for number in _numbers(match["numbers"]):
                for section in document.sections:
                    if section.kind is kind and section.label.rpartition(" ")[2].lower() == number:
                        yield match.start("numbers"), section


def _labelled(text: str, document: Document) -> Iterator[tuple[int, Section]]:
    """Yield the parts that a text names by any other label, such as "§ 4", with their places."""
    for mention in mentions(text):
        for section in meant(mention, document)[:1]:
            if section.kind not in KINDS.values():
                yield mention.start, section


def _pattern(name: str, language: str) -> re.Pattern[str]:
    """Return what finds "themes 2, 5 and theme 9" or "Ad 6 through 10"."""
    joined = both("sections", "joined") | both("sections", "through")
    between = "|".join(sorted(map(re.escape, joined), key=lambda each: (-len(each), each)))
    nr = rf"(?:\s*(?:{either('references', 'number').pattern})?\s*)"
    label = words_of("sections", language).asks[name].pattern
    more = rf"(?:\s*(?:,|&|/|-|{between})+\s*(?:(?:{label})\s*)?{NUMBER}\)?)*"
    return re.compile(rf"(?:{label}){nr}(?P<numbers>{NUMBER}\)?{more})", re.IGNORECASE)


PATTERNS = tuple((kind, _pattern(name, language)) for name, kind in KINDS.items() for language in LANGUAGES)
RANGE = re.compile(rf"\d\)?\s*(?:-|–|\b(?:{'|'.join(sorted(both('sections', 'through')))})\b)")


def _numbers(text: str) -> list[str]:
    """Return the numbers that a text names, those of a range such as "6-10" all."""
    found = [number.group().replace(" ", "").lower() for number in re.finditer(NUMBER, text)]
    if len(found) == 2 and RANGE.search(text) and all(each.isdigit() for each in found):
        return [str(number) for number in range(int(found[0]), int(found[1]) + 1)]
    return found


def called(text: str, known: Called) -> tuple[Section, ...]:
    """Return the sections that a text names by a title or by what people call them, the longest name first."""
    return distinct(section for _, _, section in _called(words(text), known))


def nameless(text: str, instead: str, known: Called) -> str:
    """Return a text with each section that it names, by number or otherwise, exchanged for other words."""
    for mention in reversed(mentions(text)):
        text = f"{text[: mention.start]} {instead} {text[mention.end :]}"
    for _, pattern in PATTERNS:
        text = pattern.sub(f" {instead} ", text)
    tokens = list(WORD.finditer(text))
    for at, end, _ in reversed(_called([token.group().lower() for token in tokens], known)):
        text = f"{text[: tokens[at].start()]} {instead} {text[tokens[end - 1].end() :]}"
    # "the skilled labour theme" is "the theme", not "the the theme theme".
    first, last = re.escape(instead.split()[0]), re.escape(instead.split()[-1])
    text = re.sub(rf"(?:\b{first}\s+)*\b{re.escape(instead)}\b(?:\s+{last}\b)*", instead, text, flags=re.IGNORECASE)
    return re.sub(r"\s+([,.?!:;])", r"\1", " ".join(text.split()))


def _called(said: Sequence[str], known: Called) -> list[tuple[int, int, Section]]:
    """Return where words name a section: the first word, the one behind the last, and which."""
    found: list[tuple[int, int, Section]] = []
    at = 0
    while at < len(said):
        for length in range(min(LONGEST, len(said) - at), 0, -1):
            section = known.names.get(" ".join(said[at : at + length]))
            if section is None and length == 1:
                section = _told(said[at], known)
            if section is not None:
                found.append((at, at + length, section))
                at += length - 1
                break
        at += 1
    return found


def _told(word: str, known: Called) -> Section | None:
    """Return the section that a word tells by its stem, or by being the beginning of a compound that does; what only
    calls it a theme goes, "eksporttemaet", and then any word of the title tells it.
    """
    bare, telling = CALLED_THEME.sub("", word), known.telling
    if bare != word and (named := known.within.get(stem(without_s(bare), "da"))):
        return named
    stems = stems_of(bare)
    if told := next((telling[each] for each in stems if each in telling), None):
        return told
    longer = {
        id(s): s for key, s in telling.items() for each in stems if len(each) >= BEGINNING and key.startswith(each)
    }
    return next(iter(longer.values())) if len(longer) == 1 else None
