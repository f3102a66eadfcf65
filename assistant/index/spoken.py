"""What people say: examples of it in the language files, compared with a message by their vectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.index.embedder import Embedder, Vectors
from assistant.index.writing.embedded import Embedded
from assistant.language.files import LANGUAGES, words_of

# The files with examples; what an example is about is called by file and key.
FILES = ("assistant", "overview", "collect", "themes")
# Examples of how a section is asked for, in which its name is exchanged for "the theme": not for whole messages.
NAMELESS = ("overview.section", "overview.detail")
VECTORS, TEXTS = "vectors.npy", "texts.npy"


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

    def nearest(self, vector: Vectors, nameless: bool = False) -> tuple[str, float]:
        """Return what the nearest example is about, and its cosine; where `nameless`, of those without a name alone."""
        cosines = self.vectors @ vector
        cosines[[(key in NAMELESS) is not nameless for key in self.keys]] = -1.0
        best = int(cosines.argmax())
        return self.keys[best], float(cosines[best])

    @classmethod
    def load(cls, folder: Path, embedder: Embedder) -> Spoken:
        """Read what `save_spoken` wrote; where the examples were edited since, embed them anew."""
        known = examples()
        digest = np.load(folder / TEXTS, allow_pickle=False)
        if digest.tolist() == [text for _, text in known]:
            found = np.load(folder / VECTORS, allow_pickle=False).astype(np.float32)
        else:
            found = embedder.questions([text for _, text in known])
        return cls(tuple(key for key, _ in known), found)


def save_spoken(folder: Path, embedded: Embedded) -> None:
    """Write the vectors of the examples, and what the examples are."""
    folder.mkdir()
    texts = [text for _, text in examples()]
    np.save(folder / VECTORS, embedded.at(embedded.questions(texts)))
    np.save(folder / TEXTS, np.array(texts))
