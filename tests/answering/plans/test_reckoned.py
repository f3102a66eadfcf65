"""Two numbers reckoned with: the larger, the smaller, the difference, the sum."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant
from assistant.understanding.types import Question
from tests.answering.plans.test_turns import talk


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Får Klagenævnenes Hus eller Civilstyrelsen flest arbejdspladser?", "Størst er Klagenævnenes Hus: 162"),
        ("Taken together, how many jobs go to Klagenævnenes Hus and Civilstyrelsen?", "In all 246 (162 + 84)"),
        ("Hvor mange flere arbejdspladser får Klagenævnenes Hus end Civilstyrelsen?", "Forskellen er 78 (162 − 84)"),
        ("Which is bigger, the broadband fund or the money for relocating state jobs?", "DKK 400 million [1], against"),
        ("Er bredbåndspuljen større eller mindre end pengene til udflytning af statsjob?", "400 mio. kr. [1], mod"),
        (
            "Is the 2016 allocation for declining areas larger than the yearly one afterwards, and by how much?",
            "The difference is DKK 4 million",
        ),
        ("Total funding 2016-2019 for the areas hit by decline?", "In all DKK 24 million"),
    ],
)
def test_numbers_are_reckoned_with(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(Question(text)).text


def test_what_was_just_told_is_compared(assistant: Assistant) -> None:
    told = talk(assistant, "Hvor mange statslige arbejdspladser flyttes til regionen?", "hvilken er størst?")
    assert "Klagenævnenes Hus: 162" in told[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "Hvor mange penge er der i alt i aftalen?",
        "How large is the combined budget of all the themes?",
        "så regionen vil have flere penge fra staten?",
        "Give me every sum of money in the agreement.",
        "Flyttes der i alt 659 statslige arbejdspladser til Region Midtjylland?",
    ],
)
def test_nothing_is_reckoned_where_no_two_are_asked_of(assistant: Assistant, text: str) -> None:
    said = assistant.ask(Question(text)).text
    assert not any(each in said for each in ("246", "24 mi", "24 mio", "Størst er", "The largest is"))
