"""Turns that lean on what was told: an actor elsewhere, its money, that town, a number read elsewhere, a language."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant
from assistant.answering.types import Status
from assistant.understanding.types import Question
from tests.answering.talking import last

ROLES = [
    "Hvem er borgmester i Viborg?",
    "Hvad er ansøgningsfristen for tema 2?",
    "Who is the chair of the growth forum?",
]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Hvem er aktør i tema 3?", "og FM?"), "1 tema har FM blandt aktørerne"),
        (("Hvem er aktør i tema 8?", "er de også på andre temaer?"), "2 temaer har AMD blandt aktørerne"),
        (("Hvad handler tema 4 om?", "og hvad koster det?"), "400 mio. kr."),
        (("Hvor ligger Apple projektet?", "hvad er der ellers i den by?"), "Klagenævnenes Hus"),
        (("Hvor mange statslige arbejdspladser flyttes til regionen?", "jeg læste at det var 700"), "Nej: I alt 659"),
        (("Hvilke temaer er regionale fokusområder?", "hvem er aktører på dem?", "hvilket har flest?"), "Tema 7"),
        (("Hvor mange arbejdspladser får Klagenævnenes Hus?", "jeg har læst det var 200?"), "Nej: I alt 659"),
        (
            ("Hvor meget er der afsat til områder i tilbagegang?", "hvad bliver det i alt over alle årene?"),
            "24 mio. kr.",
        ),
        (("How much is set aside for areas in decline?", "what is that over all the years?"), "DKK 24 million in all"),
        (("Hvad ligger der i Viborg?", "hvor mange job er det, hvis man lægger de to steder sammen?"), "I alt 246"),
        (("What is theme 3A about?", "Which annex part goes with it?"), "Ad 4 elaborates Theme 3A"),
        (
            ("What is theme 3A about?", "Which annex part goes with it?", "What has been set up by that part?"),
            "working group",
        ),
        (
            ("Which theme deals with exports?", "Does the annex add anything to it?"),
            "No: Ad 10, Export is only a heading",
        ),
        (("Hvilke bilagspunkter står tomme?", "hvilket er det længste af dem, der har tekst?"), "Mest tekst har Ad 7"),
        (
            ("Næste skridt i tema 2?", "og i tema 4?", "Så der laves ikke noget udkast i nogen af dem?"),
            "Ja: I 2 temaer",
        ),
        (("Hvad er fødevaretopmødet?", "in English please"), "annual food summit"),
        (("What is the food summit?", "på dansk tak"), "årligt fødevaretopmøde"),
    ],
)
def test_a_turn_leans_on_what_was_told(assistant: Assistant, turns: tuple[str, ...], told: str) -> None:
    assert told in last(assistant, *turns).text


def test_a_turn_that_would_only_be_told_the_same_is_refused(assistant: Assistant) -> None:
    told = last(assistant, "What is the DKK 400 million for?", "who checks how it is spent?")
    assert told.status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize("text", ROLES)
def test_a_role_or_thing_of_one_name_that_stands_nowhere_is_named(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(Question(text))
    assert answer.status is Status.NOT_IN_SOURCE
    assert answer.missing


def test_such_a_word_beside_the_question_refuses_nothing(assistant: Assistant) -> None:
    asked = Question("Hvilken hjemmeside skal altid have friske oplysninger om forbindelsen på ens adresse?")
    assert assistant.ask(asked).status is Status.ANSWERED


def test_the_actor_of_most_themes_is_counted(assistant: Assistant) -> None:
    assert "(4) står EVM" in assistant.ask(Question("Hvilken aktør går igen i flest temaer?")).text


def test_the_theme_without_a_part_in_the_annex_is_one(assistant: Assistant) -> None:
    answer = assistant.ask(Question("which theme isn't in the annex at all"))
    assert [citation.section for citation in answer.citations] == ["tema-5"]


def test_initials_that_stand_nowhere_are_nobodys(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Hvilke temaer involverer EM?"))
    assert answer.missing == ("EM",)
    assert "»EM«" in answer.text


@pytest.mark.parametrize(
    "text", ["Hvilke temaer nævner EU?", "hvilke temaer nævner eu", "Which themes mention the EU?"]
)
def test_initials_in_the_text_list_the_themes_that_say_them(assistant: Assistant, text: str) -> None:
    assert [citation.section for citation in assistant.ask(Question(text)).citations] == ["tema-3", "tema-7"]
