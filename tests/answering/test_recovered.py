"""A conversation whose answers come back as their texts alone."""

from __future__ import annotations

import pytest

from assistant.answering import Answer, Assistant, Question, Turn


def talk(assistant: Assistant, texts: tuple[str, ...], sent: str | None = None) -> Answer:
    """Ask in one conversation as a client that keeps texts alone; `sent` is what it sends for every answer, if given."""
    history: tuple[Turn, ...] = ()
    for text in texts:
        answer = assistant.ask(Question(text, history=history))
        history = (*history, Turn("user", text), Turn("assistant", answer.text if sent is None else sent))
    return answer


@pytest.mark.parametrize(
    ("texts", "told", "every"),
    [
        (("Which themes involve EVM?", "which of them await something?"), "3 themes", "all 11 themes are meant"),
        (("Hvilke temaer involverer EVM?", "hvilke af dem afventer noget?"), "3 temaer", "alle 11 temaer er ment"),
    ],
)
def test_what_they_are_is_known_from_the_text_of_the_answer(
    assistant: Assistant, texts: tuple[str, ...], told: str, every: str
) -> None:
    assert talk(assistant, texts).text.startswith(told)
    # An answer that nobody gave tells nothing: all are told, and that they are.
    assert every in talk(assistant, texts, sent="EVM.").text


def test_no_more_is_asked_again_than_tells_what_they_are(assistant: Assistant) -> None:
    turns = ("Which themes involve EVM?", "thanks", "hello", "which of them await something?")
    assert talk(assistant, turns).text.startswith("3 themes")
