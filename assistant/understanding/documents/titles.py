"""The documents that a text names: by title, or by what they are and from when ("the 2026 agreement")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.called import without_s
from assistant.corpus.types import Summary
from assistant.language.files import LANGUAGES, either, words_of
from assistant.language.values import years
from assistant.language.words import WORD, words

FILE = "documents"
KINDS = (
    "bylaws",
    "response",
    "agreement",
    "strategy",
    "plan",
    "report",
    "policy",
    "guidelines",
    "rules",
    "minutes",
    "programme",
    "budget",
    "memo",
    "act",
    "decree",
)
OTHER = "other"
# Letters of a word of a title by which a document may be named, and of one that tells what it is about.
SHORTEST = 4
# What a text is left with where a document is named in it: words that every plan knows.
STANDS_FOR = {"da": "aftalen", "en": "the agreement"}
# Signs in front of a word for a document within which it is told that the text itself is meant.
FRAME = 40


@dataclass(frozen=True, slots=True)
class Named:
    """The documents that a text names for certain, in its order, by id; the text, in which one that is named alone is
    written as "the agreement"; and the one that a name of a title hints at, None where there is none.
    """

    documents: tuple[str, ...]
    text: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """What one document is named by: its kind, its own names and all words of its titles, its years, the first of
    which it begins with, and its whole titles in small letters.
    """

    id: str
    kind: str
    names: frozenset[str]
    words: frozenset[str]
    years: frozenset[int]
    whole: tuple[str, ...]

    @property
    def begins(self) -> int:
        """The first year of its titles and period; 0 where there is none."""
        return min(self.years, default=0)

    @classmethod
    def of(cls, summary: Summary) -> Title:
        """Gather them from what is known of a document."""
        both_ways = (summary.title, summary.short_title, summary.title_en, summary.short_title_en)
        whole = {" ".join(each.lower().removeprefix("the ").split()) for each in both_ways}
        return cls(
            summary.id,
            kind_of_document(summary),
            frozenset(summary.own_names),
            frozenset(without_s(word) for each in both_ways for word in words(each) if len(word) >= SHORTEST),
            frozenset(years(" ".join((*both_ways, summary.period)))),
            tuple(sorted((each for each in whole if " " in each), key=len, reverse=True)),
        )


def kind_of_document(summary: Summary) -> str:
    """Return what a document is ("agreement", "bylaws"): the first such word of its titles; OTHER where none tells."""
    danish, english = (summary.short_title, summary.title), (summary.short_title_en, summary.title_en)
    for title, language in (*((each, "da") for each in danish), *((each, "en") for each in english)):
        matches = ((kind, PATTERNS[kind, language].search(title)) for kind in KINDS)
        found = [(match.start(), -match.end(), kind) for kind, match in matches if match]
        if found:
            return min(found)[2]
    return OTHER


PATTERNS = {
    (kind, language): re.compile(rf"\b(?:{words_of(FILE, language).asks[kind].pattern})\b", re.IGNORECASE)
    for kind in KINDS
    for language in LANGUAGES
}
# The words for a document without what stands in front of them in a longer one.
_BARE = re.compile("|".join(re.sub(r"\\w[*+]", "", each.pattern) for each in PATTERNS.values()), re.IGNORECASE)
_ARTICLES = {"den", "det", "de", "the", "this", "that", "our", "your"}
_CONNECTS = {"fra", "for", "af", "i", "om", "med", "from", "of", "in", "on", "with"} | _ARTICLES
_GAP = re.compile(r"[\s–-]*")


class Titles:
    """The titles of a library. Stateless after construction."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self.titles = [Title.of(each) for each in summaries]
        self.by_id = {each.id: each for each in self.titles}

    def named(self, text: str, language: str) -> Named:
        """Return which documents a text names."""
        spans = self._whole(text) or self._by_kind(text, language)
        documents = tuple(dict.fromkeys(each.id for *_, each in spans))
        if len(documents) != 1:
            return Named(documents, text, None if documents else self._hint(text))
        for start, end, _ in reversed(spans):
            written = "" if text[start] == "(" else STANDS_FOR[language]
            text = f"{text[:start]}{written}{text[end:]}"
        return Named(documents, text.strip())

    def of_kind(self, kind: str) -> list[Title]:
        """Return the titles of a kind, in the order of the documents."""
        return [title for title in self.titles if title.kind == kind]

    def _hint(self, text: str) -> str | None:
        """Return the one document with most of the names that a text says."""
        said = {without_s(word) for word in words(text)}
        counts = Counter({title.id: len(title.names & said) for title in self.titles if title.names & said})
        most = counts.most_common(2)
        return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None

    def _whole(self, text: str) -> list[tuple[int, int, Title]]:
        """Return where a text has the whole title of a document, with the brackets or the article around it."""
        lowered = text.lower()
        found = []
        for title in self.titles:
            at = next(((at, at + len(each)) for each in title.whole if (at := lowered.find(each)) >= 0), None)
            if at is not None:
                found.append((*_widened(lowered, *at), title))
        found.sort(key=lambda each: (each[0], -each[1]))
        return [each for n, each in enumerate(found) if n == 0 or each[0] >= found[n - 1][1]]

    def _by_kind(self, text: str, language: str) -> list[tuple[int, int, Title]]:
        """Return where a text names one document by what it is."""
        lowered = text.lower()
        seen = {(m.start(), m.end(), kind) for (kind, _), each in PATTERNS.items() for m in each.finditer(lowered)}
        found: list[tuple[int, int, Title]] = []
        kind = ""
        for start, end, kind_ in sorted(seen, key=lambda each: (each[0], -each[1])):
            if found and start < found[-1][1]:
                continue
            if hit := self._meant(lowered, start, end, kind_, language):
                found.append(hit)
                kind = kind_
        for match in words_of(FILE, language).asks["one"].finditer(lowered):
            others = [title for title in self.of_kind(kind) if all(title is not each for *_, each in found)]
            if title := _by_age(others, match.group()):
                found.append((match.start(), match.end(), title))
        return sorted(found, key=lambda each: each[0])

    def _meant(self, lowered: str, start: int, end: int, kind: str, language: str) -> tuple[int, int, Title] | None:
        """Return the document that a word for its kind means with what stands around it, and where; None for none."""
        runs = [(title, *_run(lowered, start, end, title)) for title in self.of_kind(kind)]
        most = max((hits for *_, hits in runs), default=0)
        best = [each for each in runs if each[3] == most]
        if len(best) > 1 and (aged := _by_age([title for title, *_ in best], lowered[best[0][1] : start])):
            best = [each for each in best if each[0] is aged]
            most = most or 1
        if len(best) != 1:
            return None
        title, first, last, _ = best[0]
        own = {_stemmed(word) for word in title.words}
        if _is_longer(lowered[start:end]) and _stemmed(lowered[start:end]) not in own:
            return None  # "Parisaftalen" is another, and so is "Parisaftalen 2016"
        known = _is_known(lowered, first, start, end, language)
        if most and (known or first < start or last > end):
            return first, last, title
        framed = _is_framed(lowered, first, last, language) and not _is_about_else(lowered, last, title, language)
        return (first, last, title) if known and framed else None


