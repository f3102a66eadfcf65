"""Fit the weights that add the signals: a softmax over rows, fitted on questions that the parts were not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from material import Example

from assistant.answering.question import Asked, understand
from assistant.index.classifier import Classifier, features
from assistant.index.search import PLAIN_SIGNALS, SIGNALS, Look, Query, Searcher, Weights

STEPS = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """What a search of one held-out question saw, and which rows would answer it (none for a near-miss)."""

    text: str
    language: str
    asked: Asked
    look: Look
    right: np.ndarray
    voice: str
    wording: float
    fold: int

    @property
    def signals(self) -> np.ndarray:
        """The signals, shape (rows, signals)."""
        return self.look.signals


def see(searcher: Searcher, examples: Sequence[Example], wording: Classifier | None, fold: int) -> list[Seen]:
    """Look every held-out question up."""
    seen = []
    for example in examples:
        right = np.zeros(len(searcher.rows), dtype=np.float32)
        right[list(example.rows)] = 1
        asked = understand(example.text, example.language)
        look = searcher.look(Query(asked.clause, example.language, asked.field))
        logit = 0.0
        if wording is not None:
            counted = features(asked.clause, example.language, searcher.analyzer)
            logit = float(wording.scores(*wording.space.weigh(counted))[0])
        seen.append(Seen(example.text, example.language, asked, look, right, example.voice, logit, fold))
    return seen


def fit(seen: Sequence[Seen], columns: Sequence[int], sections: np.ndarray) -> np.ndarray:
    """Return one weight for each column: maximal likelihood of a right row and of its section, lightly held back."""
    signals = torch.tensor(np.stack([each.signals[:, list(columns)] for each in seen]))
    right = torch.tensor(np.stack([each.right for each in seen]))
    same = torch.tensor(sections)
    member = torch.nn.functional.one_hot(same).float()
    right_section = ((right @ member) > 0).float() @ member.T
    weights = torch.full((len(columns),), 0.3, requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for _ in range(STEPS):
        shares = torch.log_softmax(signals @ weights, dim=1)
        row = torch.logsumexp(shares + torch.log(right + 1e-9), dim=1)
        section = torch.logsumexp(shares + torch.log(right_section + 1e-9), dim=1)
        loss = -(row + section).mean() + 0.002 * weights.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights.detach().numpy()


def fit_weights(seen: Sequence[Seen], bare: Sequence[Seen], sections: np.ndarray) -> Weights:
    """Fit full weights for each language, and plain ones on what parts without any question saw."""
    full, plain = {}, {}
    for language in ("da", "en"):
        own = [each for each in seen if each.language == language]
        full[language] = fit(own, range(len(SIGNALS)), sections)
        plain[language] = fit([each for each in bare if each.language == language], range(len(PLAIN_SIGNALS)), sections)
    return Weights(full, plain)


def recall_of(seen: Sequence[Seen], signal: int, sections: np.ndarray) -> dict[str, float]:
    """Return by language the share of questions whose best row by one signal alone stands in a right section."""
    found: dict[str, list[bool]] = {}
    for each in seen:
        right = set(sections[each.right > 0])
        found.setdefault(each.language, []).append(sections[int(each.signals[:, signal].argmax())] in right)
    return {language: float(np.mean(each)) for language, each in found.items()}


def recall(seen: Sequence[Seen], weights: Weights, sections: np.ndarray, plain: bool = False) -> dict[str, float]:
    """Return by language the share of questions whose first row stands in a right section."""
    found: dict[str, list[bool]] = {}
    for each in seen:
        if plain:
            fused = each.signals[:, : len(PLAIN_SIGNALS)] @ weights.plain[each.language]
        else:
            fused = each.signals @ weights.full[each.language]
        right = set(sections[each.right > 0])
        found.setdefault(each.language, []).append(sections[int(fused.argmax())] in right)
    return {language: float(np.mean(each)) for language, each in found.items()}
