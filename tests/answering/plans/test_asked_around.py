"""Questions put as people put them: with a reason in front, in several parts, by a theme's everyday name."""

from __future__ import annotations

import pytest

from assistant.answering import Answer, Assistant, Question, Status
from tests.answering.talking import themes


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.ask(Question(text))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "I was only wondering, what is the smallest amount of money in there?",
            "The smallest amount is DKK 5 million",
        ),
        ("Min nabo siger, at det slutter i 2017. Hvad er det seneste årstal, der nævnes?", "Senest er 2017-2019"),
        ("Sortér alle beløb fra det højeste til det laveste, tak", "Aftalen nævner 4 beløb:\n- 400 mio. kr."),
        ("List every amount, smallest first please", "The agreement names 4 amounts:\n- DKK 5 million"),
    ],
)
def test_what_stands_around_a_list_narrows_nothing(assistant: Assistant, text: str, begins: str) -> None:
    assert ask(assistant, text).text.startswith(begins)


def test_an_amount_for_what_is_not_there_is_not_the_largest_of_all(assistant: Assistant) -> None:
    assert not ask(assistant, "What is the largest amount for tourism?").text.startswith("The largest amount")


@pytest.mark.parametrize(
    "text",
    [
        "hvor mange job flytter til regionen og hvem skal melde tilbage om status?",
        "Sig, hvor mange arbejdspladser der flyttes til regionen. Og hvad er næste skridt for tema 4?",
    ],
)
def test_parts_that_are_doubtful_alone_vouch_for_each_other(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert "659" in answer.text and "Status fra kommuner" in answer.text


def test_what_hangs_on_a_part_that_is_not_told_vouches_for_nothing(assistant: Assistant) -> None:
    assert ask(assistant, "which other regions get state jobs and how many each").status is Status.NOT_IN_SOURCE


def test_questions_under_numbers_are_parts(assistant: Assistant) -> None:
    answer = ask(assistant, "1) løbetid for vindprogrammet 2) antal nye testpladser 3) hvor de skal ligge")
    assert all(each in answer.text for each in ("2015 til 2018", "4-8", "Østerild og Høvsøre"))


def test_a_part_that_is_refused_says_why(assistant: Assistant) -> None:
    answer = ask(assistant, "Hvad er Smart Industri 4.0, og hvem er aktører?")
    assert "Om »hvem er aktører«: Det står ikke i aftalen. Aftalen nævner ingen involverede aktører" in answer.text


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Ad 5, opsummeret", "ad-5"),
        ("the full story on broadband, I have a meeting tonight", "tema-9"),
        ("Fuld profil af tema 3: baggrund, aktører, næste skridt", "tema-3"),
        ("Hvad føjer bilaget til om det grønne område?", "ad-7"),
    ],
)
def test_a_section_asked_for_as_a_whole_is_summed_up(assistant: Assistant, text: str, section: str) -> None:
    answer = ask(assistant, text)
    assert answer.citations[0].section == section and answer.text.count("\n- ") >= 3


@pytest.mark.parametrize(
    "text", ["who owns theme 9?", "what is the aim of the green theme?", "hvordan skal eksporten styrkes?"]
)
def test_one_thing_of_a_section_is_not_the_whole_of_it(assistant: Assistant, text: str) -> None:
    assert "\n- " not in ask(assistant, text).text


@pytest.mark.parametrize(
    "text", ["Sum up the section on coastal protection", "Giv mig et resumé af afsnittet om turisme på vestkysten"]
)
def test_a_summary_of_what_is_not_there_is_no_summary_of_the_document(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).status is Status.NOT_IN_SOURCE


def test_themes_without_text_in_the_annex_come_with_what_is_there(assistant: Assistant) -> None:
    answer = ask(assistant, "Which themes have no part in the annex?")
    assert themes(answer) == ["5", "3", "6", "8", "9", "10"]
    assert "Theme 5, Smart Industry 4.0: no part in the annex" in answer.text
    assert "Ad 3 is only a heading" in answer.text


def test_one_actor_without_another(assistant: Assistant) -> None:
    assert themes(ask(assistant, "Hvilke temaer med EVM har ikke UFM?")) == ["2"]


def test_what_is_denied_twice_is_denied_both_times(assistant: Assistant) -> None:
    assert themes(ask(assistant, "Which themes have neither a ministry nor any initials as actors?")) == ["4", "5"]


def test_a_theme_is_known_by_its_subject_in_a_compound(assistant: Assistant) -> None:
    assert themes(ask(assistant, "Hvem er med i eksporttemaet og i fødevaredelen?")) == ["10", "6"]


def test_which_theme_is_said_first(assistant: Assistant) -> None:
    assert ask(assistant, "hvilket tema hører vindprogrammet under?").text.startswith("Tema 7, Det grønne område: ")


@pytest.mark.parametrize(
    "text",
    [
        "hi there, are you a real person or a bot",
        "Goddag. Må jeg spørge, hvordan De finder frem til Deres svar?",
        "Good morning! How are you doing today?",
        "jeg smutter nu, hav en god dag",
    ],
)
def test_what_is_said_to_the_assistant_is_not_looked_up(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).status is Status.SMALLTALK


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("er vestas nævnt nogen steder el har i glemt dem som i plejer", "Nej, aftalen nævner ikke »vestas«"),
        ("Is Google mentioned, or just Apple?", "No, the agreement does not mention “Google”"),
        ("nævnes københavn eller hvad", "Ja: »københavn« er nævnt"),
        ("Do I find the name Lindø in this document?", "Yes: “Lindø” is mentioned once"),
        ("Kan jeg finde navnet Siemens i aftalen?", "Nej, aftalen nævner ikke »Siemens«"),
        (
            "Er Finansministeriet skrevet helt ud et sted, eller står der kun FM?",
            "Ja: »Finansministeriet« er nævnt 1 gang",
        ),
        ("Er UFM skrevet helt ud et sted?", "Aftalen forklarer ikke, hvad UFM står for"),
        (
            "Aarhus Universitet er nævnt som part i aftalen, så vidt jeg ved.",
            "Nej, aftalen nævner ikke »Aarhus Universitet«",
        ),
        ("Is Ellen MacArthur Foundation mentioned as a partner?", "Yes: Continued cooperation"),
    ],
)
def test_a_mention_is_asked_for_in_many_ways(assistant: Assistant, text: str, begins: str) -> None:
    assert assistant.ask(Question(text)).text.startswith(begins)
