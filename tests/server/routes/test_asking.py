"""Answers given before: they are given again, a new index has its own, and no question is kept."""

from __future__ import annotations

import gc

from assistant.answering import Answer, Question, Status
from assistant.server import create_app
from assistant.server.routes.asking import Remembered
from tests.server.conftest import MakeSettings


class Counting:
    """Stands for an Assistant; counts what it is asked."""

    def __init__(self, version: str) -> None:
        self.version, self.asked = version, 0

    def ask(self, question: Question) -> Answer:
        """Answer with the version."""
        self.asked += 1
        return Answer(Status.ANSWERED, "da", f"{self.version} {self.asked}")


def test_a_question_is_searched_for_once_for_each_index() -> None:
    remembered, old, new = Remembered(10), Counting("old"), Counting("new")
    for _ in range(3):
        assert remembered.ask(old, Question("hvem?")).text == "old 1"  # type: ignore[arg-type]
    assert remembered.ask(new, Question("hvem?")).text == "new 1"  # type: ignore[arg-type]
    assert remembered.ask(old, Question("hvem?", "en")).text == "old 2"  # type: ignore[arg-type]


def test_what_was_asked_longest_ago_is_forgotten_and_none_may_be_kept() -> None:
    remembered, none, held = Remembered(2), Remembered(0), Counting("v")
    for text in ("a", "b", "c", "a"):
        remembered.ask(held, Question(text))  # type: ignore[arg-type]
    assert held.asked == 4
    for _ in range(2):
        none.ask(held, Question("a"))  # type: ignore[arg-type]
    assert held.asked == 6


def test_remembered_answers_are_the_same_and_their_questions_are_gone(make_settings: MakeSettings) -> None:
    client = create_app(make_settings()).test_client()
    canary = "hvem ejer vindprogrammet, kanariefugl9137?"
    first, second = (client.post("/api/chat", json={"message": canary}).get_json() for _ in range(2))
    assert first == second
    gc.collect()
    remembered = client.application.extensions["remembered"]
    assert remembered._answers.currsize == 1
    assert "kanariefugl9137" not in repr(dict(remembered._answers))
