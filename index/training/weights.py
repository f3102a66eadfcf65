"""Fit the weights that add the signals: the likelihood of a right row among the candidates of all documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from looks import Seen
from numpy.typing import NDArray

from assistant.index.search import Searcher
from assistant.index.weighing import SIGNALS, Weights
from assistant.language.files import LANGUAGES

STEPS, RATE, HELD_BACK = 150, 0.05, 0.02
COSINES = 3
# How much the three cosines count together: what is made of differences of scores (whether a second sentence is told,
# how sure an answer is) is set for it, and a fit leaves the scale nearly open.
TOGETHER = {"da": 116.0, "en": 144.0}
# Rows that no weights near those to begin with would put in front are left out of a fit.
MOST = 120
START = np.array([15, 90, 20, 8, 1, 1.5, 100, 20, 3, 6], dtype=np.float32)


def fit(seen: Sequence[Seen], counts: Sequence[float], without: Sequence[str] = ()) -> dict[str, NDArray[np.float32]]:
    """Return the weight of every signal by language; those left out are zero.

    `counts` tells how much each example counts. Questions of documents whose own questions are not known have a
    sharpness of their own: what they tell is how the plain signals go together, not how they go with the others.
    """
    found = {}
    for language in LANGUAGES:
        own = [n for n, each in enumerate(seen) if each.example.language == language]
        fitted = _fit([seen[n] for n in own], [counts[n] for n in own], without)
        found[language] = fitted * np.float32(TOGETHER[language] / fitted[:COSINES].sum())
    return found


def _fit(seen: Sequence[Seen], counts: Sequence[float], without: Sequence[str]) -> NDArray[np.float32]:
    chosen = [n for n, each in enumerate(seen) if each.right.any()]
    signals, right, section, held = _stacked([seen[n] for n in chosen])
    count = torch.tensor([counts[n] for n in chosen])
    open_ = torch.tensor([0.0 if name in without else 1.0 for name in SIGNALS])
    start = torch.tensor(START)
    logs, sharpness = torch.log(start).requires_grad_(), torch.zeros(1, requires_grad=True)
    unknown = torch.tensor([float(not seen[n].known) for n in chosen])[:, None]
    optimizer = torch.optim.Adam([logs, sharpness], lr=RATE)
    for _ in range(STEPS):
        weights = torch.exp(logs) * open_
        beliefs = torch.log_softmax((signals @ weights) * torch.exp(sharpness * unknown) + held, dim=1)
        told = sum(torch.logsumexp(beliefs + torch.log(each + 1e-9), dim=1) for each in (right, section))
        loss = -(told * count).sum() / count.sum() + HELD_BACK * (logs - torch.log(start)).square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (torch.exp(logs) * open_).detach().numpy().astype(np.float32)


def _stacked(seen: Sequence[Seen]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return signals, what is right, what stands in a right section, and what must not be chosen, all padded alike."""
    kept = [_near_the_top(each) for each in seen]
    most = max(map(len, kept))
    signals = np.zeros((len(seen), most, len(SIGNALS)), dtype=np.float32)
    right, section = np.zeros((2, len(seen), most), dtype=np.float32)
    held = np.full((len(seen), most), -1e4, dtype=np.float32)
    for n, (each, rows) in enumerate(zip(seen, kept, strict=True)):
        size = len(rows)
        signals[n, :size], right[n, :size], section[n, :size] = each.signals[rows], each.right[rows], each.section[rows]
        held[n, :size] = 0
    return torch.tensor(signals), torch.tensor(right), torch.tensor(section), torch.tensor(held)


def _near_the_top(each: Seen) -> NDArray[np.int64]:
    best = np.argsort(-(each.signals @ (START)))[:MOST]
    return np.union1d(best, np.flatnonzero(each.section))


def first(seen: Sequence[Seen], weights: dict[str, NDArray[np.float32]], searcher: Searcher) -> NDArray[np.bool_]:
    """Return of every question whether its first row is right, stands in a right section, in the right document, and
    whether a right row is among the candidates; shape (questions, 4).
    """
    told = []
    for each in seen:
        best = int(Weights(weights).sums(each.finding.evidence.look, each.example.language).argmax())
        document = searcher.columns.document[each.finding.evidence.rows[best]]
        own = searcher.library.ids[document] == each.example.document
        told.append((each.right[best], each.section[best], own, each.right.any()))
    return np.array(told)
