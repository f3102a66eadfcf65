"""A question understood: what the plans are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.types import Document, Section
from assistant.understanding.conversation import questions_of
from assistant.understanding.documents.choosing import Choice
from assistant.understanding.question import asking_clause
from assistant.understanding.references import Reference, find_reference
from assistant.understanding.sections import numbered
from assistant.understanding.types import Turn


@dataclass(frozen=True, slots=True)
class Request:
    """A question in its language. `message` is all that was written and `text` the clause of it that asks; `home` is
    the document that it is asked of, `only` its id where the client chose it; `sections` are those that it names by
    number, `reference` the first such number; `earlier` are the questions before it, oldest first, `history` all turns,
    and `talked` the sections that the last answer was about. `named` are the documents that it names, by id, and
    `among` those of which it may be asked where nothing tells which, by a `word` for them all if it has one; `others`
    have the label too that it names.
    `vouched` are the sections that the other parts of the
    same question are answered from: a part of it is likely to be answered there too.
    """

    message: str
    text: str
    language: str
    home: Document
    only: str | None = None
    history: tuple[Turn, ...] = ()
    sections: tuple[Section, ...] = ()
    reference: Reference | None = None
    earlier: tuple[str, ...] = ()
    talked: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    word: str = ""
    others: tuple[str, ...] = ()
    vouched: frozenset[str] = frozenset()

    @property
    def lowered(self) -> str:
        """The question in small letters."""
        return self.text.lower()

    @property
    def last(self) -> str:
        """The question before it, empty where it is the first."""
        return self.earlier[-1] if self.earlier else ""

    @property
    def last_told(self) -> str:
        """The last answer, empty where there is none."""
        return next((turn.content for turn in reversed(self.history) if turn.role == "assistant"), "")


def request_of(message: str, language: str, home: Document, choice: Choice, history: Sequence[Turn] = ()) -> Request:
    """Understand a question at its place in a conversation; `home` is the document that was chosen for it."""
    clause, earlier = asking_clause(message, language), tuple(questions_of(history))
    talked = next((turn.sections for turn in reversed(history) if turn.role == "assistant" and turn.sections), ())
    reference = find_reference(clause, home, earlier)
    sections = numbered(clause, home)
    return Request(
        message=message,
        text=clause,
        language=language,
        home=home,
        only=choice.only,
        history=tuple(history),
        sections=sections,
        reference=reference,
        earlier=earlier,
        talked=talked,
        named=choice.named,
        among=choice.among,
        word=choice.word,
        others=tuple(each for each in choice.labelled if each != home.id),
    )
