"""In how many ways people put what the plans answer, learned from the examples of the language files.

The same head that learns a document's questions learns these: one score a kind of question, and one that tells whether
a question is put like any of them at all, rather than like those that people ask of what a text says.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.index.embedder import Vectors
from assistant.index.learned.head import Features, Head
from assistant.index.writing.embedded import Embedded
from assistant.language.files import LANGUAGES, words_of
from assistant.language.words import stem, words

FILE, HEAD, KEYS, TEXTS = "wordings", "head.npy", "keys.npy", "texts.npy"
# What stands in the place of a name, as of a section the words of `overview.toml` do.
NAME = "X"
# What so many kinds of question have in their wordings tells none of them.
COMMON = 6


def plain(text: str, language: str) -> str:
    """Return an example with what stands for any section or name in its places."""
    return text.format(theme=words_of("overview", language).says["the theme"], name=NAME)


def wordings() -> list[tuple[str, str]]:
    """Return every kind of question with each of the ways to put it, in both languages."""
    files = [(language, words_of(FILE, language)) for language in LANGUAGES]
    return [
        (key, plain(text, language))
        for language, said in files
        for key, texts in said.examples.items()
        for text in (said.says[key], *texts)
    ]


@cache
def stems() -> Mapping[str, frozenset[str]]:
    """Return the stems that the wordings of each kind have, with those that many kinds have.

    It takes as long as opening an index, so it waits for the first question that asks for it.
    """
    found: dict[str, set[str]] = {}
    for key, text in wordings():
        found.setdefault(key, set()).update(stem(word, language) for word in words(text) for language in LANGUAGES)
    kinds = Counter(each for some in found.values() for each in some)
    common = {each for each, count in kinds.items() if count >= COMMON}
    return {key: frozenset(some | common) for key, some in found.items()}


@dataclass(frozen=True, slots=True)
class Wordings:
    """A head over kinds of question, which `keys` name as the language files do."""

    keys: tuple[str, ...]
    features: Features
    head: Head

    def nearest(self, text: str, vector: Vectors) -> tuple[str, float, float]:
        """Return which kind a question is most like, how much (0 to 1), and how much it is put like any (1) or like
        what is asked of a text (-1).
        """
        scores, like = self.head.scores(self.features.of([text], vector[None])[0])
        best = int(scores.argmax())
        return self.keys[best], float(scores[best]), like

    @classmethod
    def load(cls, folder: Path, features: Features) -> Wordings:
        """Map what `save_wordings` wrote; its checksums are the caller's to verify first."""
        keys = np.load(folder / KEYS, allow_pickle=False)
        return cls(tuple(keys.tolist()), features, Head.load(folder / HEAD))


def save_wordings(folder: Path, before: Path | None, features: Features, others: Vectors, embedded: Embedded) -> None:
    """Learn the ways to put each kind of question, and write it; take it over from `before` if the texts are the same.

    `others` are the features of questions that people ask of what texts say.
    """
    asked = wordings()
    texts = np.array([f"{key} {text}" for key, text in asked])
    if before is not None and np.array_equal(np.load(before / TEXTS), texts):
        shutil.copytree(before, folder)
        return
    folder.mkdir()
    numbers: Mapping[str, int] = {key: number for number, key in enumerate(dict.fromkeys(key for key, _ in asked))}
    plainly = [text for _, text in asked]
    vectors = embedded.at(embedded.questions(plainly)).astype(np.float32)
    head = Head.fit(features.of(plainly, vectors), [[numbers[key]] for key, _ in asked], len(numbers), others)
    head.save(folder / HEAD)
    np.save(folder / KEYS, np.array(list(numbers)))
    np.save(folder / TEXTS, texts)
