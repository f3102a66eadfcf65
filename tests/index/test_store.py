"""The built index on disk: whole or refused, reused, swapped in, and never half."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import random
import re
from collections.abc import Sequence
from copy import copy
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.corpus.glossary import Entry, read_glossary
from assistant.errors import (
    BuiltIndexError,
    CorpusError,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnwritable,
    ModelError,
)
from assistant.index.build import build_index, check_index
from assistant.index.built import load_built
from assistant.index.embedder import Vectors, load_embedder
from assistant.index.store import FORMAT, files, open_current, open_last_good
from assistant.index.writing import embedded
from assistant.settings import Settings
from tests.conftest import small_disk
from tests.soak.kills import kills
from tests.soak.report import Options


@pytest.fixture
def settings(small_corpus: Path, tmp_path: Path) -> Settings:
    environ = {"ASSISTANT_CORPUS": str(small_corpus), "ASSISTANT_INDEX": str(tmp_path / "built")}
    return Settings.from_environment(environ)


def test_a_built_index_is_whole_and_of_today(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match="assistant index build"):
        check_index(settings)
    built = build_index(settings)
    assert check_index(settings).version == built.version
    assert built.manifest.counts["spans"] == 6


def test_texts_embedded_before_are_not_embedded_again(settings: Settings) -> None:
    first = build_index(settings)
    assert first.manifest.counts["embedded again"] > 0
    path = settings.corpus / "cykler" / "da.md"
    path.write_text(path.read_text(encoding="utf-8").replace("12 km", "14 km"), encoding="utf-8")
    second = build_index(settings)
    assert second.manifest.counts["embedded again"] == 2  # the sentence alone, and with its heading
    assert second.version != first.version


def test_a_changed_corpus_is_noticed(settings: Settings) -> None:
    build_index(settings)
    path = settings.corpus / "cykler" / "en.md"
    path.write_text(path.read_text(encoding="utf-8").replace("lit", "lighted"), encoding="utf-8")
    with pytest.raises(IndexOutdated, match=r"another corpus.*assistant index build"):
        check_index(settings)


def test_an_edit_during_a_build_is_not_lost(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings.corpus / "cykler" / "da.md"

    def edit_meanwhile(glossary: Path) -> tuple[Entry, ...]:
        path.write_text(path.read_text(encoding="utf-8") + "\nEn linje mere.\n", encoding="utf-8")
        return read_glossary(glossary)

    (settings.corpus / "cykler" / "en.md").unlink()
    monkeypatch.setattr("assistant.corpus.folder.read_glossary", edit_meanwhile)
    build_index(settings)
    with pytest.raises(IndexOutdated):
        check_index(settings)


def test_a_malformed_document_leaves_the_index_in_service(settings: Settings) -> None:
    built = build_index(settings)
    path = settings.corpus / "cykler" / "da.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{tema-1}", ""), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"da.md, line 3: a heading without an id"):
        build_index(settings)
    assert open_current(settings.index).version == built.version


def test_every_damaged_file_is_found_before_it_is_parsed(settings: Settings) -> None:
    generation = build_index(settings)
    chooser = random.Random(5)
    files = [*generation.manifest.files, "manifest.json"]
    for trial in range(40):
        path = generation.folder / files[trial % len(files)]
        whole = path.read_bytes()
        at = chooser.randrange(len(whole))
        flipped = bytes([whole[at] ^ (1 << chooser.randrange(8))])
        path.write_bytes(whole[:at] + flipped + whole[at + 1 :] if trial % 2 else whole[:at])
        with pytest.raises(IndexDamaged, match="checksum"):
            open_current(settings.index)
        path.write_bytes(whole)
    assert open_current(settings.index).version == generation.version


def test_a_large_file_is_read_once_and_again_where_it_changed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGE", 0)
    generation = build_index(settings)
    read: list[str] = []
    digest = files.sha256_of

    def noted(path: Path) -> str:
        read.append(path.name)
        return digest(path)

    monkeypatch.setattr(files, "sha256_of", noted)
    open_current(settings.index)
    assert read == []
    check_index(settings, thorough=True)
    assert len(read) == len(generation.manifest.files)
    path = generation.folder / "columns" / "place.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(IndexDamaged, match=r"place\.npy does not match"):
        open_current(settings.index)


def test_a_build_that_was_ended_goes_on_where_it_stopped(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "AT_ONCE", 3)
    embedder = load_embedder(settings.model)
    whole, asked = embedder.passages, list[str]()

    least = 9

    def end(texts: Sequence[str], told: object = None) -> Vectors:
        if least and len(asked) >= least:
            raise KeyboardInterrupt
        asked.extend(texts)
        return whole(texts)

    monkeypatch.setattr(embedder, "passages", end)
    with pytest.raises(KeyboardInterrupt):
        build_index(settings, embedder=embedder)
    least = 0
    build_index(settings, embedder=embedder)
    assert len(asked) == len(set(asked)) > 9
    assert not list(settings.index.glob("embedding-*"))


def test_the_last_good_index_stays_in_service(settings: Settings) -> None:
    first = build_index(settings)
    path = settings.corpus / "cykler" / "en.md"
    path.write_text(path.read_text(encoding="utf-8").replace("lit", "lighted"), encoding="utf-8")
    second = build_index(settings)
    (second.folder / "vectors" / "record-da.faiss").write_bytes(b"broken")
    generation, warning = open_last_good(settings.index)
    assert generation.version == first.version
    assert warning is not None and "stays in service" in warning


def test_a_rebuild_of_the_same_index_does_not_touch_the_one_in_service(settings: Settings) -> None:
    build_index(settings)
    built = build_index(settings)  # the first embedded everything, which its manifest tells
    manifest = built.folder / "manifest.json"
    before = manifest.stat()
    assert build_index(settings).version == built.version
    assert (manifest.stat().st_ino, manifest.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    manifest.write_bytes(b"{}")
    assert build_index(settings).version == open_current(settings.index).version  # a damaged one is replaced


def test_two_builders_do_not_meet(settings: Settings) -> None:
    build_index(settings)
    with FileLock(settings.index / ".lock"), pytest.raises(IndexBusy, match="another process"):
        build_index(settings)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "cannot be written"), (errno.EIO, "Mend the disk")],
    ids=["full", "read-only", "broken"],
)
def test_disk_faults_are_named(settings: Settings, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    built = build_index(settings)

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(IndexUnwritable, match=words):
        build_index(settings)
    assert open_current(settings.index).version == built.version


def test_a_file_that_cannot_be_read_is_named_and_not_the_index(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(tmp_path / "weights.json"))

    monkeypatch.setattr("shutil.copyfile", fail)
    with pytest.raises(BuiltIndexError, match=r"weights\.json: No such file.*Restore the file"):
        build_index(settings)


def test_an_index_folder_that_is_a_file_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(IndexUnwritable, match="ASSISTANT_INDEX"):
        build_index(dataclasses.replace(settings, index=tmp_path / "file"))


def test_an_index_folder_that_cannot_be_made_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder.parent.parent))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(IndexUnwritable, match="ASSISTANT_INDEX"):
        build_index(settings)


def test_another_model_dimension_is_named(settings: Settings) -> None:
    generation = build_index(settings)
    embedder = copy(load_embedder(settings.model))
    embedder.dimension = 7
    with pytest.raises(ModelError, match="dimension"):
        load_built(generation, embedder)


def test_a_missing_model_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="ASSISTANT_MODEL"):
        build_index(dataclasses.replace(settings, model=str(tmp_path / "nowhere")))


def test_an_older_format_is_named(settings: Settings) -> None:
    generation = build_index(settings)
    manifest = json.loads((generation.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == FORMAT
    assert set(manifest) == {"format", "corpus", "model", "ranking", "dimension", "counts", "files"}


@pytest.mark.slow
def test_a_killed_builder_leaves_a_whole_index() -> None:
    figures = kills(Options(trials=20, offsets=0, swaps=0, examples=0, requests=0, rate=0, seed=1))
    assert all(figure.held for figure in figures), figures
    assert int(re.findall(r"(\d+) killed", figures[0].measured)[0]) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [1, 8, 13])
def test_a_disk_that_is_really_full_is_named(tmp_path: Path, megabytes: int) -> None:
    with small_disk(tmp_path / "small", megabytes) as place, pytest.raises(IndexUnwritable, match="disk is full"):
        build_index(Settings.from_environment({"ASSISTANT_INDEX": str(place / "built")}))
