"""Embedding models: the bundled static one, or any sentence-transformers model that the operator names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What the index needs of a model. `digest` tells two models apart."""

    digest: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimension)."""
        ...


class StaticEmbedder:
    """A sentence-transformers folder whose first module is a StaticEmbedding, read by model2vec.

    model2vec needs neither torch nor sentence-transformers, whose import alone takes seconds.
    """

    def __init__(self, folder: Path) -> None:
        from model2vec import StaticModel

        try:
            # No length limit: sentence-transformers does not truncate for a static model either.
            self._model = StaticModel.from_pretrained(str(folder), max_length=None)
        except Exception as error:  # the readers below model2vec raise errors of their own of many kinds
            raise ModelError(f"{folder}: no static model can be read there ({error}). Run 'make model'.") from error
        self.digest = folder_digest(folder)
        self.dimension = int(self._model.dim)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimension); a text without any known token gives zeros."""
        return _unit(np.asarray(self._model.encode(list(texts), use_multiprocessing=False), dtype=np.float32))


class TransformerEmbedder:
    """Any other sentence-transformers model, by folder or hub name; loaded only when it is asked for."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name, device="cpu")
        except Exception as error:  # hub, file and configuration errors alike
            mend = "Set ASSISTANT_MODEL to a sentence-transformers folder, or unset it for the bundled model."
            raise ModelError(f"the model {name!r} cannot be loaded ({error}). {mend}") from error
        folder = Path(name)
        self.digest = folder_digest(folder) if folder.is_dir() else "name:" + name
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimension)."""
        return _unit(np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32))


def load_embedder(name: str) -> Embedder:
    """Load the model that a folder or hub name stands for. Raises ModelError."""
    folder = Path(name)
    if _is_static(folder):
        return StaticEmbedder(folder)
    if folder.is_absolute() and not folder.is_dir():
        raise ModelError(f"{folder} is not a folder. Set ASSISTANT_MODEL to a sentence-transformers folder.")
    return TransformerEmbedder(name)


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 (hex) over names and contents of all files of a model folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "README.md"):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_static(folder: Path) -> bool:
    """Return whether the first module of a sentence-transformers folder is a StaticEmbedding."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return str(modules[0]["type"]).endswith("StaticEmbedding")
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)
