"""Turns about what was told: where it stands, where else, what is left, whether two have the same, which have both."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Status
from tests.answering.talking import last, themes


@pytest.mark.parametrize(
    ("turns", "where"),
    [
        (("Hvem er Ellen MacArthur Foundation?", "i hvilket afsnit?"), "Ad 7, Det grønne område"),
        (("står der noget om Apple?", "hvor henne?"), "Viborg – Tema 7, Det grønne område"),
        (("What is said about the food summit?", "which theme is that?"), "Theme 6, The food sector"),
        (("What is said about broadband?", "where does it say that?"), "Theme 9, Mobile and broadband coverage"),
    ],
)
def test_where_it_stands_is_told(assistant: Assistant, turns: tuple[str, ...], where: str) -> None:
    told = last(assistant, *turns)
    assert where in told.text and told.citations


@pytest.mark.parametrize(
    ("turns", "verdict", "listed"),
    [
        (("Hvem er aktør i tema 10?", "er de også med på andre temaer?"), "Nej", ["10", "10"]),
        (("Who is an actor in theme 7?", "Are they in other themes too?"), "Yes", ["7", "8", "6", "7", "7", "9"]),
        (("Is Grenaa mentioned?", "In which theme?", "Is it mentioned in any other themes?"), "No", ["8"]),
        (("Is Grenaa mentioned?", "Is Viborg in any other themes?"), "Yes", ["4", "7", "8"]),
    ],
)
def test_whether_a_name_stands_elsewhere(
    assistant: Assistant, turns: tuple[str, ...], verdict: str, listed: list[str]
) -> None:
    told = last(assistant, *turns)
    assert told.text.startswith(f"{verdict}: ") and themes(told) == listed


def test_what_was_tried_elsewhere_is_not_asked_of_the_actors(assistant: Assistant) -> None:
    told = last(assistant, "Hvad handler tema 2 om?", "er det prøvet andre steder før?")
    assert "Frederikshavn" in told.text


JOBS = "Hvor mange statslige arbejdspladser flyttes til Region Midtjylland?"


def test_what_the_named_parts_leave_is_reckoned(assistant: Assistant) -> None:
    told = last(assistant, JOBS, "og hvor mange er der så tilbage til resten af regionen?")
    assert told.text.startswith("413 (659 − 162 − 84)") and "659" in told.citations[0].quote


@pytest.mark.parametrize("text", ["og resten, hvor havner de?", "hvem er de øvrige?"])
def test_who_the_rest_is_is_not_told(assistant: Assistant, text: str) -> None:
    assert last(assistant, JOBS, text).status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ((JOBS, "hvor mange til Viborg?", "hvor mange bliver det tilsammen?"), "I alt 246 "),
        (("Får Civilstyrelsen flest job?", "hvor mange flere får den anden?"), "Forskellen er 78 (162 − 84)"),
        (("Is there any money for areas in decline?", "How much is that altogether?"), "DKK 24 million in all"),
        (("how much money for broadband?", "is it more than for moving jobs?"), "No: The largest is Ad 5"),
        (("List the annex parts that are only headings.", "How many is that?"), "5 annex parts"),
        (("Which theme has the most actors?", "And the fewest?"), "Fewest actors (0) has Theme 4 and Theme 5"),
    ],
)
def test_numbers_that_were_told_are_reckoned_with(assistant: Assistant, turns: tuple[str, ...], told: str) -> None:
    assert told in last(assistant, *turns).text


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Which themes have no actors?", "Do they have the same next step?"), "No:"),
        (("Do Theme 6 and 8 have the same next step?",), "Yes: "),
        (("Hvad handler tema 7 om?", "og tema 8?", "har de to nogen aktører tilfælles?"), "Ja:"),
        (("Hvad er forskellen på tema 6 og 8?", "er de begge regionale fokusområder?"), "Ja:"),
        (("what is the next step for theme 10?", "same as for 8?"), "Yes: "),
        (("Hører Ad 5 til tema 5?",), "Nej: Ad 5 uddyber Tema 4"),
        (("Hører Ad 4 til tema 3A?",), "Ja: Ad 4 uddyber Tema 3A"),
    ],
)
def test_yes_or_no_to_the_same(assistant: Assistant, turns: tuple[str, ...], told: str) -> None:
    assert last(assistant, *turns).text.startswith(told)


def test_the_same_or_different_is_met_by_neither_yes_nor_no(assistant: Assistant) -> None:
    told = last(assistant, "Do the food theme and the creative theme have the same actor, or different ones?")
    assert not told.text.startswith(("Yes", "No"))


@pytest.mark.parametrize(
    "turns",
    [
        ("Compare theme 3 and 3A.", "Which actors does only the first have?"),
        ("Who are the actors in theme 3?", "And in 3A?", "So who is missing in the second one?"),
        ("Hvem er aktør i tema 3?", "og 3A?", "forskel?"),
    ],
)
def test_who_is_only_in_one_of_two(assistant: Assistant, turns: tuple[str, ...]) -> None:
    told = last(assistant, *turns)
    assert "BBM, PFA" in told.text and set(told.sections) == {"tema-3", "tema-3a"}


@pytest.mark.parametrize(
    ("turns", "listed"),
    [
        (("Which themes have both EVM and FM?",), ["1"]),
        (("HBP?", "and ES?", "Any theme with both?"), ["7"]),
        (("EVM?", "og BM?", "hvor mange temaer er de begge to med i?"), ["3", "3A"]),
    ],
)
def test_the_themes_of_two_actors_at_once(assistant: Assistant, turns: tuple[str, ...], listed: list[str]) -> None:
    assert themes(last(assistant, *turns)) == listed


def test_no_theme_has_both(assistant: Assistant) -> None:
    assert last(assistant, "Which themes have both UM and HBP?").status is Status.NOT_IN_SOURCE


def test_a_next_step_of_nothing_is_asked_back_and_the_reply_understood(assistant: Assistant) -> None:
    assert last(assistant, "what is the next step?").status is Status.CLARIFY
    assert "DKK 200 million" in last(assistant, "what is the next step?", "theme 9").text
    assert "Tema 10" in last(assistant, "næste skridt?", "eksport").text


def test_a_turn_of_one_name_keeps_what_was_asked_before(assistant: Assistant) -> None:
    told = last(assistant, "what is the next step for theme 8?", "theme 9", "and 10")
    assert told.text.startswith("Next step for Theme 10")


def test_what_another_is_about_does_not_keep_it(assistant: Assistant) -> None:
    told = last(assistant, "Hvilke temaer har ingen aktører?", "hvad handler den sidste om?")
    assert "digitalisering" in told.text


def test_initials_that_were_told_are_not_explained(assistant: Assistant) -> None:
    told = last(assistant, "hvem er aktør i tema 9?", "hvad står det for?")
    assert told.status is Status.NOT_IN_SOURCE and "HBP" in told.text
    both = last(assistant, "HBP?", "and ES?", "Any theme with both?", "What do those abbreviations stand for?")
    assert "HBP" in both.text and "ES" in both.text


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (("Hvilke beløb nævnes i aftalen?", "Hvilket af dem er størst?"), "Det største beløb er 400 mio. kr."),
        (("Hvad handler tema 6 om?", "og 7?", "og 8?", "Hvilket af de tre har flest aktører?"), "i Tema 7"),
        (("EVM?",), "4 temaer har EVM"),
        (("What is theme 2 about?", "what about theme 8?"), "Theme 8, Creative industries"),
        (("hvilken er størst, Klagenævnenes Hus eller Civilstyrelsen?", "og hvor mange har den anden?"), "84"),
    ],
)
def test_a_set_or_one_of_it_is_meant(assistant: Assistant, turns: tuple[str, ...], told: str) -> None:
    assert told in last(assistant, *turns).text


@pytest.mark.parametrize(
    "turns",
    [
        ("hvad vil I gøre for Bornholm?", "og aarhus?"),
        ("hvor skal testpladserne være?", "hvornår står de klar?"),
        ("Hvad siger I om vedvarende energi?", "Er strategien allerede udarbejdet?", "Og hvornår blev den vedtaget?"),
    ],
)
def test_what_is_not_told_of_it_is_refused(assistant: Assistant, turns: tuple[str, ...]) -> None:
    assert last(assistant, *turns).status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize("text", ["I read that it was 700", "jeg læste ellers det var 700"])
def test_a_number_read_elsewhere_is_set_against_the_nearest_that_was_told(assistant: Assistant, text: str) -> None:
    whole = "How many state jobs are moved in the whole country, and how many to the Central Denmark Region?"
    told = last(assistant, whole, text)
    assert "659" in told.citations[0].quote and told.text.startswith(("No: ", "Nej: "))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Afventer tema 2 ansøgninger?", "Ja: "),
        ("Udarbejder Vækstforum et udkast i tema 4?", "Nej: "),
        ("Is theme 6 waiting for the Government?", "No: "),
        ("Skal Vækstforum udarbejde et udkast i tema 3?", "Tema 3"),
        ("Har Ad 6 nogen tekst?", "Nej: "),
        ("Is Ad 8 only a heading?", "Yes: "),
        ("Er der kun to temaer uden aktører?", "Ja: "),
        ("Are there three themes without actors?", "No: "),
        ("Tema 4 afventer ansøgninger.", "Nej: "),
        ("Tema 4 afventer status fra kommunerne.", "Tema 4"),
        ("Theme 7 awaits a proposal from the government.", "Yes: "),
        ("Bilaget uddyber tema 6.", "Nej: Ad 6"),
        ("The annex says more about theme 4, right?", "Yes: Ad 5"),
        ("The annex says nothing more about theme 8, does it?", "Yes: Ad 8"),
        ("Tema 5 uddybes i bilaget, ikke?", "Nej: Tema 5"),
        ("Alle temaer har aktører, ikke?", "Nej: 2 temaer"),
        ("Not all themes have a draft, right?", "Yes: 2 themes"),
        ("Ingen temaer har aktører.", "Nej: 9 temaer"),
        ("Does every theme have a next step?", "Yes: 11 themes"),
        ("Growth Forum's on the hook for a draft on every single theme, right?", "No: 2 themes"),
        ("Hvilke temaer har alle et udkast?", "I 9 temaer"),
    ],
)
def test_claims_that_a_field_decides(assistant: Assistant, text: str, told: str) -> None:
    assert last(assistant, text).text.startswith(told)


def test_what_is_awaited_narrows_the_themes(assistant: Assistant) -> None:
    assert themes(last(assistant, "Hvilke af temaerne afventer ansøgninger?")) == ["2"]
    assert themes(last(assistant, "Hvilke temaer venter på noget?", "hvilke af dem venter på regeringen?")) == [
        "1",
        "7",
    ]
