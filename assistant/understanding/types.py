"""The types of the understanding layer: a question, and the conversation before it."""

from __future__ import annotations

from dataclasses import dataclass

MOST_CHARACTERS = 500
MOST_TURNS = 20


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier turn of a conversation; `sections` are the sections that an answer cited, and `document` the id of
    the document that it cited first, None where the client does not tell.
    """

    role: str
    content: str
    sections: tuple[str, ...] = ()
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked: `language` is auto, da or en; `history` is oldest first.

    `document` is the id of the only document to answer from, None for all. `page_language`, da or en, is what counts
    where neither the words nor the conversation tell a language.
    """

    message: str
    language: str = "auto"
    history: tuple[Turn, ...] = ()
    document: str | None = None
    page_language: str = "da"
