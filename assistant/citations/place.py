"""A place in a document, in the forms that other systems store: JSON, W3C Web Annotation, plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as quoted

from assistant.corpus.types import Document, Passage, Section
from assistant.language.files import words_of

# Code points before and after a quote that tell it from the same words elsewhere.
CONTEXT = 32
CONTEXT_OF_ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


@dataclass(frozen=True, slots=True)
class Place:
    """Verbatim words of a document: `text[start:end] == quote`, in code points, between `prefix` and `suffix`.

    `translation` is None where the words are not whole sentences or where there is none.
    """

    document: str
    title: str
    section: str
    heading: tuple[str, ...]
    quote: str
    start: int
    end: int
    prefix: str
    suffix: str
    translation: str | None

    @property
    def url(self) -> str:
        """Where the place is highlighted in the readable page."""
        return f"/documents/{quoted(self.document)}?start={self.start}&end={self.end}#cited"

    def to_json(self) -> dict[str, Any]:
        """Return the place as the HTTP contract gives it."""
        return {
            "document": self.document,
            "title": self.title,
            "section": self.section,
            "heading": list(self.heading),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "translation": self.translation,
            "url": self.url,
        }

    def to_annotation(self, home: str) -> dict[str, Any]:
        """Return a W3C Web Annotation; `home` is the address of the service."""
        source = f"{home}/documents/{quoted(self.document)}"
        selectors = [
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
            {"type": "TextQuoteSelector", "exact": self.quote, "prefix": self.prefix, "suffix": self.suffix},
        ]
        body = {"type": "TextualBody", "value": self.translation, "language": "en", "purpose": "describing"}
        return {
            "@context": CONTEXT_OF_ANNOTATIONS,
            "id": home + self.url,
            "type": "Annotation",
            "motivation": "highlighting",
            **({"body": body} if self.translation else {}),
            "target": {"source": source, "selector": selectors},
        }

    def to_text(self, home: str, language: str) -> str:
        """Return the quote with its source, for people who read "da" or "en"."""
        lines = [f"»{self.quote}«"]
        if self.translation and language != "da":
            lines.append(f"{words_of('sources', language).says['unofficial']} {self.translation}")
        return "\n".join([*lines, " > ".join(self.heading), self.title, home + self.url, ""])


def place_of(document: Document, start: int, end: int) -> Place:
    """Return the place of some code points. Raises ValueError where the text has none such."""
    text = document.text
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the text has the code points 0 to {len(text)}")
    section = next((each for each in reversed(document.sections) if each.start <= start), document.sections[0])
    passage = _passage(section, start)
    return Place(
        document=document.id,
        title=document.title,
        section=section.id,
        heading=section.heading(passage.subheading if passage else None),
        quote=text[start:end],
        start=start,
        end=end,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        translation=_translation(document, start, end),
    )


def _passage(section: Section, start: int) -> Passage | None:
    """Return the passage that a place begins in, None for a heading."""
    begun = [each for each in section.passages if each.spans and each.spans[0].start <= start]
    return begun[-1] if begun else None


def _translation(document: Document, start: int, end: int) -> str | None:
    """Return the translation of whole sentences one after another, None for anything else."""
    spans = [
        span
        for section in document.sections
        if section.start < end and start < section.end
        for passage in section.passages
        for span in passage.spans
        if start <= span.start and span.end <= end
    ]
    whole = bool(spans) and spans[0].start == start and spans[-1].end == end
    told = [span.translation for span in spans if span.translation]
    return " ".join(told) if whole and len(told) == len(spans) else None
