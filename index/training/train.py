"""Make `index/model` and `index/ranking` from the project's own text: `python index/training/train.py`.

Prints the cross-validated learning curve; `--curve` adds the points with fewer questions. Seeded: the same text gives
the same files on the same versions of the libraries.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import simplemma
import static_model
import torch
from answerability import curve, train_network, train_wording
from classifier import train_classifier
from fusion import Seen, fit_weights, recall, see
from material import ROOT, Example, Material, read_material
from tokenizers import Tokenizer

from assistant.answering.answerability import Answerability, clues, familiar_of
from assistant.answering.question import understand
from assistant.answering.refusal import CALIBRATION
from assistant.index.analysis import Analyzer, stem, vocabulary, words
from assistant.index.classifier import Classifier
from assistant.index.embedder import StaticEmbedder, Vectors, folder_digest
from assistant.index.lexical import LexicalIndex
from assistant.index.ranking import Ranking, save_ranking
from assistant.index.records import record_text
from assistant.index.search import PLAIN_SIGNALS, SIGNALS, AskedBefore, Searcher, Weights
from assistant.index.vectors import VectorIndex

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


def main() -> None:
    """Train, cross-validate, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--curve", action="store_true", help="also print the learning curve")
    options.add_argument("--out", type=Path, default=ROOT / "index")
    chosen = options.parse_args()
    torch.set_num_threads(2)
    begun = time.perf_counter()
    material = read_material()
    known = {language: vocabulary(material.texts(language)) for language in ("da", "en")}
    lemmas = {language: irregular_lemmas(known_words(material, language), language) for language in ("da", "en")}
    analyzer = Analyzer(known["da"] | known["en"], lemmas)
    tokenizer = static_model.train_tokenizer([text for language in ("da", "en") for text in material.texts(language)])
    start = static_model.initial_vectors(tokenizer, material)
    print(f"{len(material.examples)} questions, {len(material.templates)} from templates, {len(material.negatives)} near-misses, "
          f"{len(material.lexicon)} lexicon pairs, {tokenizer.get_vocab_size()} tokens; {time.perf_counter() - begun:.0f} s")
    shares = (0.1, 0.25, 0.5, 0.75, 1.0) if chosen.curve else (1.0,)
    for share in shares:
        positives, negatives, searcher = held_out(material, analyzer, tokenizer, start, share)
        weights = fit_weights(positives, searcher.sections)
        report(share, positives, weights, searcher.sections)
        print(f"  {time.perf_counter() - begun:.0f} s")
    refusal, thresholds = fit_refusal(material, positives, negatives, searcher, weights)
    vectors = static_model.train(material, [*material.examples, *material.templates], tokenizer, start)
    ranking = Ranking(
        train_classifier([*material.examples, *material.templates], [row.key for row in material.rows], analyzer),
        weights, lemmas, known,
    )
    save(chosen.out, tokenizer, vectors, ranking, refusal)
    # A first threshold; 'assistant eval --calibrate' chooses it on questions of other writers.
    (chosen.out / "ranking" / CALIBRATION).write_text(json.dumps(thresholds), encoding="utf-8")
    print(f"saved; {time.perf_counter() - begun:.0f} s")


def known_words(material: Material, language: str) -> set[str]:
    """Return the lower-case words of a language's texts, unfolded."""
    return {word for text in material.texts(language) for word in words(text) if word.isalpha()}


def irregular_lemmas(known: set[str], language: str) -> dict[str, str]:
    """Return the base form of every word whose stem is another than its base form's ("børn": "barn")."""
    lemmas = {word: simplemma.lemmatize(word, lang=language).lower() for word in sorted(known)}
    return {word: lemma for word, lemma in lemmas.items() if stem(word, language) != stem(lemma, language)}


def fold_of(number: int, example: Example, voices: dict[str, int]) -> int:
    """Fold Danish by the pass it was written in, English (one pass) by turns."""
    return voices[example.voice] % FOLDS if example.language == "da" else number % FOLDS


