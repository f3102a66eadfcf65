"""How far the words around a word for a document are those of its titles, and whether its text is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.called import without_s
from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.words import WORD, stem, words
from assistant.understanding.documents.kinds import FILE, PATTERNS, SHORTEST, Title

# Signs in front of a word for a document within which it is told that the text itself is meant.
FRAME = 40
# The words for a document without what stands in front of them in a longer one.
_BARE = re.compile("|".join(re.sub(r"\\w[*+]", "", each.pattern) for each in PATTERNS.values()), re.IGNORECASE)
_ARTICLES = both(FILE, "articles")
_CONNECTS = both(FILE, "connects") | _ARTICLES
# Between two words; the possessive of a name too: "Sundmark's agreement".
_GAP = re.compile(r"(?:['’]s\b)?[\s–-]*")


@dataclass(frozen=True, slots=True)
class Run:
    """A document, how far the words around a word for what it is are those of its titles, and how many tell it."""

    title: Title
    start: int
    end: int
    hits: int


def is_of_text(lowered: str, start: int, end: int, run: Run, language: str) -> bool:
    """Return whether a word for a document means the one of a run, and its text, not the thing that it is of."""
    if _is_longer(lowered[start:end]) and not _is_word_of(lowered[start:end], run.title):
        return False  # "Parisaftalen" is another, and so is "Parisaftalen 2016"
    known = _is_known(lowered, run.start, start, end, language)
    if run.hits and (known or run.start < start or run.end > end):
        return True
    framed = _is_framed(lowered, run.start, run.end, language)
    return known and framed and not _is_about_else(lowered, run.end, run.title, language)


def run_of(lowered: str, start: int, end: int, title: Title) -> Run:
    """Go from a word for a document as far as the words around it are those of its titles."""
    hits = int(_is_longer(lowered[start:end]) and _is_word_of(lowered[start:end], title))
    first, last = start, end
    ages = re.compile(rf"(?:{either(FILE, 'old').pattern})|(?:{either(FILE, 'new').pattern})")
    for token in reversed([*WORD.finditer(lowered[:start])]):
        word = token.group()
        if word == "s" and lowered[: token.start()].endswith(("'", "’")):
            continue
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
    return Run(title, first, last, hits)


def seen(lowered: str) -> list[tuple[int, int, str]]:
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


def by_age(titles: Sequence[Title], said: str) -> Title | None:
    """Return the oldest or the newest of some documents, where that is said of them and their years tell."""
    years_ = [title.begins for title in titles]
    if not titles or 0 in years_ or len(set(years_)) < len(years_):
        return None
    if either(FILE, "old").search(said):
        return min(titles, key=lambda title: title.begins)
    return max(titles, key=lambda title: title.begins) if either(FILE, "new").search(said) else None
