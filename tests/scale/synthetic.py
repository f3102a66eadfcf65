"""A version of the index of any size, made without documents: for measuring a search, not for reading answers.

Rows are those of the documents that ship and of the evaluation, put together anew: each has a vector of one of them,
moved a little, and half the words of two. Documents of `EACH` rows have the text of the same few.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.corpus.folder import digest_of, document_digests, file_digests
from assistant.corpus.reader import read_document
from assistant.index.candidates.lexical import LexicalIndex, hash_of
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.columns import Columns
from assistant.index.embedder import Embedder, Vectors
from assistant.index.learned.ranking import load_ranking
from assistant.index.library import save_catalogue
from assistant.index.named import Named
from assistant.index.records import Row, record_text, rows_of
from assistant.index.store import FORMAT, FilesStore, Generation, Manifest, checksums
from assistant.index.store.mapped import KEYS, VECTORS, HeldInFiles, index_file, mapped, places_file, write_texts
from assistant.index.store.types import HEADED, NEAR_MISSES, QUESTIONS, RECORDS, ROWS
from assistant.index.writing.parts import part_of, write_parts
from assistant.index.writing.vocabulary import known_words, write_words
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
    """Write a corpus and a version of `count` rows where the settings say; its heads are those of `template`."""
    folder = settings.index / "generations" / ".building-synthetic"
    folder.mkdir(parents=True)
    for name in ("spoken", "ranking", "wordings"):
        shutil.copytree(template.folder / name, folder / name)
    (folder / "heads").mkdir()
    for name in ("centre", "waves"):
        shutil.copy(template.folder / "heads" / f"{name}.npy", folder / "heads")
    corpus = write_documents(settings, folder, [row.span.quote for row in found.rows], count // EACH)
    _write_words(folder, found, count)
    _write_vectors(folder, found, count)
    made = template.manifest
    counts = {"documents": count // EACH, "spans": count, "questions": 0, "embedded again": 0}
    manifest = Manifest(FORMAT, corpus, made.model, made.ranking, made.dimension, counts, checksums(folder))
    return FilesStore(settings.index).write(folder, manifest, lambda *_: None)


def write_documents(settings: Settings, folder: Path, sentences: Sequence[str], documents: int) -> str:
    """Write documents that differ in their titles alone, and what a version knows of them; return their digest."""
    chosen = [each for each in sentences if each[0].isalpha() and each[-1] == "."]
    text = "\n\n".join(random.Random(0).choices(chosen, k=EACH - 1))
    for number in range(documents):
        place = settings.corpus / f"d{number:07}"
        place.mkdir(parents=True)
        title = f'title = "Plan {number}"\nshort_title = "Plan {number}"\n'
        (place / "document.toml").write_text(title + 'parties = []\nperiod = ""\nlanguage = "da"\nsource = ""\n')
        (place / "da.md").write_text(f"# Plan {{doc}}\n\n## Afsnit {{afsnit-1}}\n\n{text}\n", encoding="utf-8")
    files = file_digests(settings.corpus)
    digests = document_digests(files)
    part = part_of(settings.corpus / "d0000000", "")
    assert part.entry.things(ROWS) == EACH, part.entry.things(ROWS)
    entries = [
        replace(part.entry, digest=digest, summary=replace(part.entry.summary, id=identity))
        for identity, digest in sorted(digests.items())
    ]
    save_catalogue(folder, entries, ())
    write_parts(folder, entries)
    Named.joined([part.entry.named], ()).save(folder / "named")
    write_words(folder / "words", known_words(entries[:1], load_ranking(settings.ranking)))
    write_texts(folder, (line for _ in entries for line in part.lines))
    columns = Columns.joined([part.columns] * documents)
    columns.save(folder / "columns")
    rows = np.arange(columns.count, dtype=np.int32)
    np.save(folder / "columns" / "rows-da.npy", rows)
    np.save(folder / "columns" / "rows-en.npy", rows[:0])
    return digest_of(files)


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
    np.save(folder / KEYS, np.frombuffer(np.arange(count, dtype=">u8").tobytes().hex().encode(), dtype="S16"))
    places = np.arange(count, dtype=np.int32)
    for space in (RECORDS["da"], HEADED["da"]):
        np.save(folder / places_file(space), places)
    for space in (RECORDS["en"], HEADED["en"], QUESTIONS, NEAR_MISSES):
        np.save(folder / places_file(space), places[:0])
    VectorIndex.build(vectors).save(folder / index_file(RECORDS["da"]))
    for name in ("starts", "rows", "owners"):
        np.save(folder / "asked" / f"{name}.npy", np.zeros(int(name == "starts"), dtype=np.int64))


def exact(generation: Generation, questions: Sequence[Vectors], count: int) -> list[set[int]]:
    """Return the `count` rows of a version in files that are nearest to each question, every one compared."""
    vectors, places = HeldInFiles(generation.folder).vectors(), mapped(generation.folder / places_file(RECORDS["da"]))
    asked = np.stack(questions).T
    best = np.zeros((0, len(questions)), dtype=np.float32)
    rows = np.zeros((0, len(questions)), dtype=np.int64)
    for begin in range(0, len(places), BLOCK):
        cosines = np.concatenate([best, vectors[places[begin : begin + BLOCK]].astype(np.float32) @ asked])
        numbers = np.concatenate(
            [rows, np.tile(np.arange(begin, begin + len(cosines) - len(best))[:, None], len(questions))]
        )
        order = np.argpartition(-cosines, count, axis=0)[:count]
        best, rows = np.take_along_axis(cosines, order, 0), np.take_along_axis(numbers, order, 0)
    return [set(column.tolist()) for column in rows.T]
