"""What is told of a long sentence, and what parts have in common: short, with nothing that was asked for left out."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question
from assistant.answering.draft import told_in, wording
from tests.answering.talking import last


@pytest.mark.parametrize(
    ("text", "told", "left"),
    [
        ("Er det rigtigt, at vindprogrammet løber til 2018?", "2015 til 2018", None),
        ("Is it true that there are 19 municipalities?", "19 municipalities", "up-to-date"),
        ("Hvor mange kommuner er der i regionen?", "19 kommuner", "tidssvarende"),
    ],
)
def test_a_sentence_is_told_as_far_as_it_says_what_is_asked(
    assistant: Assistant, text: str, told: str, left: str | None
) -> None:
    answer = assistant.ask(Question(text))
    assert told in answer.text
    assert left is None or (
        left not in answer.text and left in f"{answer.citations[0].quote} {answer.citations[0].translation}"
    )


def test_what_was_told_in_part_is_known_in_the_next_turn(assistant: Assistant) -> None:
    turns = ("How many regions helped prepare the wind programme?", "until when does it run?")
    assert "2018" in last(assistant, *turns).text


def test_a_row_is_known_by_its_beginning(assistant: Assistant) -> None:
    row = next(row for row in assistant.library.rows(assistant.library.ids[0]) if len(row.span.quote.split()) > 30)
    words = wording(row, "en").split()
    assert told_in(row, f"No: {' '.join(words[:15])} … [1].")
    assert not told_in(row, f"No: {' '.join(words[:15])} other … [1].")


def test_parts_repeat_no_sentence(assistant: Assistant) -> None:
    text = "Where do the extra turbine test sites go, how many, and what education is meant to come with them?"
    told = assistant.ask(Question(text)).text
    assert told.count("test and demonstration facilities") == 1
    assert "4-8" in told


def test_all_themes_are_a_list(assistant: Assistant) -> None:
    assert assistant.ask(Question("How many themes are there in total?")).text.count("\n- ") == 11
