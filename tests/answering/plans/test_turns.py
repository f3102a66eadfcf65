"""Turns that speak of a set, of one of it, or of another like it."""

from __future__ import annotations

from assistant.answering import Assistant
from tests.answering.talking import talk


def test_of_a_list_the_largest_and_the_smallest(assistant: Assistant) -> None:
    _, largest, smallest = talk(assistant, "Hvilke beløb nævnes i aftalen?", "hvilket er størst?", "og det mindste?")
    assert "400 mio. kr." in largest.text and "5 mio. kr. årligt" in smallest.text


def test_the_first_and_the_other_of_two(assistant: Assistant) -> None:
    _, first, other = talk(
        assistant, "Which themes have no actors?", "what's the next step for the first one?", "and the other?"
    )
    assert "Status from municipalities" in first.text and "Theme 5" in other.text


def test_another_ministry_keeps_its_question(assistant: Assistant) -> None:
    _, one, two = talk(assistant, "Hvilke temaer involverer EVM?", "BM?", "og UM?")
    assert "Tema 3" in one.text and "Tema 3A" in one.text and "Tema 2" not in one.text
    assert "Tema 1" in two.text and "Tema 3" not in two.text


def test_which_towns_of_what_is_talked_about(assistant: Assistant) -> None:
    towns = talk(assistant, "Hvad siger aftalen om More Creative?", "hvilke byer?")[-1]
    assert "Viborg" in towns.text and "Grenaa" in towns.text and "Frederikshavn" not in towns.text


def test_who_made_it_is_not_asked_of_the_assistant(assistant: Assistant) -> None:
    told = talk(assistant, "Hvor mange statslige arbejdspladser flyttes til Region Midtjylland?", "hvem har lavet den?")
    assert told[1].status.value != "smalltalk"
