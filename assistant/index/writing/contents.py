"""Write what a search reads: documents, columns, words, vectors, questions and what these teach."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.glossary import Entry as Glossed
from assistant.index.candidates.asked import save_asked
from assistant.index.candidates.lexical import LexicalIndex, hashes_of
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.learned.ranking import load_ranking, read_words
from assistant.index.library import save_catalogue
from assistant.index.named import Named
from assistant.index.records import record_text
from assistant.index.spoken import save_spoken
from assistant.index.store.files import LARGE
from assistant.index.store.layers import FRESH, layers_file
from assistant.index.store.mapped import KEYS, STARTS, TEXTS, VECTORS, MappedTexts, index_file, places_file, write_texts
from assistant.index.store.types import DOCUMENTS, HEADED, NEAR_MISSES, QUESTIONS, RECORDS, ROWS, SEARCHED, Progress
from assistant.index.writing.embedded import KEY, Embedded
from assistant.index.writing.parts import rows_in, texts_of, write_parts
from assistant.index.writing.plan import Before, Plan
from assistant.index.writing.taught import write_taught
from assistant.index.writing.vocabulary import write_words
from assistant.index.writing.workers import Workers
from assistant.language.files import LANGUAGES
from assistant.language.words import Analyzer

NAMES = {HEADED["da"]: "headed in Danish", HEADED["en"]: "headed in English"} | {
    RECORDS["da"]: "records in Danish",
    RECORDS["en"]: "records in English",
}
# Documents whose words are looked up at once.
TOGETHER = 8
# How much longer the lines of a document are than its text.
SPARE = 4


def write(
    folder: Path,
    plan: Plan,
    glossary: Sequence[Glossed],
    ranking: Path,
    embedded: Embedded,
    served: Path | None,
    workers: Workers,
) -> None:
    """Write all that a search reads, but the ranking itself; `ranking` is where that lies. `served` is the folder of
    the version in service, where it is of the same model, ranking and release.
    """
    _write_entries(folder, plan, glossary)
    layer = folder if plan.before is None else folder / FRESH
    if plan.before is not None:
        take_base(plan.before, folder)
        (layer / "documents").mkdir(parents=True)
    chosen = np.flatnonzero(plan.fresh).tolist()
    write_texts(layer, (line for number in chosen for line in plan.lines(number)))
    _write_layers(folder, plan, (DOCUMENTS, ROWS))
    write_words(folder / "words", plan.known)
    _write_lexical(layer, len(chosen), folder / "words", ranking, workers)
    for place in {folder, layer}:
        (place / "vectors").mkdir(exist_ok=True)
    for language in LANGUAGES:
        for space in (HEADED[language], RECORDS[language]):
            _write_space(folder, layer, plan, space, _embedded_rows(plan, space, embedded, workers.tell), embedded)
    _write_questions(folder, layer, plan, ranking, embedded, served, workers.tell)
    save_spoken(folder / "spoken", embedded)
    embedded.save(layer / "vectors")


def _write_entries(folder: Path, plan: Plan, glossary: Sequence[Glossed]) -> None:
    """Write what is put together from the entries of all documents, and their columns."""
    save_catalogue(folder, plan.entries, glossary)
    write_parts(folder, plan.entries)
    Named.joined((entry.named for entry in plan.entries), glossary).save(folder / "named")
    columns = plan.columns()
    columns.save(folder / "columns")
    np.save(folder / "columns" / "rows-da.npy", np.arange(columns.count, dtype=np.int32))
    np.save(folder / "columns" / "rows-en.npy", np.flatnonzero(columns.translated).astype(np.int32))


def take_base(before: Before, folder: Path) -> None:
    """Take over the files of the base; large ones are the same files, which nobody writes to again."""
    old = before.generation.folder
    words = [path for each in LANGUAGES for path in sorted((old / f"words-{each}").iterdir())]
    indexes = [path for space in SEARCHED if (path := old / index_file(space)).exists()]
    for path in [*(old / name for name in (VECTORS, KEYS, TEXTS, STARTS)), *words, *indexes]:
        place = folder / path.relative_to(old)
        place.parent.mkdir(exist_ok=True)
        if path.stat().st_size >= LARGE:
            with suppress(OSError):  # a disk without such links
                os.link(path, place)
                continue
        shutil.copyfile(path, place)


def _write_layers(folder: Path, plan: Plan, names: Sequence[str]) -> None:
    """Write in which layer things are, where there are two."""
    for name in names if plan.before is not None else ():
        np.save(layers_file(folder, name), plan.layers(name).local)


def _write_lexical(layer: Path, documents: int, known: Path, ranking: Path, workers: Workers) -> None:
    """Write the terms of the rows of a layer in each language; a row without translation has none in English."""
    jobs = [
        (layer, range(begin, min(begin + TOGETHER, documents)), known, ranking)
        for begin in range(0, documents, TOGETHER)
    ]
    analyzer_of.cache_clear()
    found = list(workers.each("words", (layer / TEXTS).stat().st_size // SPARE, terms_of, jobs))
    for number, language in enumerate(LANGUAGES):
        hashes, lengths = (np.concatenate([each[number][n] for each in found]) for n in (0, 1))
        LexicalIndex.of(hashes, lengths).save(layer / f"words-{language}")


def terms_of(
    layer: Path, documents: range, known: Path, ranking: Path
) -> list[tuple[NDArray[np.uint64], NDArray[np.int32]]]:
    """Return by language the hashes of the terms of some documents' rows, and how many each row has."""
    analyzer, texts = analyzer_of(known, ranking), MappedTexts.of(layer)
    rows = [row for number in documents for row in rows_in(texts.read(number, 0))]
    return [hashes_of([analyzer.terms(record_text(row, each) or "", each) for row in rows]) for each in LANGUAGES]


