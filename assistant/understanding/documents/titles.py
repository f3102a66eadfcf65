"""The documents that a text names: by title, or by what they are and from when ("the 2026 agreement")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.called import without_s
from assistant.corpus.types import Summary
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.documents.kinds import ANY, FILE, Title
from assistant.understanding.documents.runs import Run, by_age, is_of_text, run_of, seen

# What a text is left with where a document is named in it: words that every plan knows.
STANDS_FOR = {"da": "aftalen", "en": "the agreement"}


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


class Titles:
    """The titles of a library. Stateless after construction."""

    def __init__(self, summaries: Sequence[Summary]) -> None:
        self.titles = [Title.of(each) for each in summaries]
        self.by_id = {each.id: each for each in self.titles}
        self.kinds = frozenset(each.kind for each in self.titles)

    def named(self, text: str, language: str) -> Named:
        """Return which documents a text names."""
        meant = self._whole(text) or self._by_kind(text, language)
        documents = tuple(dict.fromkeys(each.title.id for each in meant if each.title))
        documents = documents if len(documents) > 1 else self._compared(text, language) or documents
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

    def _compared(self, text: str, language: str) -> tuple[str, ...]:
        """Return the documents, two or more, that a comparison names by no more than a name of theirs, in its order."""
        if not words_of("compare", language).asks["difference"].search(text.lower()):
            return ()
        said = [without_s(word) for word in words(text)]
        owners = ([title.id for title in self.titles if word in title.names] for word in said)
        found = tuple(dict.fromkeys(ids[0] for ids in owners if len(ids) == 1))
        return found if len(found) > 1 else ()

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
        for start, end, kind_ in seen(lowered):
            if found and start < found[-1].end:
                continue
            if meant := self._meant(lowered, start, end, kind_, language):
                found.append(meant)
                kind = kind_
        for match in words_of(FILE, language).asks["one"].finditer(lowered):
            others = [title for title in self.of_kind(kind) if all(title is not each.title for each in found)]
            if title := by_age(others, match.group()):
                found.append(_Meant(match.start(), match.end(), title))
        return sorted(found, key=lambda each: each.start)

    def _meant(self, lowered: str, start: int, end: int, kind: str, language: str) -> _Meant | None:
        """Return what a word for a kind of document means with what stands around it; of several that nothing tells
        apart, the one that the officer put first, if there is one.
        """
        runs = self._candidates(lowered, start, end, kind)
        run = next((each for each in runs if is_of_text(lowered, start, end, each, language)), None)
        if run is None or (kind == ANY and len(self.titles) == 1):
            return None
        least = min(each.title.order for each in runs)
        first = [each.title for each in runs if each.title.order == least]
        title = first[0] if len(first) == 1 else None
        tied = tuple(each.title.id for each in runs) if kind != ANY or title else ()
        return _Meant(run.start, run.end, title, tied, plain=kind == ANY) if title or tied else None

    def _candidates(self, lowered: str, start: int, end: int, kind: str) -> list[Run]:
        """Return the documents that a word for their kind may mean with what stands around it."""
        runs = [run_of(lowered, start, end, title) for title in self.of_kind(kind)]
        most = max((each.hits for each in runs), default=0)
        best = [each for each in runs if each.hits == most]
        if len(best) > 1 and (aged := by_age([each.title for each in best], lowered[best[0].start : start])):
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


def _widened(lowered: str, start: int, end: int) -> tuple[int, int]:
    """Return a place with the brackets or the article around it."""
    if lowered[:start].endswith("(") and lowered[end:].startswith(")"):
        return start - 1, end + 1
    return (start - 4 if lowered[:start].endswith("the ") else start), end
