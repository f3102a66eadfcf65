"""Six invented documents written as other kinds of file come back whole: headings, fields, and every word once."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.corpus.figures import figures
from tests.corpus.originals import Original, as_pdf, originals, write_markdown, write_word

SIX = originals()
NAMES = [original.name for original in SIX]
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")


def require_whole(original: Original, file: Path) -> None:
    found = figures(original, file)
    assert found.headings[0] == found.headings[1], found.faults
    assert found.fields[0] == found.fields[1]
    assert (found.lost, found.invented) == ({}, {})


@pytest.mark.parametrize("original", SIX, ids=NAMES)
def test_markdown_comes_back_whole(original: Original, tmp_path: Path) -> None:
    require_whole(original, write_markdown(original, tmp_path / "a.md"))


@pytest.mark.parametrize("original", SIX, ids=NAMES)
def test_word_comes_back_whole(original: Original, tmp_path: Path) -> None:
    require_whole(original, write_word(original, tmp_path / "a.docx"))


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
@pytest.mark.parametrize("original", SIX, ids=NAMES)
def test_pdf_comes_back_whole(original: Original, landscape: bool, tmp_path: Path) -> None:
    require_whole(original, as_pdf(write_word(original, tmp_path / "a.docx", landscape)))


@pytest.mark.slow
@needs_pandoc
@pytest.mark.parametrize("kind", ["docx", "html", "odt", "rtf"])
@pytest.mark.parametrize("original", SIX, ids=NAMES)
def test_what_pandoc_writes_comes_back_whole(original: Original, kind: str, tmp_path: Path) -> None:
    if kind in ("odt", "rtf") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    file = tmp_path / f"a.{kind}"
    source = write_markdown(original, tmp_path / "a.md")
    subprocess.run(["pandoc", "-s", str(source), "-o", str(file)], check=True, capture_output=True)
    require_whole(original, file)


@pytest.mark.slow
@needs_office
@needs_pandoc
def test_a_table_without_rules_is_read_by_its_header(tmp_path: Path) -> None:
    original = next(each for each in SIX if each.rows)
    source, file = write_markdown(original, tmp_path / "a.md"), tmp_path / "a.docx"
    subprocess.run(["pandoc", "-s", str(source), "-o", str(file)], check=True, capture_output=True)
    found = figures(original, as_pdf(file))
    assert found.headings[0] == found.headings[1], found.faults
    assert found.fields[0] >= 0.95 * found.fields[1]
