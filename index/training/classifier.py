"""Train the linear question classifier: softmax regression over TF-IDF features, all classes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from material import Example
from scipy.sparse import csr_matrix

from assistant.index.classifier import Classifier, FeatureSpace, features
from assistant.language.words import Analyzer

RAREST = 3
EPOCHS = 10
DECAY = 2e-6
SEED = 7
RATE = 0.15
BATCH = 512


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
    """Fit weights, shape (features, classes), and bias by Adam over mini-batches.

    Only the rows of features that a batch holds are moved (as torch's SparseAdam does), which is what makes it fast.
    """
    generator = np.random.default_rng(SEED)
    weights = np.zeros((inputs.shape[1], truth.shape[1]), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    bias = np.zeros(truth.shape[1], dtype=np.float32)
    steps = 0
    for epoch in range(epochs):
        rate = RATE * (1 - epoch / epochs) + RATE / 30
        order = generator.permutation(len(truth))
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            steps += 1
            part = inputs[chosen]
            held = np.unique(part.indices)
            part = part[:, held]
            error = (
                _softmax(part @ weights[held] + bias) * truth[chosen].sum(axis=1, keepdims=True) - truth[chosen]
            ) / len(chosen)
            slope = part.T @ error + 2 * DECAY * weights[held]
            first[held] = 0.9 * first[held] + 0.1 * slope
            second[held] = 0.99 * second[held] + 0.01 * slope**2
            mean, deviation = first[held] / (1 - 0.9**steps), second[held] / (1 - 0.99**steps)
            weights[held] -= rate * mean / (np.sqrt(deviation) + 1e-7)
            bias -= rate * error.sum(axis=0)
    return weights, bias


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
