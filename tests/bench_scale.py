"""`make bench-scale`: a search of many rows, in files and in PostgreSQL; answers from many documents.

The rows are put together from real ones and have their vectors, moved a little (`tests/synthetic.py`): embedding so much
text would take a day and tell nothing of the search. The documents of `--documents` are written, read and built as any
others, but for their vectors.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import os
import platform
import random
import resource
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from assistant.answering import Assistant, Question
from assistant.index.build import build_index
from assistant.index.built import load_built
from assistant.index.embedder import Embedder, Told, Vectors, load_embedder
from assistant.index.search import Query, Searcher
from assistant.index.store import store_of
from assistant.settings import Settings
from tests.postgres import server
from tests.questions import FOLDER
from tests.synthetic import EACH, NOISE, base, exact, write_synthetic

QUESTIONS, COMPARED, TOP = 400, 100, 10
BIG = ("shared_buffers = '2GB'", "max_wal_size = '8GB'", "fsync = off", "full_page_writes = off")


def main() -> None:
    """Print one line a figure; each size in processes of its own, since a worker does not build."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_scale", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="rows in files")
    parser.add_argument("--database", type=int, nargs="*", default=[1_000_000], help="rows in PostgreSQL")
    parser.add_argument("--documents", type=int, nargs="*", default=[100_000], help="sentences of documents")
    parser.add_argument("--keep", metavar="FOLDER", help="where the rows are kept, and taken from if they are there")
    given = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        template = Settings.from_environment({"ASSISTANT_INDEX": f"{folder}/template"})
        if not template.index.exists():
            apart(prepare, template)
        for count in given.rows:
            place = at(template, folder, count)
            if not place.index.exists():
                apart(make, place, template, count)
            apart(search_files, place, count)
            apart(change_document, place, count)
            apart(search_files, place, count)
        for count in given.database:
            place = at(template, folder, count)
            if not place.index.exists():
                apart(make, place, template, count)
            apart(search_database, place, count)
        for count in given.documents:
            apart(build_documents, Path(folder) / f"documents-{count}", count)
            apart(change_document, settings_of(Path(folder) / f"documents-{count}"), count)
            apart(answer, Path(folder) / f"documents-{count}", count)


def at(template: Settings, folder: str, count: int) -> Settings:
    """Return settings for so many rows: a corpus and an index of their own."""
    return dataclasses.replace(template, corpus=Path(folder) / f"corpus-{count}", index=Path(folder) / str(count))


def apart(work: Any, *arguments: object) -> None:
    """Do something in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def tell(text: str, begun: float | None = None) -> None:
    """Print a figure, and the seconds since something began."""
    print(text + (f": {time.perf_counter() - begun:.1f} s" if begun else ""), flush=True)


def prepare(template: Settings) -> None:
    """Build the index of the agreement, and embed what rows are put together from."""
    embedder = load_embedder(template.model)
    np.save(template.index.with_name("base.npy"), base(build_index(template, embedder=embedder), embedder).vectors)


def make(place: Settings, template: Settings, count: int) -> None:
    """Write so many rows into files."""
    embedder, built = load_embedder(template.model), store_of(template).current()
    found = base(built, embedder, np.load(template.index.with_name("base.npy")))
    begun = time.perf_counter()
    write_synthetic(place, found, count, built)
    tell(f"{count:,} rows written and indexed with {most_memory(0):,.0f} MB, analysing and embedding apart", begun)


def asked() -> list[str]:
    """Return real questions."""
    lines = (FOLDER / "tune" / "questions.jsonl").read_text("utf-8").splitlines()
    lines += (FOLDER / "report" / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["q"] for line in lines][:QUESTIONS]


def opened(place: Settings) -> Searcher:
    """Open an index and make a first search."""
    searcher = load_built(store_of(place).current(), load_embedder(place.model)).searcher
    searcher.search(Query("hvad koster det?", "da"))
    return searcher


def search_files(place: Settings, count: int) -> None:
    """Measure opening, memory, search and recall over files."""
    embedder = load_embedder(place.model)
    before, begun = private(), time.perf_counter()
    searcher = load_built(store_of(place).current(), embedder).searcher
    tell(f"files, {count:,} rows: opening {time.perf_counter() - begun:.2f} s")
    texts = asked()
    vectors = [searcher.vector(text) for text in texts[:COMPARED]]
    begun = time.process_time()
    spent = searches(searcher, texts)
    each = (time.process_time() - begun) * 1000 / len(texts)
    tell(f"files, {count:,} rows: search p50 / p95 {_percentiles(spent)} ms, processor {each:.1f} ms with embedding")
    tell(f"files, {count:,} rows: private memory {private():.0f} MB, of which the index {private() - before:.0f} MB")
    wanted = exact(store_of(place).current(), vectors, TOP)
    tell(f"files, {count:,} rows: recall@{TOP} {recall(searcher, vectors, wanted):.3f}")


def private() -> float:
    """Return the megabytes that this process alone has: what is mapped from files is not of it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("RssAnon:")[2].split()[0]) / 1000


