"""Danish, English, or neither."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering import Assistant
from assistant.language.detection import DANISH, ENGLISH, SHARED, detect
from tests.questions import FOLDER


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hvem ejer vindprogrammet?", "da"),
        ("HVEM EJER VINDPROGRAMMET?", "da"),
        ("who owns the wind programme?", "en"),
        ("WHO OWNS IT", "en"),
        ("hvorfor", "da"),
        ("why", "en"),
        ("Wer ist für das Windprogramm zuständig?", "other"),
        ("vem äger vindprogrammet?", "other"),
        ("qui possède le programme éolien ?", "other"),
        ("Кто владеет программой?", "other"),
        ("谁拥有风能计划?", "other"),
    ],
)
def test_language_of_a_question(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["12345", "🙂🙂", "?!", "4.0", ""])
def test_what_says_nothing_keeps_the_language_of_the_conversation(text: str) -> None:
    assert detect(text, "en") == "en"
    assert detect(text, "da") == "da"


def test_short_inputs_of_the_tuning_part(assistant: Assistant) -> None:
    lines = (FOLDER / "tune" / "short.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    known = assistant.built.ranking.vocabulary
    right = [detect(case["q"], "da", known) == case["lang"] for case in cases]
    assert sum(right) / len(right) >= 0.99


def test_voting_words_are_many_and_not_shared() -> None:
    danish, english = DANISH - SHARED, ENGLISH - SHARED
    assert min(len(danish), len(english)) > 100
    assert not danish & english


@settings(deadline=None)  # the first one loads profiles
@given(st.text(max_size=300))
def test_any_text_has_one_of_three_outcomes_and_always_the_same(text: str) -> None:
    first = detect(text)
    assert first in {"da", "en", "other"}
    assert detect(text) == first
