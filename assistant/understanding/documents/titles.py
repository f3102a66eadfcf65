"""The documents that a text names: by title, or by what they are and from when ("the 2026 agreement")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.called import without_s
from assistant.corpus.types import Summary
from assistant.language.files import LANGUAGES, either, words_of
from assistant.language.values import years
from assistant.language.words import WORD, stem, words

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
# "The document", whatever it is.
ANY = "document"
# Letters of a word of a title by which a document may be named, and of one that tells what it is about.
SHORTEST = 4
# What a text is left with where a document is named in it: words that every plan knows.
STANDS_FOR = {"da": "aftalen", "en": "the agreement"}
# Signs in front of a word for a document within which it is told that the text itself is meant.
FRAME = 40


@dataclass(frozen=True, slots=True)
class Named:
    """The documents that a text names for certain, in its order, by id; the text, in which one that is named alone is
    written as "the agreement"; the one that a name of a title hints at, None where there is none; and, where it speaks
    of what several documents are ("the strategy"), by which words, and which they are.
    """

    documents: tuple[str, ...]
    text: str
    hint: str | None = None
    word: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """What one document is named by: its kind, its own names and all words of its titles, its years, the first of
    which it begins with, and its whole titles in small letters; `order` is the place that the officer gives it.
    """

    id: str
    order: int
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
            summary.order,
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
    for kind in (*KINDS, ANY)
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
        meant = self._whole(text) or self._by_kind(text, language)
        documents = tuple(dict.fromkeys(each.title.id for each in meant if each.title))
        tied = next((each for each in meant if len(each.tied) > 1), None) if len(documents) < 2 else None
        among = (text[tied.start : tied.end], tied.tied) if tied else ("", ())
        if len(documents) != 1:
            return Named(documents, text, None if documents else self._hint(text), *among)
        for each in reversed(meant):
            written = "" if text[each.start] == "(" else STANDS_FOR[language]
            if each.title and not each.plain:
                text = f"{text[: each.start]}{written}{text[each.end :]}"
        return Named(documents, text.strip(), None, *among)

    def of_kind(self, kind: str) -> list[Title]:
        """Return the titles of a kind, in the order of the documents."""
        return [title for title in self.titles if kind in (title.kind, ANY)]

    def _hint(self, text: str) -> str | None:
        """Return the one document with most of the names that a text says."""
        said = {without_s(word) for word in words(text)}
        counts = Counter({title.id: len(title.names & said) for title in self.titles if title.names & said})
        most = counts.most_common(2)
        return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None

    def _whole(self, text: str) -> list[_Meant]:
        """Return where a text has the whole title of a document, with the brackets or the article around it."""
        lowered = text.lower()
        found = []
        for title in self.titles:
            at = next(((at, at + len(each)) for each in title.whole if (at := lowered.find(each)) >= 0), None)
            if at is not None:
                found.append(_Meant(*_widened(lowered, *at), title))
        found.sort(key=lambda each: (each.start, -each.end))
        return [each for n, each in enumerate(found) if n == 0 or each.start >= found[n - 1].end]

    def _by_kind(self, text: str, language: str) -> list[_Meant]:
        """Return where a text names documents by what they are."""
        lowered = text.lower()
        found: list[_Meant] = []
        kind = ""
        for start, end, kind_ in _seen(lowered):
            if found and start < found[-1].end:
                continue
            if meant := self._meant(lowered, start, end, kind_, language):
                found.append(meant)
                kind = kind_
        for match in words_of(FILE, language).asks["one"].finditer(lowered):
            others = [title for title in self.of_kind(kind) if all(title is not each.title for each in found)]
            if title := _by_age(others, match.group()):
                found.append(_Meant(match.start(), match.end(), title))
        return sorted(found, key=lambda each: each.start)

    def _meant(self, lowered: str, start: int, end: int, kind: str, language: str) -> _Meant | None:
        """Return what a word for a kind of document means with what stands around it; of several that nothing tells
        apart, the one that the officer put first, if there is one.
        """
        runs = self._candidates(lowered, start, end, kind)
        run = next((each for each in runs if _is_of_text(lowered, start, end, each, language)), None)
        if run is None or (kind == ANY and len(self.titles) == 1):
            return None
        least = min(each.title.order for each in runs)
        first = [each.title for each in runs if each.title.order == least]
        title = first[0] if len(first) == 1 else None
        tied = tuple(each.title.id for each in runs) if kind != ANY or title else ()
        return _Meant(run.start, run.end, title, tied, plain=kind == ANY) if title or tied else None

    def _candidates(self, lowered: str, start: int, end: int, kind: str) -> list[_Run]:
        """Return the documents that a word for their kind may mean with what stands around it."""
        runs = [_run(lowered, start, end, title) for title in self.of_kind(kind)]
        most = max((each.hits for each in runs), default=0)
        best = [each for each in runs if each.hits == most]
        if len(best) > 1 and (aged := _by_age([each.title for each in best], lowered[best[0].start : start])):
            return [replace(each, hits=most or 1) for each in best if each.title is aged]
        hint = self._hint(lowered)
        return [each for each in best if each.title.id == hint] or best


@dataclass(frozen=True, slots=True)
class _Meant:
    """Where a text names a document, and which; None where it may be several that are `tied`. `plain` tells that it is
    called no more than a document.
    """

    start: int
    end: int
    title: Title | None
    tied: tuple[str, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """A document, how far the words around a word for what it is are those of its titles, and how many tell it."""

    title: Title
    start: int
    end: int
    hits: int


def _is_of_text(lowered: str, start: int, end: int, run: _Run, language: str) -> bool:
    """Return whether a word for a document means the one of a run, and its text, not the thing that it is of."""
    if _is_longer(lowered[start:end]) and not _is_word_of(lowered[start:end], run.title):
        return False  # "Parisaftalen" is another, and so is "Parisaftalen 2016"
    known = _is_known(lowered, run.start, start, end, language)
    if run.hits and (known or run.start < start or run.end > end):
        return True
    framed = _is_framed(lowered, run.start, run.end, language)
    return known and framed and not _is_about_else(lowered, run.end, run.title, language)


def _run(lowered: str, start: int, end: int, title: Title) -> _Run:
    """Go from a word for a document as far as the words around it are those of its titles."""
    hits = int(_is_longer(lowered[start:end]) and _is_word_of(lowered[start:end], title))
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
    return _Run(title, first, last, hits)


def _seen(lowered: str) -> list[tuple[int, int, str]]:
    """Return where a text has words for documents, and for which kind, in its order and the longest first."""
    seen = {(m.start(), m.end(), kind) for (kind, _), each in PATTERNS.items() for m in each.finditer(lowered)}
    return sorted(seen, key=lambda each: (each[0], -each[1]))


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


def _is_word_of(word: str, title: Title) -> bool:
    """Return whether a word for a document, in any of its forms, stands in a title or ends a word of it:
    "partnerskabsaftalen".
    """
    forms = ((stem(own, each), stem(word, each)) for own in title.words for each in LANGUAGES)
    return any(own.endswith(asked) for own, asked in forms)


def _is_known(lowered: str, first: int, start: int, end: int, language: str) -> bool:
    """Return whether a word for a document is in the definite form: one speaks of a document that is known."""
    asks = words_of(FILE, language).asks["definite"]
    return bool(asks.search(lowered[start:end]) if language == "da" else asks.match(lowered[first:]))


def _is_framed(lowered: str, first: int, last: int, language: str) -> bool:
    """Return whether the text of a document is meant, not the thing: "what does the strategy say", "in the bylaws"."""
    asks, above = words_of(FILE, language).asks, lowered[max(0, first - FRAME) : first]
    if asks["called"].search(above):
        return False
    return bool(asks["before"].search(above) or asks["after"].match(lowered[last:]))


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
