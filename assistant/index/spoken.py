"""What people say: examples of it in the language files, compared with a message by their vectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedded import Embedded
from assistant.index.embedder import Embedder, Vectors
from assistant.language.files import LANGUAGES, words_of

# The files with examples; what an example is about is called by file and key.
FILES = ("assistant", "overview", "collect", "themes")
PLACES = "spoken.npy"


def examples() -> list[tuple[str, str]]:
    """Return every example with what it is about, in both languages."""
    return [
        (f"{file}.{key}", text)
        for file in FILES
        for language in LANGUAGES
        for key, texts in words_of(file, language).examples.items()
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The examples' vectors, shape (examples, dimension), and what each is about."""

    keys: tuple[str, ...]
    vectors: Vectors

    def nearest(self, vector: Vectors) -> tuple[str, float]:
        """Return what the nearest example is about, and its cosine."""
        cosines = self.vectors @ vector
        best = int(cosines.argmax())
        return self.keys[best], float(cosines[best])

    @classmethod
    def of(cls, folder: Path, vectors: NDArray[np.float16], embedder: Embedder) -> Spoken:
        """Take the examples' vectors from an index; where they were edited since, embed them anew."""
        known = examples()
        places = np.load(folder / PLACES, allow_pickle=False)
        digest = np.load(folder / f"texts-{PLACES}", allow_pickle=False)
        if digest.tolist() == [text for _, text in known]:
            found = vectors[places].astype(np.float32)
        else:
            found = embedder.questions([text for _, text in known])
        return cls(tuple(key for key, _ in known), found)


def save_spoken(folder: Path, embedded: Embedded) -> None:
    """Write where the vectors of the examples stand among those of an index, and what the examples are."""
    texts = [text for _, text in examples()]
    np.save(folder / PLACES, embedded.questions(texts))
    np.save(folder / f"texts-{PLACES}", np.array(texts))