def searches(searcher: Searcher, texts: Sequence[str]) -> list[float]:
    """Return the milliseconds of the search of each question, its embedding apart."""
    spent = []
    for text in texts:
        searcher.vector(text)
        begun = time.perf_counter()
        searcher.search(Query(text, "da"))
        spent.append((time.perf_counter() - begun) * 1000)
    return spent


def recall(searcher: Searcher, vectors: Sequence[Vectors], wanted: Sequence[set[int]]) -> float:
    """Return the share of the truly nearest that are the best of the candidates, whose exact cosines are known."""
    view, found = searcher.views["da"], 0
    for vector, near in zip(vectors, wanted, strict=True):
        rows = view.candidates(vector, None)
        best = rows[np.argsort(-view.cosines(rows, vector)[0])[: len(near)]]
        found += len(near & set(best.tolist()))
    return found / sum(map(len, wanted))


def search_database(place: Settings, count: int) -> None:
    """Write the version into PostgreSQL; measure search at 1 and at 16 connections, and recall."""
    files = store_of(place).current()
    with server(BIG) as postgres:
        postgres.stop()  # the size of its memory is read at the start
        postgres.start()
        there = dataclasses.replace(place, database_url=postgres.url(), index=place.index / "replica")
        begun = time.perf_counter()
        store_of(there).write(files.folder, files.manifest, lambda *_: None)
        tell(f"PostgreSQL, {count:,} rows: written, indexed, read back and fetched", begun)
        size = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
        for name, kind in (("tables and graph", "LIKE 'version%'"), ("files that travel", "= 'assistant'")):
            bytes_ = int(postgres.execute(size + f"WHERE relkind = 'r' AND nspname {kind}")[0][0])
            tell(f"PostgreSQL, {count:,} rows: {name} {bytes_ / 1e6:,.0f} MB")
        searcher = opened(there)
        texts = asked()
        vectors = [searcher.vector(text) for text in texts[:COMPARED]]
        tell(f"PostgreSQL, {count:,} rows: search p50 / p95 {_percentiles(searches(searcher, texts))} ms")
        spent: list[float] = []
        threads = [threading.Thread(target=lambda: spent.extend(searches(searcher, texts[:100]))) for _ in range(16)]
        begun = time.perf_counter()
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        rate = len(spent) / (time.perf_counter() - begun)
        tell(f"PostgreSQL, {count:,} rows: 16 connections p50 / p95 {_percentiles(spent)} ms, {rate:.0f} a second")
        wanted = exact(files, vectors, TOP)
        tell(f"PostgreSQL, {count:,} rows: recall@{TOP} {recall(searcher, vectors, wanted):.3f}")


def _percentiles(spent: Sequence[float]) -> str:
    return f"{np.percentile(spent, 50):.1f} / {np.percentile(spent, 95):.1f}"


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


def settings_of(folder: Path) -> Settings:
    """Return the settings of a corpus and its index in a folder."""
    return Settings.from_environment({"ASSISTANT_CORPUS": f"{folder}/corpus", "ASSISTANT_INDEX": f"{folder}/built"})


def build_documents(folder: Path, count: int) -> None:
    """Write documents and build their index."""
    from assistant.corpus.reader import read_document
    from assistant.index.records import rows_of
    from assistant.settings import material

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
        f"{count:,} sentences: the build had {most_memory(0):,.0f} MB, the processes beside it {most_memory(1):,.0f} each"
    )


def most_memory(kind: int) -> float:
    """Return the most megabytes that this process had (0), or the largest that it began (1)."""
    return resource.getrusage((resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)[kind]).ru_maxrss / 1000


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
    tell(f"{count:,} sentences: one answer p50 / p95 {_percentiles(spent)} ms; {told}")


if __name__ == "__main__":
    main()
