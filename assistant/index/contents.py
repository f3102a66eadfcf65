"""Write what a search reads: documents, columns, words, vectors, questions and what these teach."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.corpus import Corpus, Document
from assistant.index.candidates.asked import save_asked
from assistant.index.candidates.lexical import LexicalIndex
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.columns import Columns
from assistant.index.embedded import Embedded
from assistant.index.embedder import Vectors
from assistant.index.head import Features, Head, Heads
from assistant.index.library import save_library
from assistant.index.named import Named
from assistant.index.ranking import Ranking
from assistant.index.records import Row, headed_text, record_text, rows_of
from assistant.index.spoken import save_spoken
from assistant.index.wording import Wording
from assistant.language.files import LANGUAGES
from assistant.language.words import Analyzer, vocabulary

# Of fewer near-misses nothing can be learned of how they are worded.
LEAST_NEAR_MISSES = 100
NAMES = {"da": "Danish", "en": "English"}


class Progress(Protocol):
    """Hears what is being done, how much of it is done, and how much there is."""

    def __call__(self, name: str, done: int, total: int) -> None:
        """Tell it."""
        ...


def write(
    folder: Path, corpus: Corpus, rows: tuple[Row, ...], ranking: Ranking, embedded: Embedded, tell: Progress
) -> None:
    """Write all that a search reads, but the ranking itself."""
    save_library(folder / "documents", corpus)
    Named.of(corpus).save(folder / "named")
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
    save_spoken(folder / "vectors", embedded)
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
    """Write where the vectors of the rows stand, with and without the title in front, and the index of the former."""
    texts = [(headed_text(row, language), record_text(row, language)) for row in rows]
    chosen = np.array([n for n, (headed, _) in enumerate(texts) if headed is not None], dtype=np.int64)
    np.save(folder / f"rows-{language}.npy", chosen)
    for place, name in enumerate(("headed", "record")):
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
