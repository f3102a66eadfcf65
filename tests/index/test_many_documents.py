"""Several documents in one index: a new one is found, and what was there before is answered as before."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.answering import Answer, Assistant, Question, Status
from assistant.answering.support.ties import settled
from assistant.corpus.questions import read_questions
from assistant.corpus.reader import read_document
from assistant.errors import QuestionError
from assistant.index.build import build_index
from assistant.settings import material
from assistant.understanding.documents.choosing import Choice
from assistant.understanding.request import request_of
from tests.conftest import MadeOnce, settings_of
from tests.questions import FOLDER

SMALL = FOLDER / "small" / "partnerskabsaftale-2026-2029"
SUNDMARK = "partnerskabsaftale-sundmark"
OWN = "vaekstpartnerskabsaftale-2016-2017"
# Asked of the small document in other words than its own.
PARAPHRASED = (
    ("hvor i regionen placeres den nye enhed, der tager sig af udskrivninger?", "tema-1"),
    ("hvor lidt skal man højst af med for en bustur?", "tema-3"),
    ("hvad får et firma i støtte, når det tager en lærling?", "tema-4"),
    ("who is in charge of the bus timetables?", "tema-3"),
    ("by when will natural gas be gone from the region's buildings?", "tema-2"),
)


@pytest.fixture(scope="module")
def many(made_once: MadeOnce) -> Assistant:
    """An assistant over the agreement, the small document and those of the evaluation."""

    def fill(folder: Path) -> None:
        shutil.copytree(material("corpus"), folder / "corpus")
        for path in (SMALL, *sorted((FOLDER / "documents").iterdir())):
            if path.is_dir():
                shutil.copytree(path, folder / "corpus" / path.name)
        build_index(settings_of(folder))

    return Assistant.open(settings_of(made_once("many", fill)))


def place(answer: Answer) -> tuple[str, str]:
    cited = (answer.citations or answer.closest)[0]
    return cited.document, cited.section


@pytest.mark.slow
def test_a_small_document_answers_its_questions_beside_others(many: Assistant) -> None:
    questions = read_questions(SMALL / "questions", read_document(SMALL))
    spans = {span.id: span for s in read_document(SMALL).sections for p in s.passages for span in p.spans}
    assert len(questions) == 12
    for question in questions:
        answer = many.ask(Question(question.text))
        assert answer.status is Status.ANSWERED, question.text
        assert answer.citations[0].quote == spans[question.targets[0]].quote, question.text


@pytest.mark.slow
@pytest.mark.parametrize(("question", "section"), PARAPHRASED)
def test_other_words_find_the_small_document(many: Assistant, question: str, section: str) -> None:
    assert place(many.ask(Question(question))) == (SMALL.name, section)


@pytest.mark.slow
def test_documents_beside_it_change_no_answer_of_the_agreement(many: Assistant, assistant: Assistant) -> None:
    lines = (FOLDER / "tune" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["q"] for line in lines][::3]
    moved = [q for q in asked if place(many.ask(Question(q))) != place(assistant.ask(Question(q)))]
    assert len(moved) <= len(asked) // 50, moved


@pytest.mark.slow
def test_scores_do_not_depend_on_who_else_is_there(many: Assistant, assistant: Assistant) -> None:
    for text in ("hvem ejer vindprogrammet?", "how many state jobs are moved?", "hvad koster det?"):
        alone = {hit.row.key: hit.score for hit in assistant.finder.find(text, "da").evidence.hits[:5]}
        beside = {hit.row.key: hit.score for hit in many.finder.find(text, "da", (), OWN).evidence.hits[:5]}
        assert alone.keys() == beside.keys()
        assert all(abs(alone[key] - beside[key]) < 0.05 for key in alone)


def test_names_of_which_no_kind_is_told_are_not_denied(many: Assistant) -> None:
    assert "Lindby" in many.ask(Question("Hvilke byer nævnes i aftalen?", document=SMALL.name)).text  # "i Lindby"
    answer = many.ask(Question("Hvilke virksomheder nævnes i aftalen?", document=SMALL.name))
    assert answer.text.startswith("Hvilke af navnene i aftalen der er virksomheder, er ikke angivet. Navnene er:\n- ")
    assert many.ask(Question("Hvilke beløb nævnes i tema 1?", document=SMALL.name)).status is Status.NOT_IN_SOURCE


def test_a_question_can_be_asked_of_one_document(many: Assistant) -> None:
    for text in ("hvad er formålet?", "who is responsible?", "hvem ejer vindprogrammet?"):
        answer = many.ask(Question(text, document=SMALL.name))
        assert {each.document for each in (*answer.citations, *answer.closest)} <= {SMALL.name}
    with pytest.raises(QuestionError, match="no_such_document"):
        many.ask(Question("hvad er formålet?", document="findes-ikke"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Hvilke beløb nævnes i Region Hedelands strategi?", "strategi-hedeland"),
        ("List all amounts in the Limsø action plan", "handlingsplan-limsoe"),
        ("Hvilke beløb nævnes i aftalen?", OWN),
        ("Hvilke temaer har ingen aktører i Sundmarks partnerskabsaftale?", "partnerskabsaftale-sundmark"),
    ],
)
def test_a_list_is_made_of_the_document_that_is_named(many: Assistant, text: str, document: str) -> None:
    answer = many.ask(Question(text))
    assert answer.status is Status.ANSWERED
    assert {citation.document for citation in answer.citations} == {document}


@pytest.mark.slow
def test_what_another_document_mentions_is_not_denied(many: Assistant, assistant: Assistant) -> None:
    assert assistant.ask(Question("Er Hjemlinjen nævnt?")).text.startswith("Nej")
    assert not many.ask(Question("Er Hjemlinjen nævnt?")).text.startswith("Nej")


@pytest.mark.slow
@pytest.mark.parametrize(("ahead", "is_tied"), [(1.0, True), (2.0, False)])
def test_a_tie_between_documents_is_settled_by_belief(many: Assistant, ahead: float, is_tied: bool) -> None:
    text = "who decides which poor areas get the extra support?"
    own = many.library.document(OWN)
    found = many.finder.find(text, "en", (), None, own)
    evidence = found.evidence
    # The worst row of another document is scored above all: hardly or clearly, whatever the machine computes.
    others = np.flatnonzero(evidence.look.documents != many.library.numbers[OWN])
    gains = np.zeros(len(evidence.scores))
    worst = others[evidence.scores[others].argmin()]
    gains[worst] = evidence.scores.max() + ahead - evidence.scores[worst]
    request = request_of(text, "en", own, Choice(OWN))
    kept = settled(replace(found, evidence=evidence.plus(gains)), request, many.desk)
    assert (kept.evidence.hits[0].row.document.id == OWN) is is_tied


@pytest.mark.slow
def test_a_role_that_another_document_names_is_missing_all_the_same(many: Assistant) -> None:
    answer = many.ask(Question("Who is the minister responsible for the broadband fund?"))
    assert answer.status is Status.NOT_IN_SOURCE and "The agreement does not mention “minister”" in answer.text
    assert answer.missing == ()  # a word that no document has


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "Hvor lang er ventetiden på en knæoperation på Regionshospitalet Viborg?",
        "How do I make rye bread with sourdough?",
    ],
)
def test_what_is_asked_of_the_agreement_in_vain_is_not_answered_by_another(many: Assistant, question: str) -> None:
    assert many.ask(Question(question)).status is Status.NOT_IN_SOURCE


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said", "documents"),
    [
        ("Give me a quick overview of what Sundmark's agreement covers.", "It has 12 themes", {SUNDMARK}),
        (
            "Sammenlign Sundmark og Limsø: hvad gør de ved madspild?",
            "Om »madspild«",
            {SUNDMARK, "handlingsplan-limsoe"},
        ),
        ("I'm a student. Which of the documents are about digitalisation?", "speaks of “digitalisation”", {OWN}),
        ("aftalen fra 2016-17 med regeringen, hvad står der om fødevarer?", "Danish Food Cluster", {OWN}),
    ],
)
def test_a_document_is_named_by_what_people_call_it(many: Assistant, text: str, said: str, documents: set[str]) -> None:
    answer = many.ask(Question(text))
    assert said in answer.text and {citation.document for citation in answer.citations} == documents
