"""Many documents, read and built as any others but for their vectors; one of them changed; answers from all of them."""

from __future__ import annotations

import random
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
from assistant.index.store import store_of
from assistant.settings import Settings, material
from tests.conftest import settings_of
from tests.questions import FOLDER
from tests.scale.measures import asked, most_memory, percentiles, private, tell
from tests.scale.synthetic import EACH, NOISE


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


def build_documents(folder: Path, count: int) -> None:
    """Write documents and build their index."""
    folders = [*material("corpus").iterdir(), *(FOLDER / "documents").iterdir()]
    rows = rows_of([read_document(path) for path in folders if path.is_dir()])
    sentences = [row.span.quote.lstrip("#-[ ") for row in rows]
    write_corpus(folder / "corpus", sentences, count)
    settings = settings_of(folder)
    embedder = Perturbed(load_embedder(settings.model), sentences)
    begun = time.perf_counter()
    build_index(settings, embedder=embedder)
    tell(f"{count:,} sentences of {count // EACH} documents, built without embedding", begun)
    tell(
        f"{count:,} sentences: the build had {most_memory():,.0f} MB, the processes beside it {most_memory(1):,.0f} each"
    )


def change_document(settings: Settings, count: int) -> None:
    """Change a sentence of one document and build again, as somebody does who mends it; then another of the same."""
    path = sorted(settings.corpus.iterdir())[count // EACH // 2] / "da.md"
    for word in ("Kirsebærhaven", "Morbærhaven"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([*lines[:-1], f"{word} får en hestevogn."]) + "\n", encoding="utf-8")
        embedder = load_embedder(settings.model)
        begun, spent = time.perf_counter(), time.process_time()
        built = build_index(settings, embedder=embedder)
        again = f"{built.manifest.counts['embedded again']} texts embedded"
        tell(f"{count:,} rows, one document changed: {again}, processor {time.process_time() - spent:.1f} s", begun)


def answer(folder: Path, count: int) -> None:
    """Open the index and ask, as a worker does."""
    settings = settings_of(folder)
    embedder, generation = load_embedder(settings.model), store_of(settings).current()
    assistant = Assistant.open(settings, embedder, generation)
    spent = []
    for text in asked():
        begun = time.perf_counter()
        assistant.ask(Question(text))
        spent.append((time.perf_counter() - begun) * 1000)
    memory = psutil.Process().memory_info()
    told = f"resident {memory.rss / 1e6:.0f} MB, of which private {private():.0f} MB"
    tell(f"{count:,} sentences: one answer p50 / p95 {percentiles(spent)} ms; {told}")
