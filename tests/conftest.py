"""What all tests share: the repository's material, a small second document, and an assistant over the real one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.answering import Assistant
from assistant.corpus import Corpus, Document, read_corpus
from assistant.index.build import build_index
from assistant.settings import Settings, material

MadeOnce = Callable[[str, Callable[[Path], object]], Path]

SMALL = {
    "document.toml": 'title = "Aftale om cykelstier"\ntitle_en = "Agreement on cycle paths"\nshort_title = "Cykelaftalen"\n'
    'short_title_en = "the cycle agreement"\nparties = ["regionen", "kommunerne"]\nparties_en = ["the Region", "the municipalities"]\n'
    'period = "2018"\nlanguage = "da"\nsource = "skrevet til testene"\n',
    "da.md": "# Aftale om cykelstier {doc}\n\n## 1 | Cykelstier | Tema 1 {tema-1}\n\n[background]\n\n"
    "Regionen anlægger 12 km cykelsti i 2018.\nStierne skal være oplyst.\n\n[actors]\n\nVejdirektoratet\n\n[next-step]\n\n"
    "Afventer tilladelse\n\n## Ad 1) | Cykelstier {ad-1: tema-1}\n\nDer er afsat 3 mio. kr. i 2018.\n",
    "en.md": "# Agreement on cycle paths {doc}\n\n## 1 | Cycle paths | Theme 1 {tema-1}\n\n[background]\n\n"
    "The Region builds 12 km of cycle path in 2018.\nThe paths are to be lit.\n\n[actors]\n\nThe Road Directorate\n\n[next-step]\n\n"
    "Awaiting a permit\n\n## Ad 1) | Cycle paths {ad-1: tema-1}\n\nDKK 3 million is allocated in 2018.\n",
}


def write_document(folder: Path, files: dict[str, str] = SMALL) -> Path:
    """Write a document's folder from its files' texts."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def settings_of(folder: Path) -> Settings:
    """Return the settings of a corpus and its index in a folder."""
    return Settings.from_environment({"ASSISTANT_CORPUS": f"{folder}/corpus", "ASSISTANT_INDEX": f"{folder}/built"})


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk of so many megabytes; skips the test where the user may not."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """A corpus folder with one small document, `cykler`."""
    write_document(tmp_path / "corpus" / "cykler")
    return tmp_path / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return read_corpus(material("corpus"))


@pytest.fixture(scope="session")
def agreement(corpus: Corpus) -> Document:
    return corpus.document("vaekstpartnerskabsaftale-2016-2017")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Give the folder of a name, which is filled once for all processes of a run; nobody may change what is in it."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = base / name, base / f"{name}.done"
        with FileLock(base / f"{name}.lock"):
            if not done.exists():
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def real_settings(made_once: MadeOnce) -> Settings:
    """Settings of a freshly built index of the real documents."""

    def fill(folder: Path) -> None:
        build_index(Settings.from_environment({"ASSISTANT_INDEX": str(folder / "built")}))

    return Settings.from_environment({"ASSISTANT_INDEX": str(made_once("real", fill) / "built")})


@pytest.fixture(scope="session")
def assistant(real_settings: Settings) -> Assistant:
    return Assistant.open(real_settings)
