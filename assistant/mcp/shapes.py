"""What the tools give, as shapes that the host is told as JSON schemas."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering import Answer, Citation
from assistant.corpus.register import Fact
from assistant.corpus.types import Document, Section


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Cited(_Shape):
    """A verbatim place: `quote` are the code points `start` to `end` of the document's text."""

    document: str
    section: str
    heading: list[str]
    quote: str
    start: int
    end: int
    translation: str | None = Field(description="Unofficial English translation.")
    url: str = Field(description="Where the place is highlighted.")

    @classmethod
    def of(cls, citation: Citation, home: str) -> Self:
        """Return a citation whose address leads to the service at `home`."""
        told: dict[str, Any] = {name: getattr(citation, name) for name in cls.model_fields if name != "url"}
        place = f"?start={citation.start}&end={citation.end}#cited"
        return cls(**{**told, "heading": list(citation.heading)}, url=f"{home}/documents/{citation.document}{place}")


class Answered(_Shape):
    """An answer; the number n in its text stands for the n-th citation."""

    status: str = Field(description="answered, not_in_source, clarify, smalltalk or unsupported_language")
    language: str
    answer: str
    citations: list[Cited]
    closest: list[Cited] = Field(description="The nearest places, where there is no answer.")
    missing: list[str] = Field(description="Names and numbers of the question that no document holds.")
    suggestions: list[str] = Field(description="Questions that can follow.")

    @classmethod
    def of(cls, answer: Answer, home: str) -> Self:
        """Return an answer in this shape."""
        cited, closest = ([Cited.of(each, home) for each in some] for some in (answer.citations, answer.closest))
        return cls(
            status=str(answer.status),
            language=answer.language,
            answer=answer.text,
            citations=cited,
            closest=closest,
            missing=list(answer.missing),
            suggestions=list(answer.suggestions),
        )


class Found(_Shape):
    """Places, the nearest first."""

    spans: list[Cited]


class SectionName(_Shape):
    """What a section is called."""

    id: str
    label: str
    label_en: str
    title: str
    title_en: str


class SectionText(SectionName):
    """A section whole: the code points `start` to `end` of its document."""

    document: str
    start: int
    end: int
    text: str
    translation: str | None = Field(description="Unofficial; null where sentences lack one.")

    @classmethod
    def of(cls, document: Document, section: Section) -> Self:
        """Return a section in this shape."""
        told = [span.translation for passage in section.passages for span in passage.spans]
        english = "\n".join(each for each in told if each) if told and all(told) else None
        return cls(
            **{name: getattr(section, name) for name in SectionName.model_fields},
            document=document.id,
            start=section.start,
            end=section.end,
            text=document.text[section.start : section.end],
            translation=english,
        )


class DocumentName(_Shape):
    """A document and its sections."""

    id: str
    title: str
    title_en: str
    period: str
    parties: list[str]
    url: str
    sections: list[SectionName]

    @classmethod
    def of(cls, document: Document, home: str) -> Self:
        """Return a document in this shape."""
        names = [
            SectionName(**{name: getattr(section, name) for name in SectionName.model_fields})
            for section in document.sections
        ]
        told: dict[str, Any] = {name: getattr(document, name) for name in ("id", "title", "title_en", "period")}
        return cls(**told, parties=list(document.parties), url=f"{home}/documents/{document.id}", sections=names)


class Documents(_Shape):
    """All documents."""

    documents: list[DocumentName]


class Named(_Shape):
    """One thing that a document names, and where: section, start and end."""

    kind: str
    name: str
    name_en: str
    value: float | None
    places: list[tuple[str, int, int]]

    @classmethod
    def of(cls, fact: Fact) -> Self:
        """Return a fact in this shape."""
        places = [(each.section, each.start, each.end) for each in fact.mentions]
        return cls(kind=fact.kind, name=fact.name, name_en=fact.english, value=fact.value, places=places)


class Register(_Shape):
    """All that a document names."""

    document: str
    facts: list[Named]
