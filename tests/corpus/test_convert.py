"""Adding a document: Markdown, Word, PDF and plain text become a folder that reads and can be edited."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assistant.corpus.convert import add_document, sentences
from assistant.corpus.reader import read_document
from assistant.errors import CorpusError

MARKDOWN = "# Aftale om havne\n\n## Formål\n\nHavnene skal bl.a. udvides. Det sker i 2019.\n\n- flere kajer\n- dybere sejlrende\n\n### Penge\n\nDer er afsat 4 mio. kr. til formålet.\n"


def test_markdown_becomes_a_document(tmp_path: Path) -> None:
    (tmp_path / "Havne Æøå.md").write_text(MARKDOWN, encoding="utf-8")
    folder = add_document(tmp_path / "Havne Æøå.md", tmp_path / "corpus").folder
    document = read_document(folder)
    assert folder.name == "havne-aeoeaa"
    assert document.title == "Aftale om havne"
    quotes = [span.quote for passage in document.section("formaal").passages for span in passage.spans]
    assert quotes == [
        "Havnene skal bl.a. udvides.",
        "Det sker i 2019.",
        "flere kajer",
        "dybere sejlrende",
        "Der er afsat 4 mio. kr. til formålet.",
    ]
    assert (folder / "received.md").read_text(encoding="utf-8") == MARKDOWN


def test_word_becomes_a_document(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_heading("Aftale om broer", 0)
    written.add_heading("Drift", 1)
    written.add_paragraph("Broen males hvert år.")
    written.add_paragraph("nye lamper", style="List Bullet")
    table = written.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Initiativ"
    table.cell(0, 1).text = "Vejdirektoratet maler broen."
    written.save(str(tmp_path / "broer.docx"))
    document = read_document(add_document(tmp_path / "broer.docx", tmp_path / "corpus", "Broer 2020").folder)
    assert document.id == "broer-2020"
    quotes = [span.quote for passage in document.section("drift").passages for span in passage.spans]
    assert quotes == ["Broen males hvert år.", "nye lamper", "Initiativ", "Vejdirektoratet maler broen."]


def test_plain_text_mends_hyphens_at_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Aftale\n\nFormål\n\nVi udvikler erhvervs-\nlivet.\n", encoding="utf-8")
    document = read_document(add_document(tmp_path / "a.txt", tmp_path / "corpus").folder)
    assert "Vi udvikler erhvervslivet." in document.text


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.exe", b"MZ", "not a file"),
        ("a.pdf", b"%PDF-broken", "is damaged"),
        ("a.pdf", b"", "is empty"),
        ("a.md", b"\n\n", "no text"),
        ("a.docx", b"PK", "is not a Word file"),
        ("a.docx", b"PK\x03\x04", "is damaged"),
        ("a.rtf", b"not", "is not a .rtf file"),
    ],
)
def test_what_cannot_be_added_leaves_nothing_behind(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=problem):
        add_document(tmp_path / name, tmp_path / "corpus")
    assert not list((tmp_path / "corpus").glob("*"))


def test_no_sign_of_the_received_text_is_taken_for_a_field(tmp_path: Path) -> None:
    (tmp_path / "havne.txt").write_text(
        "Aftale om havne\n\nFormål\n\nHavnene udvides. [Se også det, der står i bilag 2.]\n", encoding="utf-8"
    )
    document = read_document(add_document(tmp_path / "havne.txt", tmp_path / "corpus").folder)
    assert "(Se også det, der står i bilag 2.)" in document.text


def test_an_existing_document_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "havne.md").write_text(MARKDOWN, encoding="utf-8")
    add_document(tmp_path / "havne.md", tmp_path / "corpus")
    with pytest.raises(CorpusError, match="exists already"):
        add_document(tmp_path / "havne.md", tmp_path / "corpus")


def test_abbreviations_and_ordinals_do_not_end_sentences() -> None:
    assert sentences("Jf. Aftale af 1. Oktober kommer 9 mio. Kr. til byen. Resten følger.") == [
        "Jf. Aftale af 1. Oktober kommer 9 mio. Kr. til byen.",
        "Resten følger.",
    ]
