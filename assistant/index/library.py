"""The documents of a built index, each read from their file when it is first needed."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from assistant.corpus.aliases import Alias
from assistant.corpus.called import Called, stems_held
from assistant.corpus.folder import Corpus
from assistant.corpus.glossary import Entry
from assistant.corpus.register import Fact
from assistant.corpus.serial import (
    alias_from_json,
    document_from_json,
    entry_from_json,
    fact_from_json,
    summary_from_json,
    summary_to_json,
    theme_from_json,
)
from assistant.corpus.types import Document, Summary, Theme
from assistant.index.learned.asked_in import AskedIn, asked_in
from assistant.index.named import Named
from assistant.index.records import Row, rows_of
from assistant.index.store.types import Texts

# How many documents stay in memory; the rest lie in their files.
KEPT = 128
CATALOGUE, THEMES = "catalogue.json", "themes.json"


class Entered(Protocol):
    """What the catalogue says of a document."""

    @property
    def summary(self) -> Summary:
        """What is known of it without its text."""
        ...

    @property
    def labels(self) -> Collection[str]:
        """The labels that it may be found by."""
        ...

    @property
    def sections(self) -> Collection[str]:
        """The ids of its sections."""
        ...

    @property
    def themes(self) -> Sequence[Theme]:
        """Its themes, as an overview shows them."""
        ...


class Library:
    """Documents by id, in their order, and the ids of all their sections; safe for threads."""

    def __init__(self, folder: Path, texts: Texts) -> None:
        catalogue = json.loads((folder / "documents" / CATALOGUE).read_text(encoding="utf-8"))
        self.ids: tuple[str, ...] = tuple(catalogue["documents"])
        self.sections = frozenset[str](catalogue["sections"])
        self.numbers = {identity: number for number, identity in enumerate(self.ids)}
        self.summaries: tuple[Summary, ...] = tuple(summary_from_json(each) for each in catalogue["summaries"])
        self.glossary: tuple[Entry, ...] = tuple(entry_from_json(each) for each in catalogue["glossary"])
        self._labelled: dict[str, list[int]] = catalogue["labelled"]
        self._themes = folder / "documents" / THEMES
        self._texts = texts
        self._open: OrderedDict[str, _Opened] = OrderedDict()
        self._lock = Lock()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents in their order."""
        return tuple(self.document(identity) for identity in self.ids)

    @cached_property
    def themes(self) -> tuple[tuple[Summary, Theme], ...]:
        """The themes of all documents, each with what is known of its document; none of them is opened."""
        every = json.loads(self._themes.read_text(encoding="utf-8"))
        pairs = zip(self.summaries, every, strict=True)
        return tuple((summary, theme_from_json(each)) for summary, themes in pairs for each in themes)

    def summary(self, identity: str) -> Summary:
        """Return what is known of a document without opening it; raises KeyError where there is none of that id."""
        return self.summaries[self.numbers[identity]]

    def labelled(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the documents that have a section of a label, given what it may be found by."""
        numbers = {number for key in keys for number in self._labelled.get(key, ())}
        return tuple(self.ids[number] for number in sorted(numbers))

    def document(self, identity: str) -> Document:
        """Return the document of that id; raises KeyError where there is none."""
        return self._opened(identity).document

    def rows(self, identity: str) -> tuple[Row, ...]:
        """Return all rows of a document, in reading order."""
        return self._opened(identity).rows

    def place(self, identity: str, section: str) -> int | None:
        """Return the place of the first row of a section in its document; None where it has no text."""
        return self._opened(identity).places.get(section)

    def aliases(self, identity: str) -> tuple[Alias, ...]:
        """Return what people call the sections and topics of a document."""
        return self._opened(identity).aliases

    def called(self, identity: str) -> Called:
        """Return by which words the sections of a document are called."""
        return self._opened(identity).called

    def stems(self, identity: str) -> dict[str, frozenset[str]]:
        """Return the stems of the words that a document says, by language."""
        return self._opened(identity).stems

    def row(self, identity: str, span: str) -> Row | None:
        """Return the row of a span, None where the document has none of that id."""
        return self._opened(identity).by_span.get(span)

    def register(self, identity: str) -> tuple[Fact, ...]:
        """Return what a document names, each thing at all its places."""
        return self._opened(identity).register

    def asked_in(self, identity: str) -> AskedIn:
        """Return in which words the sentences of a document are asked after."""
        return self._opened(identity).asked_in

    def named(self, identity: str) -> Named:
        """Return the words of all names, the numbers and the years of a document, and the names of the glossary."""
        return self._opened(identity).named

    def _opened(self, identity: str) -> _Opened:
        with self._lock:  # two threads must not hold two copies of one document: rows are told apart by identity
            if identity in self._open:
                self._open.move_to_end(identity)
                return self._open[identity]
            opened = self._open[identity] = _Opened(self._texts, self.numbers[identity], self.glossary)
            if len(self._open) > KEPT:
                self._open.popitem(last=False)
            return opened


class _Opened:
    """One document with its rows; what few questions need is read or made when it is first asked for."""

    def __init__(self, texts: Texts, number: int, glossary: tuple[Entry, ...]) -> None:
        self._texts, self._number, self._glossary = texts, number, glossary
        self.document = document_from_json(self._read(0))
        self.rows = rows_of([self.document])
        self.places = {row.section.id: place for place, row in reversed(list(enumerate(self.rows)))}

    def _read(self, line: int) -> Any:
        return json.loads(self._texts.read(self._number, line))

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """What people call its sections and topics."""
        return tuple(alias_from_json(each) for each in self._read(1))

    @cached_property
    def register(self) -> tuple[Fact, ...]:
        """What it names."""
        return tuple(fact_from_json(each) for each in self._read(2))

    @cached_property
    def asked_in(self) -> AskedIn:
        """In which words its sentences are asked after."""
        found: AskedIn = self._read(3)
        return found

    @cached_property
    def named(self) -> Named:
        """What it names, and the glossary."""
        return Named.joined([Named.of(self.document, self.aliases, self.register)], self._glossary)

    @cached_property
    def by_span(self) -> dict[str, Row]:
        """The rows by the ids of their spans."""
        return {row.span.id: row for row in self.rows}

    @cached_property
    def called(self) -> Called:
        """By which words the sections are called."""
        return Called.of(self.document, self.aliases)

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        """The stems of its words, by language."""
        return stems_held(self.document)


def save_catalogue(folder: Path, documents: Sequence[Entered], glossary: Sequence[Entry]) -> None:
    """Write what is known of each document, by which labels it may be found, the glossary, and apart the themes."""
    (folder / "documents").mkdir()
    labelled: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for key in document.labels:
            labelled.setdefault(key, []).append(number)
    catalogue = {
        "documents": [document.summary.id for document in documents],
        "summaries": [summary_to_json(document.summary) for document in documents],
        "labelled": labelled,
        "glossary": [asdict(entry) for entry in glossary],
        "sections": sorted({section for document in documents for section in document.sections}),
    }
    themes = [[asdict(theme) for theme in document.themes] for document in documents]
    for name, value in ((CATALOGUE, catalogue), (THEMES, themes)):
        (folder / "documents" / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def lines_of(corpus: Corpus) -> tuple[bytes, ...]:
    """Return the only document of a corpus as JSON, what people call its sections, its register, and in which words
    its sentences are asked after.
    """
    (document,) = corpus.documents
    wordings = asked_in(corpus.questions[document.id])
    aliases, register = ([asdict(each) for each in some[document.id]] for some in (corpus.aliases, corpus.registers))
    return tuple(
        json.dumps(value, ensure_ascii=False).encode() + b"\n"
        for value in (asdict(document), aliases, register, wordings)
    )
