"""Words that mean the same: what an English word is in Danish, and another Danish word with the same English one.

A document without a translation is asked in English too, and everyone has words of their own ("hospitaler" where the
text says "sygehuse"). The hand-written lexicon of the project tells them apart from what only sounds alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.language.words import stem, words

FILE = "lexicon.tsv"
LONGEST = 3  # words of a gloss that are looked up
# What an English gloss begins with that is not part of the word.
LEADING = {"the", "a", "an", "to", "be"}
Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`danish` tells the Danish words of the stems of English ones; `alike` Danish words by the stem of others
    that share an English word.
    """

    danish: Mapping[Stems, tuple[str, ...]]
    alike: Mapping[Stems, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]]) -> Lexicon:
        """Return the lexicon of pairs of a Danish word and an English gloss."""
        danish: dict[Stems, dict[str, None]] = defaultdict(dict)
        alike: dict[Stems, dict[str, None]] = defaultdict(dict)
        for word, gloss in pairs:
            danish[_stems(gloss)][word.lower()] = None
        for each in danish.values():
            for word in each:
                own = _key(word, "da")
                others = [other for other in each if _key(other, "da") != own]
                alike[own].update(dict.fromkeys(others))
        return cls({key: tuple(each) for key, each in danish.items() if key}, {k: tuple(v) for k, v in alike.items()})

    def same(self, said: Sequence[str], language: str) -> Iterator[tuple[tuple[int, ...], str]]:
        """Yield Danish words that mean what words of a text say, each with the places of these."""
        known = self.danish if language == "en" else self.alike
        stems = [stem(word, language) for word in said]
        for size in range(1, LONGEST + 1):
            for start in range(len(stems) - size + 1):
                for word in known.get(tuple(stems[start : start + size]), ()):
                    yield tuple(range(start, start + size)), word


def _stems(gloss: str) -> Stems:
    said = words(gloss)
    while len(said) > 1 and said[0] in LEADING:
        said = said[1:]
    return tuple(stem(word, "en") for word in said)


def _key(word: str, language: str) -> Stems:
    return tuple(stem(each, language) for each in words(word))


def read_lexicon(path: Path) -> Lexicon:
    """Read what `save_lexicon` wrote."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return Lexicon.of([(danish, gloss) for danish, *glosses in lines for gloss in glosses])


def save_lexicon(path: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Write a line a Danish word, with its English glosses."""
    found: dict[str, dict[str, None]] = {}
    for danish, gloss in pairs:
        found.setdefault(danish, {})[gloss] = None
    lines = ("\t".join((danish, *glosses)) + "\n" for danish, glosses in sorted(found.items()))
    path.write_text("".join(lines), encoding="utf-8")
