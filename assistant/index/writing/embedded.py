"""Vectors by the hash of their text: those that ship with the project, those of the index in service, and new ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.embedder import Embedder, Told, Vectors

KEY = "S16"  # 16 hexadecimal digits
Keys = NDArray[np.bytes_]
Embed = Callable[[Sequence[str], Told | None], Vectors]
# Vectors that are kept together, and texts that are embedded before what was made is written down.
BLOCK, AT_ONCE = 1 << 15, 4096
CODES = 127


def key_of(kind: str, text: str) -> bytes:
    """Return what a text is known by; a question and a passage of the same words have different vectors."""
    digest = hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:16].encode()


class Embedded:
    """Embeds texts, taking what the same model embedded before from where it lies.

    Vectors are kept in blocks, one place after another; `new` counts those that had to be embedded.
    """

    def __init__(self, embedder: Embedder, journal: Journal | None = None) -> None:
        self.embedder, self.journal = embedder, journal
        self.places: dict[bytes, int] = {}
        self.blocks: list[NDArray[np.float16]] = []
        self.new = 0
        self._held: list[tuple[Keys, NDArray[np.int64], NDArray[np.float16]]] = []
        if journal is not None:
            self.knows(*journal.read(embedder.dimension))

    def knows(self, keys: Keys, vectors: NDArray[np.float16]) -> None:
        """Look into vectors that were made by the same model, too; they are read where they lie."""
        order = np.argsort(keys, kind="stable")
        self._held.append((keys[order], order, vectors))

    def questions(self, texts: Sequence[str], told: Told | None = None) -> NDArray[np.int32]:
        """Return the places of the vectors of questions, shape (texts,)."""
        return self._places("question", texts, self.embedder.questions, told)

    def passages(self, texts: Sequence[str], told: Told | None = None) -> NDArray[np.int32]:
        """Return the places of the vectors of passages, shape (texts,)."""
        return self._places("passage", texts, self.embedder.passages, told)

    def at(self, places: NDArray[np.int32]) -> NDArray[np.float16]:
        """Return the vectors at some places, shape (len(places), dimension)."""
        found = np.zeros((len(places), self.embedder.dimension), dtype=np.float16)
        blocks = places // BLOCK
        for number in np.unique(blocks).tolist():
            here = blocks == number
            found[here] = self.blocks[number][places[here] % BLOCK]
        return found

    def _places(self, kind: str, texts: Sequence[str], embed: Embed, told: Told | None) -> NDArray[np.int32]:
        keys = [key_of(kind, text) for text in texts]
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.places}
        if unknown:
            self._add(list(unknown), self._vectors(list(unknown), list(unknown.values()), embed, told))
        return np.array([self.places[key] for key in keys], dtype=np.int32)

    def _vectors(self, keys: list[bytes], texts: list[str], embed: Embed, told: Told | None) -> NDArray[np.float16]:
        """Return the vectors of texts: those that are held somewhere, and the others embedded, some at a time."""
        wanted, found = np.array(keys, dtype=KEY), np.zeros((len(keys), self.embedder.dimension), dtype=np.float16)
        lacking = np.ones(len(keys), dtype=bool)
        for held, order, vectors in self._held:
            if len(held):
                at = held.searchsorted(wanted).clip(max=len(held) - 1)
                here = lacking & (held[at] == wanted)
                found[here], lacking[here] = vectors[order[at[here]]], False
        new = np.flatnonzero(lacking)
        for begin in range(0, len(new), AT_ONCE):
            chunk = new[begin : begin + AT_ONCE]
            already = len(keys) - len(new) + begin
            made = embed([texts[n] for n in chunk], told and (lambda done, already=already: told(already + done)))  # type: ignore[misc]
            if not np.isfinite(made).all():
                raise ModelError("the model gives vectors that are not numbers. Choose another ASSISTANT_MODEL.")
            found[chunk] = made
            if self.journal is not None:
                self.journal.add(wanted[chunk], found[chunk])
        self.new += len(new)
        return found

    def _add(self, keys: list[bytes], vectors: NDArray[np.float16]) -> None:
        """Keep vectors, filling one block after another."""
        begin = 0
        while begin < len(keys):
            room = len(self.places) % BLOCK
            if not room:
                self.blocks.append(np.zeros((BLOCK, self.embedder.dimension), dtype=np.float16))
            some = keys[begin : begin + BLOCK - room]
            self.blocks[-1][room : room + len(some)] = vectors[begin : begin + len(some)]
            self.places.update(zip(some, range(len(self.places), len(self.places) + len(some)), strict=True))
            begin += len(some)

    def save(self, folder: Path) -> None:
        """Write the vectors of all texts that were asked for, shape (texts, dimension), and their keys."""
        count = len(self.places)
        np.save(folder / "keys.npy", np.array(list(self.places), dtype=KEY))
        header = {"descr": "<f2", "fortran_order": False, "shape": (count, self.embedder.dimension)}
        with (folder / "vectors.npy").open("wb") as file:
            np.lib.format.write_array_header_1_0(file, header)
            for number, block in enumerate(self.blocks):
                file.write(block[: count - number * BLOCK].tobytes())


class Journal:
    """What a build embedded so far, so that one that was ended goes on where it stopped; of one model."""

    def __init__(self, folder: Path, model: str) -> None:
        name = hashlib.sha256(model.encode()).hexdigest()[:16]
        self._keys, self._vectors = folder / f"embedding-{name}.keys", folder / f"embedding-{name}.vectors"

    def read(self, dimension: int) -> tuple[Keys, NDArray[np.float16]]:
        """Return the keys and vectors that were written whole."""
        if not self._keys.exists():
            return np.zeros(0, dtype=KEY), np.zeros((0, dimension), dtype=np.float16)
        size = np.dtype(KEY).itemsize
        count = min(self._keys.stat().st_size // size, self._vectors.stat().st_size // (2 * dimension))
        for path, length in ((self._vectors, 2 * dimension), (self._keys, size)):
            os.truncate(path, count * length)
        keys = np.fromfile(self._keys, dtype=KEY)
        return keys, np.fromfile(self._vectors, dtype=np.float16).reshape(-1, dimension)

    def add(self, keys: Keys, vectors: NDArray[np.float16]) -> None:
        """Write some more; a key stands there only once its vector does."""
        for path, values in ((self._vectors, vectors), (self._keys, keys)):
            with path.open("ab") as file:
                file.write(values.tobytes())
                file.flush()
                os.fsync(file.fileno())

    def remove(self) -> None:
        """Forget it: the index that it was for is in service."""
        self._keys.unlink(missing_ok=True)
        self._vectors.unlink(missing_ok=True)


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
