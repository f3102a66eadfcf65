"""Citations that were stored, checked by the command after the document changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.citations import State, Stored, place_of, read_stored, verify
from assistant.corpus import Document, read_corpus
from assistant.errors import CitationsError
from tests.conftest import write_document
from tests.server.live import clean_environment

HOME = "https://assistant.example"
BUILT, LIT = "Regionen anlægger 12 km cykelsti i 2018.", "Stierne skal være oplyst."


@pytest.fixture
def document(small_corpus: Path) -> Document:
    return read_corpus(small_corpus).document("cykler")


def place(document: Document, quote: str) -> Any:
    start = document.text.index(quote)
    return place_of(document, start, start + len(quote))


def changed(corpus: Path, old: str, new: str, file: str = "da.md") -> None:
    path = corpus / "cykler" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(corpus: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "verify", *arguments],
        env=clean_environment(CORPUS=corpus), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_a_place_says_where_it_stands(document: Document) -> None:
    found = place(document, BUILT)

    assert document.text[found.start : found.end] == found.quote == BUILT
    assert found.section == "tema-1"
    assert found.translation == "The Region builds 12 km of cycle path in 2018."
    assert document.text[: found.start].endswith(found.prefix) and len(found.prefix) == 32
    assert document.text[found.end :].startswith(found.suffix)
    assert place_of(document, found.start, found.end - 1).translation is None
    both = place_of(document, found.start, place(document, LIT).end)
    assert both.translation == "The Region builds 12 km of cycle path in 2018. The paths are to be lit."


@pytest.mark.parametrize("places", [(0, 0), (5, 4), (-1, 4), (0, 10**6)])
def test_a_place_outside_of_the_text_is_none(document: Document, places: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="code points"):
        place_of(document, *places)


def test_the_command_says_what_became_of_each(small_corpus: Path, document: Document, tmp_path: Path) -> None:
    actors = document.section("tema-1").passages[1].spans[0].quote
    stored = [
        place(document, "Aftale om cykelstier").to_json(),
        place(document, LIT).to_annotation(HOME),
        place(document, BUILT).to_json(),
        {"citations": [place(document, actors).to_json()]},
        {**place(document, LIT).to_json(), "document": "taget-ud"},
    ]
    file = tmp_path / "stored.json"
    file.write_text(json.dumps(stored), encoding="utf-8")
    assert run(small_corpus, str(file))[0] == 1  # one document is not there
    changed(small_corpus, BUILT, "Regionen anlægger 14 km cykelsti i 2019.")
    changed(small_corpus, LIT, f"Arbejdet begynder straks.\n{LIT}")
    changed(small_corpus, "The paths are to be lit.", "Work begins at once.\nThe paths are to be lit.", "en.md")
    changed(small_corpus, actors, "Kystkommunerne og havnene")

    code, out, _ = run(small_corpus, str(file))

    lines = out.splitlines()
    assert code == 1
    assert [line.split()[0] for line in lines] == ["same", "moved", "changed", "now", "gone", "gone", "1"]
    assert lines[3].strip() == "now »Regionen anlægger 14 km cykelsti i 2019.«"
    assert lines[-1] == "1 same, 1 moved, 1 changed, 2 gone"
    told = json.loads(run(small_corpus, "--json", str(file))[1])
    now = read_corpus(small_corpus).document("cykler")
    for each in told:
        if each["now"]:
            assert now.text[each["now"]["start"] : each["now"]["end"]] == each["now"]["quote"]
    # What is stored anew is as it was.
    anew = tmp_path / "anew.jsonl"
    anew.write_text("\n".join(json.dumps(each["now"]) for each in told if each["now"]), encoding="utf-8")
    assert run(small_corpus, str(anew))[:2][0] == 0


def test_the_same_words_in_two_places_are_told_apart_by_what_surrounds_them(tmp_path: Path) -> None:
    from tests.conftest import SMALL

    twice = SMALL["da.md"].replace(
        "Der er afsat 3 mio. kr. i 2018.", "Der er afsat 3 mio. kr. i 2018.\nStierne skal være oplyst."
    )
    english = SMALL["en.md"].replace(
        "DKK 3 million is allocated in 2018.", "DKK 3 million is allocated in 2018.\nThe paths are to be lit."
    )
    write_document(tmp_path / "cykler", {**SMALL, "da.md": twice, "en.md": english})
    document = read_corpus(tmp_path).document("cykler")
    second = document.text.rindex(LIT)
    kept = place_of(document, second, second + len(LIT))
    stored = Stored("cykler", LIT, kept.start + 7, kept.prefix, kept.suffix)

    checked = verify(stored, {"cykler": document})

    assert (checked.state, checked.place and checked.place.start) == (State.MOVED, second)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\xff", "UTF-8"),
        (b"{", "line 1 is not JSON"),
        (b"[]", "holds no citation"),
        (b'{"status": "answered", "citations": []}', "holds no citation"),
        (b'{"quote": "x"}', "lacks its document"),
        (b'{"quote": 7, "document": "cykler"}', "lacks its document or its words"),
        (b'{"target": {"selector": 7}}', "lacks its document"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_cannot_be_checked_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "stored.json"
    file.write_bytes(content)
    with pytest.raises(CitationsError, match=words):
        read_stored(file)


def test_a_file_that_is_not_there_is_told(small_corpus: Path, tmp_path: Path) -> None:
    code, out, err = run(small_corpus, str(tmp_path / "nowhere.json"))

    assert (code, out) == (2, "")
    assert "cannot be read" in err
