"""Make `index/ranking` from the project's own text: `python index/training/train.py`.

Prints what each part reaches on questions of writers held out and on documents held out. Seeded: the same text gives
the same files on the same versions of the libraries.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import refusal
import torch
import weights
from looks import FOLDS, Laboratory, Seen, folds_of
from material import ROOT, Example
from numpy.typing import NDArray
from words import write_words

from assistant.answering.support.answerability import Answerability, Network, has_near_misses
from assistant.answering.support.refusal import CALIBRATION
from assistant.index.learned.ranking import save_weights
from assistant.index.weighing import SIGNALS, Weights
from assistant.index.writing.embedded import KEY, in_bytes
from assistant.language.detection import detect
from assistant.language.files import LANGUAGES

RANKING = ROOT / "index" / "ranking"
EACH_FOLD, EACH_FOLD_UNANSWERABLE, BARE = 700, 700, 1500
# How much a question of a document without questions of its own counts beside one of a document that has them.
OTHERS_COUNT, BARE_COUNT = 2.0, 0.5
FALSE = 0.02
# How many questions that people ask of any document each of the six is asked.
STRAYS = 60


def main() -> None:
    """Look, fit, hold out, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--figures", action="store_true", help="print the figures and write nothing")
    options.add_argument("--folder", type=Path, help="folder that keeps the index of all documents for another run")
    chosen = options.parse_args()
    torch.set_num_threads(2)
    begun = time.perf_counter()
    if not chosen.figures:
        write_words(RANKING)
        refusal.untrained().save(RANKING)
    with tempfile.TemporaryDirectory() as temporary:
        laboratory = Laboratory(chosen.folder or Path(temporary))
        looked = Looked(laboratory)
        print(f"{looked}; {time.perf_counter() - begun:.0f} s")
        fitted = looked.fit_weights()
        looked.report(fitted)
        laboratory.weigh_by(Weights(fitted))
        trained, thresholds = fit_refusal(laboratory)
        if not chosen.figures:
            save_weights(RANKING, Weights(fitted))
            trained.save(RANKING)
            save_vectors(laboratory, RANKING / "vectors.npz")
            # A first threshold; 'assistant eval --calibrate' chooses that of documents with questions.
            (RANKING / CALIBRATION).write_text(json.dumps(thresholds, indent=1) + "\n", encoding="utf-8")
    print(f"done; {time.perf_counter() - begun:.0f} s")


