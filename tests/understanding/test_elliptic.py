"""Turns that lean on what was told: an actor elsewhere, the amounts of it, that town, the middle one, of them."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Status, Turn
from assistant.corpus import Document
from assistant.understanding.elliptic import alone, in_that_town, its_amounts, pointed
from tests.answering.talking import last, themes

THREE = ("tema-6", "tema-7", "tema-8")


@pytest.mark.parametrize(
    ("before", "text", "listed"),
    [
        ("Who is involved in theme 8?", "are they in any other themes?", ["7", "8"]),
        ("Who is involved in theme 9?", "anywhere else?", ["7", "9"]),
        ("Who is involved in theme 2?", "is it listed elsewhere?", ["1", "2", "3", "3A"]),
        ("Who is involved in theme 1?", "is UM in any other themes?", ["1"]),
        ("Hvem er med i tema 9?", "er de også med i andre temaer?", ["7", "9"]),
        ("Hvem er aktør i tema 9?", "er HBP med på flere temaer?", ["7", "9"]),
        ("Hvem er med i tema 8?", "står AMD også andre steder?", ["7", "8"]),
        ("Hvem er med i tema 3?", "og EVM, er de også på andre temaer?", ["1", "2", "3", "3A"]),
        ("Hvem er aktør i tema 9?", "HBP", ["7", "9"]),
        ("Which themes involve UM?", "and ES?", ["6", "7"]),
    ],
)
def test_an_actor_elsewhere_is_listed_with_all_its_themes(
    assistant: Assistant, before: str, text: str, listed: list[str]
) -> None:
    assert themes(last(assistant, before, text)) == listed


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        ("and ES?", ["ES"], "Which themes have ES among the actors?"),
        ("And ES?", ["ES"], "Which themes have ES among the actors?"),
        ("what does ES do?", ["ES"], None),
        ("and Viborg?", ["Viborg"], None),
    ],
)
def test_the_name_of_an_actor_alone_asks_for_its_themes(
    agreement: Document, text: str, names: list[str], whole: str | None
) -> None:
    assert alone(text, "en", lambda said: names, agreement) == whole


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("Hvad handler tema 2 om?", "hvor mange penge er der i det?", "Tema 2, Målrettet erhvervsindsats"),
        ("What is theme 2 about?", "how much does it get?", "DKK 5 million annually in 2017-2019"),
        ("Hvad går tema 9 ud på?", "hvad er beløbet i det?", "200 mio. kr. – Tema 9"),
        ("What is theme 9 about?", "and how much money is in it?", "DKK 200 million – Theme 9"),
        ("Hvad handler tema 4 om?", "hvor mange penge er der sat af til det?", "400 mio. kr. – Ad 5"),
        ("What is theme 4 about?", "how much money is there for it?", "DKK 400 million – Ad 5"),
    ],
)
def test_the_amounts_of_it_are_those_of_the_theme_and_its_annex(
    assistant: Assistant, before: str, text: str, told: str
) -> None:
    assert told in last(assistant, before, text).text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("What is theme 8 about?", "how much money is there for it?"),
        ("Hvad handler tema 6 om?", "hvor mange penge er der i det?"),
    ],
)
def test_a_theme_without_an_amount_gets_none_from_another(assistant: Assistant, before: str, text: str) -> None:
    assert last(assistant, before, text).status is Status.NOT_IN_SOURCE


@pytest.mark.parametrize(
    ("text", "sections", "whole"),
    [
        ("how much money is in it?", ("tema-9",), "Which amounts does Theme 9 name?"),
        ("how much money is in it?", ("ad-5",), "Which amounts does Theme 4 name?"),
        ("how much money is in it?", ("tema-2", "tema-9"), None),
        ("how much money is in it?", ("tema-8",), None),
        ("how much money is there for broadband?", ("tema-9",), None),
        ("who is in it?", ("tema-9",), None),
    ],
)
def test_its_amounts_need_one_theme_with_money_and_no_subject(
    assistant: Assistant, agreement: Document, text: str, sections: tuple[str, ...], whole: str | None
) -> None:
    assert its_amounts(text, "en", Turn("assistant", "…", sections), agreement, assistant.library) == whole


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Where does the Department of Civil Affairs move to?", "which themes mention that town?"),
        ("Hvor flytter Klagenævnenes Hus hen?", "hvilke temaer nævner den by?"),
        ("Hvor ligger Apple projektet?", "hvilke temaer nævner samme by?"),
    ],
)
def test_that_town_is_the_one_that_was_told(assistant: Assistant, before: str, text: str) -> None:
    assert themes(last(assistant, before, text)) == ["4", "7", "8"]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Hvor ligger Apple projektet?", "hvor mange arbejdspladser flyttes til den by?"),
        ("Where is the Apple project?", "how many jobs go to the same city?"),
    ],
)
def test_a_number_is_sought_in_that_town(assistant: Assistant, before: str, text: str) -> None:
    assert last(assistant, before, text).citations[0].section == "tema-4"


@pytest.mark.parametrize(
    ("text", "language", "told", "whole"),
    [
        ("what is in that town?", "en", "It stands in Viborg [1].", "what is in Viborg?"),
        ("hvad sker der i den by?", "da", "Det ligger i Grenaa [1].", "hvad sker der i Grenaa?"),
        ("what is in that town?", "en", "In Viborg [1] and in Grenaa [1].", "what is in that town?"),
        ("what is in that town?", "en", "Nothing is said of it.", "what is in that town?"),
        ("what is in that region?", "en", "It stands in Viborg [1].", "what is in that region?"),
    ],
)
def test_that_town_is_written_out_where_one_was_told(
    assistant: Assistant, agreement: Document, text: str, language: str, told: str, whole: str
) -> None:
    assert in_that_town(text, language, Turn("assistant", told), agreement, assistant.library) == whole


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("Hvilke temaer er regionale fokusområder?", "hvad er næste skridt for det midterste?", "Arbejdet pågår"),
        ("Hvilke temaer nævner Viborg?", "hvem er med i det midterste?", "AMD/ES/HBP"),
        ("Which themes are regional focus areas?", "who is involved in the middle one?", "AMD/ES/HBP"),
        ("Which themes mention Viborg?", "what is the next step for the middle theme?", "Work is in progress"),
    ],
)
def test_the_middle_one_of_three(assistant: Assistant, before: str, text: str, told: str) -> None:
    assert told in last(assistant, before, text).text


@pytest.mark.parametrize(
    ("text", "language", "listed", "whole"),
    [
        ("and the middle one?", "en", THREE, "and Theme 7?"),
        ("og det midterste?", "da", THREE, "og Tema 7?"),
        ("hvad med den mellemste?", "da", THREE, "hvad med Tema 7?"),
        ("and the middle one?", "en", ("tema-4", "tema-5"), "and the middle one?"),
        ("and the middle one?", "en", ("tema-2", *THREE), "and the middle one?"),
        ("and the third one?", "en", THREE, "and Theme 8?"),
        ("og det sidste af dem?", "da", THREE, "og Tema 8?"),
        ("who is in the middle of Jutland?", "en", ("tema-4", "tema-5"), "who is in the middle of Jutland?"),
    ],
)
def test_the_middle_one_needs_three(
    agreement: Document, text: str, language: str, listed: tuple[str, ...], whole: str
) -> None:
    assert pointed(text, language, listed, agreement) == whole


@pytest.mark.parametrize(
    ("before", "text", "listed"),
    [
        ("Which themes involve EVM?", "which of them await something?", ["1", "2", "3"]),
        ("Hvilke temaer involverer EVM?", "hvor mange af dem venter på noget?", ["1", "2", "3"]),
        ("Which themes involve AMD?", "which of them mention Viborg?", ["7", "8"]),
        ("Which themes have no actors?", "how many of them mention Viborg?", ["4"]),
        ("Hvilke temaer involverer AMD?", "hvor mange af dem nævner Grenaa?", ["8"]),
        ("Which themes are regional focus areas?", "which of them have a next step?", ["6", "7", "8"]),
    ],
)
def test_of_them_are_those_listed_before(assistant: Assistant, before: str, text: str, listed: list[str]) -> None:
    assert themes(last(assistant, before, text)) == listed
