"""A question that names its document: found by the own names of each, and held against the text without them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering import Assistant, Question
from assistant.corpus.reader import read_document
from assistant.index.addressed import Addressed
from assistant.index.build import build_index
from assistant.settings import Settings

META = """title = "{title}"
short_title = "{title}"
parties = ["{title}"]
period = "2026"
language = "da"
source = "invented"
"""
# Each begins, as documents do, with a sentence that says whose it is and answers little.
HEALTH = """# Nærhospitalsplan 2026-2030 {doc}

## Region Sundeng – vedtaget af regionsrådet {vedtaget}

## 1 | Indledning {afsnit-1}

Region Sundeng har 412.000 indbyggere fordelt på ni kommuner.
Region Sundeng har fulgt planen siden 2019.

## 2 | Nærhospitalerne {afsnit-2}

Nærhospitalerne varetager dagkirurgi og blodprøver.
De har ikke døgnåbne operationsstuer.

## 3 | Personale {afsnit-3}

Medarbejdere, der er fyldt 60 år, kan fritages for nattevagter.
"""
PORT = """# Vedtægter for Havblikhavnene I/S {doc}

## Fælleskommunalt havneselskab for Rørholm, Vigen og Ålbæk kommuner {kommunerne}

## § 1 | Navn {paragraf-1}

Selskabets navn er Havblikhavnene I/S.

## § 2 | Formål {paragraf-2}

Selskabet må ikke drive restauration eller hotelvirksomhed.

## § 3 | Nattevagter {paragraf-3}

Havnefogeder, der er fyldt 60 år, kan fritages for nattevagter.
"""


def _document(folder: Path, title: str, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text(META.format(title=title), encoding="utf-8")
    (folder / "da.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    _document(folder / "corpus" / "plan", "Nærhospitalsplan 2026-2030", HEALTH)
    _document(folder / "corpus" / "vedtaegter", "Vedtægter for Havblikhavnene I/S", PORT)
    return folder


@pytest.fixture(scope="module")
def assistant(corpus: Path) -> Assistant:
    settings = replace(Settings.from_environment({}), corpus=corpus / "corpus", index=corpus / "built")
    build_index(settings)
    return Assistant.open(settings)


def test_own_names_stand_in_the_title_or_alone_in_the_heading_below(corpus: Path) -> None:
    assert read_document(corpus / "corpus" / "plan").own_names == ("sundeng",)
    # The three municipalities are parties: their names tell sentences apart.
    assert read_document(corpus / "corpus" / "vedtaegter").own_names == ("havblikhavnene",)


def test_a_word_that_the_text_has_in_small_letters_is_no_name(tmp_path: Path) -> None:
    text = PORT.replace("Selskabet må", "Alle havblikhavnene må")
    document = read_document(_document(tmp_path / "vedtaegter", "Vedtægter for Havblikhavnene I/S", text))
    assert document.own_names == ()


def test_names_are_known_in_their_forms_and_taken_out(corpus: Path) -> None:
    summaries = [read_document(corpus / "corpus" / each).summary for each in ("plan", "vedtaegter")]
    addressed = Addressed(summaries)
    assert addressed.named("Hvad siger Sundengs plan?") == {0}
    assert addressed.named("Hvad siger Sundengs plan?", within=1) == frozenset()
    assert addressed.bare("Må Havblikhavnene selv drive hotel?", frozenset({1})) == "Må selv drive hotel?"
    assert (
        addressed.bare("Må Havblikhavnene selv drive hotel?", frozenset({0})) == "Må Havblikhavnene selv drive hotel?"
    )
    assert addressed.bare("Region Sundeng?", frozenset({0})) == "Region Sundeng?"


@pytest.mark.parametrize(
    ("question", "document", "section"),
    [
        ("Kan en sygeplejerske på 61 i Region Sundeng slippe for at arbejde om natten?", "plan", "afsnit-3"),
        ("Kan en på 61 hos Havblikhavnene slippe for at arbejde om natten?", "vedtaegter", "paragraf-3"),
        ("Må Havblikhavnene selv åbne et hotel?", "vedtaegter", "paragraf-2"),
        ("Can a nurse of 61 in Region Sundeng avoid night work?", "plan", "afsnit-3"),
    ],
)
@pytest.mark.parametrize("chosen", [False, True])
def test_the_sentence_that_answers_comes_before_those_that_say_the_name(
    assistant: Assistant, question: str, document: str, section: str, chosen: bool
) -> None:
    answer = assistant.ask(Question(question, "auto", (), document if chosen else None))
    first = (*answer.citations, *answer.closest)[0]
    assert (first.document, first.section) == (document, section)


def test_a_name_that_another_document_has_as_its_own_is_content_elsewhere(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus / "corpus", tmp_path / "corpus")
    path = tmp_path / "corpus" / "vedtaegter" / "da.md"
    text = (
        path.read_text(encoding="utf-8") + "\n## § 4 | Tilskud {paragraf-4}\n\nRegion Sundeng yder et årligt tilskud.\n"
    )
    path.write_text(text, encoding="utf-8")
    settings = replace(Settings.from_environment({}), corpus=tmp_path / "corpus", index=tmp_path / "built")
    build_index(settings)
    answer = Assistant.open(settings).ask(Question("Hvad giver Region Sundeng selskabet?", "da", (), "vedtaegter"))
    assert (*answer.citations, *answer.closest)[0].section == "paragraf-4"
