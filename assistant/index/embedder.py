"""Embedding models: the bundled one, run by onnxruntime, or any sentence-transformers model that the operator names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError

Vectors = NDArray[np.float32]
Told = Callable[[int], None]

BATCH_TOKENS = 2048
# The prompts that the bundled model was trained with; it confuses questions and passages without them.
QUESTION, PASSAGE = "query: ", "passage: "


class Embedder(Protocol):
    """What the index needs of a model. `digest` tells two models apart, `dimension` is the length of a vector."""

    digest: str
    dimension: int

    def questions(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of questions, shape (texts, dimension); `told` hears how many are done."""
        ...

    def passages(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of passages, shape (texts, dimension); `told` hears how many are done."""
        ...


class OnnxEmbedder:
    """A sentence-transformers folder with `onnx/model.onnx`, read by onnxruntime and tokenizers alone.

    One thread, so that a process can load it and fork: the workers share its pages. A text's vector is the mean of its
    tokens' (at most 512) vectors, and the same alone and in a batch.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer = read_tokenizer(folder / "tokenizer.json")
            file = str(folder / "onnx" / "model.onnx")
            self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
            self.dimension = int(self._session.get_outputs()[0].shape[-1])
        except Exception as error:  # both libraries raise errors of their own of many kinds
            mend = "Restore the folder from the project, or run 'make model'."
            raise ModelError(f"{folder}: no model can be read there ({error}). {mend}") from error
        self.digest = digest

    def questions(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of questions, shape (texts, dimension)."""
        return self._embed([QUESTION + text for text in texts], told)

    def passages(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of passages, shape (texts, dimension)."""
        return self._embed([PASSAGE + text for text in texts], told)

    def _embed(self, texts: Sequence[str], told: Told | None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encoded = [each.ids for each in self._tokenizer.encode_batch_fast(list(texts))]
        done = 0
        for batch in _batches(encoded):
            longest = max(len(encoded[n]) for n in batch)
            ids, mask = np.ones((2, len(batch), longest), dtype=np.int64)  # 1 is the id of padding
            for line, n in enumerate(batch):
                ids[line, : len(encoded[n])] = encoded[n]
                mask[line, len(encoded[n]) :] = 0
            hidden = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            vectors[batch] = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            done += len(batch)
            if told:
                told(done)
        return _unit(vectors)


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

    def questions(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of questions, shape (texts, dimension)."""
        return self._embedded(self._model.encode_query, texts, told)

    def passages(self, texts: Sequence[str], told: Told | None = None) -> Vectors:
        """Return unit vectors of passages, shape (texts, dimension)."""
        return self._embedded(self._model.encode_document, texts, told)

    def _embedded(self, encode: Callable[..., object], texts: Sequence[str], told: Told | None) -> Vectors:
        vectors = _unit(np.asarray(encode(list(texts), show_progress_bar=False), dtype=np.float32))
        if told:
            told(len(texts))
        return vectors


@lru_cache(maxsize=2)
def read_tokenizer(path: Path) -> Any:
    """Read a tokenizer, which has no state and many words: the model and the rarity of words use the same."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path))


def load_embedder(name: str) -> Embedder:
    """Load the model that a folder or hub name stands for. Raises ModelError."""
    folder = Path(name)
    if _is_onnx(folder):
        return _onnx_embedder(folder, folder_digest(folder))
    if folder.is_absolute() and not folder.is_dir():
        raise ModelError(f"{folder} is not a folder. Set ASSISTANT_MODEL to a sentence-transformers folder.")
    return TransformerEmbedder(name)


def load_before_fork(name: str) -> None:
    """Load a model whose pages the processes that are forked then share; one that starts threads is left to each.

    Raises ModelError.
    """
    if _is_onnx(Path(name)):
        load_embedder(name)


@lru_cache(maxsize=1)
def _onnx_embedder(folder: Path, digest: str) -> OnnxEmbedder:
    """Read a model, which is safe for threads, once as long as its files stay the same."""
    return OnnxEmbedder(folder, digest)


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 (hex) over names and contents of all files of a model folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "README.md"):
        with path.open("rb") as file:  # not read whole: what was once taken for it would stay with the process
            content = hashlib.file_digest(file, "sha256").digest()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()


def _is_onnx(folder: Path) -> bool:
    """Return whether a sentence-transformers folder says that its network is run by onnxruntime."""
    try:
        configured = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
        return bool(configured["backend"] == "onnx")
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _batches(encoded: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the numbers of texts of like length, so many at a time that little is padded and memory stays bounded."""
    batch: list[int] = []
    for n in sorted(range(len(encoded)), key=lambda n: len(encoded[n])):
        if batch and (len(batch) + 1) * len(encoded[n]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)
