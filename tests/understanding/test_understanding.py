"""Kinds, asking clauses, references, follow-ups and small talk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Assistant, Question
from assistant.corpus import Document
from assistant.language.kinds import Kind
from assistant.understanding.conversation import last_context, resolve
from assistant.understanding.question import asking_clause, understand
from assistant.understanding.references import find_reference
from assistant.understanding.smalltalk import smalltalk
from assistant.understanding.types import Turn


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("hvem står bag planen?", "da", Kind.OWNER),
        ("who is in charge of this?", "en", Kind.OWNER),
        ("hvilke aktører er involveret?", "da", Kind.ACTORS),
        ("hvor mange penge er der?", "da", Kind.AMOUNT),
        ("how much money is there?", "en", Kind.AMOUNT),
        ("hvor mange job flytter?", "da", Kind.COUNT),
        ("how many jobs?", "en", Kind.COUNT),
        ("hvornår begynder det?", "da", Kind.DATE),
        ("what year does it start?", "en", Kind.DATE),
        ("hvor ligger skolen?", "da", Kind.PLACE),
        ("hvor hurtigt skal det være?", "da", Kind.MEASURE),
        ("how tall are the turbines?", "en", Kind.MEASURE),
        ("hvad stiller man op med egne, hvor det går dårligt?", "da", Kind.WHAT),
        ("hvor dyrt bliver det?", "da", Kind.AMOUNT),
        ("what do they earn?", "en", Kind.AMOUNT),
        ("what happens next?", "en", Kind.NEXT_STEP),
        ("hva nu", "da", Kind.NEXT_STEP),
        ("hvorfor gør de det?", "da", Kind.REASON),
        ("is there a plan?", "en", Kind.YES_NO),
        ("hvad er telefonnummeret?", "da", Kind.CONTACT),
    ],
)
def test_kind_of_thing_asked_for(text: str, language: str, kind: Kind) -> None:
    assert understand(text, language).kind is kind


@pytest.mark.parametrize(
    ("text", "language", "clause"),
    [
        ("Kan I fortælle mig, hvem der ejer stien?", "da", "hvem der ejer stien?"),
        ("Could you please tell me who owns the path?", "en", "who owns the path?"),
        (
            "Jeg er pensionist og har boet i byen hele mit liv sammen med min kone og vores hund. Hvem har egentlig besluttet den sti?",
            "da",
            "Hvem har egentlig besluttet den sti?",
        ),
        ("hvem ejer stien?", "da", "hvem ejer stien?"),
    ],
)
def test_long_questions_are_reduced_to_the_clause_that_asks(text: str, language: str, clause: str) -> None:
    assert asking_clause(text, language) == clause


@given(st.text(max_size=500), st.sampled_from(["da", "en"]))
def test_reduction_never_invents_or_empties(text: str, language: str) -> None:
    clause = asking_clause(text, language)
    assert set(clause.split()) <= set(text.split())
    assert bool(clause.strip()) == bool(text.strip())


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("hvad er næste skridt for tema 7?", ["tema-7"]),
        ("theme 3a", ["tema-3a"]),
        ("tema 5", ["tema-5"]),
        ("what does Ad 7 say?", ["ad-7"]),
        ("row 4", ["tema-4"]),
        ("hvad er nummer 6?", ["tema-5", "tema-6"]),
        ("row 5", ["tema-3a", "tema-5"]),
        ("hvad står der i Ad 4", ["ad-4", "tema-4"]),
        ("Ad 5)", ["ad-5", "tema-5"]),
        ("tema 12", []),
    ],
)
def test_numbers_resolve_to_their_readings(agreement: Document, text: str, sections: list[str]) -> None:
    reference = find_reference(text, agreement)
    assert reference is not None
    assert [section.id for section in reference.sections] == sections


@pytest.mark.parametrize("text", ["hvor mange af de 659 job?", "adgang til 4 ting", "Smart Industri 4.0"])
def test_other_numbers_are_no_references(agreement: Document, text: str) -> None:
    assert find_reference(text, agreement) is None


HISTORY = (
    Turn("user", "hvem står bag vindprogrammet?"),
    Turn("assistant", "…", ("tema-7",)),
)


@pytest.mark.parametrize(
    "text", ["og hvad er næste skridt?", "hvornår slutter det?", "hvor mange penge er der til det?", "hvorfor?"]
)
def test_elliptical_questions_lean_on_the_conversation(text: str) -> None:
    resolved = resolve(text, "da", last_context(HISTORY, "da"))
    assert resolved.context is not None
    assert resolved.context.sections == ("tema-7",)
    assert "vindprogrammet" in resolved.context.subject


def test_a_change_of_subject_in_words_drops_the_conversation() -> None:
    text = "Noget helt andet: hvem er med i aftalen?"
    assert resolve(text, "da", last_context(HISTORY, "da")).context is None


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Hvor mange statslige arbejdspladser flytter til Viborg?", "tema-4"),
        ("hvad gør man for at give bedre mobildækning på landet?", "tema-9"),
        ("og hvad er næste skridt?", "tema-7"),
        ("hvem er med i det?", "tema-7"),
    ],
)
def test_a_question_stays_or_changes_by_what_it_says(assistant: Assistant, text: str, section: str) -> None:
    assert assistant.ask(Question(text, "da", HISTORY)).citations[0].section == section


def test_kinds_are_taken_over_along_a_chain(assistant: Assistant) -> None:
    history: tuple[Turn, ...] = ()
    for text, section in (("hvad er næste skridt for tema 3?", "tema-3"), ("og 3A?", "tema-3a"), ("og 6?", "tema-6")):
        answer = assistant.ask(Question(text, "da", history))
        assert answer.text.startswith("Næste skridt for")
        assert {citation.section for citation in answer.citations} == {section}
        history += (Turn("user", text), Turn("assistant", answer.text, (section,)))


@pytest.mark.parametrize("before", [(), ("hvad koster det?",)])
def test_a_bare_number_needs_a_numbered_question_before_it(agreement: Document, before: tuple[str, ...]) -> None:
    assert find_reference("og 5?", agreement, before) is None


def test_a_new_subject_under_the_old_question_keeps_its_kind() -> None:
    history = (Turn("user", "hvad er næste skridt for eksporten?"), Turn("assistant", "…", ("tema-10",)))
    resolved = resolve("hvad med bredbånd?", "da", last_context(history, "da"))
    assert resolved.kind is Kind.NEXT_STEP


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hej", "hello"),
        ("Hello there!", "hello"),
        ("mange tak", "thanks"),
        ("thanks a lot", "thanks"),
        ("hvem er du?", "about"),
        ("bye", "bye"),
    ],
)
def test_small_talk_is_told_from_questions(text: str, kind: str) -> None:
    assert smalltalk(text) == kind


@pytest.mark.parametrize(
    "text", ["hej hvem ejer vindprogrammet", "tak for sidst, hvad sker der med maden?", "help for declining areas"]
)
def test_questions_are_not_small_talk(text: str) -> None:
    assert smalltalk(text) is None
