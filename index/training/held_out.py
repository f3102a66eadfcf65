"""Look every question up by parts that were trained without it: what weights and refusal are fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import static_model
from answerability import train_wording
from classifier import train_classifier
from fusion import Seen, see
from material import Example, Material
from tokenizers import Tokenizer

from assistant.answering.question import understand
from assistant.index.classifier import Classifier
from assistant.index.embedder import Vectors
from assistant.index.lexical import LexicalIndex
from assistant.index.records import record_text
from assistant.index.search import PLAIN_SIGNALS, SIGNALS, AskedBefore, Searcher, Weights
from assistant.index.vectors import VectorIndex
from assistant.language.words import Analyzer

FOLDS = 5
UNFITTED = Weights(
    {language: np.full(len(SIGNALS), 0.3, dtype=np.float32) for language in ("da", "en")},
    {language: np.full(len(PLAIN_SIGNALS), 0.3, dtype=np.float32) for language in ("da", "en")},
)


@dataclass
class Tokens:
    """An embedder over token vectors in memory."""

    tokenizer: Tokenizer
    vectors: np.ndarray
    digest: str = "in training"

    @property
    def dimension(self) -> int:
        """How long a vector is."""
        return int(self.vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimension)."""
        encoded = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        means = np.array([self.vectors[e.ids].mean(axis=0) if e.ids else np.zeros(self.dimension) for e in encoded])
        norms = np.linalg.norm(means, axis=1, keepdims=True)
        return np.asarray(means / np.where(norms > 0, norms, 1), dtype=np.float32)


def folds_of(examples: Sequence[Example]) -> np.ndarray:
    """Fold by the pass that a question was written in, in each language: paraphrases of one writer stay together."""
    numbers: dict[tuple[str, str], int] = {}
    for language, voice in sorted({(example.language, example.voice) for example in examples}):
        numbers[language, voice] = sum(known == language for known, _ in numbers) % FOLDS
    return np.array([numbers[example.language, example.voice] for example in examples])


def held_out(
    material: Material, analyzer: Analyzer, tokenizer: Tokenizer, start: np.ndarray, share: float
) -> tuple[list[Seen], list[Seen], Searcher]:
    """Look up every question and near-miss by parts that were trained without its fold, on a share of the others."""
    folds = folds_of(material.examples)
    if share == 0:
        folds[:] = 0  # nothing is trained on, so one set of parts serves all
    kept = np.random.default_rng(3).random(len(folds)) < share
    lacking = [Example(each.text, each.language, (), each.voice) for each in material.negatives]
    lacking_folds = folds_of(lacking)
    positives: list[Seen] = []
    negatives: list[Seen] = []
    for fold_number in sorted(set(folds.tolist())):
        training = [e for e, f, keep in zip(material.examples, folds, kept, strict=True) if f != fold_number and keep]
        without = [each for each, fold in zip(lacking, lacking_folds, strict=True) if fold != fold_number]
        templates = material.templates if share == 1.0 else ()
        searcher = assemble(material, [*training, *templates], training, without, analyzer, tokenizer, start)
        wording = wording_of(training, without, analyzer) if training else None
        tested = [e for e, f in zip(material.examples, folds, strict=True) if f == fold_number]
        positives += see(searcher, tested, wording, fold_number)
        lacked = [each for each, fold in zip(lacking, lacking_folds, strict=True) if fold == fold_number]
        negatives += see(searcher, lacked, wording, fold_number)
    return positives, negatives, searcher


def wording_of(positives: Sequence[Example], negatives: Sequence[Example], analyzer: Analyzer) -> Classifier:
    """Train the wording classifier on the asking clauses."""
    both = [(understand(e.text, e.language).clause, e.language) for e in (*positives, *negatives)]
    return train_wording(both, [True] * len(positives) + [False] * len(negatives), analyzer)


def assemble(
    material: Material,
    examples: list[Example],
    asked: list[Example],
    lacking: list[Example],
    analyzer: Analyzer,
    tokenizer: Tokenizer,
    start: np.ndarray,
) -> Searcher:
    """Train all parts on the given questions and put them together."""
    embedder = Tokens(tokenizer, static_model.train(material, examples, tokenizer, start))
    if not asked:  # as for a document that nobody has written questions for
        return searcher_of(material, analyzer, embedder, None, None)
    questions = VectorIndex.build(embedder.embed([each.text for each in asked]))
    near_misses = VectorIndex.build(embedder.embed([each.text for each in lacking]))
    asked_before = AskedBefore(questions, tuple(each.rows for each in asked), near_misses)
    classifier = train_classifier(examples, [row.key for row in material.rows], analyzer)
    return searcher_of(material, analyzer, embedder, asked_before, classifier)


def searcher_of(
    material: Material,
    analyzer: Analyzer,
    embedder: Tokens,
    asked_before: AskedBefore | None,
    classifier: Classifier | None,
) -> Searcher:
    """Put trained parts together over the rows of the material."""
    records = {language: [record_text(row, language) for row in material.rows] for language in ("da", "en")}
    return Searcher(
        rows=material.rows,
        analyzer=analyzer,
        embedder=embedder,
        lexical={k: LexicalIndex.build([analyzer.terms(text, k) for text in each]) for k, each in records.items()},
        spans={k: VectorIndex.build(embedder.embed(each)) for k, each in records.items()},
        asked_before=asked_before,
        classifier=classifier,
        weights=UNFITTED,
    )
