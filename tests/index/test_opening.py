"""An index of many documents is opened without reading them, and a question reads only those it is about."""

from __future__ import annotations

import pytest

from assistant.answering import Assistant, Question
from assistant.corpus import Document
from assistant.corpus.serial import document_from_json
from assistant.index.build import build_index
from assistant.settings import Settings
from assistant.understanding.question import understand
from tests.conftest import SMALL, write_document

COUNT = 80


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of many documents alike, each with a number and a name of its own."""
    folder = tmp_path_factory.mktemp("crowded")
    for number in range(COUNT):
        title = f"Aftale om cykelstier i Bynavn{number}"
        files = {
            "aliases.txt": "## tema-1\nda: cykelvejene\n",
            "document.toml": SMALL["document.toml"].replace("Aftale om cykelstier", title),
            "da.md": SMALL["da.md"].replace("12 km", f"{4000 + number} km").replace("2018", str(2020 + number)),
        }
        write_document(folder / "corpus" / f"cykler-{number:03}", files)
    environ = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    settings = Settings.from_environment(environ)
    build_index(settings)
    return settings


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that are read, in their order."""
    found: list[str] = []

    def reading(value: dict[str, object]) -> Document:
        found.append(str(value["id"]))
        return document_from_json(value)

    monkeypatch.setattr("assistant.index.library.document_from_json", reading)
    return found


def test_opening_an_index_reads_no_document(crowded: Settings, read: list[str]) -> None:
    Assistant.open(crowded)
    assert read == []


@pytest.mark.parametrize(
    "text",
    [
        "Hvem er aktører for cykelstier?",
        "Hvor mange km cykelsti anlægges?",
        "Hvad sker der i 1987 med 77777 Zorbaxkvist?",
        "who pays for the opera house?",
        "Hvem har lavet dig?",
    ],
)
def test_a_question_reads_few_documents(crowded: Settings, read: list[str], text: str) -> None:
    Assistant.open(crowded).ask(Question(text))
    assert len(read) <= 4


def test_a_number_of_any_document_is_not_strange(crowded: Settings, read: list[str]) -> None:
    refusal = Assistant.open(crowded).refusal
    assert refusal.missing(understand("4007 km, 2031, 98765 km og 1987", "da")) == ("1987", "98765")
    assert refusal.missing(understand("hvad med Cykelvejene, Cykelvejne og Zorbaxkvist", "da")) == ("Zorbaxkvist",)
    assert read == []