class Looked:
    """What was seen for the questions that the weights are fitted on and measured with."""

    def __init__(self, laboratory: Laboratory) -> None:
        chooser = random.Random(0)
        self.searcher = laboratory.built.searcher
        self.fits: dict[tuple[str, tuple[str, ...]], dict[str, NDArray[np.float32]]] = {}
        bare = chooser.sample(laboratory.examples, BARE)
        self.bare = list(laboratory.look(laboratory.without(None), bare, False))
        self.bare_alone = list(laboratory.look(laboratory.without(None), bare, False, alone=True))
        self.held_out = [each for fold in range(FOLDS) for each in _held_out(laboratory, fold, chooser)]
        answerable = [each for each in laboratory.others if each.right]
        self.beside = list(laboratory.look(laboratory.whole(), answerable, False))
        self.alone = list(laboratory.look(laboratory.whole(), answerable, False, alone=True))

    def __str__(self) -> str:
        return (
            f"{len(self.held_out)} questions of writers held out, {len(self.bare)} of a document whose questions are "
            f"not known, {len(self.beside)} of {len(self.documents)} other documents"
        )

    @property
    def documents(self) -> list[str]:
        """The documents that have no questions of their own."""
        return sorted({each.example.document for each in self.beside})

    def fit_weights(self, without: str = "", signals: tuple[str, ...] = ()) -> dict[str, NDArray[np.float32]]:
        """Fit on all questions but those of one document, without some signals; once."""
        if (without, signals) not in self.fits:
            self.fits[without, signals] = self._fit(without, signals)
        return self.fits[without, signals]

    def _fit(self, without: str, signals: tuple[str, ...]) -> dict[str, NDArray[np.float32]]:
        others = [each for each in (*self.beside, *self.alone) if each.example.document != without]
        seen = [*self.held_out, *self.bare, *others]
        counts = [1.0] * len(self.held_out) + [BARE_COUNT] * len(self.bare) + [OTHERS_COUNT] * len(others)
        return weights.fit(seen, counts, signals)

    def report(self, fitted: dict[str, NDArray[np.float32]]) -> None:
        """Print the weights and the ablation."""
        for language in LANGUAGES:
            print(language, {name: round(float(w), 1) for name, w in zip(SIGNALS, fitted[language], strict=True)})
        print("right section (writers held out) | right section (none known) | right sentence, documents held out")
        print(
            "                          da    en   |   da    en   |  alone da  en   | beside da  en   | wrong document"
        )
        for name in ("", *SIGNALS):
            print(self._line(name, fitted if not name else self.fit_weights(signals=(name,))))
        for voice in sorted({each.example.voice for each in self.held_out}):
            own = [each for each in self.held_out if each.example.voice == voice]
            told = weights.first(own, fitted, self.searcher)
            print(f"        {voice}: {told[:, 1].mean():.3f}")
        for document in self.documents:
            own = [each for each in self.alone if each.example.document == document]
            told = weights.first(own, self.fit_weights(document), self.searcher)
            print(f"        {document}, left out, alone: right sentence {told[:, 0].mean():.3f}")

    def _line(self, name: str, fitted: dict[str, NDArray[np.float32]]) -> str:
        cells = [f"{'without ' + name if name else 'all':24}"]
        for seen in (self.held_out, self.bare_alone):
            cells.append(_by_language(seen, weights.first(seen, fitted, self.searcher)[:, 1]))
        for seen in (self.alone, self.beside):
            told = weights.first(seen, fitted, self.searcher) if name else self._left_out(seen)
            cells.append(_by_language(seen, told[:, 0]))
        cells.append(f"{(~told[:, 2]).sum()} of {len(told)}" if len(told) else "")
        return " | ".join(cells)

    def _left_out(self, seen: Sequence[Seen]) -> NDArray[np.bool_]:
        """Return of every question what weights fitted without its document find first."""
        told = np.zeros((len(seen), 4), dtype=bool)
        for document in self.documents:
            own = [n for n, each in enumerate(seen) if each.example.document == document]
            told[own] = weights.first([seen[n] for n in own], self.fit_weights(document), self.searcher)
        return told


def _held_out(laboratory: Laboratory, fold: int, chooser: random.Random) -> list[Seen]:
    some = _of_fold(laboratory.examples, fold, EACH_FOLD, chooser)
    return list(laboratory.look(laboratory.without(fold), some, True))


def _of_fold(examples: Sequence[Example], fold: int, most: int, chooser: random.Random) -> list[Example]:
    own = [each for each, found in zip(examples, folds_of(examples), strict=True) if found == fold]
    return chooser.sample(own, min(most, len(own)))


def _by_language(seen: Sequence[Seen], right: NDArray[np.bool_]) -> str:
    cells = []
    for language in LANGUAGES:
        own = [n for n, each in enumerate(seen) if each.example.language == language]
        cells.append(f"{right[own].mean():.3f}" if own else "  –  ")
    return " ".join(cells)