def held_out(
    material: Material, analyzer: Analyzer, tokenizer: Tokenizer, start: np.ndarray, share: float
) -> tuple[list[Seen], list[Seen], Searcher]:
    """Look up every question and near-miss by parts that were trained without its fold, on a share of the others."""
    voices = {voice: n for n, voice in enumerate(sorted({e.voice for e in material.examples if e.language == "da"}))}
    folds = np.array([fold_of(n, example, voices) for n, example in enumerate(material.examples)])
    kept = np.random.default_rng(3).random(len(folds)) < share
    lacking = [Example(each.text, each.language, (), "near-miss") for each in material.negatives]
    positives: list[Seen] = []
    negatives: list[Seen] = []
    for fold_number in range(FOLDS):
        training = [e for e, f, keep in zip(material.examples, folds, kept, strict=True) if f != fold_number and keep]
        without = [each for n, each in enumerate(lacking) if n // 8 % FOLDS != fold_number]
        templates = material.templates if share == 1.0 else ()
        searcher = assemble(material, [*training, *templates], training, without, analyzer, tokenizer, start)
        wording = wording_of(training, without, analyzer)
        tested = [e for e, f in zip(material.examples, folds, strict=True) if f == fold_number]
        positives += see(searcher, tested, wording)
        negatives += see(searcher, [e for n, e in enumerate(lacking) if n // 8 % FOLDS == fold_number], wording)
    return positives, negatives, searcher


def wording_of(positives: Sequence[Example], negatives: Sequence[Example], analyzer: Analyzer) -> Classifier:
    """Train the wording classifier on the asking clauses."""
    both = [(understand(e.text, e.language).clause, e.language) for e in (*positives, *negatives)]
    return train_wording(both, [True] * len(positives) + [False] * len(negatives), analyzer)


def fit_refusal(
    material: Material, positives: list[Seen], negatives: list[Seen], searcher: Searcher, weights: Weights
) -> tuple[Answerability, dict[str, dict[str, object]]]:
    """Fit the refusal on held-out questions; print what it reaches when halves are held out once more."""
    weighed = replace_weights(searcher, weights)
    known = familiar_of(material.corpus, searcher.analyzer)
    found = np.array([
        clues(s.text, s.asked, s.language, weighed.weigh(s.look, s.language), s.wording, known, searcher.analyzer)
        for s in (*positives, *negatives)
    ])
    truth = np.array([True] * len(positives) + [False] * len(negatives))
    languages = np.array([s.language for s in (*positives, *negatives)])
    wording = wording_of(material.examples, [Example(n.text, n.language, (), "") for n in material.negatives], searcher.analyzer)
    beliefs = np.zeros(len(truth))
    halves = np.arange(len(truth)) // 16 % 2
    for half in (0, 1):
        trained = train_network(found[halves != half], truth[halves != half], wording)
        beliefs[halves == half] = [trained.belief(each) for each in found[halves == half]]
    thresholds = {}
    for language in ("da", "en"):
        own = languages == language
        refused, auroc, threshold = curve(beliefs[own], truth[own])
        thresholds[language] = {"threshold": threshold, "curve": []}
        print(f"refusal, held out, {language}: AUROC {auroc:.3f}; {refused:.0%} of the near-misses at 4 % false refusals "
              f"(threshold {threshold:.3f})")
    return train_network(found, truth, wording), thresholds


def replace_weights(searcher: Searcher, weights: Weights) -> Searcher:
    """Return the searcher with fitted weights."""
    searcher.weights = weights
    return searcher


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
    records = {language: [record_text(row, language) for row in material.rows] for language in ("da", "en")}
    questions = VectorIndex.build(embedder.embed([each.text for each in asked]))
    near_misses = VectorIndex.build(embedder.embed([each.text for each in lacking]))
    return Searcher(
        rows=material.rows,
        analyzer=analyzer,
        embedder=embedder,
        lexical={k: LexicalIndex.build([analyzer.terms(text, k) for text in each]) for k, each in records.items()},
        spans={k: VectorIndex.build(embedder.embed(each)) for k, each in records.items()},
        asked_before=AskedBefore(questions, tuple(each.rows for each in asked), near_misses),
        classifier=train_classifier(examples, [row.key for row in material.rows], analyzer),
        weights=UNFITTED,
    )


def report(share: float, seen: list[Seen], weights: Weights, sections: np.ndarray) -> None:
    """Print recall@1 by language and voice."""
    full, plain = recall(seen, weights, sections), recall(seen, weights, sections, plain=True)
    print(f"{share:5.0%} of the questions: right section first, held out: da {full['da']:.3f} en {full['en']:.3f}; "
          f"without anticipated questions: da {plain['da']:.3f} en {plain['en']:.3f}")
    for voice in sorted({each.voice for each in seen}):
        own = recall([each for each in seen if each.voice == voice], weights, sections)
        print(f"        {voice}: " + " ".join(f"{language} {value:.3f}" for language, value in own.items()))


def save(out: Path, tokenizer: Tokenizer, vectors: np.ndarray, ranking: Ranking, refusal: Answerability) -> None:
    """Write `model/` and `ranking/` anew."""
    for name in ("model", "ranking"):
        if (out / name).exists():
            shutil.rmtree(out / name)
    static_model.save(out / "model", tokenizer, vectors.astype(np.float16).astype(np.float32))
    save_ranking(out / "ranking", ranking)
    refusal.save(out / "ranking")
    StaticEmbedder(out / "model")
    for language in ("da", "en"):
        print(language, {name: round(float(w), 2) for name, w in zip(SIGNALS, ranking.weights.full[language], strict=True)})
    for name in ("model", "ranking"):
        print(name, folder_digest(out / name), f"{sum(p.stat().st_size for p in (out / name).rglob('*') if p.is_file()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
