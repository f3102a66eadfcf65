"""`python -m tests.bench_scale [SENTENCES]`: answers from many documents; the text is recombined, its vectors perturbed.

Sentences of the documents that ship and of those of the evaluation are put together anew into documents of 200
sentences. Their vectors are those of the sentences they came from, moved a little: embedding so much text would take
an hour and tell nothing of the search.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil

from assistant.answering import Assistant, Question
from assistant.corpus.reader import read_document
from assistant.index.build import build_index
from assistant.index.embedder import Embedder, Told, Vectors, load_embedder
from assistant.index.records import rows_of
from assistant.index.store import open_current
from assistant.settings import Settings, material
from tests.questions import FOLDER

SENTENCES, EACH, NOISE = 100_000, 200, 0.02


class Perturbed:
    """The bundled model, but for passages: those get a vector of another passage, moved a little."""

    def __init__(self, embedder: Embedder, texts: Sequence[str]) -> None:
        self.embedder, self.digest, self.dimension = embedder, embedder.digest, embedder.dimension
        self.base = embedder.passages(texts)
        self.drawn = np.random.default_rng(0)

    def questions(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of questions."""
        return self.embedder.questions(texts, told)

    def passages(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of passages."""
        moved = self.base[self.drawn.integers(0, len(self.base), len(texts))]
        moved = moved + NOISE * self.drawn.standard_normal(size=moved.shape, dtype=np.float32)
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def write_corpus(folder: Path, sentences: Sequence[str], count: int) -> None:
    """Write documents of `EACH` sentences in sections of ten, `count` sentences in all."""
    chooser = random.Random(0)
    for number in range(count // EACH):
        place = folder / f"dokument-{number:05}"
        place.mkdir(parents=True)
        title = f"Dokument {number}"
        (place / "document.toml").write_text(
            f'title = "{title}"\nshort_title = "{title}"\nparties = []\nperiod = ""\nlanguage = "da"\nsource = ""\n'
        )
        lines = [f"# {title} {{doc}}"]
        for section in range(EACH // 10):
            lines += ["", f"## Afsnit {section + 1} {{afsnit-{section + 1}}}", ""]
            for _ in range(10):
                first, second = chooser.choice(sentences).split(), chooser.choice(sentences).split()
                lines.append(" ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :]]) or "Tomt.")
        (place / "da.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def build(folder: Path, count: int) -> None:
    """Write the documents and build their index."""
    folders = [*material("corpus").iterdir(), *(FOLDER / "documents").iterdir()]
    documents = [read_document(path) for path in folders if path.is_dir()]
    sentences = [row.span.quote.lstrip("#-[ ") for row in rows_of(documents)]
    write_corpus(folder / "corpus", sentences, count)
    settings = settings_of(folder)
    begun = time.perf_counter()
    build_index(settings, embedder=Perturbed(load_embedder(settings.model), sentences))
    print(f"{count} sentences, built without embedding: {time.perf_counter() - begun:.1f} s")


def settings_of(folder: Path) -> Settings:
    """Return the settings of a corpus and its index in a folder."""
    return Settings.from_environment({"ASSISTANT_CORPUS": f"{folder}/corpus", "ASSISTANT_INDEX": f"{folder}/built"})


def serve(folder: Path) -> None:
    """Open the index and ask, as a worker does."""
    settings = settings_of(folder)
    embedder, generation = load_embedder(settings.model), open_current(settings.index)
    begun = time.perf_counter()
    assistant = Assistant.open(settings, embedder, generation)
    print(f"opening, checksums apart: {time.perf_counter() - begun:.2f} s")
    lines = (FOLDER / "tune" / "questions.jsonl").read_text("utf-8").splitlines()
    spent = []
    for text in [json.loads(line)["q"] for line in lines]:
        begun = time.perf_counter()
        assistant.ask(Question(text))
        spent.append((time.perf_counter() - begun) * 1000)
    print(f"one answer, p50 / p95: {np.percentile(spent, 50):.1f} / {np.percentile(spent, 95):.1f} ms")
    process = psutil.Process().memory_info()
    print(f"resident memory: {process.rss / 1e6:.0f} MB, of which shared {process.shared / 1e6:.0f} MB")


def main() -> None:
    """Build, open, ask; print one line a figure. Each in a process of its own: a worker does not build."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SENTENCES
    processes = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for work, arguments in ((build, (Path(folder), count)), (serve, (Path(folder),))):
            process = processes.Process(target=work, args=arguments)
            process.start()
            process.join()


if __name__ == "__main__":
    main()
