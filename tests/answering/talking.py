"""Conversations with the assistant, as a client has them that sends back what each answer was about."""

from __future__ import annotations

import re

from assistant.answering import Answer, Assistant, Question, Turn


def talk(assistant: Assistant, *texts: str) -> list[Answer]:
    """Ask in one conversation; return all answers."""
    history: list[Turn] = []
    answers = []
    for text in texts:
        answers.append(assistant.ask(Question(text, "auto", tuple(history))))
        history += [Turn("user", text), answers[-1].turn]
    return answers


def last(assistant: Assistant, *texts: str) -> Answer:
    """Ask in one conversation; return the last answer."""
    return talk(assistant, *texts)[-1]


def themes(answer: Answer) -> list[str]:
    """Return the numbers of the themes that an answer lists."""
    return re.findall(r"^- (?:Tema|Theme) (\w+)", answer.text, re.MULTILINE)
