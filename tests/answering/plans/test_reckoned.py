"""Two numbers reckoned with: of names, of subjects, of the years of one; and questions that are not for reckoning."""

from __future__ import annotations

import pytest

from assistant.answering import Answer, Assistant, Status
from tests.answering.talking import last

REMARKS = ("Størst er", "Mindst er", "The largest is", "The smallest is")
SUMS = ("giver ikke selv summen", "does not give the sum itself", "nævner den ikke selv", "does not give it itself")
JOBS = ("Hvor mange arbejdspladser flyttes til Viborg?", "How many state jobs are moved to Viborg?")


def first(answer: Answer) -> str:
    return answer.text.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hvem får flest arbejdspladser, Klagenævnenes Hus eller Civilstyrelsen?",
            "Størst er Klagenævnenes Hus: 162 [1], mod 84 (Civilstyrelsen) [1].",
        ),
        (
            "Which is larger, the Department of Civil Affairs or the Appeals Boards Authority?",
            "The largest is the Appeals Boards Authority: 162 [1], against 84 (the Department of Civil Affairs) [1].",
        ),
        (
            "Hvem får mindst, Klagenævnenes Hus eller Civilstyrelsen?",
            "Mindst er Civilstyrelsen: 84 [1], mod 162 (Klagenævnenes Hus) [1].",
        ),
        (
            "Which gets fewer jobs, the Appeals Boards Authority or the Department of Civil Affairs?",
            "The smallest is the Department of Civil Affairs: 84 [1], against 162 (the Appeals Boards Authority) [1].",
        ),
    ],
)
def test_of_two_names_the_one_with_the_larger_or_smaller_number(assistant: Assistant, text: str, told: str) -> None:
    assert first(last(assistant, text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hvor mange flere arbejdspladser får Klagenævnenes Hus end Civilstyrelsen?", "Forskellen er 78 (162 − 84)"),
        ("Hvor meget skæres der i støtten til områder i tilbagegang fra 2016 til 2017?", "Forskellen er 4 mio. kr."),
        ("How much does the money for areas in decline fall from 2016 to 2017?", "The difference is DKK 4 million"),
        (
            "Hvad er forskellen på antallet af arbejdspladser i Klagenævnenes Hus og Civilstyrelsen?",
            "Forskellen er 78 (162 − 84)",
        ),
        (
            "How many more jobs does the Appeals Boards Authority get than the Department of Civil Affairs?",
            "The difference is 78 (162 − 84)",
        ),
    ],
)
def test_two_names_are_as_far_apart_as_their_numbers(assistant: Assistant, text: str, told: str) -> None:
    assert told in first(last(assistant, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hvor mange arbejdspladser får Klagenævnenes Hus og Civilstyrelsen tilsammen?", "I alt 246 (162 + 84)"),
        ("Læg arbejdspladserne i Klagenævnenes Hus og Civilstyrelsen sammen", "I alt 246 (162 + 84)"),
        (
            "Add up the jobs of the Department of Civil Affairs and the Appeals Boards Authority",
            "In all 246 (84 + 162)",
        ),
        ("Hvor mange arbejdspladser kommer der i alt til Viborg?", "I alt 246 (84 + 162)"),
        ("How many jobs go to Viborg in total?", "In all 246 (84 + 162)"),
    ],
)
def test_the_numbers_of_names_are_added(assistant: Assistant, text: str, told: str) -> None:
    assert first(last(assistant, text)).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Er der flest penge til udflytningen af arbejdspladser eller til bredbånd?",
            "Størst er Ad 5, Succes med flytning af statslige arbejdspladser: 400 mio. kr. [1], mod 200 mio. kr.",
        ),
        (
            "Which is the larger pot: the broadband fund or the relocation of state jobs?",
            "The largest is Ad 5, Success with the relocation of state jobs: DKK 400 million [1], against DKK 200 million",
        ),
        (
            "Hvilket beløb er mindst: det til bredbånd eller det til udflytningen?",
            "Mindst er Tema 9, Mobil- og bredbåndsdækning: 200 mio. kr. [2], mod 400 mio. kr.",
        ),
        (
            "Is there less money for areas in decline than for broadband?",
            "Yes: The smallest is Theme 2, Targeted business effort in areas hit by economic decline: "
            "DKK 9 million + 3 × DKK 5 million [2], against DKK 200 million",
        ),
    ],
)
def test_of_two_subjects_the_one_with_more_or_less_money(assistant: Assistant, text: str, told: str) -> None:
    assert first(last(assistant, text)).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "How much more money goes to the relocation of state jobs than to broadband?",
            "The difference is DKK 200 million (DKK 400 million − DKK 200 million)",
        ),
        (
            "Hvad er forskellen på beløbet til bredbånd og beløbet til udflytning af statslige arbejdspladser?",
            "Forskellen er 200 mio. kr. (400 mio. kr. − 200 mio. kr.)",
        ),
        (
            "How much money do broadband and the relocation of state jobs get together?",
            "In all DKK 600 million (DKK 200 million + DKK 400 million)",
        ),
        (
            "Hvor mange penge er der tilsammen til bredbånd og udflytning af statslige arbejdspladser?",
            "I alt 600 mio. kr. (200 mio. kr. + 400 mio. kr.)",
        ),
        (
            "How much money do areas in decline and broadband get combined?",
            "In all DKK 224 million (DKK 9 million + 3 × DKK 5 million + DKK 200 million)",
        ),
    ],
)
def test_the_money_of_two_subjects_is_set_apart_and_together(assistant: Assistant, text: str, told: str) -> None:
    assert told in first(last(assistant, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hvor mange penge er der i alt til områder i tilbagegang i 2016 og de følgende år?",
            "I alt 24 mio. kr. (9 mio. kr. + 3 × 5 mio. kr.)",
        ),
        (
            "What is the total amount for areas in decline over the years 2016 to 2019?",
            "In all DKK 24 million (DKK 9 million + 3 × DKK 5 million)",
        ),
        (
            "Hvad er forskellen på beløbet i 2016 og de følgende år til områder i tilbagegang?",
            "Forskellen er 4 mio. kr. (9 mio. kr. i 2016 − 5 mio. kr. årligt i 2017-2019)",
        ),
        (
            "Er beløbet til områder i tilbagegang størst i 2016 eller årligt bagefter?",
            "9 mio. kr. i 2016 [1], mod 5 mio. kr. årligt i 2017-2019 [1].",
        ),
    ],
)
def test_the_years_of_one_subject_are_reckoned_with(assistant: Assistant, text: str, told: str) -> None:
    assert told in first(last(assistant, text))


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        (JOBS[0], "hvad er størst?", "Størst er Klagenævnenes Hus: 162"),
        (JOBS[0], "hvad er mindst?", "Mindst er Civilstyrelsen: 84"),
        (JOBS[0], "hvad er forskellen?", "Forskellen er 78"),
        (JOBS[1], "which is larger?", "The largest is the Appeals Boards Authority: 162"),
        (JOBS[1], "which is smaller?", "The smallest is the Department of Civil Affairs: 84"),
        (JOBS[1], "what is the difference?", "The difference is 78"),
        (JOBS[1], "how many in all?", "In all 246"),
        (
            "How much is set aside for the relocation of state jobs?",
            "is that more money than for broadband?",
            "The largest is Ad 5, Success with the relocation of state jobs: DKK 400 million",
        ),
    ],
)
def test_what_was_just_told_is_reckoned_with(assistant: Assistant, before: str, text: str, told: str) -> None:
    assert told in first(last(assistant, before, text))


