"""What is kept of a question: nothing is asked of model or index twice while it is answered."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.answering import Assistant, Question
from assistant.corpus import Document
from assistant.corpus.types import Passage, Section
from assistant.index.candidates.asked import AskedBefore, Nearest
from assistant.index.embedder import Vectors

TEXTS = (
    "Hvem er aktører for vindprogrammet?",
    "Hvad er en Vækstaftale?",
    "Which themes have no actors?",
    "Hvor mange penge er der i alt, og hvad er næste skridt for tema 7?",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_anticipated_questions_near_by_are_looked_for_once(
    assistant: Assistant, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: Counter[bytes] = Counter()
    near = AskedBefore.near

    def counted(self: AskedBefore, vector: Vectors) -> Nearest:
        looked[vector.tobytes()] += 1
        return near(self, vector)

    monkeypatch.setattr(AskedBefore, "near", counted)
    assistant.ask(Question(text))
    assert set(looked.values()) <= {1}


@pytest.mark.parametrize("text", TEXTS)
def test_no_document_is_compared_as_a_whole(assistant: Assistant, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(each: object) -> int:
        raise AssertionError(f"the hash of a whole {type(each).__name__} is slow")

    for kind in (Document, Section, Passage):
        monkeypatch.setattr(kind, "__hash__", refused)
    assistant.ask(Question(text))
