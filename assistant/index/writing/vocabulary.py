"""The words that an index knows, and in which documents they change what a word is found by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.index.learned.ranking import Ranking
from assistant.index.writing.parts import Entry
from assistant.language.files import LANGUAGES
from assistant.language.words import SHORTEST_PART, fold

Known = dict[str, frozenset[str]]


def known_words(entries: Sequence[Entry], ranking: Ranking) -> Known:
    """Return the folded words that are known in each language: those that ship, and those of the documents."""
    found = {language: set(ranking.vocabulary[language]) for language in LANGUAGES}
    for entry in entries:
        for language, each in found.items():
            each.update(entry.known[language].split())
    return {language: frozenset(each) for language, each in found.items()}


def write_words(folder: Path, known: Known) -> None:
    """Write the known words of each language, one a line."""
    folder.mkdir()
    for language, each in known.items():
        (folder / f"{language}.txt").write_text("\n".join(sorted(each)) + "\n", encoding="utf-8")


def saying_otherwise(entries: Sequence[Entry], ranking: Ranking, before: Known, now: Known) -> list[bool]:
    """Tell of each document whether any of its words has other terms since other words are known.

    A compound is split into known words, and an unknown word mended to a known one: no other word is touched.
    """
    old, new = (known["da"] | known["en"] for known in (before, now))
    if not (other := old ^ new):
        return [False] * len(entries)
    starts, ends = (tuple(word for word in other if len(word) >= least) for least in (SHORTEST_PART, 4))
    analyzers = ranking.analyzer(before), ranking.analyzer(now)
    touched = dict[str, frozenset[str]]()
    for language in LANGUAGES:
        said = frozenset[str]().union(*(entry.said[language].split() for entry in entries))
        some = {word for word in said if _may_be(fold(word), old & new, starts, ends)}
        terms = [{word: each.word_terms(each.repair(word), language) for word in some} for each in analyzers]
        touched[language] = frozenset(word for word in some if terms[0][word] != terms[1][word])
    if not any(touched.values()):
        return [False] * len(entries)
    return [any(not touched[each].isdisjoint(entry.said[each].split()) for each in LANGUAGES) for entry in entries]


def _may_be(folded: str, known: frozenset[str], starts: tuple[str, ...], ends: tuple[str, ...]) -> bool:
    return folded.isalpha() and (folded not in known or folded.startswith(starts) or folded.endswith(ends))