@pytest.mark.parametrize(
    "text",
    [
        "Which is the larger pot: the broadband fund or the relocation of state jobs?",
        "Hvor mange penge er der tilsammen til bredbånd og udflytning af statslige arbejdspladser?",
    ],
)
def test_each_number_of_a_subject_has_its_sentence(assistant: Assistant, text: str) -> None:
    assert {citation.section for citation in last(assistant, text).citations} == {"ad-5", "tema-9"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hvad er det største beløb i aftalen?", "Det største beløb er 400 mio. kr."),
        ("Hvad er det mindste beløb i teksten?", "Det mindste beløb er 5 mio. kr. årligt i 2017-2019"),
        ("What do all the amounts in the agreement add up to?", "The agreement gives no total."),
        ("Hvor mange penge er der i alt i aftalen?", "Aftalen giver ikke et samlet beløb."),
        ("Hvad er summen af alle beløb?", "Aftalen giver ikke et samlet beløb."),
    ],
)
def test_the_amounts_of_the_whole_agreement_are_not_reckoned_with(assistant: Assistant, text: str, told: str) -> None:
    assert first(last(assistant, text)).startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "Hvad siger aftalen mere om bredbånd?",
        "Tell me more about the food summit",
        "Who benefits most from the broadband fund?",
        "Which theme has most actors?",
        "Which theme has the most money?",
        "Hvordan får vi flere penge til bredbånd?",
        "Is more money needed for broadband?",
        "Skal der mere IT i virksomhederne?",
        "Hvor mange flere testpladser skal der etableres?",
        "More about Klagenævnenes Hus, please",
        "How many more jobs are coming to Herning?",
        "Hvad er forskellen på More Creative og Danish Food Cluster?",
        "Hvad er forskellen på tema 3 og tema 3A?",
    ],
)
def test_more_without_two_numbers_is_not_reckoned_with(assistant: Assistant, text: str) -> None:
    told = last(assistant, text).text
    assert not told.startswith(REMARKS) and not any(words in told for words in SUMS)


def test_which_is_larger_of_one_amount_is_not_answered(assistant: Assistant) -> None:
    answer = last(assistant, "How much money is there for broadband?", "which is larger?")
    assert answer.status is Status.NOT_IN_SOURCE
