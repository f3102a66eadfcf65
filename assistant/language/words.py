"""From text to the terms that the lexical signals compare: words, lemmas, stems, parts of compounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
STEMMERS = {"da": "danish", "en": "english"}
# The only letters between the parts of a Danish compound: "erhvervs-indsats", "kommune-plan", "dreng-e-bog".
LINKS = ("", "s", "e")
SHORTEST_PART = 3
FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "u", "û": "u", "é": "e", "’": "'"})


def words(text: str) -> list[str]:
    """Return the lower-case words and numbers of a text, composed (NFC), in order."""
    return WORD.findall(unicodedata.normalize("NFC", text).lower())


def fold(word: str) -> str:
    """Write æ, ø, å as ae, oe, aa, so that both spellings meet."""
    return word.translate(FOLDS)


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """Return the folded Snowball stem of a lower-case word."""
    return fold(_stemmer(language).stemWord(word))


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(STEMMERS[language])


@dataclass(frozen=True)
class Analyzer:
    """Turns text into terms, knowing a vocabulary of folded words and the lemmas of irregular ones.

    `vocabulary`: folded words that texts and questions use; a word outside it is repaired to its nearest neighbour.
    `lemmas`: per language, word to base form, where the stem alone does not join them ("børn" to "barn").
    """

    vocabulary: frozenset[str] = frozenset()
    lemmas: dict[str, dict[str, str]] = field(default_factory=dict)
    _repairs: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _by_start: dict[tuple[int, int, str], list[str]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for word in sorted(self.vocabulary):
            for place, letter in enumerate(word[:2]):
                self._by_start.setdefault((len(word), place, letter), []).append(word)

    def terms(self, text: str, language: str) -> list[str]:
        """Return stems of the words and of the parts of compounds, typing errors repaired."""
        return [term for word in words(text) for term in self.word_terms(self.repair(word), language)]

    def stems(self, text: str, language: str) -> list[str]:
        """Return one stem for each word, typing errors repaired."""
        return [self.stem(self.repair(word), language) for word in words(text)]

    def stem(self, word: str, language: str) -> str:
        """Return the folded stem of the word's base form."""
        return stem(self.lemmas.get(language, {}).get(word, word), language)

    def word_terms(self, word: str, language: str) -> list[str]:
        """Return the stem of a word and, in Danish, the stems of its parts."""
        parts = self.parts(word) if language == "da" else ()
        return [self.stem(word, language), *(self.stem(part, language) for part in parts)]

    def parts(self, word: str) -> tuple[str, ...]:
        """Split a compound into two known words, the longest last part first; empty where there is no such split."""
        folded = fold(word)
        for cut in range(SHORTEST_PART, len(folded) - SHORTEST_PART + 1):
            tail = folded[cut:]
            if len(tail) < 4 or tail not in self.vocabulary:
                continue
            for link in LINKS:
                head = folded[:cut].removesuffix(link) if link else folded[:cut]
                if len(head) >= SHORTEST_PART and head in self.vocabulary:
                    return head, tail
        return ()

    def knows(self, word: str) -> bool:
        """Return whether a word stands in the texts."""
        return fold(word) in self.vocabulary

    def repaired(self, text: str) -> str:
        """Return the words of a text in lower case, typing errors repaired."""
        return " ".join(self.repair(word) for word in words(text))

    def repair(self, word: str) -> str:
        """Return the known word within one edit (two from eight letters on), or the word itself."""
        folded = fold(word)
        if len(folded) < 4 or not self.vocabulary or folded in self.vocabulary or not folded.isalpha():
            return word
        near = self._repairs.get(folded)
        if near is None:  # looked up once: another thread may clear the cache at any moment
            if len(self._repairs) > 20000:
                self._repairs.clear()
            near = self._repairs[folded] = self._nearest(folded) or ""
        return near or word

    def _nearest(self, folded: str) -> str | None:
        if len(folded) > 40 or self.parts(folded):
            return None
        most = 2 if len(folded) >= 8 else 1
        lengths = range(len(folded) - most, len(folded) + most + 1)
        # Typing errors seldom hit the first letters: one of the two is where it was, or has changed places.
        near = [w for n in lengths for w in self._by_start.get((n, 0, folded[0]), ())]
        near += [w for n in lengths for w in self._by_start.get((n, 1, folded[0]), ()) if w[0] != folded[0]]
        near += [w for n in lengths for w in self._by_start.get((n, 0, folded[1]), ()) if w[1] != folded[0]]
        found = process.extractOne(folded, near, scorer=DamerauLevenshtein.distance, score_cutoff=most)
        # Typing errors seldom change the first letter; short words differ from their neighbours by design.
        return found[0] if found and (found[0][0] == folded[0] or len(folded) > 6) else None


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the folded words of the texts, numbers apart."""
    return frozenset(fold(word) for text in texts for word in words(text) if word.isalpha())
