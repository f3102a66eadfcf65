"""Put an answer together: sentences, each with the number of a citation that was verified against the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.answering.types import Answer, Citation, Status
from assistant.corpus.types import Document, Section
from assistant.index.records import Row
from assistant.language.files import LANGUAGES, either

# The number of a citation in a text.
MARK = re.compile(r"\[(\d+)\]")
# How a sentence ends of which no more is told than its beginning, of so many words at the least.
CUT, LEAST_KEPT = " …", 12
# Where a sentence of the language files speaks of the document.
PLACE = re.compile(r"<(?P<first>[dD])ocument>")


class Draft:
    """An answer in the making. A span that is not verbatim in its document is never cited, nor its sentence said."""

    def __init__(self, language: str, status: Status = Status.ANSWERED) -> None:
        self.language, self.status = language, status
        self.missing: tuple[str, ...] = ()
        self.suggestions: tuple[str, ...] | None = None
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

    def item(self, text: str, *numbers: int | None) -> None:
        """Add a line of a list, with the numbers of its citations."""
        marks = "".join(f" [{number}]" for number in dict.fromkeys(numbers) if number)
        self.sentences.append(f"\n- {text}{marks}")

    def cite(self, row: Row) -> int | None:
        """Return the number of a row's citation, adding it if need be; None where the quote is not verbatim."""
        if known := self._known(row.document.id, row.span.start):
            return known
        citation = citation_of(row, len(self.citations) + 1)
        if citation is None:
            return None
        self.citations.append(citation)
        return citation.number

    def cite_heading(self, document: Document, section: Section, at: int | None = None) -> int | None:
        """Return the number of a citation of a section's title, or of the sub-heading that covers the place `at`."""
        titles = [(section.title, section.title_en)]
        titles += [(p.subheading, p.subheading_en or p.subheading) for p in section.passages if p.subheading]
        places = [(document.text.find(words, section.start, section.end), words, en) for words, en in titles]
        start, quote, english = next(
            (each for each in places if at is not None and each[0] <= at < each[0] + len(each[1])), places[0]
        )
        if start < 0:
            return None
        if known := self._known(document.id, start):
            return known
        number, translation = len(self.citations) + 1, english if english != quote else None
        end = start + len(quote)
        self.citations.append(
            Citation(number, document.id, section.id, section.heading(), quote, start, end, translation)
        )
        return number

    def taken(self, text: str, other: Draft) -> str:
        """Return a sentence of another draft, whose citations are taken over and numbered anew."""
        for citation in other.citations:
            if f"[{citation.number}]" in text and self._known(citation.document, citation.start) is None:
                self.citations.append(replace(citation, number=len(self.citations) + 1))
        numbers = {str(each.number): self._known(each.document, each.start) for each in other.citations}
        return MARK.sub(lambda match: f"[{numbers.get(match[1], match[1])}]", text)

    def quoted(self, rows: Iterable[Row], between: str = "; ") -> str:
        """Return the wordings of rows in one line, each with the number of its citation."""
        cited = ((row, self.cite(row)) for row in rows)
        return between.join(f"{wording(row, self.language)} [{number}]" for row, number in cited if number)

    def _known(self, document: str, start: int) -> int | None:
        """Return the number of the citation that begins at a place, if there is one."""
        return next((c.number for c in self.citations if (c.document, c.start) == (document, start)), None)

    @property
    def text(self) -> str:
        """The answer so far, yes or no in front where the text decides."""
        told = " ".join(self.sentences).replace(" \n", "\n").strip()
        after = "\n" if told.startswith("- ") else " "
        return f"{self.verdict}:{after}{told}" if self.verdict and told else told

    def answer(self, suggestions: tuple[str, ...] = (), document: str = "") -> Answer:
        """Return the finished answer; what was cited for a refusal is what stands closest. `document` is the word for
        the document that it speaks of, such as "the agreement".
        """
        cited, answered = tuple(self.citations), self.status is Status.ANSWERED
        offered = suggestions if self.suggestions is None else self.suggestions
        quotes, closest = (cited, ()) if answered else ((), cited)
        text = spoken_of(self.text, document)
        return Answer(self.status, self.language, text, quotes, closest, offered, self.missing)


def spoken_of(text: str, document: str) -> str:
    """Return a text with the word for a document where the language files leave a place for it."""
    return PLACE.sub(lambda match: document[:1].upper() + document[1:] if match["first"] == "D" else document, text)


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
    text = without_stop(text.strip())
    return text[:1].upper() + text[1:]


def told_in(row: Row, text: str) -> bool:
    """Return whether an answer has the words of a row, or the beginning of them that it was cut to."""
    return any(_stands_in(wording(row, language), text) for language in LANGUAGES)


def _stands_in(words: str, text: str) -> bool:
    if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        return True
    at = text.find(" ".join(words.split()[:LEAST_KEPT]))
    end = text.find(CUT, at)
    return at >= 0 and end >= 0 and words.startswith(text[at:end])


def without_stop(text: str) -> str:
    """Return a sentence without its mark at the end; an abbreviation keeps its full stop."""
    return text if either("statement", "abbreviated").search(text) else text.rstrip(".:; ")


def finished(text: str, numbers: list[int]) -> str:
    """Return a sentence with its citation numbers in front of the full stop."""
    marks = "".join(f" [{number}]" for number in numbers)
    bare = without_stop(text)
    return bare if bare.endswith(".") and not marks else bare + marks + "."
