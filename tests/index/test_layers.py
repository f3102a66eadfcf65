"""A build of an index that is large takes over what did not change: it finds and answers as one made whole."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.answering import Assistant, Question
from assistant.corpus.reader import read_document
from assistant.index.build import build_index
from assistant.index.columns import Columns
from assistant.index.embedder import load_embedder
from assistant.index.store import Generation, store_of
from assistant.index.store import files as stored
from assistant.index.store.layers import FRESH
from assistant.index.store.mapped import index_of
from assistant.index.store.types import RECORDS
from assistant.index.writing import contents, plan, workers
from assistant.settings import Settings
from tests.postgres import Server, server

SUBJECTS = ("Cykelstier", "Havnen", "Skolerne", "Vindkraft", "Busserne", "Sygehuset", "Museet", "Biblioteket")
VERBS = ("får", "koster", "mangler", "deler")
THINGS = ("nye lamper", "flere pladser", "et tag", "en rampe", "to broer", "grønne tage", "et værksted")


def write(folder: Path, seed: int, lines: int = 6, more: str = "") -> None:
    """Write a document of sentences that are chosen by a seed, in Danish and half of them in English."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = random.Random(seed)
    title = f"Plan {seed}"
    (folder / "document.toml").write_text(
        f'title = "{title}"\nshort_title = "{title}"\nparties = []\nperiod = ""\nlanguage = "da"\nsource = ""\n',
        encoding="utf-8",
    )
    danish, english = [f"# {title} {{doc}}", ""], [f"# Plan no. {seed} {{doc}}", ""]
    for section in range(2):
        danish += [f"## {drawn.choice(SUBJECTS)} {section} {{afsnit-{section}}}", ""]
        english += [f"## Part {section} {{afsnit-{section}}}", ""]
        for _ in range(lines // 2):
            danish.append(f"{drawn.choice(SUBJECTS)} {drawn.choice(VERBS)} {drawn.choice(THINGS)} i {seed}.{more}")
            english.append(f"It is number {drawn.randrange(100)} of {seed}.")
    (folder / "da.md").write_text("\n".join(danish) + "\n", encoding="utf-8")
    if seed % 2:
        (folder / "en.md").write_text("\n".join(english) + "\n", encoding="utf-8")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of fourteen documents, which count as many."""
    monkeypatch.setattr(plan, "LEAST", 0)
    monkeypatch.setattr(plan, "CHANGED", 0.5)
    monkeypatch.setattr(plan, "GROWN", 1.0)
    for number in range(14):
        write(tmp_path / "corpus" / f"plan-{number:02}", number)
    return Settings.from_environment(
        {"ASSISTANT_CORPUS": str(tmp_path / "corpus"), "ASSISTANT_INDEX": str(tmp_path / "built")}
    )


def change(settings: Settings) -> None:
    """Change, add and remove documents; the new words split and mend words of others."""
    write(settings.corpus / "plan-03", 3, more=" Grønne lam.")
    write(settings.corpus / "plan-14", 14)
    write(settings.corpus / "plan-12", 12, lines=10)
    shutil.rmtree(settings.corpus / "plan-07")


def whole(settings: Settings) -> Generation:
    """Build the same corpus from nothing."""
    return build_index(dataclasses.replace(settings, index=settings.index.with_name(f"whole-{random.random()}")))


def test_what_is_taken_over_finds_the_same_as_what_is_made_whole(settings: Settings) -> None:
    build_index(settings)
    for again in range(2):
        change(settings) if not again else write(settings.corpus / "plan-13", 13, more=" Et tårn.")
        layered, other = build_index(settings), whole(settings)
        assert (layered.folder / FRESH).exists() and not (other.folder / FRESH).exists()
        compare(settings, layered, other)


def compare(settings: Settings, layered: Generation, other: Generation) -> None:
    """Compare columns, texts, vectors and answers of two versions."""
    for name in ("documents/catalogue.json", "documents/parts.jsonl", "words/da.txt", "named/names.txt"):
        assert (layered.folder / name).read_bytes() == (other.folder / name).read_bytes(), name
    for field in dataclasses.fields(Columns):
        ours, own = (np.load(each.folder / "columns" / f"{field.name}.npy") for each in (layered, other))
        assert ours.tolist() == own.tolist(), field.name
    for document in range(layered.manifest.counts["documents"]):
        for line in range(3):
            assert layered.held.texts().read(document, line) == other.held.texts().read(document, line)
    here, there = (Assistant.open(settings, generation=each) for each in (layered, other))
    for text in (
        "hvad koster havnen i 3?",
        "hvem får et værksted?",
        "what is number 5 of 13?",
        "tårn",
        "lampe i plan 12",
    ):
        assert here.ask(Question(text)).to_json() == there.ask(Question(text)).to_json()
        for identity in (None, "plan-03", "plan-13"):
            left, right = (each.finder.find(text, "da", (), identity).evidence for each in (here, there))
            scores = [{hit.number: hit.score for hit in each.hits[:10]} for each in (left, right)]
            assert scores[0] == pytest.approx(scores[1], abs=1e-4)
    vector = load_embedder(settings.model).questions(["broer"])[0]
    for language in ("da", "en"):
        ours, own = (index_of(each.folder, RECORDS[language]) for each in (layered, other))
        compared = layered.held.compared(language)
        assert ours is not None and own is not None and compared is not None
        for within in (None, range(20, 60)):
            found, wanted = (each.nearest(vector, 15, within) for each in (ours, own))
            assert np.allclose(found[1], wanted[1], atol=1e-6)
            assert np.allclose(compared.cosines(found[0], vector)[0], found[1], atol=1e-3)


def test_only_what_changed_is_read_and_embedded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "LARGE", 0)
    monkeypatch.setattr(contents, "LARGE", 0)
    first = build_index(settings)
    read, digested = list[str](), list[str]()
    monkeypatch.setattr("assistant.corpus.folder.read_document", noted(read_document, read))
    monkeypatch.setattr(stored, "sha256_of", noted(stored.sha256_of, digested))
    write(settings.corpus / "plan-04", 4, more=" Et tag.")
    second = build_index(settings)
    assert read == ["plan-04"] and 0 < second.manifest.counts["embedded again"] <= 4 * 6 + 4
    for name in ("vectors/vectors.npy", "documents/texts.jsonl", "words-da/held-held.npy", "vectors/record-da.faiss"):
        assert (first.folder / name).samefile(second.folder / name)
        assert Path(name).name not in digested or (second.folder / FRESH / name).exists()
    assert build_index(settings).manifest.files == second.manifest.files


def noted(work: Callable[[Path], object], seen: list[str]) -> Callable[[Path], object]:
    """Do the same, and note the names of the paths that it is done for."""

    def done(path: Path) -> object:
        seen.append(path.name)
        return work(path)

    return done


@pytest.mark.slow
def test_too_much_that_changed_is_made_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(settings)
    monkeypatch.setattr(plan, "CHANGED", 0.02)
    change(settings)
    assert not (build_index(settings).folder / FRESH).exists()


@pytest.mark.slow
def test_processes_make_the_same_index(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = build_index(settings)
    monkeypatch.setattr(workers, "MUCH", 0)
    told = set[str]()
    settings = dataclasses.replace(settings, index=settings.index.with_name("several"))
    several = build_index(settings, lambda name, done, total: told.add(name))
    assert several.manifest.files == alone.manifest.files
    assert {"documents", "words"} <= told


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    with server() as found:
        yield found


def test_a_database_is_given_both_layers(settings: Settings, postgres: Server) -> None:
    build_index(settings)
    change(settings)
    plain = build_index(settings)
    with postgres.database() as name:
        there = dataclasses.replace(settings, database_url=postgres.url(name), index=settings.index / "fetched")
        held = store_of(there).write(plain.folder, plain.manifest, lambda *_: None)
        here, other = (Assistant.open(each, generation=g) for each, g in ((settings, plain), (there, held)))
        for text in ("hvad koster havnen i 3?", "hvem får et værksted?", "what is number 5 of 13?"):
            assert here.ask(Question(text)).to_json() == other.ask(Question(text)).to_json()