def _run(lowered: str, start: int, end: int, title: Title) -> tuple[int, int, int]:
    """Return how far the words around a word for a document are those of its titles, and how many of them tell it."""
    hits = int(_is_longer(lowered[start:end]) and _stemmed(lowered[start:end]) in {_stemmed(w) for w in title.words})
    first, last = start, end
    ages = re.compile(rf"(?:{either(FILE, 'old').pattern})|(?:{either(FILE, 'new').pattern})")
    for token in reversed([*WORD.finditer(lowered[:start])]):
        word = token.group()
        told = _tells(word, title)
        if not _GAP.fullmatch(lowered[token.end() : first]) or not (told or word in _CONNECTS or ages.fullmatch(word)):
            break
        if word not in _CONNECTS or word in _ARTICLES:
            first = token.start()
            hits += told
        else:
            break
    for token in WORD.finditer(lowered, end):
        word = token.group()
        told = _tells(word, title)
        if not _GAP.fullmatch(lowered[last : token.start()]) and not told:
            break
        if word in _CONNECTS:
            continue
        if not told or not _joined(lowered[last : token.start()]):
            break
        last, hits = token.end(), hits + told
    return first, last, hits


def _is_longer(word: str) -> bool:
    """Return whether a word for a document has another in front of it, as "partnerskabsaftalen" has."""
    return not _BARE.fullmatch(word)


def _joined(between: str) -> bool:
    """Return whether nothing but words that connect stands between two words."""
    return all(word in _CONNECTS for word in words(between)) and not re.search(r"[?!.,;:]", between)


def _tells(word: str, title: Title) -> int:
    """Return how much a word tells a title: a year that it begins with twice, any other year or word of it once."""
    if word.isdigit():
        return 2 * (int(word) == title.begins) or int(int(word) in title.years)
    return int(without_s(word) in title.words)


def _stemmed(word: str) -> str:
    """Return the word for a document without its ending: "partnerskabsaftalen" as "partnerskabsaftal"."""
    return re.sub(r"(?:ens|erne|ets|en|er|et|ns|n|e)$", "", word)


def _is_known(lowered: str, first: int, start: int, end: int, language: str) -> bool:
    """Return whether a word for a document is in the definite form: one speaks of a document that is known."""
    asks = words_of(FILE, language).asks["definite"]
    return bool(asks.search(lowered[start:end]) if language == "da" else asks.match(lowered[first:]))


def _is_framed(lowered: str, first: int, last: int, language: str) -> bool:
    """Return whether the text of a document is meant, not the thing: "what does the strategy say", "in the bylaws"."""
    asks = words_of(FILE, language).asks
    return bool(asks["before"].search(lowered[max(0, first - FRAME) : first]) or asks["after"].match(lowered[last:]))


def _is_about_else(lowered: str, last: int, title: Title, language: str) -> bool:
    """Return whether what follows tells that a document about something else is meant."""
    if words_of(FILE, language).asks["towards"].match(lowered[last:]):
        return True
    about = words_of(FILE, language).asks["about"].match(lowered[last:])
    said = [word for word in words(lowered[last + about.end() :])[:2] if len(word) >= SHORTEST] if about else []
    return bool(said) and not any(_tells(each, title) for each in said)


def _by_age(titles: Sequence[Title], said: str) -> Title | None:
    """Return the oldest or the newest of some documents, where that is said of them and their years tell."""
    years_ = [title.begins for title in titles]
    if not titles or 0 in years_ or len(set(years_)) < len(years_):
        return None
    if either(FILE, "old").search(said):
        return min(titles, key=lambda title: title.begins)
    return max(titles, key=lambda title: title.begins) if either(FILE, "new").search(said) else None


def _widened(lowered: str, start: int, end: int) -> tuple[int, int]:
    """Return a place with the brackets or the article around it."""
    if lowered[:start].endswith("(") and lowered[end:].startswith(")"):
        return start - 1, end + 1
    return (start - 4 if lowered[:start].endswith("the ") else start), end
