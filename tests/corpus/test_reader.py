"""Reading documents: a second one, and faults that name file, line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import Field, read_corpus
from assistant.corpus.reader import read_document
from assistant.errors import CorpusError
from tests.conftest import SMALL, write_document


def test_a_second_document_is_read(small_corpus: Path) -> None:
    write_document(small_corpus / "andre")
    corpus = read_corpus(small_corpus)
    assert [document.id for document in corpus.documents] == ["andre", "cykler"]
    section = corpus.document("cykler").section("tema-1")
    assert [span.quote for span in section.field(Field.NEXT_STEP)] == ["Afventer tilladelse"]
    assert section.field(Field.BACKGROUND)[1].translation == "The paths are to be lit."


def test_a_document_without_translation_is_read(tmp_path: Path) -> None:
    files = {name: text for name, text in SMALL.items() if name != "en.md"}
    document = read_document(write_document(tmp_path / "dansk", files))
    assert document.section("ad-1").passages[0].spans[0].translation is None


@pytest.mark.parametrize(
    ("name", "before", "after", "line", "problem"),
    [
        ("da.md", "{tema-1}", "", 3, "a heading without an id"),
        ("da.md", "{ad-1: tema-1}", "{tema-1}", 18, "used twice"),
        ("da.md", "[actors]", "[actor]", 10, "unknown field"),
        ("da.md", "# Aftale om cykelstier {doc}\n\n", "", 1, "the first line is not the title"),
        ("da.md", "{ad-1: tema-1}", "{ad-1: tema-9}", 0, "does not exist"),
        ("da.md", "| Tema 1 {", "| {", 3, "empty cell"),
        ("en.md", "The paths are to be lit.\n", "", 8, "end of a paragraph"),
        ("en.md", "\n\nDKK 3 million is allocated in 2018.\n", "\n", 18, "ends before"),
        ("en.md", "[next-step]", "[actors]", 14, "the field [actors]"),
        ("document.toml", 'period = "2018"\n', "", 0, "lacks period"),
        ("document.toml", 'period = "2018"', "period = 2018", 0, "period is not a text"),
        ("document.toml", 'title = "', "title = ", 0, "cannot be read"),
    ],
)
def test_faults_name_file_line_and_mend(
    tmp_path: Path, name: str, before: str, after: str, line: int, problem: str
) -> None:
    assert before in SMALL[name]
    files = {**SMALL, name: SMALL[name].replace(before, after, 1)}
    if name == "da.md":  # or the translation's other structure is what is found first
        del files["en.md"]
    folder = write_document(tmp_path / "broken", files)
    with pytest.raises(CorpusError) as caught:
        read_document(folder)
    assert caught.value.path == folder / name
    assert problem in str(caught.value)
    if line:
        assert caught.value.line == line
    assert caught.value.mend


@pytest.mark.parametrize("name", ["Cykler", "mit dokument", "havne?", "-a", "å"])
def test_a_folder_whose_name_cannot_stand_in_an_address_is_refused(tmp_path: Path, name: str) -> None:
    folder = write_document(tmp_path / name)
    with pytest.raises(CorpusError, match="Rename the folder"):
        read_document(folder)


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    folder = write_document(tmp_path / "latin")
    content = (folder / "da.md").read_bytes().replace("være".encode(), "være".encode("latin-1"))
    (folder / "da.md").write_bytes(content)
    with pytest.raises(CorpusError, match="line 8: the line is not UTF-8"):
        read_document(folder)


@pytest.mark.parametrize("make", [lambda path: path / "missing", lambda path: path])
def test_an_absent_or_empty_corpus_says_what_to_do(tmp_path: Path, make: object) -> None:
    with pytest.raises(CorpusError, match=r"Set ASSISTANT_CORPUS|documents add"):
        read_corpus(make(tmp_path))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("## tema-9\nda: hvad?\n", "nothing in the document is called 'tema-9'"),
        ("da: hvad?\n", "before the first target"),
        ("## tema-1\nde: was?\n", "neither a target nor a question"),
    ],
)
def test_faults_in_anticipated_questions_are_named(small_corpus: Path, text: str, problem: str) -> None:
    folder = small_corpus / "cykler" / "questions"
    folder.mkdir()
    (folder / "10-borgere.txt").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"10-borgere\.txt, line"):
        read_corpus(small_corpus)
    with pytest.raises(CorpusError, match=problem):
        read_corpus(small_corpus)