def fit_refusal(laboratory: Laboratory) -> tuple[Answerability, dict[str, dict[str, dict[str, object]]]]:
    """Fit both networks; print what they reach on writers and on documents held out."""
    chooser = random.Random(0)
    asked: list[Seen] = []
    for fold in range(FOLDS):
        assistant = laboratory.without(fold)
        some = _of_fold(laboratory.examples, fold, EACH_FOLD, chooser)
        some += _of_fold(laboratory.unanswerable, fold, EACH_FOLD_UNANSWERABLE, chooser)
        asked += [each for each in laboratory.look(assistant, some, True) if has_near_misses(each.finding.evidence)]
    nets, thresholds = {}, {}
    groups = np.array([n // 16 % 2 for n in range(len(asked))])
    nets["asked"], thresholds["asked"] = _fitted(
        asked, refusal.clues_of(asked, False), groups, np.ones(len(asked)), 0.02
    )
    bare = laboratory.without(None)
    others = list(laboratory.look(laboratory.whole(), laboratory.others, False, alone=True))
    own = chooser.sample(laboratory.examples, 600) + chooser.sample(laboratory.unanswerable, 600)
    plain = [*others, *laboratory.look(bare, own, False, alone=True)]
    plain += laboratory.look(bare, _strays(laboratory, chooser), False, alone=True)
    names = sorted({each.example.document for each in plain})
    groups = np.array([names.index(each.example.document) for each in plain])
    counts = np.array([3.0] * len(others) + [0.5] * (len(plain) - len(others)))
    nets["plain"], thresholds["plain"] = _fitted(
        plain, refusal.clues_of(plain, True), groups, counts, FALSE, len(others)
    )
    return Answerability(nets), thresholds


def _strays(laboratory: Laboratory, chooser: random.Random) -> list[Example]:
    """Return questions that people ask of any document, each asked of one of the six, which does not answer it."""
    ids = sorted({each.document for each in laboratory.others})
    told = ((text, detect(text, "da")) for text in laboratory.built.ranking.ordinary)
    asked = [each for each in told if each[1] in LANGUAGES]
    return [
        Example(text, language, identity, (), "ordinary")
        for identity in ids
        for text, language in chooser.sample(asked, STRAYS)
    ]


def _fitted(
    seen: Sequence[Seen],
    found: NDArray[np.float64],
    groups: NDArray[np.int64],
    counts: NDArray[np.float64],
    share: float,
    measured: int | None = None,
) -> tuple[Network, dict[str, dict[str, object]]]:
    """Fit one network; hold each group out once for the figures, which are those of the first `measured` questions."""
    truth = refusal.answerable(seen)
    beliefs = np.zeros(len(seen))
    for group in np.unique(groups):
        trained = refusal.fit(found[groups != group], truth[groups != group], counts[groups != group])
        beliefs[groups == group] = [trained.belief(each) for each in found[groups == group]]
    thresholds: dict[str, dict[str, object]] = {}
    languages = np.array([each.example.language for each in seen])
    first = np.arange(len(seen)) < (len(seen) if measured is None else measured)
    for language in LANGUAGES:
        own = first & (languages == language)
        if not own.any():
            own = languages == language
        refused, auroc, threshold = refusal.curve(beliefs[own], truth[own], share)
        thresholds[language] = {"threshold": round(threshold, 4), "curve": []}
        print(
            f"refusal, held out, {found.shape[1]} clues, {language}: AUROC {auroc:.3f}; {refused:.0%} of "
            f"the unanswerable at {share:.0%} false (threshold {threshold:.3f}, {own.sum()} questions)"
        )
    return refusal.fit(found, truth, counts), thresholds


def save_vectors(laboratory: Laboratory, path: Path) -> None:
    """Write the vectors of the texts of the documents that ship, in 8 bits a number."""
    vectors = laboratory.built.generation.folder / "vectors"
    keys, values = np.load(vectors / "keys.npy"), np.load(vectors / "vectors.npy").astype(np.float32)
    chosen = np.isin(keys, np.array(sorted(laboratory.shipped()), dtype=KEY))
    codes, steps = in_bytes(values[chosen])
    np.savez_compressed(path, model=np.array(laboratory.embedder.digest), keys=keys[chosen], codes=codes, steps=steps)


if __name__ == "__main__":
    main()
