"""Check a stored citation against the document as it is today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from assistant.citations.place import Place, place_of
from assistant.citations.stored import Stored
from assistant.corpus.types import Document

# Letters alike, of 100, from which other words are the same sentence changed; the fewer words, the more must be alike.
ALIKE, ALIKE_SHORT, SHORT = 75, 90, 30


class State(StrEnum):
    """What became of a citation: its words stand where they stood, elsewhere, otherwise worded, or nowhere."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Checked:
    """A stored citation, what became of it, and its place today, None where it is gone."""

    stored: Stored
    state: State
    place: Place | None


def verify(stored: Stored, documents: Mapping[str, Document]) -> Checked:
    """Return what became of a citation."""
    document = documents.get(stored.document)
    if document is None:
        return Checked(stored, State.GONE, None)
    at = _verbatim(stored, document.text)
    if at is not None:
        state = State.SAME if stored.start in (None, at) else State.MOVED
        return Checked(stored, state, place_of(document, at, at + len(stored.quote)))
    least = ALIKE_SHORT if len(stored.quote) < SHORT else ALIKE
    found = fuzz.partial_ratio_alignment(stored.quote, document.text, score_cutoff=least)
    if found is None or found.dest_start == found.dest_end:
        return Checked(stored, State.GONE, None)
    return Checked(stored, State.CHANGED, place_of(document, *_whole(document, found.dest_start, found.dest_end)))


def _verbatim(stored: Stored, text: str) -> int | None:
    """Return where the words stand: where they stood, else where what surrounds them is most alike."""
    quote, start = stored.quote, stored.start
    if start is not None and text[start : start + len(quote)] == quote:
        return start
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return max(places, key=lambda each: _likeness(stored, text, each), default=None)


def _likeness(stored: Stored, text: str, at: int) -> tuple[float, int]:
    """Return how alike the surroundings of a place are, and how near it is to where the words stood."""
    end = at + len(stored.quote)
    before = fuzz.ratio(stored.prefix, text[max(0, at - len(stored.prefix)) : at])
    after = fuzz.ratio(stored.suffix, text[end : end + len(stored.suffix)])
    return before + after, -abs(at - (stored.start or 0))


def _whole(document: Document, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of text to the sentences that most of it lies in."""
    spans = [
        span
        for section in document.sections
        for passage in section.passages
        for span in passage.spans
        if 2 * (min(span.end, end) - max(span.start, start)) > min(span.end - span.start, end - start)
    ]
    return (spans[0].start, spans[-1].end) if spans else (start, end)
