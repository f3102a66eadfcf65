"""Which document a question is asked of: one chosen or named, with the label, talked of last, or the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.labels import mentions
from assistant.index.library import Library
from assistant.understanding.documents.titles import Named
from assistant.understanding.types import Turn


@dataclass(frozen=True, slots=True)
class Choice:
    """The document that a question is asked of, by id, and the only one that is searched, None for all.

    `named` are the documents that it names for certain. `labelled` are those that have the label that it names, where
    there are several and none was talked of; `among` those of which it may be meant where nothing decides, and `word`
    what the question calls them all, if it does ("the strategy").
    """

    home: str
    only: str | None = None
    named: tuple[str, ...] = ()
    labelled: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    word: str = ""

    def of(self, home: str) -> Choice:
        """Return the choice with a document decided for."""
        return Choice(home, home, self.named)


def chosen(text: str, document: str | None, named: Named, talked: str | None, library: Library) -> Choice:
    """Return which document a question is asked of. `document` is the one that the client chose, `talked` the one that
    the conversation was about last.
    """
    if document is not None:
        return Choice(document, document)
    if talked and talked in named.among:
        return Choice(talked, talked, (talked,))
    if named.documents:
        alone = named.documents[0] if len(named.documents) == 1 else None
        return Choice(named.documents[0], alone, named.documents)
    if named.among:
        return Choice(named.among[0], among=named.among, word=named.word)
    mention = next(iter(mentions(text)), None)
    labelled = library.labelled(mention.keys) if mention else ()
    if talked and talked in labelled:
        return Choice(talked)
    if len(labelled) == 1:
        return Choice(labelled[0])
    if labelled:
        return _first(labelled, library, labelled)
    home = named.hint or talked
    return Choice(home) if home else _first(library.ids, library)


def _first(ids: Sequence[str], library: Library, labelled: tuple[str, ...] = ()) -> Choice:
    """Return the document that the officer put first of some; where several share that place, none is decided for."""
    first = first_of(ids, library)
    return Choice(first[0], labelled=labelled, among=() if len(first) == 1 else tuple(ids))


def first_of(ids: Sequence[str], library: Library) -> list[str]:
    """Return those of some documents that the officer put first, one or several that share the place."""
    least = min(library.summary(each).order for each in ids)
    return [each for each in ids if library.summary(each).order == least]


def talked_of(history: Sequence[Turn], library: Library) -> str | None:
    """Return the document that the last answer was about, where the client says so."""
    told = (turn.document for turn in reversed(history) if turn.role == "assistant" and turn.document)
    return next((each for each in told if each in library.numbers), None)
