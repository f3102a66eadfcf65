"""Vectors by the hash of their text: those that ship with the project, those of the index in service, and new ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.embedder import Embedder, Told, Vectors

KEY = "S16"  # 16 hexadecimal digits
CODES = 127


def key_of(kind: str, text: str) -> bytes:
    """Return what a text is known by; a question and a passage of the same words have different vectors."""
    digest = hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:16].encode()


class Embedded:
    """Embeds texts, taking what the same model embedded before from where it lies."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.places: dict[bytes, int] = {}
        self.vectors: list[NDArray[np.float16]] = []
        self.known: dict[bytes, NDArray[np.float16]] = {}
        self.new = 0

    def knows(self, keys: NDArray[np.bytes_], vectors: NDArray[np.float16]) -> None:
        """Take over vectors that were made by the same model."""
        self.known.update(zip(keys.tolist(), vectors, strict=True))

    def questions(self, texts: Sequence[str], told: Told | None = None) -> NDArray[np.int32]:
        """Return the places of the vectors of questions, shape (texts,)."""
        return self._places("question", texts, self.embedder.questions, told)

    def passages(self, texts: Sequence[str], told: Told | None = None) -> NDArray[np.int32]:
        """Return the places of the vectors of passages, shape (texts,)."""
        return self._places("passage", texts, self.embedder.passages, told)

    def at(self, places: NDArray[np.int32]) -> Vectors:
        """Return the vectors at some places, shape (len(places), dimension)."""
        if not len(places):
            return np.zeros((0, self.embedder.dimension), dtype=np.float32)
        return np.stack([self.vectors[place] for place in places]).astype(np.float32)

    def _places(
        self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str], Told | None], Vectors], told: Told | None
    ) -> NDArray[np.int32]:
        keys = [key_of(kind, text) for text in texts]
        unknown = {k: text for k, text in zip(keys, texts, strict=True) if k not in self.known}
        if unknown:
            vectors = embed(list(unknown.values()), told)
            if not np.isfinite(vectors).all():
                raise ModelError("the model gives vectors that are not numbers. Choose another ASSISTANT_MODEL.")
            self.known.update(zip(unknown, vectors.astype(np.float16), strict=True))
            self.new += len(unknown)
        for key in keys:
            if key not in self.places:
                self.places[key] = len(self.vectors)
                self.vectors.append(self.known[key])
        return np.array([self.places[key] for key in keys], dtype=np.int32)

    def save(self, folder: Path) -> None:
        """Write the vectors of all texts that were asked for, shape (texts, dimension), and their keys."""
        np.save(folder / "keys.npy", np.array(list(self.places), dtype=KEY))
        np.save(folder / "vectors.npy", np.stack(self.vectors))


def in_bytes(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return vectors in 8 bits a number, and what a step of each is worth."""
    steps = np.abs(vectors).max(axis=1, keepdims=True).astype(np.float32) / CODES
    return np.round(vectors / steps).astype(np.int8), steps.astype(np.float16)


def shipped(folder: Path, digest: str) -> tuple[NDArray[np.bytes_], NDArray[np.float16]] | None:
    """Return keys and vectors that ship with the project; None where they are of another model or of none."""
    path = folder / "vectors.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as held:
        if str(held["model"]) != digest:
            return None
        vectors = held["codes"].astype(np.float32) * held["steps"].astype(np.float32)
        return held["keys"], (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
