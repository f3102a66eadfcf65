"""Open a verified generation: its corpus and a searcher over it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.corpus import Corpus
from assistant.corpus.serial import corpus_from_json
from assistant.errors import ModelError
from assistant.index.embedder import Embedder
from assistant.index.lexical import LexicalIndex
from assistant.index.ranking import LANGUAGES, Ranking, load_ranking
from assistant.index.records import rows_of
from assistant.index.search import AskedBefore, Row, Searcher
from assistant.index.store import Generation
from assistant.index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class BuiltIndex:
    """A generation in memory."""

    version: str
    generation: Generation
    corpus: Corpus
    ranking: Ranking
    searcher: Searcher


def load_built(generation: Generation, embedder: Embedder) -> BuiltIndex:
    """Load a verified generation. Raises ModelError where the model does not fit the vectors."""
    if generation.manifest.dimension != embedder.dimension or generation.manifest.model != embedder.digest:
        raise ModelError(
            f"{generation.folder}: the index was built with another model (dimension {generation.manifest.dimension}, "
            f"not {embedder.dimension}). Run 'assistant index build', or set ASSISTANT_MODEL as it was."
        )
    folder = generation.folder
    corpus = corpus_from_json(json.loads((folder / "corpus.json").read_text(encoding="utf-8")))
    ranking = load_ranking(folder / "ranking")
    rows = rows_of(corpus.documents)
    searcher = Searcher(
        rows=rows,
        analyzer=ranking.analyzer(),
        embedder=embedder,
        lexical={language: LexicalIndex.load(folder / f"bm25-{language}") for language in LANGUAGES},
        spans={language: VectorIndex.load(folder / f"spans-{language}.faiss") for language in LANGUAGES},
        asked_before=_asked_before(generation, corpus, rows),
        classifier=ranking.classifier,
        weights=ranking.weights,
    )
    return BuiltIndex(generation.version, generation, corpus, ranking, searcher)


def _asked_before(generation: Generation, corpus: Corpus, rows: tuple[Row, ...]) -> AskedBefore | None:
    at = {row.key: number for number, row in enumerate(rows)}
    targets = tuple(
        tuple(at[f"{document}/{target}"] for target in question.targets)
        for document, questions in corpus.questions.items()
        for question in questions
    )
    if not targets:
        return None
    near = generation.folder / "near-misses.faiss"
    vectors = VectorIndex.load(generation.folder / "questions.faiss")
    return AskedBefore(vectors, targets, VectorIndex.load(near) if near.exists() else None)
