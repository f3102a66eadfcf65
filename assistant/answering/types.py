"""The types of the answering layer, in the shape that the HTTP contract gives them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.understanding.types import Turn


class Status(StrEnum):
    """How a question was met."""

    ANSWERED = "answered"
    NOT_IN_SOURCE = "not_in_source"
    CLARIFY = "clarify"
    SMALLTALK = "smalltalk"
    UNSUPPORTED_LANGUAGE = "unsupported_language"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim span of a document: `text[start:end] == quote`, in code points."""

    number: int
    document: str
    section: str
    heading: tuple[str, ...]
    quote: str
    start: int
    end: int
    translation: str | None

    @property
    def url(self) -> str:
        """Where the section stands in the readable page."""
        return f"/documents/{self.document}#{self.section}"

    def to_json(self) -> dict[str, Any]:
        """Return the citation in the shape of the HTTP contract."""
        return {
            "number": self.number,
            "document": self.document,
            "section": self.section,
            "heading": list(self.heading),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "translation": self.translation,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is given back: every factual sentence of `text` carries the number of its citation.

    `missing` are words and names of the question that no document holds, where that is why there is no answer.
    """

    status: Status
    language: str
    text: str
    citations: tuple[Citation, ...] = ()
    closest: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of the sections that are cited, or that stand closest, each once."""
        return tuple(dict.fromkeys(each.section for each in (*self.citations, *self.closest)))

    @property
    def document(self) -> str | None:
        """The id of the document that is cited first, or that stands closest."""
        return next((each.document for each in (*self.citations, *self.closest)), None)

    @property
    def turn(self) -> Turn:
        """The answer as an earlier turn of a conversation."""
        return Turn("assistant", self.text, self.sections, self.document)

    def to_json(self) -> dict[str, Any]:
        """Return the answer in the shape of the HTTP contract."""
        return {
            "status": str(self.status),
            "language": self.language,
            "answer": self.text,
            "citations": [citation.to_json() for citation in self.citations],
            "closest": [citation.to_json() for citation in self.closest],
            "missing": list(self.missing),
            "suggestions": list(self.suggestions),
        }
