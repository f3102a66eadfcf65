"""How many: sums over the years of a subject, what is left of a whole, conditions on a number, so many of a list."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question
from tests.answering.talking import themes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Læg sammen: hvad får de trængte egne i penge fra 2016 til 2019?", "I alt 24 mio. kr."),
        ("Hvor meget får de trængte områder i 2017, 2018 og 2019 tilsammen?", "I alt 15 mio. kr."),
        ("If I add all the years, how much money is there for areas in decline?", "In all DKK 24 million"),
        ("How many of the 659 jobs are not accounted for by the two named institutions?", "413 (659 − 162 − 84)"),
        ("hvor mange er tilbage, når Civilstyrelsen er trukket fra de 659?", "575 (659 − 84)"),
        ("Hvor mange af de 659 job går ikke til Viborg?", "413 (659 − 162 − 84)"),
        ("How many of the 3,900 jobs go to other regions?", "3,241"),
        ("Hvad koster det hele?", "Aftalen giver ikke et samlet beløb"),
        ("Tæl lige temaerne sammen for mig.", "Aftalen har 11 temaer"),
    ],
)
def test_numbers_are_added_and_taken_off(assistant: Assistant, text: str, told: str) -> None:
    assert assistant.ask(Question(text)).text.startswith(told)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Which themes have more than two actors?", ["1", "3", "3A", "7"]),
        ("Hvilke temaer har præcis én aktør?", ["2", "6", "8", "9"]),
        ("which themes have at most one actor?", ["2", "4", "5", "6", "8", "9"]),
        ("hvilke temaer har to næste skridt?", ["1"]),
        ("In which themes is the next step the same?", ["3A", "5", "6", "8", "10"]),
        ("Hvilke temaer har et næste skridt, hvor man afventer noget?", ["1", "2", "3", "7"]),
    ],
)
def test_themes_by_a_number_of_what_they_have(assistant: Assistant, text: str, numbers: list[str]) -> None:
    assert themes(assistant.ask(Question(text))) == numbers


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Nævn tre organisationer fra aftalen", 4),
        ("All the years that appear in the annex", 4),
        ("Samtlige organisationer i aftalen, tak.", 16),
    ],
)
def test_as_many_are_listed_as_are_asked_for(assistant: Assistant, text: str, lines: int) -> None:
    assert assistant.ask(Question(text)).text.count("\n- ") == lines


def test_years_are_listed_in_their_order(assistant: Assistant) -> None:
    told = assistant.ask(Question("Årstal i aftalen, kronologisk:")).text
    assert told.index("2015 til 2018") < told.index("2016-2017") < told.index("2017-2019")


def test_what_is_counted_may_stand_in_the_sentence_before(assistant: Assistant) -> None:
    text = "Jeg synes, flere af bilagsdelene kun har en overskrift. Hvor mange er det egentlig, der er helt blanke?"
    assert assistant.ask(Question(text)).text.startswith("5 bilagsdele er kun overskrifter")
