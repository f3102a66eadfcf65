"""Make the built index from corpus, model and ranking: beside the old one, then swapped in."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout

from assistant.corpus import Corpus, read_corpus
from assistant.corpus.folder import corpus_digest
from assistant.corpus.serial import corpus_to_json
from assistant.errors import BuiltIndexError, IndexBusy, IndexOutdated, IndexUnwritable, ModelError
from assistant.index.analysis import Analyzer
from assistant.index.embedder import Embedder, Vectors, folder_digest, load_embedder
from assistant.index.lexical import LexicalIndex
from assistant.index.ranking import LANGUAGES, load_ranking
from assistant.index.records import record_text, rows_of
from assistant.index.search import Row
from assistant.index.store import (
    FORMAT,
    MEND,
    Generation,
    Manifest,
    checksums,
    open_current,
    publish,
    seal,
    sha256,
    tidy,
)
from assistant.index.vectors import VectorIndex

Progress = Callable[[str, int, int], None]
STEPS = 5


class Sources(Protocol):
    """What a build needs to know; `assistant.settings.Settings` has it."""

    @property
    def corpus(self) -> Path:
        """See `Settings`."""
        ...

    @property
    def index(self) -> Path:
        """See `Settings`."""
        ...

    @property
    def model(self) -> str:
        """See `Settings`."""
        ...

    @property
    def ranking(self) -> Path:
        """See `Settings`."""
        ...


@dataclass(frozen=True, slots=True)
class Digests:
    """What tells whether a built index is of today's sources."""

    corpus: str
    model: str
    ranking: str


def build_index(sources: Sources, progress: Progress | None = None) -> Generation:
    """Build the index and put it in service. A fault leaves the working index in place.

    Raises CorpusError, ModelError, IndexUnwritable, IndexBusy. `progress` hears step name, number and total.
    """
    tell = progress or (lambda _name, _done, _total: None)
    with _building(sources.index) as folder:
        tell("corpus", 1, STEPS)
        corpus = read_corpus(sources.corpus)
        tell("model", 2, STEPS)
        embedder = load_embedder(sources.model)
        ranking = load_ranking(sources.ranking)
        tell("vectors", 3, STEPS)
        rows = rows_of(corpus.documents)
        kept = _Kept(sources.index, embedder)
        _write_vectors(folder, corpus, rows, kept)
        tell("words", 4, STEPS)
        _write_lexical(folder, rows, ranking.analyzer())
        _write_json(folder / "corpus.json", corpus_to_json(corpus))
        _copy(sources.ranking, folder / "ranking")
        tell("swap", 5, STEPS)
        questions = sum(map(len, corpus.questions.values()))
        manifest = Manifest(
            format=FORMAT,
            corpus=corpus.digest,
            model=embedder.digest,
            ranking=folder_digest(sources.ranking),
            dimension=embedder.dimension,
            counts={
                "documents": len(corpus.documents),
                "spans": len(rows),
                "questions": questions,
                "embedded again": kept.embedded,
            },
            files=checksums(folder),
        )
        publish(sources.index, folder, seal(folder, manifest))
        tidy(sources.index)
    return open_current(sources.index)


def digests(sources: Sources) -> Digests:
    """Return today's digests of corpus, model and ranking, without loading the model."""
    model = Path(sources.model)
    return Digests(
        corpus=corpus_digest(sources.corpus),
        model=folder_digest(model) if model.is_dir() else "name:" + sources.model,
        ranking=folder_digest(sources.ranking),
    )


def check_index(sources: Sources) -> Generation:
    """Return the index in service if it is whole and of today's sources. Raises one of BuiltIndexError."""
    generation = open_current(sources.index)
    today, made = digests(sources), generation.manifest
    for name in ("corpus", "model", "ranking"):
        if getattr(today, name) != getattr(made, name):
            raise IndexOutdated(f"{sources.index}: the index was built from another {name}. {MEND}")
    return generation


@contextmanager
def _building(built: Path) -> Iterator[Path]:
    """Hold the build lock and give an empty folder; what goes wrong with the disk becomes a named error."""
    folder = built / "generations" / f".building-{os.getpid()}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(built / ".lock", timeout=0):
            tidy(built)
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout:
        raise IndexBusy(f"{built}: another process is building the index. Wait for it, then try again.") from None
    except OSError as error:
        raise _disk_error(built, error) from error


def _disk_error(built: Path, error: OSError) -> BuiltIndexError:
    """Return the named error for a fault of the disk; one of a file that is only read names that file."""
    named = Path(error.filename) if isinstance(error.filename, str | Path) else built
    if not named.is_relative_to(built) and not built.is_relative_to(named):
        return BuiltIndexError(f"{named}: {error.strerror}. Restore the file, then run 'assistant index build'.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return IndexUnwritable(f"{built}: the disk is full. Free some space, then run 'assistant index build'.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return IndexUnwritable(f"{built}: cannot be written. Give this user the right, or set ASSISTANT_INDEX.")
    return IndexUnwritable(f"{built}: {error.strerror or error}. Mend the disk, then run 'assistant index build'.")


class _Kept:
    """Embeds texts, taking from the index in service what was embedded by the same model before."""

    def __init__(self, built: Path, embedder: Embedder) -> None:
        self.embedder = embedder
        self.embedded = 0
        self.known: dict[str, Vectors] = {}
        try:
            generation = open_current(built)
        except BuiltIndexError:
            return
        if generation.manifest.model != embedder.digest or generation.manifest.dimension != embedder.dimension:
            return
        hashes: dict[str, list[str]] = json.loads((generation.folder / "embedded.json").read_bytes())
        for name, keys in hashes.items():
            vectors = VectorIndex.load(generation.folder / f"{name}.faiss").vectors()
            self.known.update(zip(keys, vectors, strict=True))

    def embed(self, texts: list[str]) -> tuple[Vectors, list[str]]:
        """Return vectors, shape (texts, dimension), and the hash of each text."""
        keys = [sha256(text.encode("utf-8", "surrogatepass")) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.known}
        if new:
            vectors = self.embedder.embed(list(new.values()))
            if not np.isfinite(vectors).all():
                raise ModelError("the model gives vectors that are not numbers. Choose another ASSISTANT_MODEL.")
            self.known.update(zip(new, vectors, strict=True))
            self.embedded += len(new)
        return np.array([self.known[key] for key in keys], dtype=np.float32), keys


def _write_vectors(folder: Path, corpus: Corpus, rows: tuple[Row, ...], kept: _Kept) -> None:
    texts = {f"spans-{language}": [record_text(row, language) for row in rows] for language in LANGUAGES}
    texts["questions"] = [each.text for many in corpus.questions.values() for each in many]
    texts["near-misses"] = [each.text for many in corpus.near_misses.values() for each in many]
    hashes = {}
    for name, each in texts.items():
        if each:
            vectors, hashes[name] = kept.embed(each)
            VectorIndex.build(vectors).save(folder / f"{name}.faiss")
    _write_json(folder / "embedded.json", hashes)


def _write_lexical(folder: Path, rows: tuple[Row, ...], analyzer: Analyzer) -> None:
    for language in LANGUAGES:
        records = [analyzer.terms(record_text(row, language), language) for row in rows]
        LexicalIndex.build(records).save(folder / f"bm25-{language}")


def _copy(source: Path, target: Path) -> None:
    """Copy a folder, ended by the first OSError: `shutil.copytree` would gather them into one without a number."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
