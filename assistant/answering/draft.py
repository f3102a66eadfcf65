"""Put an answer together: sentences, each with the number of a citation that was verified against the text."""

from __future__ import annotations

import re

from assistant.answering.types import Answer, Citation, Status
from assistant.index.records import Row

# What keeps its full stop at the end of a sentence.
ABBREVIATED = re.compile(r"\b(kr|m\.fl|m\.v|m\.m|mm|mv|osv|etc|et al)\.$")


class Draft:
    """An answer in the making. A span that is not verbatim in its document is never cited, nor its sentence said."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.sentences: list[str] = []
        self.verdict = ""
        self.citations: list[Citation] = []

    def say(self, text: str, *rows: Row) -> None:
        """Add a sentence that the given rows prove."""
        numbers = [self.cite(row) for row in rows]
        if all(numbers):
            self.sentences.append(finished(text, [number for number in numbers if number]))

    def remark(self, text: str) -> None:
        """Add a sentence of the assistant's own, which states nothing of the agreement."""
        self.sentences.append(text)

    def cite(self, row: Row) -> int | None:
        """Return the number of a row's citation, adding it if need be; None where the quote is not verbatim."""
        known = {(c.document, c.start): c.number for c in self.citations}
        if number := known.get((row.document.id, row.span.start)):
            return number
        citation = citation_of(row, len(self.citations) + 1)
        if citation is None:
            return None
        self.citations.append(citation)
        return citation.number

    @property
    def text(self) -> str:
        """The answer so far, yes or no in front where the text decides."""
        told = " ".join(self.sentences)
        return f"{self.verdict}: {told}" if self.verdict and told else told

    def answer(self, suggestions: tuple[str, ...]) -> Answer:
        """Return the finished answer."""
        return Answer(Status.ANSWERED, self.language, self.text, tuple(self.citations), suggestions=suggestions)


def citation_of(row: Row, number: int) -> Citation | None:
    """Return the citation of a row, or None where its words do not stand at its place in the text."""
    span = row.span
    if row.document.text[span.start : span.end] != span.quote:
        return None
    return Citation(
        number=number,
        document=row.document.id,
        section=row.section.id,
        heading=row.section.heading(row.passage.subheading),
        quote=span.quote,
        start=span.start,
        end=span.end,
        translation=span.translation,
    )


def wording(row: Row, language: str) -> str:
    """Return a row's words in the language of the answer, as a sentence without its full stop."""
    text = row.span.translation if language == "en" and row.span.translation else row.span.quote
    text = _without_stop(text.strip())
    return text[:1].upper() + text[1:]


def _without_stop(text: str) -> str:
    """Return a sentence without its mark at the end; an abbreviation keeps its full stop."""
    return text if ABBREVIATED.search(text) else text.rstrip(".:; ")


def finished(text: str, numbers: list[int]) -> str:
    """Return a sentence with its citation numbers in front of the full stop."""
    marks = "".join(f" [{number}]" for number in numbers)
    bare = _without_stop(text)
    return bare if bare.endswith(".") and not marks else bare + marks + "."
