"""The actor of most themes; roles and things that nobody names; numbers claimed alone; turns that only repeat."""

from __future__ import annotations

import re

import pytest

from assistant.answering import Assistant, Status
from tests.answering.talking import last, themes

MOVED = (
    "Hvor mange statslige arbejdspladser flyttes til Region Midtjylland?",
    "How many state jobs are moved to the Central Denmark Region?",
)
SET_ASIDE = "How much has the Government set aside for the relocation of state jobs?"
TOWNS = "How many municipalities are in the region?"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Hvilken aktør står i flest temaer?", "I flest temaer (4) står EVM blandt aktørerne"),
        ("Hvilket ministerium er med i flest temaer?", "I flest temaer (4) står EVM blandt aktørerne"),
        ("Hvem er med i flest temaer?", "I flest temaer (4) står EVM blandt aktørerne"),
        ("Which actor is in most themes?", "EVM is among the actors of most themes (4)"),
        ("Which ministry is involved in most themes?", "EVM is among the actors of most themes (4)"),
    ],
)
def test_the_actor_of_most_themes(assistant: Assistant, text: str, begins: str) -> None:
    assert last(assistant, text).text.startswith(begins)


@pytest.mark.parametrize("text", ["Hvilken aktør står i flest temaer?", "Which actor is in most themes?"])
def test_the_themes_of_the_actor_of_most_are_listed(assistant: Assistant, text: str) -> None:
    assert themes(last(assistant, text)) == ["1", "2", "3", "3A"]


@pytest.mark.parametrize("text", ["Hvilken aktør er med i færrest temaer?", "Which actor appears in fewest themes?"])
def test_all_actors_of_fewest_themes_are_told(assistant: Assistant, text: str) -> None:
    assert re.search(r"FM, UM, BBM, PFA, LV (?:og|and) NEA", last(assistant, text).text)


@pytest.mark.parametrize("text", ["Hvilket tema har flest aktører?", "Which theme has most actors?"])
def test_the_theme_with_most_actors_is_not_the_actor_of_most_themes(assistant: Assistant, text: str) -> None:
    assert themes(last(assistant, text)) == ["3"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Who is the mayor of Viborg?", "mayor"),
        ("Hvem er borgmester i Grenaa?", "borgmester"),
        ("Hvem er ministeren?", "ministeren"),
        ("Who is the chairman of the Growth Forum?", "chairman"),
        ("Hvem er formand for Vækstforum?", "formand"),
        ("Hvem er direktør for Danish Food Cluster?", "direktør"),
        ("Who is the director of Game College?", "director"),
        ("Hvem er kontaktperson for tema 9?", "kontaktperson"),
        ("hvad er ansøgningsfristen", "ansøgningsfristen"),
        ("Hvad er ansøgningsfristen for områder i tilbagegang?", "ansøgningsfristen"),
        ("What is the deadline for theme 2?", "deadline"),
        ("When is the deadline?", "deadline"),
        ("What is the fee for applying?", "fee"),
        ("Hvad er gebyret for at søge?", "gebyret"),
        ("What is the penalty for missing the goals?", "penalty"),
        ("What is the salary for the 162 jobs?", "salary"),
    ],
)
def test_a_role_or_thing_that_no_document_names_is_what_is_missing(assistant: Assistant, text: str, word: str) -> None:
    assert last(assistant, text).missing == (word,)


@pytest.mark.parametrize(
    "text", ["Who is the mayor of Viborg?", "hvad er ansøgningsfristen", "Hvem er formand for Vækstforum?"]
)
def test_a_refusal_names_the_role_or_thing(assistant: Assistant, text: str) -> None:
    answer = last(assistant, text)
    assert answer.status is Status.NOT_IN_SOURCE and answer.missing[0] in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "hvornår får jeg bedre bredbånd på min adresse",
        "Er der bredbånd på min adresse?",
        "Is there better mobile coverage coming at my address?",
        "Min chef vil vide, hvor mange statslige arbejdspladser der flyttes",
        "My manager asks how many state jobs are moved",
        "Hvad er kommunernes mål for mobildækning, spørger min formand",
        "Where are the state jobs moved to, asks my chairman",
    ],
)
def test_a_role_or_thing_beside_the_question_is_not_missing(assistant: Assistant, text: str) -> None:
    assert last(assistant, text).missing == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Min chef vil vide, hvor mange statslige arbejdspladser der flyttes", "3.900"),
        ("My manager asks how many state jobs are moved", "3,900"),
        ("Hvad er kommunernes mål for mobildækning, spørger min formand", "tidssvarende mobil- og bredbåndsdækning"),
    ],
)
def test_a_question_that_somebody_else_has_is_answered(assistant: Assistant, text: str, told: str) -> None:
    assert told in last(assistant, text).text


@pytest.mark.parametrize(
    ("before", "text", "begins"),
    [
        (MOVED[0], "jeg læste at det var 700", "Nej: I alt 659"),
        (MOVED[0], "min nabo siger at det var 500", "Nej: I alt 659"),
        (MOVED[1], "I heard it was 500 jobs", "No: In total, 659"),
        (SET_ASIDE, "I read that it was DKK 600 million", "No: The Government has allocated DKK 400 million"),
        (
            "Hvor mange penge er afsat til udflytningen?",
            "jeg hørte at det var 500 mio. kr.",
            "Nej: Regeringen har afsat",
        ),
        (TOWNS, "I heard it was 21", "No: The Central Denmark Region and the 19"),
        ("Hvor mange kommuner er der i regionen?", "jeg har hørt at det var 98", "Nej: Region Midtjylland og de 19"),
        ("Hvor mange kommuner er der i regionen?", "jeg læste at det var 19", "Ja: Region Midtjylland og de 19"),
    ],
)
def test_a_number_claimed_alone_is_met_by_the_one_told_last(
    assistant: Assistant, before: str, text: str, begins: str
) -> None:
    assert last(assistant, before, text).text.startswith(begins)


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("Hvor mange statslige arbejdspladser flyttes?", "hvor mange?", "659"),
        ("Hvornår løber vindprogrammet til?", "hvornår?", "2015 til 2018"),
    ],
)
def test_a_value_is_asked_for_again_without_a_word(assistant: Assistant, before: str, text: str, told: str) -> None:
    assert told in last(assistant, before, text).text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("What is the amount in theme 2?", "who checks how it is spent?"),
        ("Hvem skal stille opdaterede data til rådighed?", "hvem fører tilsyn med dem?"),
        ("What is the food summit?", "who cleans up afterwards?"),
        ("Hvad er fødevaretopmødet?", "hvem vasker op?"),
        ("Where is Game College?", "who teaches there?"),
        ("Where are the state jobs moved?", "when is the canteen open?"),
        ("How many municipalities are there?", "who is their lawyer?"),
        ("Hvad sker der med bredbåndspuljen?", "hvor mange timer tager det?"),
    ],
)
def test_a_later_turn_that_would_only_repeat_is_refused(assistant: Assistant, before: str, text: str) -> None:
    assert last(assistant, before, text).status is Status.NOT_IN_SOURCE


def test_what_is_left_out_of_an_answer_in_parts_is_not_cited(assistant: Assistant) -> None:
    """The second part says again what the first said, and its own sources go with it."""
    asked = "Which EU initiative does the green chapter build on, and what is that initiative about?"
    told = last(assistant, asked)
    assert {int(each) for each in re.findall(r"\[(\d+)\]", told.text)} == {each.number for each in told.citations}
    assert [each.number for each in told.citations] == list(range(1, len(told.citations) + 1))
