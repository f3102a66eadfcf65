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


def test_which_one_has_a_value_is_asked_of_what_was_told(assistant: Assistant) -> None:
    told = talk(assistant, "Compare the wind part and the bioeconomy part", "which one has an end date?")[-1]
    assert told.text.startswith("2015 to 2018")


def test_what_was_meant_is_asked_of_the_question_before(assistant: Assistant) -> None:
    many = "Hvor mange testpladser til store møller skal der laves?"
    turns = talk(assistant, many, "nej, jeg mente i alt, med dem der er i forvejen", "hvor skal de ligge?")
    assert turns[1].citations[0] == turns[0].citations[0] and turns[2].text.startswith("Østerild og Høvsøre")
    other = talk(assistant, "hvem er med i tema 3?", "nej jeg mente tema 9")[-1]
    assert "Tema 9" in other.text and "HBP" in other.text


def test_what_the_annex_says_more_is_told(assistant: Assistant) -> None:
    told = talk(assistant, "Why are they reviewing the support for businesses?", "does the annex say anything more?")[
        -1
    ]
    assert told.text.startswith("Yes:") and "role of the functional regions" in told.text


def test_a_sum_over_the_years_is_reckoned(assistant: Assistant) -> None:
    turns = ("How much money is set aside for places in decline?", "what does that add up to over all four years?")
    assert talk(assistant, *turns)[-1].text.startswith("DKK 24 million in all")


def test_where_to_apply_is_no_place(assistant: Assistant) -> None:
    turns = ("Er der noget for firmaer med nye materialer i aftalen?", "hvor kan jeg søge penge?")
    assert talk(assistant, *turns)[-1].status.value == "not_in_source"


def test_a_subject_that_is_nowhere_is_not_told_of_another(assistant: Assistant) -> None:
    told = talk(assistant, "hvad handler temaet om statslige job om?", "ok, hvad med busser og tog?")[-1]
    assert told.status.value == "not_in_source" and told.missing == ("busser", "tog")


def test_a_number_that_was_meant_takes_the_place_of_the_other(assistant: Assistant) -> None:
    turns = ("Aftalen lover 500 mio. kr. til bredbånd, ikke?", "nej jeg mente 200 mio.")
    assert "200 mio. kr. puljen" in talk(assistant, *turns)[-1].text


def test_who_pays_is_not_told_by_what_nobody_pays(assistant: Assistant) -> None:
    told = talk(assistant, "Explain the Apple thing near Viborg to me.", "Is the Region paying for it?")[-1]
    assert told.status.value == "not_in_source"
