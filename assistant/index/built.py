"""Open a verified generation: its library and a searcher over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.errors import ModelError
from assistant.index.addressed import Addressed
from assistant.index.candidates.asked import AskedBefore
from assistant.index.candidates.lexical import Rarity, load_words
from assistant.index.candidates.view import View
from assistant.index.columns import Columns
from assistant.index.embedder import Embedder
from assistant.index.learned.head import Heads
from assistant.index.learned.lexicon import FILE as LEXICON
from assistant.index.learned.lexicon import read_lexicon
from assistant.index.learned.ranking import Ranking, load_ranking, read_words
from assistant.index.learned.wordings import Wordings
from assistant.index.library import Library
from assistant.index.named import Named
from assistant.index.recent import Recent
from assistant.index.search import Searcher
from assistant.index.spoken import Spoken
from assistant.index.store import Generation
from assistant.index.store.mapped import index_of
from assistant.index.store.types import RECORDS
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
    library = Library(folder, generation.held.texts())
    heads = Heads.load(folder / "heads")
    searcher = Searcher(
        library=library,
        columns=columns,
        analyzer=ranking.analyzer(words),
        rarity=Rarity(material("index/model") / "tokenizer.json"),
        views={language: _view(generation, language, columns) for language in LANGUAGES},
        lexical={language: load_words(folder, language) for language in LANGUAGES},
        heads=heads,
        wordings=Wordings.load(folder / "wordings", heads.features),
        weights=ranking.weights,
        recent=Recent(embedder, AskedBefore.load(folder), Spoken.load(folder / "spoken", embedder)),
        lexicon=read_lexicon(folder / "ranking" / LEXICON),
        addressed=Addressed(library.summaries),
    )
    named = Named.load(folder / "named")
    return BuiltIndex(generation.version, generation, library, ranking, words, named, searcher)


def _view(generation: Generation, language: str, columns: Columns) -> View:
    rows = np.asarray(np.load(generation.folder / "columns" / f"rows-{language}.npy", "r", allow_pickle=False))
    places = np.full(columns.count, -1, dtype=np.int32)
    places[rows] = np.arange(len(rows))
    index = index_of(generation.folder, RECORDS[language])
    return View(index, generation.held.compared(language), places, rows)
