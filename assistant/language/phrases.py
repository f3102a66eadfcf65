"""The assistant's own sentences, by key; whatever the agreement says is quoted, not written here."""

from __future__ import annotations

from assistant.language.files import words_of


def phrase(key: str, language: str, **values: str) -> str:
    """Return the assistant's sentence of that key in "da" or "en", filled in."""
    return words_of("phrases", language).say(key, **values)


def missing(kind: str, language: str) -> str:
    """Return the words for a thing of this kind that the text does not state."""
    says = words_of("missing", language).says
    return says.get(kind, says["other"])


def problem(code: str, language: str) -> str:
    """Return the sentence for a QuestionError code, saying how to mend the question."""
    return words_of("phrases", language).says[code]
