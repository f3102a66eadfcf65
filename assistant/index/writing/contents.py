"""Write what a search reads: documents, columns, words, vectors, questions and what these teach."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.corpus import Corpus, Document
from assistant.index.candidates.asked import save_asked
from assistant.index.candidates.lexical import LexicalIndex
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.columns import Columns
from assistant.index.embedder import Vectors
from assistant.index.learned.head import Features, Head, Heads
from assistant.index.learned.ranking import Ranking
from assistant.index.learned.wording import Wording
from assistant.index.library import save_library
from assistant.index.named import Named
from assistant.index.records import Row, headed_text, record_text, rows_of
from assistant.index.spoken import save_spoken
from assistant.index.store.mapped import index_file, places_file
from assistant.index.store.types import HEADED, NEAR_MISSES, QUESTIONS, RECORDS, SEARCHED, Progress
from assistant.index.writing.embedded import Embedded
from assistant.language.files import LANGUAGES
from assistant.language.words import Analyzer, vocabulary

# Of fewer near-misses nothing can be learned of how they are worded.
LEAST_NEAR_MISSES = 100
NAMES = {"da": "Danish", "en": "English"}


def write(
    folder: Path, corpus: Corpus, rows: tuple[Row, ...], ranking: Ranking, embedded: Embedded, tell: Progress
) -> None:
    """Write all that a search reads, but the ranking itself."""
    save_library(folder, corpus)
    Named.of(corpus).save(folder / "named")
    Columns.of(rows).save(folder / "columns")
    tell("words", 0, 1)
    known = vocabulary_of(corpus, ranking)
    write_words(folder / "words", known)
    analyzer = ranking.analyzer(known)
    write_lexical(folder, rows, analyzer)
    (folder / "vectors").mkdir()
    for language in LANGUAGES:
        _write_view(folder, rows, language, embedded, tell)
    _write_questions(folder, corpus, rows, ranking, embedded, tell, analyzer)
    save_spoken(folder / "spoken", embedded)
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
    """Write which rows have a language, and the vectors of these, with and without the title in front."""
    texts = [(headed_text(row, language), record_text(row, language)) for row in rows]
    chosen = np.array([n for n, (headed, _) in enumerate(texts) if headed is not None], dtype=np.int32)
    np.save(folder / "columns" / f"rows-{language}.npy", chosen)
    for place, space in enumerate((HEADED[language], RECORDS[language])):
        some = [text for n in chosen if (text := texts[n][place]) is not None]
        told = partial(
            tell, f"{'headed' if space == HEADED[language] else 'record'}s in {NAMES[language]}", total=len(some)
        )
        write_space(folder, space, embedded.passages(some, told), embedded)


def write_space(folder: Path, space: str, places: NDArray[np.int32], embedded: Embedded) -> None:
    """Write which vectors a space has, and an index of them where it is searched."""
    np.save(folder / places_file(space), places)
    if space in SEARCHED and len(places):
        VectorIndex.build(embedded.at(places)).save(folder / index_file(space))


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
    both = {
        name: {d.id: [each.text for each in some[d.id]] for d in corpus.documents}
        for name, some in ((QUESTIONS, corpus.questions), (NEAR_MISSES, corpus.near_misses))
    }
    total = sum(len(texts) for some in both.values() for texts in some.values())
    tell("questions", 0, total)
    places = {name: {i: embedded.questions(texts) for i, texts in some.items()} for name, some in both.items()}
    for name, some in places.items():
        write_space(folder, name, np.concatenate(list(some.values())), embedded)
    save_asked(folder / "asked", corpus, at)
    ordinary = embedded.at(embedded.questions(ranking.ordinary)).astype(np.float32)
    heads = Heads(Features.around(ordinary.mean(axis=0)), {}, {})
    for number, document in enumerate(corpus.documents):
        tell("heads", number, len(corpus.documents))
        own = embedded.at(places[QUESTIONS][document.id]).astype(np.float32)
        learn(heads, number, corpus, document, own, analyzer)
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
