"""Train the linear question classifier: softmax regression over TF-IDF features, all classes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from material import Example
from scipy.sparse import csr_matrix

from assistant.index.analysis import Analyzer
from assistant.index.classifier import Classifier, FeatureSpace, features

RAREST = 2
EPOCHS = 10
DECAY = 2e-6
SEED = 7


def feature_space(counts: Sequence[Counter[str]]) -> FeatureSpace:
    """Keep features that two questions share; idf is smoothed as in scikit-learn."""
    seen = Counter(name for each in counts for name in each)
    names = sorted(name for name, n in seen.items() if n >= RAREST)
    idf = np.array([np.log((1 + len(counts)) / (1 + seen[name])) + 1 for name in names], dtype=np.float32)
    return FeatureSpace({name: n for n, name in enumerate(names)}, idf)


def matrix(space: FeatureSpace, counts: Sequence[Counter[str]]) -> csr_matrix:
    """Return weighed features, shape (questions, features)."""
    weighed = [space.weigh(each) for each in counts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in weighed)])
    columns = np.concatenate([columns for columns, _ in weighed])
    values = np.concatenate([values for _, values in weighed])
    return csr_matrix((values, columns, starts), shape=(len(counts), len(space.columns)))


def train_classifier(
    examples: Sequence[Example], classes: Sequence[str], analyzer: Analyzer, epochs: int = EPOCHS
) -> Classifier:
    """Train on questions; a question that several rows answer gives most weight to the first."""
    counts = [features(example.text, example.language, analyzer) for example in examples]
    space = feature_space(counts)
    truth = np.zeros((len(examples), len(classes)), dtype=np.float32)
    for number, example in enumerate(examples):
        shares = np.array([0.6, *([0.4 / max(len(example.rows) - 1, 1)] * (len(example.rows) - 1))])
        truth[number, list(example.rows)] = shares / shares.sum()
    weights, bias = softmax_regression(matrix(space, counts), truth, epochs)
    return Classifier(space, tuple(classes), weights.astype(np.float16), bias)


def softmax_regression(inputs: csr_matrix, truth: np.ndarray, epochs: int = EPOCHS) -> tuple[np.ndarray, np.ndarray]:
    """Fit weights, shape (features, classes), and bias by Adam over mini-batches."""
    torch.manual_seed(SEED)
    weights = torch.zeros((inputs.shape[1], truth.shape[1]), requires_grad=True)
    bias = torch.zeros(truth.shape[1], requires_grad=True)
    optimizer = torch.optim.Adam([weights, bias], lr=0.15)
    batches = _batches(inputs, truth)
    for epoch in range(epochs):
        optimizer.param_groups[0]["lr"] = 0.15 * (1 - epoch / epochs) + 0.005
        for features_, wanted in batches:
            scores = torch.sparse.mm(features_, weights) + bias
            loss = -(wanted * torch.log_softmax(scores, dim=1)).sum(dim=1).mean() + DECAY * weights.square().sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return weights.detach().numpy(), bias.detach().numpy()


def _batches(inputs: csr_matrix, truth: np.ndarray, size: int = 512) -> list[tuple[torch.Tensor, torch.Tensor]]:
    order = np.random.default_rng(SEED).permutation(len(truth))
    made = []
    for at in range(0, len(order), size):
        part = inputs[order[at : at + size]].tocoo()
        places = torch.tensor(np.stack([part.row, part.col]).astype(np.int64))
        sparse = torch.sparse_coo_tensor(places, torch.tensor(part.data), part.shape, check_invariants=False)
        made.append((sparse.coalesce(), torch.tensor(truth[order[at : at + size]])))
    return made
