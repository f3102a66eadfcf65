"""The officer's work: adding with a report, replacing, removing; limits of size, memory and time; nothing half done."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest

from assistant.corpus.convert import add_document, read_apart, remove_document, replace_document, told
from assistant.corpus.convert.blocks import Content, Unreadable
from assistant.corpus.folder import read_corpus
from assistant.corpus.reader import read_document
from assistant.errors import CorpusError

TEXT = "# Aftale om havne\n\n## § 1 Formål\n\nHavnene udvides i 2027.\n\n## § 2 Penge\n\nDer gives 4 mio. kr.\n"
MEGABYTES = 600


def written(folder: Path, text: str = TEXT, name: str = "havne.md") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_the_report_tells_what_was_found_and_what_comes_next(tmp_path: Path) -> None:
    text = (
        TEXT
        + "\n```\nkode\n```\n\nTema 3 Broer\n\n"
        + "ord og flere, " * 30
        + "slut.\n\n| År | Pris |\n|---|---|\n| 2027 | 3 kr. |\n"
    )
    lines = [*told(add_document(written(tmp_path, text), tmp_path / "corpus"), "added")]
    assert lines == [
        f"added {tmp_path / 'corpus' / 'havne'}",
        "title: Aftale om havne",
        "sections: 2",
        "  § 1 Formål",
        "  § 2 Penge",
        "rows of other tables, now a sentence each: 1",
        "names drafted in names.toml: 1",
        "note: 1 code block was left out",
        "these lines look like headings; where they are, write '### ' in front (or '## ', and {an-id} behind):",
        "  Tema 3 Broer",
        lines[10],
        f"Read {tmp_path / 'corpus' / 'havne' / 'da.md'} through, then run 'assistant index build'.",
    ]
    assert lines[10].startswith("sentences longer than 300 signs: 1, such as: ord og flere")


def test_replacing_keeps_hand_edits_apart_and_shows_what_changed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    folder = add_document(written(tmp_path), corpus).folder
    (folder / "names.toml").write_text("[town]\nViborg = {}\n", encoding="utf-8")
    edited = (folder / "da.md").read_text(encoding="utf-8").replace("udvides", "udbygges")
    (folder / "da.md").write_text(edited, encoding="utf-8")
    fresh = TEXT.replace("4 mio.", "5 mio.") + "\n## § 3 Tilsyn\n\nKommunen fører tilsyn.\n"
    replaced = replace_document("havne", written(tmp_path, fresh, "ny.md"), corpus)
    assert [section.id for section in read_document(folder).sections][1:] == ["paragraf-1", "paragraf-2", "paragraf-3"]
    assert replaced.changes[:3] == ("new: paragraf-3", "changed: paragraf-1", "changed: paragraf-2")
    assert "+Havnene udbygges i 2027." in (folder / ".before" / "edits.diff").read_text(encoding="utf-8").splitlines()
    assert (folder / ".before" / "da.md").read_text(encoding="utf-8") == edited
    assert "Viborg" in (folder / "names.toml").read_text(encoding="utf-8")
    assert (folder / "received.md").read_text(encoding="utf-8") == fresh


def test_a_file_that_cannot_be_read_replaces_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    folder = add_document(written(tmp_path), corpus).folder
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(CorpusError, match="is damaged"):
        replace_document("havne", written(tmp_path, "%PDF-broken", "ny.pdf"), corpus)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_removing_keeps_the_folder_hidden(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    add_document(written(tmp_path), corpus)
    add_document(written(tmp_path), corpus, "andre havne")
    for number in range(2):
        place = remove_document("havne", corpus)
        assert (place / "da.md").exists()
        assert [document.id for document in read_corpus(corpus).documents] == ["andre-havne"]
        if number == 0:
            add_document(written(tmp_path), corpus)


@pytest.mark.parametrize("name", ["nowhere", "../corpus", ".removed", ""])
def test_only_a_document_can_be_removed_or_replaced(tmp_path: Path, name: str) -> None:
    add_document(written(tmp_path), tmp_path / "corpus")
    with pytest.raises(CorpusError, match="has no document"):
        remove_document(name, tmp_path / "corpus")
    with pytest.raises(CorpusError, match="has no document"):
        replace_document(name, tmp_path / "havne.md", tmp_path / "corpus")


def test_a_document_that_stops_half_way_is_not_in_the_corpus(tmp_path: Path) -> None:
    def stopped(file: Path) -> Content:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_document(written(tmp_path), tmp_path / "corpus", read=stopped)
    (tmp_path / "corpus" / ".making" / "havne").mkdir(parents=True)  # what a killed `add` leaves
    add_document(written(tmp_path), tmp_path / "corpus")
    assert [path.name for path in (tmp_path / "corpus").iterdir()] == ["havne"]


def bomb(file: Path) -> Path:
    """Write a Word file of a few kilobytes that unpacks to 200 MB."""
    docx.Document().save(str(file))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/footnotes.xml", "w") as part:
        for _ in range(200):
            part.write(b" " * 1_000_000)
    return file


def nested(file: Path) -> Path:
    file.write_text("<div>" * 100_000 + "tekst", encoding="utf-8")
    return file


def large(file: Path) -> Path:
    with file.open("wb") as opened:
        opened.truncate(60_000_000)
    return file


@pytest.mark.parametrize(
    ("make", "name", "problem"),
    [
        (bomb, "bombe.docx", "holds more than 40 MB of text"),
        (large, "stor.txt", "is larger than 10 MB of text"),
        (nested, "dyb.html", "is nested too deeply|holds no text"),
    ],
)
def test_what_would_take_too_much_is_refused_at_once(make, name: str, problem: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = make(tmp_path / name)
    started = time.monotonic()
    measured = "import sys; sys.argv = ['child', sys.argv[1]]; import runpy\n"
    measured += "runpy.run_module('assistant.corpus.convert.child', run_name='__main__')\n"
    # The mark of this process alone: the greatest size that the system keeps for a child is at times its parent's.
    measured += "print(next(int(line.split()[1]) // 1024 for line in open('/proc/self/status') if 'VmHWM' in line))"
    told = subprocess.run([sys.executable, "-c", measured, str(file)], capture_output=True, text=True, check=True)
    *_, answer, megabytes = told.stdout.splitlines()
    assert "problem" in json.loads(answer) or not json.loads(answer)["content"]["blocks"]
    assert int(megabytes) < MEGABYTES
    with pytest.raises(CorpusError, match=problem):
        add_document(file, tmp_path / "corpus")
    assert time.monotonic() - started < 20


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="takes too long"):
        read_apart(written(tmp_path), seconds=0)


def test_pages_are_told_while_they_are_read() -> None:
    heard: list[tuple[int, int]] = []
    read_apart(Path(__file__).parent / "inputs" / "v02-two-column.pdf", lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
