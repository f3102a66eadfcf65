"""Words that ask, mistyped: "hvliket tema", "hvormange byre er nænt", "whcih". They are mended by what the language
files say, before any plan looks at a message; a word of the documents, or one known at large, stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language.files import FOLDER, LANGUAGES, words_of
from assistant.language.words import WORD, Analyzer, fold

# Letters of the shortest and of the longest word that is mended.
SHORTEST, LONGEST = 4, 24
# How rare a word must be at large to be a slip of another, by the slip: letters that changed places, one too many or
# too few, a vowel for another. Words that are right differ from others so too.
RARE = {"a swap": 0.75, "one letter": 1.375, "vowel": 1.75}
VOWELS = frozenset("aeiouyjæøå")
# Words that people ask with, beside those of the patterns.
LISTS = {"detection": ("closed",), "collect": ("whole", "soft"), "overview": ("own", "document"), "mention": ("own",)}
# What a pattern has beside words: "\b", "\w*"; and a word in it that is whole.
ESCAPED = re.compile(r"\\[bBdDsSW]")
WHOLE = re.compile(r"(?<![^\W\d_])(?<![\\\])])[^\W\d_]{4,}(?![^\W\d_]|\\w|[\[(?*+{])")


class Mender:
    """Mends the words that ask. `analyzer` knows the words of the documents and of what is asked of them, and `rarity`
    tells how rare a word is in the language at large.
    """

    def __init__(self, analyzer: Analyzer, rarity: Callable[[str], float]) -> None:
        self.analyzer, self.rarity = analyzer, rarity

    def mended(self, text: str, language: str) -> str:
        """Return a text with its mistyped asking words as they are written. Names stay."""

        def typed(match: re.Match[str]) -> str:
            # Capitals begin a text, or a name.
            return self._mended(match.group(), language, beginning=match.start() == 0)

        return WORD.sub(typed, text)

    def _mended(self, word: str, language: str, beginning: bool) -> str:
        lowered = word.lower()
        named = word != lowered and not (beginning and word[1:] == lowered[1:])
        if named or not lowered.isalpha() or not SHORTEST <= len(lowered) <= LONGEST:
            return word
        if (apart := _apart(language).match(lowered)) is not None:
            return " ".join(apart.groups())
        if self._knows(lowered):
            return word
        return self._nearest(lowered, language) or word

    def _knows(self, word: str) -> bool:
        asked = any(_short(word) in asking_words(language) for language in LANGUAGES)
        return asked or self.analyzer.knows(word) or bool(self.analyzer.parts(word))

    def _nearest(self, typed: str, language: str) -> str | None:
        """Return the asking word that a mistyped one is nearest to, by the likeliest slip, then the commonest."""
        asking, rare = asking_words(language), self.rarity(typed)
        found = process.extract(_short(typed), asking.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        slips = [(_slip(each, _short(typed)), self.rarity(asking[each]), each) for each, _, _ in found]
        likely = sorted(each for each in slips if each[0] and rare >= RARE[each[0]])
        return asking[likely[0][-1]] if likely else None


def _short(word: str) -> str:
    """Return a word with one letter for each of æ, ø and å, however they are written."""
    return fold(word).replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _slip(meant: str, typed: str) -> str:
    """Return which slip of one letter made a word of another; "" for none: the first letter is seldom wrong, and what
    only ends otherwise is another form of the word.
    """
    if sorted(meant) == sorted(typed):
        return "a swap"
    shorter, longer = sorted((meant, typed), key=len)
    if meant[0] != typed[0] or longer[:-1] in (shorter, shorter[:-1]):
        return ""
    if len(meant) != len(typed):
        return "one letter"
    changed = {letter for pair in zip(meant, typed, strict=True) if pair[0] != pair[1] for letter in pair}
    return "vowel" if changed <= VOWELS else ""


@lru_cache(maxsize=2)
def asking_words(language: str) -> dict[str, str]:
    """Return the words that people ask with, as they are compared: those of the patterns, and of the lists that narrow
    nothing.
    """
    found: set[str] = set()
    for path in sorted((FOLDER / language).glob("*.toml")):
        for pattern in words_of(path.stem, language).asks.values():
            found.update(WHOLE.findall(ESCAPED.sub(" ", pattern.pattern)))
    for plan, lists in LISTS.items():
        found.update(*(words_of(plan, language).words[each] for each in lists))
    return {_short(word): word for word in sorted(found) if word.isalpha() and len(word) >= SHORTEST}


@lru_cache(maxsize=2)
def _apart(language: str) -> re.Pattern[str]:
    """Return what finds two words written as one: "hvormange" is "hvor mange"."""
    said = words_of("slips", language).words
    first, second = ("|".join(sorted(said[key])) for key in ("first", "second"))
    return re.compile(rf"^({first})({second})$")
