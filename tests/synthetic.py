"""A version of the index of any size, made without documents: for measuring a search, not for reading answers.

Rows are those of the documents that ship and of the evaluation, put together anew: each has a vector of one of them,
moved a little, and half the words of two. Documents of `EACH` rows have the text of the same few.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from assistant.corpus.reader import read_document
from assistant.index.candidates.lexical import LexicalIndex, hash_of
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.columns import Columns
from assistant.index.embedder import Embedder, Vectors, folder_digest
from assistant.index.records import Row, record_text, rows_of
from assistant.index.store import FORMAT, FilesStore, Generation, Manifest, checksums
from assistant.index.store.mapped import KEYS, LINES, VECTORS, index_file, places_file, write_texts
from assistant.index.store.types import HEADED, NEAR_MISSES, QUESTIONS, RECORDS
from assistant.settings import Settings, material
from tests.questions import FOLDER

EACH, NOISE, BLOCK = 200, 0.02, 50_000


@dataclass(frozen=True)
class Base:
    """What is put together anew: rows of real documents, the hashes of their words, and their vectors."""

    rows: tuple[Row, ...]
    terms: tuple[tuple[np.uint64, ...], ...]
    vectors: Vectors


def base(built: Generation, embedder: Embedder, vectors: Vectors | None = None) -> Base:
    """Read the real rows, and embed them unless their vectors are known; `built` knows the words of the analyzer."""
    from assistant.index.built import load_built

    folders = [*material("corpus").iterdir(), *(FOLDER / "documents").iterdir()]
    rows = rows_of([read_document(path) for path in sorted(folders) if path.is_dir()])
    texts = [record_text(row, "da") or "" for row in rows]
    analyzer = load_built(built, embedder).searcher.analyzer
    terms = tuple(tuple(map(hash_of, analyzer.terms(text, "da"))) for text in texts)
    return Base(rows, terms, embedder.passages(texts) if vectors is None else vectors)


def write_synthetic(settings: Settings, found: Base, count: int, template: Generation) -> Generation:
    """Write a version of `count` rows into the folder of the settings; words and heads are those of `template`."""
    folder = settings.index / "generations" / ".building-synthetic"
    folder.mkdir(parents=True)
    for name in ("words", "ranking", "spoken", "named"):
        shutil.copytree(template.folder / name, folder / name)
    (folder / "heads").mkdir()
    for name in ("centre", "waves"):
        shutil.copy(template.folder / "heads" / f"{name}.npy", folder / "heads")
    _write_documents(folder, template, count // EACH)
    _write_columns(folder, count)
    _write_words(folder, found, count)
    _write_vectors(folder, found, count)
    made = template.manifest
    counts = {"documents": count // EACH, "spans": count, "questions": 0}
    ranking = folder_digest(settings.ranking)
    manifest = Manifest(FORMAT, "synthetic", made.model, ranking, made.dimension, counts, checksums(folder))
    return FilesStore(settings.index).write(folder, manifest, lambda *_: None)


def _write_documents(folder: Path, template: Generation, documents: int) -> None:
    """Every document has the text of the first of the template."""
    texts = template.held.texts()
    catalogue = json.loads((template.folder / "documents" / "catalogue.json").read_text(encoding="utf-8"))
    (folder / "documents").mkdir()
    lines = [texts.read(0, line) for line in range(LINES)]
    write_texts(folder, lines * documents)
    named = {**catalogue, "documents": [f"d{n:07}" for n in range(documents)], "titles": [["", "", ""]] * documents}
    (folder / "documents" / "catalogue.json").write_text(json.dumps(named), encoding="utf-8")


def _write_columns(folder: Path, count: int) -> None:
    rows = np.arange(count, dtype=np.int32)
    zeros = np.zeros(count, dtype=np.int32)
    values: dict[str, Any] = {each.name: zeros for each in fields(Columns)}
    values |= {"document": rows // EACH, "section": rows // 10, "heading": rows // 10, "place": rows % EACH}
    values |= {"documents": np.arange(0, count + 1, EACH, dtype=np.int32)}
    values |= {"sections": np.arange(0, count + 1, 10, dtype=np.int32)}
    Columns(**values).save(folder / "columns")
    np.save(folder / "columns" / "rows-da.npy", rows)
    np.save(folder / "columns" / "rows-en.npy", rows[:0])


def _write_words(folder: Path, found: Base, count: int) -> None:
    chooser = random.Random(0)
    picked = chooser.choices(found.terms, k=2 * count)
    records = [(*a[: len(a) // 2 + 1], *b[len(b) // 2 :]) for a, b in zip(picked[::2], picked[1::2], strict=True)]
    lengths = np.array([len(record) for record in records], dtype=np.int32)
    LexicalIndex.of(np.fromiter((t for r in records for t in r), np.uint64), lengths).save(folder / "words-da")
    LexicalIndex.build([[]] * count).save(folder / "words-en")


def _write_vectors(folder: Path, found: Base, count: int) -> None:
    """Rows have one vector each, which stands for the row with and without the title in front."""
    (folder / "vectors").mkdir()
    (folder / "asked").mkdir()
    drawn = np.random.default_rng(0)
    dimension = found.vectors.shape[1]
    vectors = np.lib.format.open_memmap(folder / VECTORS, "w+", np.float16, (count, dimension))
    for begin in range(0, count, BLOCK):
        end = min(begin + BLOCK, count)
        moved = found.vectors[drawn.integers(0, len(found.vectors), end - begin)]
        moved = moved + NOISE * drawn.standard_normal(moved.shape, dtype=np.float32)
        vectors[begin:end] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    vectors.flush()
    np.save(folder / KEYS, np.zeros(0, dtype="S16"))
    places = np.arange(count, dtype=np.int32)
    for space in (RECORDS["da"], HEADED["da"]):
        np.save(folder / places_file(space), places)
    for space in (RECORDS["en"], HEADED["en"], QUESTIONS, NEAR_MISSES):
        np.save(folder / places_file(space), places[:0])
    VectorIndex.build(vectors).save(folder / index_file(RECORDS["da"]))
    for name in ("starts", "rows", "owners"):
        np.save(folder / "asked" / f"{name}.npy", np.zeros(int(name == "starts"), dtype=np.int64))


def exact(vectors: Any, questions: Sequence[Vectors], count: int) -> list[set[int]]:
    """Return the `count` rows nearest to each question, every one compared."""
    asked = np.stack(questions).T
    best = np.zeros((0, len(questions)), dtype=np.float32)
    rows = np.zeros((0, len(questions)), dtype=np.int64)
    for begin in range(0, len(vectors), BLOCK):
        cosines = np.concatenate([best, vectors[begin : begin + BLOCK].astype(np.float32) @ asked])
        numbers = np.concatenate(
            [rows, np.tile(np.arange(begin, begin + len(cosines) - len(best))[:, None], len(questions))]
        )
        order = np.argpartition(-cosines, count, axis=0)[:count]
        best, rows = np.take_along_axis(cosines, order, 0), np.take_along_axis(numbers, order, 0)
    return [set(column.tolist()) for column in rows.T]
