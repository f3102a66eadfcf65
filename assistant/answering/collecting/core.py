"""The clause of a question that collects, without what is told around it, and which of its words narrow it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answering.desk import Desk
from assistant.language.files import Words, words_of
from assistant.language.words import WORD
from assistant.understanding.request import Request
from assistant.understanding.sections import called

CLAUSES = re.compile(r"(?<=[,;.!?])\s+|\s+[–-]\s+")
# Words, such as articles, that may stand between a preposition and the word that it governs.
BETWEEN = 2
# Words of a clause behind the asking one that says nothing: "dear", "thank you".
FEW = 2


def core(request: Request, desk: Desk, said: Words, hows: Iterable[str], whats: Iterable[str]) -> Request:
    """Return the request with the one clause that says how and what is collected: "Out of curiosity", "dear" go."""
    clauses = CLAUSES.split(request.text)
    asking = [n for n, each in enumerate(clauses) if _says(each, said, hows) and _says(each, said, whats)]
    if len(clauses) < 2 or len(asking) != 1:
        return request
    (at,) = asking
    around = [n for n, each in enumerate(clauses) if n != at and _counts(clauses, n, at, request, desk, said, whats)]
    return replace(request, text=" ".join(clauses[n] for n in sorted((*around, at))).rstrip(" ,–-"))


def _says(clause: str, said: Words, keys: Iterable[str]) -> bool:
    return any(said.asks[key].search(clause.lower()) for key in keys)


def _counts(
    clauses: Sequence[str], n: int, at: int, request: Request, desk: Desk, said: Words, whats: Iterable[str]
) -> bool:
    """Return whether a clause beside the one that asks narrows it, as a relative clause does, or asks itself."""
    clause = clauses[n]
    ended = any(each.endswith((".", "!", "?", ";")) for each in clauses[at:n])
    if n > at and ended and len(WORD.findall(clause)) <= FEW + 1:
        return False  # "Just the number."
    if called(clause, desk.called(request.home)) or _says(clause, said, (*whats, "negated", "only")):
        return True
    if n < at:
        return bool(words_of("parts", request.language).asks["question"].search(clause.lower()))
    return not ended and len(WORD.findall(clause)) > FEW


def that_narrow(words: Sequence[str], request: Request, desk: Desk) -> list[str]:
    """Return those words of a question that narrow it: the document's own, and what a preposition governs.

    "the smallest amount for tourism" is not the smallest of all, whatever the document says of tourism; but a word
    that it does not have and that stands loose, as in "kindly", tells only how the question is put.
    """
    preposition = words_of("parts", request.language).asks["preposition"]
    return [
        word
        for word in words
        if desk.holds(request.home, word, request.language) or governed(word, request.lowered, preposition)
    ]


def governed(word: str, text: str, preposition: re.Pattern[str]) -> bool:
    """Return whether a word of a text in small letters stands closely behind a preposition."""
    tokens = list(WORD.finditer(text))
    at = next((n for n, token in enumerate(tokens) if token.group() == word), 0)
    return any(preposition.search(text[: token.end()]) for token in tokens[max(0, at - BETWEEN - 1) : at])


def asks_summary(text: str, language: str) -> bool:
    """Return whether a text in small letters asks for the whole of something, summed up."""
    asks = words_of("overview", language).asks
    return bool(asks["overview"].search(text) and asks["whole"].search(text) and not asks["of you"].search(text))
