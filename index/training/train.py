"""Make `index/model` and `index/ranking` from the project's own text: `python index/training/train.py`.

Prints what each part reaches on held-out questions; `--curve` adds the learning curve. Seeded: the same text gives
the same files on the same versions of the libraries.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path

import numpy as np
import simplemma
import static_model
import torch
from answerability import curve, train_network
from classifier import train_classifier
from fusion import Seen, fit_weights, recall, recall_of
from held_out import held_out, wording_of
from material import ROOT, Example, Material, read_material
from tokenizers import Tokenizer

from assistant.answering.answerability import Answerability, clues, familiar_of
from assistant.answering.follow_ups import FollowUps
from assistant.answering.refusal import CALIBRATION
from assistant.index.embedder import StaticEmbedder, folder_digest
from assistant.index.ranking import Ranking, save_ranking
from assistant.index.search import SIGNALS, Searcher, Weights
from assistant.language.words import Analyzer, stem, vocabulary, words


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
    print(
        f"{len(material.examples)} questions, {len(material.templates)} from templates, "
        f"{len(material.negatives)} near-misses, {len(material.lexicon)} lexicon pairs, "
        f"{tokenizer.get_vocab_size()} tokens; {time.perf_counter() - begun:.0f} s"
    )
    bare, _, searcher = held_out(material, analyzer, tokenizer, start, 0.0)
    report_bare(bare, searcher.sections)
    shares = (0.1, 0.25, 0.5, 1.0) if chosen.curve else (1.0,)
    for share in shares:
        positives, negatives, searcher = held_out(material, analyzer, tokenizer, start, share)
        weights = fit_weights(positives, bare, searcher.sections)
        report(share, positives, weights, searcher.sections)
        print(f"  {time.perf_counter() - begun:.0f} s")
    refusal, thresholds = fit_refusal(material, positives, negatives, searcher, weights)
    vectors = static_model.train(material, [*material.examples, *material.templates], tokenizer, start)
    ranking = Ranking(
        train_classifier([*material.examples, *material.templates], [row.key for row in material.rows], analyzer),
        weights,
        lemmas,
        known,
    )
    save(chosen.out, tokenizer, vectors, ranking, refusal)
    # To begin with; 'follow_ups.py' fits them on conversations.
    FollowUps.plain().save(chosen.out / "ranking")
    # A first threshold; 'assistant eval --calibrate' chooses it on questions of other writers.
    (chosen.out / "ranking" / CALIBRATION).write_text(json.dumps(thresholds), encoding="utf-8")
    print(f"saved; {time.perf_counter() - begun:.0f} s")


def fit_refusal(
    material: Material, positives: list[Seen], negatives: list[Seen], searcher: Searcher, weights: Weights
) -> tuple[Answerability, dict[str, dict[str, object]]]:
    """Fit the refusal on held-out questions; print what it reaches when halves are held out once more."""
    searcher.weights = weights
    folds = sorted({each.fold for each in positives})
    unheard = {fold: frozenset(each.text for each in positives if each.fold == fold) for fold in folds}
    known = {fold: familiar_of(material.corpus, searcher.analyzer, unheard[fold]) for fold in folds}
    found = np.array(
        [
            clues(s.asked, s.language, searcher.weigh(s.look, s.language), s.wording, known[s.fold], searcher.analyzer)
            for s in (*positives, *negatives)
        ]
    )
    truth = np.array([True] * len(positives) + [False] * len(negatives))
    languages = np.array([s.language for s in (*positives, *negatives)])
    wording = wording_of(
        material.examples, [Example(n.text, n.language, (), "") for n in material.negatives], searcher.analyzer
    )
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
        print(
            f"refusal, held out, {language}: AUROC {auroc:.3f}; {refused:.0%} of the near-misses at 4 % false refusals "
            f"(threshold {threshold:.3f})"
        )
    return train_network(found, truth, wording), thresholds


def known_words(material: Material, language: str) -> set[str]:
    """Return the lower-case words of a language's texts, unfolded."""
    return {word for text in material.texts(language) for word in words(text) if word.isalpha()}


def irregular_lemmas(known: set[str], language: str) -> dict[str, str]:
    """Return the base form of every word whose stem is another than its base form's ("børn": "barn")."""
    lemmas = {word: simplemma.lemmatize(word, lang=language).lower() for word in sorted(known)}
    return {word: lemma for word, lemma in lemmas.items() if stem(word, language) != stem(lemma, language)}


def report_bare(bare: list[Seen], sections: np.ndarray) -> None:
    """Print recall@1 of what needs no anticipated question: BM25, the static model, and both with fitted weights."""
    weights = fit_weights(bare, bare, sections)
    alone = {name: recall_of(bare, SIGNALS.index(name), sections) for name in ("bm25", "cosine")}
    both = recall(bare, weights, sections, plain=True)
    for name, found in (*alone.items(), ("both, fused", both)):
        print(f"no question known, {name}: right section first: da {found['da']:.3f} en {found['en']:.3f}")


def report(share: float, seen: list[Seen], weights: Weights, sections: np.ndarray) -> None:
    """Print recall@1 by language and voice."""
    full = recall(seen, weights, sections)
    print(f"{share:4.0%} of the questions: right section first, held out: da {full['da']:.3f} en {full['en']:.3f}")
    for voice in sorted({each.voice for each in seen}) if share == 1 else ():
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
        print(
            language,
            {name: round(float(w), 2) for name, w in zip(SIGNALS, ranking.weights.full[language], strict=True)},
        )
    for name in ("model", "ranking"):
        print(
            name,
            folder_digest(out / name),
            f"{sum(p.stat().st_size for p in (out / name).rglob('*') if p.is_file()) / 1e6:.1f} MB",
        )


if __name__ == "__main__":
    main()
