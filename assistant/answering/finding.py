"""From a question at its place in a conversation to what was found for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.seeking import Place, Seeker, kin
from assistant.corpus.types import Document
from assistant.index.built import BuiltIndex
from assistant.index.search import Evidence
from assistant.language.detection import detect
from assistant.language.files import LANGUAGES
from assistant.language.kinds import Kind
from assistant.understanding.conversation import (
    Context,
    Resolved,
    asks_content,
    inherited,
    last_context,
    leans,
    questions_of,
    resolve,
    subject_words,
)
from assistant.understanding.documents.choosing import first_of, talked_of
from assistant.understanding.question import Asked, asking_clause, kind_of, understand
from assistant.understanding.references import Reference, find_reference
from assistant.understanding.types import Turn

# How much better than the document that the officer put first another must say what is asked of a label of both.
CLEARLY = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A question as it was understood, and what was found for it.

    `about` are the sections that it names by number or that the conversation is about; `means_them` tells that it can
    mean no others, and `plain` that it names one and little else: the document holds it, so there is nothing to doubt.
    """

    asked: Asked
    resolved: Resolved
    about: frozenset[Place]
    evidence: Evidence
    plain: bool
    means_them: bool


class Finder:
    """Understands a question and searches for it. Stateless after construction; safe for threads."""

    def __init__(self, built: BuiltIndex, seeker: Seeker) -> None:
        self.built, self.seeker = built, seeker
        self.library, self.searcher = built.library, built.searcher

    def find(
        self,
        text: str,
        language: str,
        history: Sequence[Turn] = (),
        document: str | None = None,
        home: Document | None = None,
    ) -> Finding:
        """Understand a question at its place in a conversation, and search for it, in one document if so asked; `home`
        is the one that its numbers are of, the first where none is given.
        """
        home = home or self.library.document(document or self.library.ids[0])
        reference = self.reference(text, language, history, home)
        context = self.context_of(history, language)
        resolved = resolve(text, language, None if reference else context)
        plain = reference is not None and leans(reference.rest.lower(), language)
        if reference and context and plain:
            named = not (subject_words(reference.rest) or asks_content(text, language))
            resolved = replace(resolved, kind=inherited(reference.rest, language, context) if named else None)
        asked = self.understood(resolved, language)
        about = self.about(resolved, reference, home)
        only = None if document is None else self.library.numbers[document]
        evidence = self.seeker.seek(asked, language, resolved, reference, about, only)
        meant = reference is not None or leans(asked.clause.lower(), language)
        return Finding(asked, resolved, about, evidence, plain, meant)

    def reference(self, text: str, language: str, history: Sequence[Turn], home: Document) -> Reference | None:
        """Return the number that a question refers to a theme or an annex part by, if any."""
        return find_reference(asking_clause(text, language), home, questions_of(history))

    def best_of(self, text: str, language: str, documents: Sequence[str]) -> str | None:
        """Return that of some documents whose part of the label that a question names says best what it asks, the one
        that the officer put first unless another says it clearly better; None where it asks for no more than the part.
        """
        found = {each: self.reference(text, language, (), self.library.document(each)) for each in documents}
        if not any(reference and subject_words(reference.rest) for reference in found.values()):
            return None
        about = [(each, s.id) for each, reference in found.items() if reference for s in reference.sections]
        numbers = [number for place in about if (number := self.searcher.section_number(*place)) is not None]
        evidence = self.seeker.found(understand(text, language), language, frozenset(about))
        inside = np.isin(self.searcher.columns.section[evidence.rows], numbers)
        if not inside.any():
            return None
        scores = np.where(inside, evidence.scores, -np.inf)
        best = int(scores.argmax())
        home = self.searcher.columns.document[evidence.rows]
        first = first_of(documents, self.library)
        if len(first) == 1:
            own = scores[home == self.library.numbers[first[0]]].max(initial=-np.inf)
            if own == -np.inf or scores[best] - own < CLEARLY:
                return first[0]
        return self.library.ids[int(home[best])]

    def talked(self, history: Sequence[Turn], language: str) -> str | None:
        """Return the document that a conversation is about; None at its beginning, or where there is only one."""
        if len(self.library.ids) == 1:
            return None
        context = self.context_of(history, language)
        return context.document or None if context else None

    def understood(self, resolved: Resolved, language: str) -> Asked:
        """Understand a question; where its words do not tell the kind, typing errors may have hidden it."""
        asked = understand(resolved.text, language)
        if resolved.kind is not None:
            return replace(asked, kind=resolved.kind)
        if asked.kind is Kind.WHAT:
            return replace(asked, kind=kind_of(self.searcher.analyzer.repaired(asked.clause), language))
        return asked

    def context_of(self, history: Sequence[Turn], language: str) -> Context | None:
        """Return what the conversation is about; sections that the client did not send are searched for again."""
        context = last_context(history, language)
        if context is None or (context.sections and len(self.library.ids) == 1):
            return context
        if context.sections and (told := talked_of(history, self.library)):
            return replace(context, document=told)
        spoken = detect(context.question, language, self.built.ranking.vocabulary)
        spoken = spoken if spoken in LANGUAGES else language
        row = self.seeker.found(understand(context.question, spoken), spoken).hits[0].row
        return replace(context, sections=context.sections or (row.section.id,), document=row.document.id)

    def about(self, resolved: Resolved, reference: Reference | None, home: Document) -> frozenset[Place]:
        """Return the sections that the question names or that the conversation is about."""
        if reference:
            return kin(home, [section.id for section in reference.sections])
        if resolved.context is None:
            return frozenset()
        talked = resolved.context.document
        return kin(self.library.document(talked) if talked else home, resolved.context.sections)
