"""Questions for what the text can never tell: names of many, how far it has come, another currency, a reason."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question, Status


@pytest.mark.parametrize(
    "text",
    [
        "Hvilke 19 kommuner drejer det sig om, kan du nævne dem alle?",
        "How many of the relocated jobs have been filled so far?",
        "what's the pay for people who move with the appeals board?",
        "Hvorfor blev der stemt nej til planen for mode og design i vækstforummet?",
    ],
)
def test_what_the_text_cannot_tell_is_refused(assistant: Assistant, text: str) -> None:
    assert assistant.ask(Question(text)).status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize(
    "text",
    [
        "Which three public systems are to work from the same facts?",
        "Hvor mange kommuner er der i regionen?",
        "Why are state jobs being relocated?",
    ],
)
def test_what_is_told_is_answered(assistant: Assistant, text: str) -> None:
    assert assistant.ask(Question(text)).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "word"), [("Hvad siger aftalen om sygehuse?", "sygehuse"), ("What does it say about tourism?", "tourism")]
)
def test_a_subject_without_a_word_in_the_text_is_named(assistant: Assistant, text: str, word: str) -> None:
    answer = assistant.ask(Question(text))
    assert answer.status is Status.NOT_IN_SOURCE and word in answer.text
