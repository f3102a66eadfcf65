"""Mistyped words that ask are mended; names, words of the text and words that are right are not."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question
from assistant.language.files import LANGUAGES, words_of
from tests.answering.talking import themes


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("hvliket tema har flest aktørr", "da", "hvilket tema har flest aktører"),
        ("hvormange byre er nænt", "da", "hvor mange byer er nævnt"),
        ("hvornr blev den præsenteret", "da", "hvornår blev den præsenteret"),
        ("naevt alle stder", "da", "nævnt alle steder"),
        ("whcih towns are mentoined", "en", "which towns are mentioned"),
        ("howmany acters are there", "en", "how many actors are there"),
        ("hvor ligger Byre og Hvam", "da", "hvor ligger Byre og Hvam"),
        ("hvilken bus kører til skolen", "da", "hvilken bus kører til skolen"),
        ("hvor mange testpladser", "da", "hvor mange testpladser"),
        ("a stale wound in a lung", "en", "a stale wound in a lung"),
        ("EVMM hvilkn", "da", "EVMM hvilken"),
    ],
)
def test_slips_of_words_that_ask_are_mended(assistant: Assistant, typed: str, language: str, meant: str) -> None:
    assert assistant.mender.mended(typed, language) == meant


@pytest.mark.parametrize("text", ["hvliket tema har flest aktørr", "whcih theme has the most acters"])
def test_a_question_with_slips_is_answered_as_the_one_without(assistant: Assistant, text: str) -> None:
    assert themes(assistant.ask(Question(text))) == ["3"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slip_stands_for_two_words(language: str) -> None:
    typed = [pair.partition("=")[0] for pair in words_of("slips", language).words["pairs"]]
    assert len(typed) == len(set(typed))
