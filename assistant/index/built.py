"""Open a verified generation: its library and a searcher over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.candidates.asked import AskedBefore
from assistant.index.candidates.lexical import LexicalIndex, Rarity
from assistant.index.candidates.vectors import Matrix, VectorIndex
from assistant.index.candidates.view import View
from assistant.index.columns import Columns
from assistant.index.embedder import Embedder
from assistant.index.head import Heads
from assistant.index.library import Library
from assistant.index.named import Named
from assistant.index.ranking import Ranking, load_ranking, read_words
from assistant.index.recent import Recent
from assistant.index.search import Searcher
from assistant.index.spoken import Spoken
from assistant.index.store import Generation
from assistant.language.files import LANGUAGES
from assistant.settings import material


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """A generation in service; `words` holds the folded words known in each language."""

    version: str
    generation: Generation
    library: Library
    ranking: Ranking
    words: dict[str, frozenset[str]]
    named: Named
    searcher: Searcher


def load_built(generation: Generation, embedder: Embedder) -> BuiltIndex:
    """Map a verified generation. Raises ModelError where the model does not fit the vectors."""
    if generation.manifest.dimension != embedder.dimension or generation.manifest.model != embedder.digest:
        raise ModelError(
            f"{generation.folder}: the index was built with another model (dimension {generation.manifest.dimension}, "
            f"not {embedder.dimension}). Run 'assistant index build', or set ASSISTANT_MODEL as it was."
        )
    folder = generation.folder
    ranking = load_ranking(folder / "ranking")
    words = {language: read_words(folder / "words" / f"{language}.txt") for language in LANGUAGES}
    columns = Columns.load(folder / "columns")
    vectors = _array(folder / "vectors" / "vectors.npy")
    searcher = Searcher(
        library=Library(folder / "documents"),
        columns=columns,
        analyzer=ranking.analyzer(words),
        rarity=Rarity(material("index/model") / "tokenizer.json"),
        views={language: _view(folder / "vectors", language, vectors, columns) for language in LANGUAGES},
        lexical={language: LexicalIndex.load(folder / f"words-{language}") for language in LANGUAGES},
        heads=Heads.load(folder / "heads"),
        weights=ranking.weights,
        recent=Recent(embedder, AskedBefore.load(folder / "asked"), Spoken.of(folder / "vectors", vectors, embedder)),
    )
    named = Named.load(folder / "named")
    return BuiltIndex(generation.version, generation, searcher.library, ranking, words, named, searcher)


def _view(folder: Path, language: str, vectors: NDArray[np.float16], columns: Columns) -> View:
    rows = _array(folder / f"rows-{language}.npy")
    places = np.full(columns.count, -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    matrices = {name: Matrix(vectors, _array(folder / f"{name}-{language}.npy")) for name in ("headed", "record")}
    index = folder / f"record-{language}.faiss"
    return View(VectorIndex.load(index) if index.exists() else None, matrices, places, rows)


def _array(path: Path) -> Any:
    return np.asarray(np.load(path, "r", allow_pickle=False))
