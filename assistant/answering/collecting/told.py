"""Words that several plans share: what a section is called, a title without its brackets, values in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.types import Section
from assistant.language.files import words_of


def short_title(title: str) -> str:
    """Return a title without what it adds in brackets."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", title)


def label_of(section: Section, language: str) -> str:
    """Return the label of a section, such as "Tema 7"; its title where it has no label."""
    return section.label if language == "da" else section.label_en


def title_of(section: Section, language: str) -> str:
    """Return the title of a section without its brackets."""
    return short_title(section.title if language == "da" else section.title_en)


def named(section: Section, language: str) -> str:
    """Return label and short title of a section, such as "Tema 7, Det grønne område"."""
    label, title = label_of(section, language), title_of(section, language)
    return f"{label}, {title}" if label != (section.title if language == "da" else section.title_en) else title


def joined(values: Sequence[str], language: str, by: str = "and") -> str:
    """Return values in a row: "a, b and c", or joined by "or"."""
    last = f" {words_of('collect', language).say(by)} "
    return values[0] if len(values) == 1 else ", ".join(values[:-1]) + last + values[-1]
