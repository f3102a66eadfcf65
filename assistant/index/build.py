"""Make the built index from corpus, model and ranking: beside the old one, then swapped in."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from assistant.corpus.folder import corpus_digest, digest_of, document_digests, file_digests, glossary_of
from assistant.errors import BuiltIndexError, IndexBusy, IndexOutdated, IndexUnwritable
from assistant.index.embedder import Embedder, folder_digest, load_embedder
from assistant.index.learned.ranking import load_ranking
from assistant.index.store import (
    FORMAT,
    MEND,
    FilesStore,
    Generation,
    Manifest,
    Place,
    Progress,
    checksums,
    in_database,
    open_current,
    store_of,
)
from assistant.index.store.files import open_generation, tidy
from assistant.index.store.mapped import vectors_of
from assistant.index.store.types import QUESTIONS, ROWS
from assistant.index.writing.contents import write
from assistant.index.writing.embedded import Embedded, Journal, Known, shipped
from assistant.index.writing.parts import of_this_release
from assistant.index.writing.plan import Before, Plan, plan
from assistant.index.writing.workers import workers


class Sources(Place, Protocol):
    """What a build needs to know; `assistant.settings.Settings` has it."""

    @property
    def corpus(self) -> Path:
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


def build_index(sources: Sources, progress: Progress | None = None, embedder: Embedder | None = None) -> Generation:
    """Build the index and put it in service. A fault leaves the working index in place.

    It is made of files in any case; a database is then given these. Raises CorpusError, ModelError, IndexUnwritable,
    IndexBusy, StoreAway. `progress` hears what is being done, how much of it is done, and how much there is.
    """
    tell = progress or (lambda name, done, total: None)
    generation = _built(sources, tell, embedder)
    if not in_database(sources):
        return generation
    return store_of(sources).write(generation.folder, generation.manifest, tell)


def _built(sources: Sources, tell: Progress, embedder: Embedder | None) -> Generation:
    """Build the index in its folder, and point to it there."""
    with _building(sources.index) as folder:
        tell("corpus", 0, 1)
        # Before the files are read, so that one edited meanwhile makes the index outdated.
        files = file_digests(sources.corpus)
        tell("model", 0, 1)
        embedder = embedder or load_embedder(sources.model)
        ranking = load_ranking(sources.ranking)
        learned = folder_digest(sources.ranking)
        served = _in_service(sources.index, embedder)
        same = served if served is not None and served.manifest.ranking == learned else None
        before = Before.of(same) if same is not None else None
        with workers(tell) as several:
            planned = plan(sources.corpus, document_digests(files), before, ranking, several)
            embedded = _known(sources, embedder, served, planned)
            taught = same.folder if same is not None and of_this_release(same.folder) else None
            write(folder, planned, glossary_of(sources.corpus), sources.ranking, embedded, taught, several)
        _copy(sources.ranking, folder / "ranking")
        manifest = Manifest(
            format=FORMAT,
            corpus=digest_of(files),
            model=embedder.digest,
            ranking=learned,
            dimension=embedder.dimension,
            counts={
                "documents": len(planned.entries),
                "spans": int(planned.things(ROWS).sum()),
                "questions": int(planned.things(QUESTIONS).sum()),
                "embedded again": embedded.new,
            },
            files=checksums(folder, served),
        )
        written = FilesStore(sources.index).write(folder, manifest, tell)
        if embedded.journal:
            embedded.journal.remove()
        return written


def digests(sources: Sources) -> Digests:
    """Return today's digests of corpus, model and ranking, without loading the model."""
    model = Path(sources.model)
    return Digests(
        corpus=corpus_digest(sources.corpus),
        model=folder_digest(model) if model.is_dir() else "name:" + sources.model,
        ranking=folder_digest(sources.ranking),
    )


def check_index(sources: Sources, thorough: bool = False) -> Generation:
    """Return the index in service if it is whole and of today's sources. Raises one of BuiltIndexError.

    What a database holds was built from documents that lie elsewhere: only the model has to be the same there.
    `thorough` reads large files again that were compared before.
    """
    generation = store_of(sources).current()
    if thorough and not in_database(sources):
        generation = open_generation(generation.folder, thorough=True)
    today, made = digests(sources), generation.manifest
    for name in ("model",) if in_database(sources) else ("corpus", "model", "ranking"):
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
    # numpy tells that less was written than asked, but not why.
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or (error.errno is None and "written" in str(error)):
        return IndexUnwritable(f"{built}: the disk is full. Free some space, then run 'assistant index build'.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        return IndexUnwritable(f"{built}: cannot be written. Give this user the right, or set ASSISTANT_INDEX.")
    return IndexUnwritable(f"{built}: {error.strerror or error}. Mend the disk, then run 'assistant index build'.")


def _in_service(built: Path, embedder: Embedder) -> Generation | None:
    """Return the version in service, where it is whole and of the same model."""
    try:
        generation = open_current(built)
    except BuiltIndexError:
        return None
    made = generation.manifest
    return generation if (made.model, made.dimension) == (embedder.digest, embedder.dimension) else None


def _known(sources: Sources, embedder: Embedder, served: Generation | None, planned: Plan) -> Embedded:
    """Return what the model embedded before: vectors that ship with the project, and those of the index in service."""
    layers = [] if served is None else vectors_of(served.folder)
    kept = Known.of(*layers[0]) if planned.before is not None else None
    embedded = Embedded(embedder, Journal(sources.index, embedder.digest), kept)
    if held := shipped(sources.ranking, embedder.digest):
        embedded.knows(*held)
    for keys, vectors in layers if kept is None else layers[1:]:
        (embedded.knows if kept is None else embedded.goes_on)(keys, vectors)
    return embedded


def _copy(source: Path, target: Path) -> None:
    """Copy a folder, ended by the first OSError: `shutil.copytree` would gather them into one without a number."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
