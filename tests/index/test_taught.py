"""What questions taught before is taken over as long as it was learned from the same, and only then."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from assistant.index.build import build_index
from assistant.index.learned.head import Head
from assistant.index.store import Generation
from assistant.settings import Settings
from tests.conftest import write_document


@pytest.fixture
def settings(small_corpus: Path, tmp_path: Path) -> Settings:
    """Settings of two documents, one of which has questions of its own."""
    asked = small_corpus / "cykler" / "questions"
    asked.mkdir()
    (asked / "own.txt").write_text("## tema-1\nda: Hvor lang bliver stien?\n", encoding="utf-8")
    write_document(small_corpus / "andre")
    environ = {"ASSISTANT_CORPUS": str(small_corpus), "ASSISTANT_INDEX": str(tmp_path / "built")}
    return Settings.from_environment(environ)


def edit(settings: Settings, name: str, old: str, new: str) -> None:
    path = settings.corpus / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def taught(generation: Generation) -> dict[str, bytes]:
    """Return the bytes of all that was learned."""
    folders = (generation.folder / name for name in ("heads", "wordings"))
    return {path.name: path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}


def test_nothing_is_learned_again_where_another_document_changed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(settings)
    edit(settings, "andre/da.md", "12 km", "14 km")
    monkeypatch.setattr(Head, "fit", None)  # fitting would fail

    again = build_index(settings)

    monkeypatch.undo()
    assert taught(again) == taught(build_index(dataclasses.replace(settings, index=settings.index.with_name("whole"))))


def test_a_question_more_is_learned(settings: Settings) -> None:
    before = taught(build_index(settings))
    edit(settings, "cykler/questions/own.txt", "stien?\n", "stien?\nda: Hvor mange km?\n")
    after = taught(build_index(settings))
    changed = {name for name in before if before[name] != after[name]}
    assert len(changed) == 2
    assert "from.json" in changed


def test_a_document_that_moves_keeps_what_it_learned(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(settings)
    write_document(settings.corpus / "aa-foerst")
    monkeypatch.setattr(Head, "fit", None)
    assert "head-2.npy" in taught(build_index(settings))


def test_another_release_learns_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(settings)
    edit(settings, "andre/da.md", "12 km", "14 km")
    fitted, fit = list[int](), Head.fit

    def fitting(*given: Any) -> Head:
        fitted.append(len(given))
        return fit(*given)

    monkeypatch.setattr(Head, "fit", fitting)
    monkeypatch.setattr("assistant.index.writing.parts.code_digest", lambda: "another")
    build_index(settings)
    assert len(fitted) == 2  # the document's, and the wordings of the language files
