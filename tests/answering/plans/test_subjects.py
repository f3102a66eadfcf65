"""The whole of a subject: a theme by what people call it, a part of one, something said here and there, for whom it is."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question


def sections(assistant: Assistant, text: str) -> list[str]:
    return list(dict.fromkeys(citation.section for citation in assistant.ask(Question(text)).citations))


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Skilled labour: the gist.", "tema-3"),
        ("Jeg skal tale om fødevarerne i morgen. Kan du ridse det op?", "tema-6"),
        ("quick rundown of the food sector", "tema-6"),
        ("hvad står der i tema 8", "tema-8"),
        ("the short version of the story about government workplaces leaving Copenhagen", "tema-4"),
        ("Hvad handler bilagets fjerde punkt om?", "ad-4"),
        ("What is in the second part of the annex?", "ad-2"),
    ],
)
def test_a_section_is_summed_up_by_what_people_call_it(assistant: Assistant, text: str, section: str) -> None:
    assert sections(assistant, text)[0] == section
    assert assistant.ask(Question(text)).text.count("\n- ") >= 3


def test_two_themes_are_summed_up_one_after_the_other(assistant: Assistant) -> None:
    assert {"tema-3", "tema-3a"} <= set(sections(assistant, "Hvad handler tema 3 og 3A om?"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("alt om vindmøllerne tak", "branchestandarder"),
        ("Everything on bioethanol and the bioeconomy, please", "Bioeconomy Panel"),
        ("We write about the circular economy; kindly outline what it says on the subject.", "Ellen MacArthur"),
        ("What does the agreement mean for students?", "foreign students"),
        ("Hvad betyder aftalen for kommunerne?", "opfordrer Staten"),
        ("Fortæl mig om vindmøllerne – jeg bor ved havet.", "transportkorridorer"),
    ],
)
def test_what_is_said_of_a_subject_is_gathered(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(Question(text)).text


def test_a_bare_item_comes_with_what_it_stands_under(assistant: Assistant) -> None:
    text = assistant.ask(Question("Is anything planned to make students from abroad stay here?")).text
    assert text.startswith("Recruitment and retention of international labour and foreign students: Establishment")


@pytest.mark.parametrize("text", ["Er der noget i aftalen for landbruget?", "Hvad er de vigtigste tal i aftalen?"])
def test_one_thing_of_the_agreement_is_no_overview_of_it(assistant: Assistant, text: str) -> None:
    assert "11 temaer" not in assistant.ask(Question(text)).text
