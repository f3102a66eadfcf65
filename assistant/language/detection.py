"""Tell Danish from English in short questions, and notice a third language.

langdetect alone is wrong for one short question in seven and changes its mind between runs, so closed-class words
vote first, then the words that the index knows in one language only; langdetect decides what is left, seeded, with
profiles of the two languages and a prior of one half each.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from assistant.language.files import LANGUAGES, both, words_of
from assistant.language.words import fold, words

OTHER = "other"
# Languages that somebody in Denmark may well write in; loading all of langdetect's profiles takes over a second.
NEIGHBOURS = ("da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pl", "pt", "ro", "sv", "tr")
DANISH, ENGLISH = (words_of("detection", language).words["closed"] for language in LANGUAGES)
# Words that both languages write alike say nothing.
SHARED = DANISH & ENGLISH
# Marks of the nearest neighbours that Danish itself does not use.
FOREIGN_LETTERS = frozenset("äöüßłżźćńśęąőűñçãõëïřšžěůâêîôûțșğışі")
FOREIGN = both("detection", "foreign")
NAME = re.compile(r"(?<=[^\s.?!:] )[A-ZÆØÅ][\w-]+")
LEAST_LEFT = 2


def detect(text: str, fallback: str = "da", vocabulary: Mapping[str, frozenset[str]] | None = None) -> str:
    """Return "da", "en" or "other" for a question; `fallback` where the words do not tell.

    `vocabulary` holds the folded words that the index knows, by language.
    """
    if _other_script(text):
        return OTHER
    found = words(_without_names(text))
    danish = sum(word in DANISH - SHARED for word in found) + 0.5 * sum(c in "æøå" for c in text.lower())
    english = sum(word in ENGLISH - SHARED for word in found)
    foreign = sum(word in FOREIGN for word in found) + sum(c in FOREIGN_LETTERS for c in text.lower())
    if foreign > max(danish, english):
        return OTHER
    if danish != english and max(danish, english) >= 1:
        return "da" if danish > english else "en"
    if vocabulary:
        only = [_known(word, vocabulary) for word in found]
        danish, english = danish + only.count("da"), english + only.count("en")
        if danish != english:
            return "da" if danish > english else "en"
        if all(all(fold(word) in known for known in vocabulary.values()) for word in found):
            return fallback  # names and words that both languages share
    letters = sum(character.isalpha() for character in text)
    if letters < 3:
        return fallback
    return _by_profile(text.lower(), fallback, wide=len(found) >= 3 and not danish and not english)


def nearest(text: str) -> str:
    """Return the language that whoever writes in a third one is answered in."""
    lowered = text.lower()
    return next((each for each in LANGUAGES if words_of("detection", each).asks["near"].search(lowered)), LANGUAGES[-1])


def _without_names(text: str) -> str:
    """Return a text without capitalised words inside it, where enough is left: names tell no language."""
    left = NAME.sub(" ", text)
    return left if len(words(left)) >= LEAST_LEFT else text


def _known(word: str, vocabulary: Mapping[str, frozenset[str]]) -> str | None:
    """Return the language that alone knows the word; compounds and inflections count by their stems elsewhere."""
    folded = fold(word)
    languages = [language for language, known in vocabulary.items() if folded in known]
    return languages[0] if len(languages) == 1 else None


def _other_script(text: str) -> bool:
    """Return whether most letters are neither Latin nor marks that go with Latin."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(character, "").startswith("LATIN") for character in letters)
    return bool(letters) and latin * 2 < len(letters)


def _by_profile(text: str, fallback: str, wide: bool) -> str:
    """Ask langdetect, with the two profiles; where nothing is known of the words, with those that are likely here."""
    try:
        if wide:
            likely = _probabilities(text, _factory(NEIGHBOURS))
            if likely and likely[0][1] > 0.95 and likely[0][0] not in ("da", "en", "no"):
                return OTHER
        likely = _probabilities(text, _factory(("da", "en")))
    except LangDetectException:
        return fallback
    return likely[0][0] if likely and likely[0][1] > 0.6 else fallback


def _probabilities(text: str, factory: DetectorFactory) -> list[tuple[str, float]]:
    detector = factory.create()
    detector.seed = 0
    if len(factory.langlist) == 2:
        detector.set_prior_map({"da": 0.5, "en": 0.5})
    detector.append(text)
    return [(each.lang, each.prob) for each in detector.get_probabilities()]


@lru_cache(maxsize=2)
def _factory(languages: tuple[str, ...]) -> DetectorFactory:
    folder = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    factory.seed = 0
    profiles = [(folder / name).read_text(encoding="utf-8") for name in languages]
    factory.load_json_profile([json.dumps(json.loads(profile)) for profile in profiles])
    return factory
