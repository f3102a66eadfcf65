"""Vectors by the hash of their text: those that ship with the project, those of the index in service, and new ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.embedder import Embedder, Told, Vectors

KEY = "S16"  # 16 hexadecimal digits
Keys = NDArray[np.bytes_]
Embed = Callable[[Sequence[str], Told | None], Vectors]
TextsAt = Callable[[list[int]], list[str]]
# Vectors that are kept together, and texts that are embedded before what was made is written down.
BLOCK, AT_ONCE = 1 << 15, 4096
CODES = 127


def key_of(kind: str, text: str) -> bytes:
    """Return what a text is known by; a question and a passage of the same words have different vectors."""
    digest = hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return digest[:16].encode()


def keys_of(kind: str, texts: Sequence[str]) -> Keys:
    """Return what some texts are known by, shape (texts,)."""
    return np.array([key_of(kind, text) for text in texts], dtype=KEY)


@dataclass(frozen=True, slots=True)
class Known:
    """Vectors of the same model that lie somewhere: their keys as rising numbers, and where the vector of each is."""

    numbers: NDArray[np.uint64]
    places: NDArray[np.int64]
    vectors: NDArray[np.float16]

    @classmethod
    def of(cls, keys: Keys, vectors: NDArray[np.float16]) -> Known:
        """Sort vectors by their keys; they stay where they are."""
        numbers = _numbers(keys)
        places = np.argsort(numbers, kind="stable")
        return cls(numbers[places], places, vectors)

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """Return where the vectors of some keys are, shape (len(keys),), -1 for those that are not here."""
        if not len(self.numbers):
            return np.full(len(keys), -1, dtype=np.int64)
        wanted = _numbers(keys)
        at = self.numbers.searchsorted(wanted).clip(max=len(self.numbers) - 1)
        return np.where(self.numbers[at] == wanted, self.places[at], -1)


def _numbers(keys: Keys) -> NDArray[np.uint64]:
    """Return keys as numbers, which are sorted far sooner."""
    return np.frombuffer(bytes.fromhex(np.asarray(keys, dtype=KEY).tobytes().decode()), dtype=">u8").astype(np.uint64)


class Embedded:
    """Embeds texts, taking what the same model embedded before from where it lies.

    Vectors are kept in blocks, one place after another; those of `kept`, a version whose file is taken over, come first
    and stay there. `new` counts those that had to be embedded.
    """

    def __init__(self, embedder: Embedder, journal: Journal | None = None, kept: Known | None = None) -> None:
        self.embedder, self.journal, self.kept = embedder, journal, kept
        self.places: dict[bytes, int] = {}
        self.blocks: list[NDArray[np.float16]] = []
        self.new = 0
        self._first = len(kept.vectors) if kept is not None else 0
        self._held: list[Known] = []
        if journal is not None:
            self.knows(*journal.read(embedder.dimension))

    def knows(self, keys: Keys, vectors: NDArray[np.float16]) -> None:
        """Look into vectors that were made by the same model, too; they are read where they lie."""
        self._held.append(Known.of(keys, vectors))

    def goes_on(self, keys: Keys, vectors: NDArray[np.float16]) -> None:
        """Begin with vectors that shall have the places after those that are kept."""
        self._add(keys.tolist(), vectors)

    def questions(self, texts: Sequence[str], told: Told | None = None) -> NDArray[np.int32]:
        """Return the places of the vectors of questions, shape (texts,)."""
        return self._places(keys_of("question", texts), _among(texts), self.embedder.questions, told)

    def passages(self, texts: Sequence[str], told: Told | None = None) -> NDArray[np.int32]:
        """Return the places of the vectors of passages, shape (texts,)."""
        return self.passages_of(keys_of("passage", texts), _among(texts), told)

    def passages_of(self, keys: Keys, texts: TextsAt, told: Told | None = None) -> NDArray[np.int32]:
        """Return the same by their keys; only the texts that have to be embedded are asked for, by their numbers."""
        return self._places(keys, texts, self.embedder.passages, told)

    def at(self, places: NDArray[np.int32]) -> NDArray[np.float16]:
        """Return the vectors at some places, shape (len(places), dimension)."""
        found = np.zeros((len(places), self.embedder.dimension), dtype=np.float16)
        own = places - self._first
        if self.kept is not None:
            found[own < 0] = self.kept.vectors[places[own < 0]]
        blocks = np.where(own < 0, -1, own // BLOCK)
        for number in np.unique(blocks[own >= 0]).tolist():
            here = blocks == number
            found[here] = self.blocks[number][own[here] % BLOCK]
        return found

    def _places(self, keys: Keys, texts: TextsAt, embed: Embed, told: Told | None) -> NDArray[np.int32]:
        found = np.full(len(keys), -1, dtype=np.int64) if self.kept is None else self.kept.find(keys)
        lacking = {key: n for n in np.flatnonzero(found < 0).tolist() if (key := bytes(keys[n])) not in self.places}
        if lacking:
            self._add(list(lacking), self._vectors(keys, list(lacking.values()), texts, embed, told))
        for n in np.flatnonzero(found < 0).tolist():
            found[n] = self.places[bytes(keys[n])]
        return found.astype(np.int32)

    def _vectors(
        self, keys: Keys, wanted: list[int], texts: TextsAt, embed: Embed, told: Told | None
    ) -> NDArray[np.float16]:
        """Return the vectors of texts: those that are held somewhere, and the others embedded, some at a time."""
        some, found = keys[wanted], np.zeros((len(wanted), self.embedder.dimension), dtype=np.float16)
        lacking = np.ones(len(wanted), dtype=bool)
        for held in self._held:
            at = held.find(some)
            here = lacking & (at >= 0)
            found[here], lacking[here] = held.vectors[at[here]], False
        new = np.flatnonzero(lacking)
        for begin in range(0, len(new), AT_ONCE):
            chunk = new[begin : begin + AT_ONCE]
            already = len(wanted) - len(new) + begin
            given = texts([wanted[n] for n in chunk.tolist()])
            made = embed(given, told and (lambda done, already=already: told(already + done)))  # type: ignore[misc]
            if not np.isfinite(made).all():
                raise ModelError("the model gives vectors that are not numbers. Choose another ASSISTANT_MODEL.")
            found[chunk] = made
            if self.journal is not None:
                self.journal.add(some[chunk], found[chunk])
        self.new += len(new)
        return found

    def _add(self, keys: list[bytes], vectors: NDArray[np.float16]) -> None:
        """Keep vectors, filling one block after another."""
        begin = 0
        while begin < len(keys):
            count = len(self.places)
            room = count % BLOCK
            if not room:
                self.blocks.append(np.zeros((BLOCK, self.embedder.dimension), dtype=np.float16))
            some = keys[begin : begin + BLOCK - room]
            self.blocks[-1][room : room + len(some)] = vectors[begin : begin + len(some)]
            first = self._first + count
            self.places.update(zip(some, range(first, first + len(some)), strict=True))
            begin += len(some)

    def save(self, folder: Path) -> None:
        """Write the vectors of all texts that were asked for and are not kept elsewhere, and their keys."""
        count = len(self.places)
        np.save(folder / "keys.npy", np.array(list(self.places), dtype=KEY))
        header = {"descr": "<f2", "fortran_order": False, "shape": (count, self.embedder.dimension)}
        with (folder / "vectors.npy").open("wb") as file:
            np.lib.format.write_array_header_1_0(file, header)
            for number, block in enumerate(self.blocks):
                file.write(block[: count - number * BLOCK].tobytes())


def _among(texts: Sequence[str]) -> TextsAt:
    return lambda numbers: [texts[n] for n in numbers]


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
