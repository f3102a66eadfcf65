"""A question understood: what the plans are given."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.corpus.types import Document, Section


@dataclass(frozen=True, slots=True)
class Request:
    """A question in its language. `home` is the document that it is asked of, `only` its id where the client chose it;
    `sections` are those that it names by number, `earlier` the questions before it, oldest first, and `talked` the
    sections that the last answer was about.
    """

    text: str
    language: str
    home: Document
    only: str | None = None
    sections: tuple[Section, ...] = ()
    earlier: tuple[str, ...] = ()
    talked: tuple[str, ...] = ()

    @property
    def lowered(self) -> str:
        """The question in small letters."""
        return self.text.lower()
