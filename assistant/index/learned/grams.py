"""The hashed letters of words (Weinberger and others 2009): what one word adds is known once it was met."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.language.words import fold

SIZES = (3, 4, 5)
KEPT = 1 << 14
Codes = NDArray[np.int64]


def codes_of(grams: Iterable[str]) -> Codes:
    """Return the CRC-32 of each of some texts."""
    return np.array([zlib.crc32(gram.encode()) for gram in grams], dtype=np.int64)


def codes_of_words(words: Iterable[str], prefix: str = "") -> Codes:
    """Return the codes of the n-grams of the folded letters of some words, one word after another."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *(_of_word(word, prefix) for word in words)])


@lru_cache(KEPT)
def _of_word(word: str, prefix: str) -> Codes:
    padded = f" {fold(word)} "
    return codes_of(prefix + padded[at : at + size] for size in SIZES for at in range(len(padded) - size + 1))
