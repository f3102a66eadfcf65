"""Ask questions of an index as if those of one writer at a time had never been written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from material import CORPUS, Example, anticipated, asked_of_others, gather, near_misses
from numpy.typing import NDArray

from assistant.answering import Assistant
from assistant.answering.finding import Finding
from assistant.corpus import Corpus, read_corpus
from assistant.index.build import build_index, check_index
from assistant.index.built import BuiltIndex, load_built
from assistant.index.candidates.asked import AskedBefore
from assistant.index.candidates.vectors import VectorIndex
from assistant.index.embedder import Embedder, Told, Vectors, load_embedder
from assistant.index.learned.head import Heads
from assistant.index.learned.wordings import wordings
from assistant.index.recent import Recent
from assistant.index.records import headed_text, record_text, rows_of
from assistant.index.spoken import examples
from assistant.index.weighing import TAUGHT, Weights
from assistant.index.writing.embedded import key_of
from assistant.index.writing.parts import Asked, questions_of
from assistant.index.writing.taught import Kept, learn
from assistant.language.files import LANGUAGES
from assistant.settings import Settings

FOLDS = 5


class Remembering:
    """An embedder that embeds each question once."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder, self.digest, self.dimension = embedder, embedder.digest, embedder.dimension
        self.known: dict[bytes, Vectors] = {}

    def knows(self, keys: NDArray[np.bytes_], vectors: NDArray[np.float16]) -> None:
        """Take over vectors that were made by the same model."""
        self.known.update(zip(keys.tolist(), vectors.astype(np.float32), strict=True))

    def questions(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of questions."""
        keys = {text: key_of("question", text) for text in texts}
        new = [text for text, key in keys.items() if key not in self.known]
        if new:
            self.known.update(zip((keys[text] for text in new), self.embedder.questions(new, told), strict=True))
        return np.stack([self.known[keys[text]] for text in texts])

    def passages(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of passages."""
        return self.embedder.passages(texts, told)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found for a question: `right` and `section` tell of every candidate whether it is right and whether it
    stands in a right section; `known` is whether the document's own other questions were there to help.
    """

    example: Example
    finding: Finding
    right: NDArray[np.bool_]
    section: NDArray[np.bool_]
    known: bool

    @property
    def signals(self) -> NDArray[np.float32]:
        """The signals of the candidates; in other documents, what their questions teach as far as it is due."""
        look, searcher = self.finding.evidence.look, self.finding.evidence.searcher
        signals = look.signals.copy()
        for number in look.like:
            if searcher.library.ids[number] != self.example.document:
                signals[np.ix_(look.documents == number, TAUGHT)] *= look.due(number)
        return signals


class Laboratory:
    """An index of all documents with questions left out at will."""

    def __init__(self, folder: Path) -> None:
        gather_into = folder / "corpus"
        shutil.rmtree(gather_into, ignore_errors=True)
        gather_into.mkdir(parents=True)
        gather(gather_into)
        environ = {"ASSISTANT_CORPUS": str(gather_into), "ASSISTANT_INDEX": str(folder / "built")}
        self.settings = Settings.from_environment(environ)
        build_index(self.settings)
        self.embedder = Remembering(load_embedder(self.settings.model))
        self.built: BuiltIndex = load_built(check_index(self.settings), self.embedder)
        vectors = self.built.generation.folder / "vectors"
        self.embedder.knows(np.load(vectors / "keys.npy"), np.load(vectors / "vectors.npy"))
        self.corpus: Corpus = read_corpus(gather_into)
        self.rows = {row.key: n for n, row in enumerate(rows_of(self.corpus.documents))}
        self.examples = anticipated(self.corpus)
        self.unanswerable = near_misses(self.corpus)
        self.others = asked_of_others()
        self.embedder.questions([each.text for each in (*self.examples, *self.unanswerable, *self.others)])

    def without(self, fold: int | None) -> Assistant:
        """Return an assistant that knows no anticipated question of a fold; of none at all where `fold` is None."""
        kept = (
            []
            if fold is None
            else [e for e, f in zip(self.examples, folds_of(self.examples), strict=True) if f != fold]
        )
        near = (
            []
            if fold is None
            else [e for e, f in zip(self.unanswerable, folds_of(self.unanswerable), strict=True) if f != fold]
        )
        searcher = self.built.searcher
        heads = Heads(searcher.heads.features, {}, {})
        ordinary = self.built.ranking.ordinary
        others = heads.features.of(ordinary, self.embedder.questions(ordinary))
        for number, document in enumerate(self.corpus.documents):
            own, other = ([e for e in some if e.document == document.id] for some in (kept, near))
            rows = rows_of([document])
            asked = questions_of([each.source for each in own], rows)
            missed = [Asked(each.text, each.language) for each in other]
            learn(heads, number, asked, missed, len(rows), self._vectors(own), others, searcher.analyzer, Kept())
        recent = Recent(self.embedder, self._asked(kept, near), searcher.recent.spoken)
        return Assistant(replace(self.built, searcher=replace(searcher, recent=recent, heads=heads)))

    def weigh_by(self, weights: Weights) -> None:
        """Let all further looks be weighed anew."""
        self.built = replace(self.built, searcher=replace(self.built.searcher, weights=weights))

    def whole(self) -> Assistant:
        """Return an assistant that knows every anticipated question."""
        return Assistant(self.built)

    def look(
        self, assistant: Assistant, examples: Sequence[Example], known: bool, alone: bool = False
    ) -> Iterator[Seen]:
        """Ask examples, of all documents or each of its own alone."""
        columns = self.built.searcher.columns
        for example in examples:
            document = example.document if alone else None
            finding = assistant.finder.find(example.text, example.language, (), document)
            rows = finding.evidence.rows
            numbers = [self.rows[key] for key in example.right]
            right = np.isin(rows, numbers)
            section = np.isin(columns.section[rows], columns.section[numbers]) if numbers else right
            yield Seen(example, finding, right, section, known)

    def shipped(self) -> set[bytes]:
        """Return the keys of the texts that an index of the documents that ship embeds."""
        own = {path.name for path in CORPUS.iterdir() if path.is_dir()}
        rows = [row for document in self.corpus.documents if document.id in own for row in rows_of([document])]
        texts = [text(row, language) for row in rows for language in LANGUAGES for text in (headed_text, record_text)]
        asked = [each.text for each in (*self.examples, *self.unanswerable) if each.document in own]
        asked += [*self.built.ranking.ordinary, *(text for _, text in (*examples(), *wordings()))]
        return {key_of("passage", text) for text in texts if text} | {key_of("question", text) for text in asked}

    def _vectors(self, examples: Sequence[Example]) -> Vectors:
        if not examples:
            return np.zeros((0, self.embedder.dimension), dtype=np.float32)
        return self.embedder.questions([each.text for each in examples])

    def _asked(self, kept: Sequence[Example], near: Sequence[Example]) -> AskedBefore:
        targets = [[self.rows[key] for key in each.right] for each in kept]
        numbers = self.built.library.numbers
        return AskedBefore(
            VectorIndex.build(self._vectors(kept)) if kept else None,
            np.cumsum([0, *map(len, targets)], dtype=np.int64),
            np.array([row for each in targets for row in each], dtype=np.int64),
            VectorIndex.build(self._vectors(near)) if near else None,
            np.array([numbers[each.document] for each in near], dtype=np.int64),
        )


def folds_of(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Fold by the pass that a question was written in, in each language: paraphrases of one writer stay together."""
    numbers: dict[tuple[str, str], int] = {}
    for language, voice in sorted({(example.language, example.voice) for example in examples}):
        numbers[language, voice] = sum(known == language for known, _ in numbers) % FOLDS
    return np.array([numbers[example.language, example.voice] for example in examples])
