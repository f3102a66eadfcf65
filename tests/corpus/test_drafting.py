"""Drafted questions: made of headings, fields, facts and verbs in both languages, and counted only once gone through."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.corpus import read_corpus
from assistant.corpus.convert import draft_questions
from assistant.corpus.questions import entries
from assistant.errors import CorpusError
from tests.questions import FOLDER

NAME = "partnerskabsaftale-sundmark"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "documents" / NAME, tmp_path / NAME)
    return tmp_path


def test_questions_are_drafted_from_headings_fields_facts_and_verbs(corpus: Path) -> None:
    path, count = draft_questions(NAME, corpus)
    found, target = [], ""
    for _, mark, words in entries(path):
        target = words if mark == "##" else target
        found += [] if mark == "##" else [(target, mark, words)]
    assert len(found) == count
    assert ("tema-7", "da", "hvad handler Tangerup Havn og landstrøm om?") in found
    assert ("tema-7", "en", "what does Theme 7 say?") in found
    assert ("tema-7/actors", "da", "hvem er involveret i Tangerup Havn og landstrøm?") in found
    assert {language for _, language, _ in found} == {"da", "en"}
    assert any(words.startswith("hvem skal ") for *_, words in found)
    assert any("mio. kr." in words for *_, words in found)


def test_a_draft_counts_once_its_mark_is_taken_off(corpus: Path) -> None:
    path, count = draft_questions(NAME, corpus)
    assert read_corpus(corpus).questions[NAME] == ()
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    assert len(read_corpus(corpus).questions[NAME]) == count  # every target is one of the document


def test_what_somebody_edited_is_not_written_over(corpus: Path) -> None:
    path, _ = draft_questions(NAME, corpus)
    assert draft_questions(NAME, corpus)[0] == path
    path.write_text("## tema-1\nda: hvor kommer vandet fra?\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="was edited"):
        draft_questions(NAME, corpus)
    with pytest.raises(CorpusError, match="has no document"):
        draft_questions("findes-ikke", corpus)
