"""The documents of a built index, each read from their file when it is first needed."""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.corpus.aliases import Alias
from assistant.corpus.called import Called, stems_held
from assistant.corpus.folder import Corpus
from assistant.corpus.glossary import Entry
from assistant.corpus.register import Fact
from assistant.corpus.serial import alias_from_json, document_from_json, entry_from_json, fact_from_json
from assistant.corpus.types import Document
from assistant.index.records import Row, rows_of
from assistant.index.store.mapped import write_texts
from assistant.index.store.types import Texts
from assistant.language.words import WORD, words

# How many documents stay in memory; the rest lie in their files.
KEPT = 128
CATALOGUE = "catalogue.json"
# Letters of a word of a title by which a document may be named.
SHORTEST = 4


class Library:
    """Documents by id, in their order, and the ids of all their sections; safe for threads."""

    def __init__(self, folder: Path, texts: Texts) -> None:
        catalogue = json.loads((folder / "documents" / CATALOGUE).read_text(encoding="utf-8"))
        self.ids: tuple[str, ...] = tuple(catalogue["documents"])
        self.sections = frozenset[str](catalogue["sections"])
        self.numbers = {identity: number for number, identity in enumerate(self.ids)}
        self.glossary: tuple[Entry, ...] = tuple(entry_from_json(each) for each in catalogue["glossary"])
        self._texts = texts
        self._called: dict[str, list[int]] = {}
        for number, titles in enumerate(catalogue["titles"]):
            for word in _names(titles):
                self._called.setdefault(word, []).append(number)
        self._open: OrderedDict[str, _Opened] = OrderedDict()
        self._lock = Lock()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents in their order."""
        return tuple(self.document(identity) for identity in self.ids)

    def named_in(self, text: str) -> str | None:
        """Return the id of the document that a text names by a proper noun of its title; None where it names none, or
        several alike.
        """
        counts: Counter[int] = Counter()
        for word in {form for each in words(text) for form in (each, each.removesuffix("s"))}:
            counts.update(self._called.get(word, ()))
        most = counts.most_common(2)
        if not most or (len(most) > 1 and most[0][1] == most[1][1]):
            return None
        return self.ids[most[0][0]]

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

    def _opened(self, identity: str) -> _Opened:
        with self._lock:  # two threads must not hold two copies of one document: rows are told apart by identity
            if identity in self._open:
                self._open.move_to_end(identity)
                return self._open[identity]
            opened = self._open[identity] = _Opened(self._texts, self.numbers[identity])
            if len(self._open) > KEPT:
                self._open.popitem(last=False)
            return opened


class _Opened:
    """One document with its rows; what few questions need is read or made when it is first asked for."""

    def __init__(self, texts: Texts, number: int) -> None:
        self._texts, self._number = texts, number
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


def _names(titles: Sequence[str]) -> set[str]:
    """Return the words of titles that begin with a capital within them: names, in small letters."""
    tokens = (token for title in titles for token in WORD.findall(title)[1:])
    return {token.lower() for token in tokens if token[0].isupper() and len(token) >= SHORTEST}


def save_library(folder: Path, corpus: Corpus) -> None:
    """Write the lines of every document, and a catalogue with their order, their titles and the glossary."""
    (folder / "documents").mkdir()
    write_texts(folder, [line for document in corpus.documents for line in _lines(corpus, document)])
    catalogue = {
        "documents": [document.id for document in corpus.documents],
        "titles": [[each.short_title, each.short_title_en, each.title] for each in corpus.documents],
        "glossary": [asdict(entry) for entry in corpus.glossary],
        "sections": sorted({section.id for document in corpus.documents for section in document.sections}),
    }
    (folder / "documents" / CATALOGUE).write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")


def _lines(corpus: Corpus, document: Document) -> Iterator[bytes]:
    """Yield a document as JSON, what people call its sections, and its register."""
    aliases, register = ([asdict(each) for each in some[document.id]] for some in (corpus.aliases, corpus.registers))
    for value in (asdict(document), aliases, register):
        yield json.dumps(value, ensure_ascii=False).encode() + b"\n"
