"""Train the refusal: a classifier of wordings, and a small network over the clues, on held-out questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from classifier import feature_space, matrix, softmax_regression

from assistant.answering.answerability import CLUES, Answerability
from assistant.index.classifier import Classifier, features
from assistant.language.words import Analyzer

UNITS = 12
STEPS = 1500
SEED = 7


def train_wording(texts: Sequence[tuple[str, str]], answerable: Sequence[bool], analyzer: Analyzer) -> Classifier:
    """Train a classifier whose one score is the logit of "a question like this is answered"; classes weigh the same."""
    counts = [features(text, language, analyzer) for text, language in texts]
    space = feature_space(counts)
    truth = np.array([[each, not each] for each in answerable], dtype=np.float32)
    truth /= truth.sum(axis=0) / len(truth)
    weights, bias = softmax_regression(matrix(space, counts), truth, epochs=8)
    one = (weights[:, :1] - weights[:, 1:]).astype(np.float16)
    return Classifier(space, ("answerable",), one, (bias[:1] - bias[1:]).astype(np.float32))


def train_network(clues: np.ndarray, answerable: np.ndarray, wording: Classifier) -> Answerability:
    """Fit one hidden layer over standardised clues; clues has shape (questions, len(CLUES))."""
    torch.manual_seed(SEED)
    mean, deviation = clues.mean(axis=0), clues.std(axis=0) + 1e-6
    inputs = torch.tensor((clues - mean) / deviation, dtype=torch.float32)
    truth = torch.tensor(answerable, dtype=torch.float32)
    balance = torch.where(truth > 0, 0.5 / truth.mean(), 0.5 / (1 - truth.mean()))
    network = torch.nn.Sequential(torch.nn.Linear(len(CLUES), UNITS), torch.nn.Tanh(), torch.nn.Linear(UNITS, 1))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01, weight_decay=1e-3)
    for _ in range(STEPS):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network(inputs)[:, 0], truth, weight=balance)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    first, last = network[0], network[2]
    return Answerability(
        wording=wording,
        mean=mean,
        deviation=deviation,
        hidden=first.weight.detach().numpy().T.astype(float),
        hidden_bias=first.bias.detach().numpy().astype(float),
        out=last.weight.detach().numpy()[0].astype(float),
        out_bias=float(last.bias.detach()[0]),
    )


def curve(beliefs: np.ndarray, answerable: np.ndarray, share: float = 0.04) -> tuple[float, float, float]:
    """Return the share of unanswerable questions refused where `share` of the answerable are, AUROC, threshold."""
    threshold = float(np.quantile(beliefs[answerable], share))
    good, bad = beliefs[answerable], beliefs[~answerable]
    auroc = float((good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean())
    return float((bad < threshold).mean()), auroc, threshold
