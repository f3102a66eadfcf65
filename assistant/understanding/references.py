"""Resolve "tema 7", "row 5", "Ad 4" and "number 6" against a document whose numbering disagrees with itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.labels import has_such, meant, mentions
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import either

NUMBER = r"(?P<number>\d{1,2}\s?[aA]?)\b"
# What a number can be of, tried in this order.
NAMES = ("theme", "annex", "row")
# A part that is named by any other label.
LABEL = "label"
TABLED = (SectionKind.THEME, SectionKind.ANNEX)


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a number: the words as written, what they name, and the sections they can mean."""

    words: str
    name: str
    number: str
    sections: tuple[Section, ...]
    rest: str
    document: str

    @property
    def ambiguous(self) -> bool:
        """Whether the words can mean more than one subject."""
        return len(self.sections) > 1


def find_reference(text: str, document: Document, before: Sequence[str] = ()) -> Reference | None:
    """Return the first mention of a theme, annex part or row in a question; None where there is none.

    The sections of a mention are its readings, one for each subject; none where the document has no such number.
    "And 5?" goes on with what the last numbered question `before` it (oldest first) was numbered by.
    """
    if labelled := _labelled(text, document):
        return labelled
    if mention := _mention(text):
        return _reference(*mention, text, document)
    bare = BARE.match(text)
    earlier = next((found for each in reversed(before) if (found := _mention(each))), None) if bare else None
    return _reference(earlier[0], bare, text, document) if bare and earlier else None


def _labelled(text: str, document: Document) -> Reference | None:
    """Return the first mention of a part by its label, such as "§ 4", of a document that has parts called so.

    Themes, annex parts and rows of a table are resolved below: their numbers may disagree.
    """
    for mention in mentions(text):
        sections = meant(mention, document)
        if any(section.kind in TABLED for section in sections) or not (sections or has_such(mention, document)):
            continue
        if not sections and _mention(text):
            continue  # "initiative 20" may be a row of a table
        rest = f"{text[: mention.start]} {text[mention.end :]}".strip()
        return Reference(mention.words, LABEL, mention.number, sections[:1], rest, document.id)
    return None


def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds "theme 7", "annex part 7)", "row 7" or "#7" in either language."""
    named, number = either("references", name).pattern, rf"\s*(?:{either('references', 'number').pattern})?\s*"
    found = {
        "theme": rf"\b(?:{named}){number}{NUMBER}",
        "annex": rf"\b(?:{named}){number}{NUMBER}\)?",
        "row": rf"(?:\b(?:{named}){number}|#\s?){NUMBER}",
    }
    return re.compile(found[name], re.IGNORECASE)


def _bare() -> re.Pattern[str]:
    """Return what finds a number that is all that a text says: "and 5?"."""
    # Atomic: a word that both languages have must not be tried as the one and as the other.
    before = rf"(?>(?:{either('references', 'goes on').pattern})\b)"
    return re.compile(rf"^\W*(?:{before}\W+)*{NUMBER}\W*$", re.IGNORECASE)


MENTION = {name: _pattern(name) for name in NAMES}
BARE = _bare()


def _mention(text: str) -> tuple[str, re.Match[str]] | None:
    found = ((name, MENTION[name].search(text)) for name in NAMES)
    return next(((name, match) for name, match in found if match), None)


def _reference(name: str, match: re.Match[str], text: str, document: Document) -> Reference:
    number = match["number"].replace(" ", "").lower()
    rest = (text[: match.start()] + " " + text[match.end() :]).strip()
    return Reference(match.group().strip(), name, number, _readings(name, number, document), rest, document.id)


def _readings(name: str, number: str, document: Document) -> tuple[Section, ...]:
    themes = [section for section in document.sections if section.kind is SectionKind.THEME]
    labelled = [section for section in themes if _label_number(section) == number]
    if name == "theme":
        return tuple(labelled)
    if name == "annex":
        parts = [s for s in document.sections if s.kind is SectionKind.ANNEX and _label_number(s) == number]
        other = [section for section in labelled if parts and section.id != parts[0].theme]
        return (*parts, *other)
    rows = [section for section in themes if section.row == number]
    return (*rows, *(section for section in labelled if section not in rows))


def _label_number(section: Section) -> str:
    return section.label.rpartition(" ")[2].lower()
