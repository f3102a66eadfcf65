"""Make the built index from corpus, model and ranking: beside the old one, then swapped in."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout

from assistant.corpus import Corpus, Document, read_corpus
from assistant.corpus.folder import corpus_digest
from assistant.errors import BuiltIndexError, IndexBusy, IndexOutdated, IndexUnwritable
from assistant.index.asked import save_asked
from assistant.index.columns import Columns
from assistant.index.embedded import Embedded, shipped
from assistant.index.embedder import Embedder, Vectors, folder_digest, load_embedder
from assistant.index.head import Features, Head, Heads
from assistant.index.lexical import LexicalIndex
from assistant.index.library import save_library
from assistant.index.ranking import LANGUAGES, Ranking, load_ranking
from assistant.index.records import Row, record_text, rows_of, sentence_text
from assistant.index.store import (
    FORMAT,
    MEND,
    Generation,
    Manifest,
    checksums,
    open_current,
    publish,
    seal,
    tidy,
)
from assistant.index.vectors import VectorIndex
from assistant.index.wording import Wording
from assistant.language.words import Analyzer, vocabulary


class Progress(Protocol):
    """Hears what is being done, how much of it is done, and how much there is."""

    def __call__(self, name: str, done: int, total: int) -> None:
        """Tell it."""
        ...


# Of fewer near-misses nothing can be learned of how they are worded.
LEAST_NEAR_MISSES = 100
NAMES = {"da": "Danish", "en": "English"}


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

    Raises CorpusError, ModelError, IndexUnwritable, IndexBusy. `progress` hears what is being done, how much of it is
    done, and how much there is.
    """
    tell = progress or (lambda name, done, total: None)
    with _building(sources.index) as folder:
        tell("corpus", 0, 1)
        corpus = read_corpus(sources.corpus)
        tell("model", 0, 1)
        embedder = load_embedder(sources.model)
        ranking = load_ranking(sources.ranking)
        embedded = _known(sources, embedder)
        rows = rows_of(corpus.documents)
        write(folder, corpus, rows, ranking, embedded, tell)
        _copy(sources.ranking, folder / "ranking")
        tell("swap", 0, 1)
        manifest = Manifest(
            format=FORMAT,
            corpus=corpus.digest,
            model=embedder.digest,
            ranking=folder_digest(sources.ranking),
            dimension=embedder.dimension,
            counts={
                "documents": len(corpus.documents),
                "spans": len(rows),
                "questions": sum(map(len, corpus.questions.values())),
                "embedded again": embedded.new,
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


def _known(sources: Sources, embedder: Embedder) -> Embedded:
    """Return what the model embedded before: vectors that ship with the project, and those of the index in service."""
    embedded = Embedded(embedder)
    if held := shipped(sources.ranking, embedder.digest):
        embedded.knows(*held)
    try:
        generation = open_current(sources.index)
    except BuiltIndexError:
        return embedded
    if generation.manifest.model == embedder.digest and generation.manifest.dimension == embedder.dimension:
        arrays = (np.load(generation.folder / "vectors" / f"{name}.npy", "r") for name in ("keys", "vectors"))
        embedded.knows(*arrays)
    return embedded


def write(
    folder: Path, corpus: Corpus, rows: tuple[Row, ...], ranking: Ranking, embedded: Embedded, tell: Progress
) -> None:
    """Write all that a search reads, but the ranking itself."""
    save_library(folder / "documents", corpus)
    Columns.of(rows).save(folder / "columns")
    tell("words", 0, 1)
    known = vocabulary_of(corpus, ranking)
    write_words(folder / "words", known)
    analyzer = ranking.analyzer(known)
    write_lexical(folder, rows, analyzer)
    (folder / "vectors").mkdir()
    for language in LANGUAGES:
        _write_view(folder / "vectors", rows, language, embedded, tell)
    _write_questions(folder, corpus, rows, ranking, embedded, tell, analyzer)
    embedded.save(folder / "vectors")


def vocabulary_of(corpus: Corpus, ranking: Ranking) -> dict[str, frozenset[str]]:
    """Return the folded words that are known in each language: those that ship, and those of the documents."""
    spans = [s for d in corpus.documents for section in d.sections for p in section.passages for s in p.spans]
    sections = [section for document in corpus.documents for section in document.sections]
    texts = {
        "da": [document.text for document in corpus.documents],
        "en": [*(span.translation or "" for span in spans), *(section.title_en for section in sections)],
    }
    return {language: ranking.vocabulary[language] | vocabulary(texts[language]) for language in LANGUAGES}


def write_words(folder: Path, known: dict[str, frozenset[str]]) -> None:
    """Write the known words of each language, one a line."""
    folder.mkdir()
    for language, each in known.items():
        (folder / f"{language}.txt").write_text("\n".join(sorted(each)) + "\n", encoding="utf-8")


def write_lexical(folder: Path, rows: tuple[Row, ...], analyzer: Analyzer) -> None:
    """Write the terms of every row in each language; a row without translation has none in English."""
    for language in LANGUAGES:
        records = [analyzer.terms(record_text(row, language) or "", language) for row in rows]
        LexicalIndex.build(records).save(folder / f"words-{language}")


def _write_view(folder: Path, rows: tuple[Row, ...], language: str, embedded: Embedded, tell: Progress) -> None:
    """Write where the vectors of the rows' sentences and records stand, and the index of the records."""
    texts = [(sentence_text(row, language), record_text(row, language)) for row in rows]
    chosen = np.array([n for n, (sentence, _) in enumerate(texts) if sentence is not None], dtype=np.int64)
    np.save(folder / f"rows-{language}.npy", chosen)
    for place, name in enumerate(("sentence", "record")):
        some = [text for n in chosen if (text := texts[n][place]) is not None]
        places = embedded.passages(some, partial(tell, f"{name}s in {NAMES[language]}", total=len(some)))
        np.save(folder / f"{name}-{language}.npy", places)
        if name == "record" and some:
            VectorIndex.build(embedded.at(places)).save(folder / f"{name}-{language}.faiss")


def _write_questions(
    folder: Path,
    corpus: Corpus,
    rows: tuple[Row, ...],
    ranking: Ranking,
    embedded: Embedded,
    tell: Progress,
    analyzer: Analyzer,
) -> None:
    """Write anticipated questions and near-misses, and what each document's own teach."""
    at = {row.key: number for number, row in enumerate(rows)}
    asked = {d.id: [each.text for each in corpus.questions[d.id]] for d in corpus.documents}
    near = {d.id: [each.text for each in corpus.near_misses[d.id]] for d in corpus.documents}
    total = sum(map(len, [*asked.values(), *near.values()]))
    told = 0
    vectors: dict[str, tuple[Vectors, Vectors]] = {}
    for identity in asked:
        tell("questions", told, total)
        both = (embedded.at(embedded.questions(texts)) for texts in (asked[identity], near[identity]))
        vectors[identity] = next(both), next(both)
        told += len(asked[identity]) + len(near[identity])
    joined = [np.concatenate(each) for each in zip(*vectors.values(), strict=True)]
    save_asked(folder / "asked", corpus, at, joined[0], joined[1])
    heads = Heads(Features.around(embedded.at(embedded.questions(ranking.ordinary)).mean(axis=0)), {}, {})
    for number, document in enumerate(corpus.documents):
        tell("heads", number, len(corpus.documents))
        learn(heads, number, corpus, document, vectors[document.id][0], analyzer)
    heads.save(folder / "heads")


def learn(
    heads: Heads, number: int, corpus: Corpus, document: Document, questions: Vectors, analyzer: Analyzer
) -> None:
    """Fit what the questions of one document teach, and their near-misses; `questions` are the former's vectors."""
    asked, near = corpus.questions[document.id], corpus.near_misses[document.id]
    if not asked:
        return
    places = {row.span.id: place for place, row in enumerate(rows_of([document]))}
    targets = [[places[target] for target in each.targets] for each in asked]
    features = heads.features.of([each.text for each in asked], questions)
    heads.heads[number] = Head.fit(features, targets, len(places))
    if len(near) >= LEAST_NEAR_MISSES:
        answerable, unanswerable = ([(each.text, each.language) for each in some] for some in (asked, near))
        heads.wordings[number] = Wording.fit(answerable, unanswerable, analyzer)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder, ended by the first OSError: `shutil.copytree` would gather them into one without a number."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