@lru_cache(maxsize=1)
def analyzer_of(known: Path, ranking: Path) -> Analyzer:
    """Return what splits texts into terms, given the folder of the known words; a process makes it once a build."""
    return load_ranking(ranking).analyzer({each: read_words(known / f"{each}.txt") for each in LANGUAGES})


def _embedded_rows(plan: Plan, space: str, embedded: Embedded, tell: Progress) -> NDArray[np.int32]:
    """Return where the vectors of a text of the rows read anew are."""
    keys = [part.keys[space] for _, part in sorted(plan.parts.items())]
    starts = np.cumsum([0, *map(len, keys)])

    @lru_cache(maxsize=2)
    def texts(place: int) -> list[str]:
        return texts_of(rows_in(plan.parts[sorted(plan.parts)[place]].lines[0]), space)

    def at(numbers: list[int]) -> list[str]:
        places = (starts.searchsorted(numbers, "right") - 1).tolist()
        return [texts(place)[number - int(starts[place])] for place, number in zip(places, numbers, strict=True)]

    flat = np.concatenate(keys) if keys else np.zeros(0, dtype=KEY)
    return embedded.passages_of(flat, at, partial(tell, NAMES[space], total=len(flat)))


def _write_space(
    folder: Path, layer: Path, plan: Plan, space: str, made: NDArray[np.int32], embedded: Embedded
) -> None:
    """Write which vectors a space has, and an index of those of the layer where it is searched."""
    old = plan.before.places(space) if plan.before is not None else None
    places = plan.joined(space, made, old)
    write_space(folder, layer, plan, space, places, embedded)


def write_space(
    folder: Path, layer: Path, plan: Plan, space: str, places: NDArray[np.int32], embedded: Embedded
) -> None:
    """Write the places of a space's vectors, and an index of those of the layer where it is searched."""
    np.save(folder / places_file(space), places)
    if space not in SEARCHED:
        return
    _write_layers(folder, plan, [space])
    if plan.before is not None:
        places = places[plan.layers(space).fresh]
    if len(places):
        VectorIndex.build(embedded.at(places)).save(layer / index_file(space))


def _write_questions(
    folder: Path, layer: Path, plan: Plan, ranking: Path, embedded: Embedded, served: Path | None, tell: Progress
) -> None:
    """Write anticipated questions and near-misses, and what each document's own teach."""
    both = {
        QUESTIONS: [each.text for entry in plan.entries for each in entry.questions],
        NEAR_MISSES: [each.text for entry in plan.entries for each in entry.near_misses],
    }
    tell("questions", 0, sum(map(len, both.values())))
    places = {name: embedded.questions(texts) for name, texts in both.items()}
    for name, some in places.items():
        write_space(folder, layer, plan, name, some, embedded)
    save_asked(folder / "asked", plan.entries)
    analyzer = analyzer_of(folder / "words", ranking)
    write_taught(folder, plan, places[QUESTIONS], ranking, analyzer, embedded, served, tell)
