"""Take out of a question what could tell of a person, before its words are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering import Assistant
from assistant.language.files import both, either
from assistant.language.words import WORD, fold
from assistant.understanding.intake import PERSONAL

MARK = "[…]"
# Any six digits or more, however they are grouped: telephone and account numbers, and what else can be looked up.
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .\-/]?\d){5,}")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKS = re.compile(r"(?:\[…\][\s.,\-]*)*\[…\]")
_SPACE_BEFORE = re.compile(r"\s+(?=[?.!,;:])")
# With fewer words of its own left a question says nothing.
LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Masker:
    """Leaves the words that the documents or the language's own lists know, and a mark for everything else.

    A word that begins with a capital inside a sentence is a name, and so is one that is among the usual ones however it
    is written: it stays only where a document holds it.
    """

    assistant: Assistant

    def masked(self, text: str) -> str | None:
        """Return what may be kept of a question, None where too little of it is left."""
        for pattern in (PERSONAL, _LINK, _LONG_NUMBER, _address()):
            text = pattern.sub(f" {MARK} ", text)
        pieces: list[str] = []
        at = kept = 0
        for match in WORD.finditer(text):
            between = text[at : match.start()]
            first = not pieces or bool(re.search(r"[.?!:]\s*$", between))
            stays = self._stays(match.group(), first)
            kept += stays
            pieces += [between, match.group() if stays else MARK]
            at = match.end()
        whole = " ".join(_MARKS.sub(MARK, "".join([*pieces, text[at:]])).split())
        whole = _SPACE_BEFORE.sub("", whole)
        return whole if kept >= LEAST_WORDS else None

    def _stays(self, word: str, first: bool) -> bool:
        """Return whether a word may be kept; `first` tells that it begins a sentence, where anything has a capital."""
        if word.isdigit():
            return True  # of at most five digits: longer ones are gone
        refusal = self.assistant.refusal
        small = word.lower()
        plain = small.removesuffix("s")
        named = not {small, plain}.isdisjoint(both("feedback", "names"))
        if (named or (word[0].isupper() and not first)) and not self._held(word):
            return False
        if {fold(small), fold(plain)} & refusal.familiar:
            return True
        return word[0].islower() and bool(self.assistant.searcher.analyzer.parts(small))

    def _held(self, name: str) -> bool:
        searcher, small = self.assistant.searcher, name.lower()
        forms = {small, small.removesuffix("s")}
        return bool(searcher.held(forms, range(searcher.columns.count), whole=True))


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    """Return what streets with their numbers and postal codes with their towns look like, in either case."""
    return re.compile(either("feedback", "address").pattern, re.IGNORECASE)
