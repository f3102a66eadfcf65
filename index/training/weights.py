"""Fit the weights that add the signals: the likelihood of a right row among the candidates of all documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from looks import Seen
from numpy.typing import NDArray

from assistant.index.search import SIGNALS, Searcher

STEPS, RATE, HELD_BACK = 300, 0.05, 0.002
LANGUAGES = ("da", "en")
START = np.array([8, 60, 30, 8, 1, 1.5, 100, 20, 3, 1], dtype=np.float32)
# Only the last one tells against a row.
SIGNS = np.array([1.0 if name != "cell not asked for" else -1.0 for name in SIGNALS], dtype=np.float32)


def fit(seen: Sequence[Seen], counts: Sequence[float], without: Sequence[str] = ()) -> dict[str, NDArray[np.float32]]:
    """Return the weight of every signal by language; those left out are zero.

    `counts` tells how much each example counts.
    """
    return {
        language: _fit(
            [each for each in seen if each.example.language == language],
            [count for count, each in zip(counts, seen, strict=True) if each.example.language == language],
            without,
        )
        for language in LANGUAGES
    }


def _fit(seen: Sequence[Seen], counts: Sequence[float], without: Sequence[str]) -> NDArray[np.float32]:
    chosen = [n for n, each in enumerate(seen) if each.right.any()]
    signals, right, section, held = _stacked([seen[n] for n in chosen])
    count = torch.tensor([counts[n] for n in chosen])
    open_ = torch.tensor([0.0 if name in without else 1.0 for name in SIGNALS]) * torch.tensor(SIGNS)
    start = torch.tensor(START)
    logs = torch.log(start).requires_grad_()
    optimizer = torch.optim.Adam([logs], lr=RATE)
    for _ in range(STEPS):
        weights = torch.exp(logs) * open_
        beliefs = torch.log_softmax(signals @ weights + held, dim=1)
        told = sum(torch.logsumexp(beliefs + torch.log(each + 1e-9), dim=1) for each in (right, section))
        loss = -(told * count).sum() / count.sum() + HELD_BACK * (logs - torch.log(start)).square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return (torch.exp(logs) * open_).detach().numpy().astype(np.float32)


def _stacked(seen: Sequence[Seen]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return signals, what is right, what stands in a right section, and what must not be chosen, all padded alike."""
    most = max(len(each.right) for each in seen)
    signals = np.zeros((len(seen), most, len(SIGNALS)), dtype=np.float32)
    right, section = np.zeros((2, len(seen), most), dtype=np.float32)
    held = np.full((len(seen), most), -1e4, dtype=np.float32)
    for n, each in enumerate(seen):
        size = len(each.right)
        signals[n, :size], right[n, :size], section[n, :size], held[n, :size] = (
            each.signals,
            each.right,
            each.section,
            0,
        )
    return torch.tensor(signals), torch.tensor(right), torch.tensor(section), torch.tensor(held)


def first(seen: Sequence[Seen], weights: dict[str, NDArray[np.float32]], searcher: Searcher) -> NDArray[np.bool_]:
    """Return of every question whether its first row is right, stands in a right section, in the right document, and
    whether a right row is among the candidates; shape (questions, 4).
    """
    told = []
    for each in seen:
        best = int((each.signals @ weights[each.example.language]).argmax())
        document = searcher.columns.document[each.finding.evidence.rows[best]]
        own = searcher.library.ids[document] == each.example.document
        told.append((each.right[best], each.section[best], own, each.right.any()))
    return np.array(told)
