"""Fit the refusal: a small network over clues, for documents with near-misses of their own and for others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from looks import Seen
from numpy.typing import NDArray

from assistant.answering.support.answerability import CLUES, PLAIN_CLUES, Answerability, Network, clues

UNITS, STEPS, RATE, HELD_BACK = 12, 400, 0.02, 0.002


def clues_of(seen: Sequence[Seen], plain: bool) -> NDArray[np.float64]:
    """Return the clues of questions, shape (questions, clues); only those that any document lends where `plain`."""
    found = [clues(each.finding.asked, each.example.language, each.finding.evidence) for each in seen]
    return np.array([each[: len(PLAIN_CLUES)] if plain else each for each in found])


def answerable(seen: Sequence[Seen]) -> NDArray[np.bool_]:
    """Return which questions have an answer."""
    return np.array([bool(each.example.right) for each in seen])


def fit(found: NDArray[np.float64], truth: NDArray[np.bool_], counts: NDArray[np.float64]) -> Network:
    """Return the network of least cross-entropy, held back; `counts` tells how much each question counts."""
    mean, deviation = found.mean(axis=0), found.std(axis=0) + 1e-3
    inputs = torch.tensor((found - mean) / deviation, dtype=torch.float32)
    wanted, count = torch.tensor(truth.astype(np.float32)), torch.tensor(counts.astype(np.float32))
    torch.manual_seed(0)
    hidden = (torch.randn(found.shape[1], UNITS) * 0.2).requires_grad_()
    hidden_bias, out = torch.zeros(UNITS, requires_grad=True), (torch.randn(UNITS) * 0.3).requires_grad_()
    bias = torch.zeros(1, requires_grad=True)
    parts = [hidden, hidden_bias, out, bias]
    optimizer = torch.optim.Adam(parts, lr=RATE)
    for _ in range(STEPS):
        logits = torch.tanh(inputs @ hidden + hidden_bias) @ out + bias
        each = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
        loss = (each * count).sum() / count.sum() + HELD_BACK * (hidden.square().sum() + out.square().sum())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    weights, biases, outs = (part.detach().numpy().astype(np.float64) for part in (hidden, hidden_bias, out))
    return Network(mean, deviation, weights, biases, outs, float(bias.detach()))


def untrained() -> Answerability:
    """Return a decision that believes everything, so that an index can be opened before there is a trained one."""
    return Answerability(
        {
            kind: Network(np.zeros(n), np.ones(n), np.zeros((n, 1)), np.zeros(1), np.zeros(1), 1.0)
            for kind, n in ((kind, len(names)) for kind, names in CLUES.items())
        }
    )


def curve(beliefs: NDArray[np.float64], truth: NDArray[np.bool_], share: float) -> tuple[float, float, float]:
    """Return the share of unanswerable questions refused where `share` of the answerable are, AUROC, threshold."""
    good, bad = beliefs[truth], beliefs[~truth]
    threshold = float(np.quantile(good, share))
    ahead = (good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()
    return float((bad < threshold).mean()), float(ahead), threshold
