"""What is made of one document alone: whatever else is in the index, this stays as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.corpus.folder import read_alone
from assistant.corpus.labels import labels_of
from assistant.corpus.questions import AnticipatedQuestion
from assistant.corpus.serial import document_from_json, summary_from_json, summary_to_json, theme_from_json
from assistant.corpus.types import Document, Summary, Theme, themes_of
from assistant.index.columns import Columns
from assistant.index.library import lines_of
from assistant.index.named import Named
from assistant.index.records import Row, headed_text, record_text, rows_of
from assistant.index.store.mapped import PARTS
from assistant.index.store.types import DOCUMENTS, HEADED, NEAR_MISSES, QUESTIONS, RECORDS
from assistant.index.writing.embedded import Keys, keys_of
from assistant.language.files import LANGUAGES
from assistant.language.words import vocabulary, words

# The texts of a row, by the name of their space.
TEXTS = {HEADED[each]: (headed_text, each) for each in LANGUAGES} | {
    RECORDS[each]: (record_text, each) for each in LANGUAGES
}
# The language of a space; every row is in Danish.
LANGUAGE = {space: language for space, (_, language) in TEXTS.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its language; `places` of the rows in the document that answer it, best first."""

    text: str
    language: str
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index is put together from beside rows and texts. `digest` is of the files that it was read from.

    `rows` counts its rows by language; `known` holds the folded words that its text makes known in each language,
    `said` the words that its rows are found by, as they are written: with blanks between them, a tenth of a set's size.
    """

    digest: str
    summary: Summary
    rows: dict[str, int]
    labels: tuple[str, ...]
    sections: tuple[str, ...]
    themes: tuple[Theme, ...]
    known: dict[str, str]
    said: dict[str, str]
    named: Named
    questions: tuple[Asked, ...]
    near_misses: tuple[Asked, ...]

    def things(self, name: str) -> int:
        """Return how many it has of what a space holds, of rows, or of documents: one."""
        if name == DOCUMENTS:
            return 1
        if name in (QUESTIONS, NEAR_MISSES):
            return len(self.questions if name == QUESTIONS else self.near_misses)
        return self.rows[LANGUAGE.get(name, "da")]

    def to_json(self) -> str:
        """Return one line."""
        named = {"names": self.named.names, "numbers": self.named.numbers, "years": map(str, self.named.years)}
        value = {
            "digest": self.digest,
            "summary": summary_to_json(self.summary),
            "rows": self.rows,
            "labels": self.labels,
            "sections": self.sections,
            "themes": [asdict(each) for each in self.themes],
            "known": self.known,
            "said": self.said,
            "named": {name: _joined(each) for name, each in named.items()},
            "questions": [[each.text, each.language, each.places] for each in self.questions],
            "near_misses": [[each.text, each.language] for each in self.near_misses],
        }
        return json.dumps(value, ensure_ascii=False)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Entry:
        """Return the entry that was written."""
        named = {name: frozenset(each.split()) for name, each in value["named"].items()}
        return cls(
            digest=value["digest"],
            summary=summary_from_json(value["summary"]),
            rows=value["rows"],
            labels=tuple(value["labels"]),
            sections=tuple(value["sections"]),
            themes=tuple(map(theme_from_json, value["themes"])),
            known=value["known"],
            said=value["said"],
            named=Named(named["names"], named["numbers"], frozenset(map(int, named["years"]))),
            questions=tuple(Asked(text, language, tuple(places)) for text, language, places in value["questions"]),
            near_misses=tuple(Asked(*each) for each in value["near_misses"]),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A document's entry, its lines of the texts, its columns, numbered from 0, and by the name of their space what the
    texts of its rows are known by.
    """

    entry: Entry
    lines: tuple[bytes, ...]
    columns: Columns
    keys: dict[str, Keys]


def part_of(path: Path, digest: str) -> Part:
    """Read one document folder. Raises CorpusError."""
    corpus = read_alone(path)
    (document,) = corpus.documents
    rows = rows_of([document])
    texts = {space: texts_of(rows, space) for space in TEXTS}
    entry = Entry(
        digest=digest,
        summary=document.summary,
        rows={language: len(texts[RECORDS[language]]) for language in LANGUAGES},
        labels=tuple(sorted(labels_of(document))),
        sections=tuple(section.id for section in document.sections),
        themes=themes_of(document),
        known=_known(document),
        said={each: _joined({word for text in texts[RECORDS[each]] for word in words(text)}) for each in LANGUAGES},
        named=Named.of(document, corpus.aliases[document.id], corpus.registers[document.id]),
        questions=questions_of(corpus.questions[document.id], rows),
        near_misses=tuple(Asked(each.text, each.language) for each in corpus.near_misses[document.id]),
    )
    keys = {space: keys_of("passage", each) for space, each in texts.items()}
    return Part(entry, lines_of(corpus), Columns.of(rows), keys)


def texts_of(rows: Sequence[Row], space: str) -> list[str]:
    """Return the texts of those of some rows that have the language of a space."""
    made, language = TEXTS[space]
    return [text for row in rows if (text := made(row, language)) is not None]


def rows_in(line: bytes) -> tuple[Row, ...]:
    """Return the rows of a document from its first line."""
    return rows_of([document_from_json(json.loads(line))])


@cache
def code_digest() -> str:
    """Return the SHA-256 (hex) of all that reads and analyses a document: another release makes everything anew."""
    digest, folder = hashlib.sha256(np.__version__.encode()), Path(__file__).parents[2]
    for name in ("corpus", "index", "language"):
        for path in sorted(path for path in (folder / name).rglob("*") if path.suffix in (".py", ".toml")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def write_parts(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the entries of all documents, and by which release they were made."""
    lines = [json.dumps(code_digest()), *(entry.to_json() for entry in entries)]
    (folder / PARTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def of_this_release(folder: Path) -> bool:
    """Return whether the version in a folder was made by the same code."""
    with (folder / PARTS).open(encoding="utf-8") as lines:
        return bool(json.loads(next(lines)) == code_digest())


def read_parts(folder: Path) -> list[Entry]:
    """Read what `write_parts` wrote; none where another release made them."""
    if not of_this_release(folder):
        return []
    with (folder / PARTS).open(encoding="utf-8") as lines:
        next(lines)
        return [Entry.from_json(json.loads(line)) for line in lines]


def _known(document: Document) -> dict[str, str]:
    spans = [span for section in document.sections for passage in section.passages for span in passage.spans]
    english = [*(span.translation or "" for span in spans), *(section.title_en for section in document.sections)]
    return {"da": _joined(vocabulary([document.text])), "en": _joined(vocabulary(english))}


def questions_of(asked: Sequence[AnticipatedQuestion], rows: Sequence[Row]) -> tuple[Asked, ...]:
    """Return the questions of a document, given its rows."""
    places = {row.span.id: place for place, row in enumerate(rows)}
    return tuple(Asked(each.text, each.language, tuple(places[target] for target in each.targets)) for each in asked)


def _joined(words: Any) -> str:
    return " ".join(sorted(words))
