"""What a search must know of every row without opening its document: columns of numbers, mapped from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.types import Field
from assistant.index.records import Row
from assistant.language.kinds import Kind
from assistant.language.values import STATED, states

Numbers = NDArray[np.int32]
FIELDS = tuple(Field)
KINDS = tuple(STATED)

# Of the columns: those that are the same wherever a document stands, those that count on, and those of first rows.
PLAIN, COUNTED, STARTS = (
    ("place", "field", "stated", "translated"),
    ("document", "section", "heading"),
    ("documents", "sections"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """One number a row, each of shape (rows,), and where documents and sections begin.

    `document`, `section` and `heading` (a section or sub-heading) count over all documents; `place` is the span's place
    in its document, `field` the place of its field in `FIELDS`, `stated` a bit for each of `KINDS` of which the span
    states a value, `translated` 1 where there is a translation. `documents` and `sections` hold the number of their
    first row and, last, how many rows there are.
    """

    document: Numbers
    section: Numbers
    heading: Numbers
    place: Numbers
    field: Numbers
    stated: Numbers
    translated: Numbers
    documents: Numbers
    sections: Numbers

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.document)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Columns:
        """Return the columns of rows in reading order."""
        document = _counted([row.document.id for row in rows])
        section = _counted([(row.document.id, row.section.id) for row in rows])
        starts = _starts(document)
        return cls(
            document=document,
            section=section,
            heading=_counted([(row.document.id, row.section.id, row.passage.subheading or "") for row in rows]),
            place=(np.arange(len(rows)) - starts[document]).astype(np.int32),
            field=np.array([FIELDS.index(row.passage.field) for row in rows], dtype=np.int32),
            stated=np.array([_stated(row) for row in rows], dtype=np.int32),
            translated=np.array([row.span.translation is not None for row in rows], dtype=np.int32),
            documents=starts,
            sections=_starts(section),
        )

    @classmethod
    def joined(cls, pieces: Sequence[Columns]) -> Columns:
        """Return the columns of the documents of several pieces, one after another."""
        rows = np.cumsum([0, *(piece.count for piece in pieces)], dtype=np.int32)
        values: dict[str, Numbers] = {}
        for name in PLAIN:
            values[name] = np.concatenate([getattr(piece, name) for piece in pieces])
        for name in COUNTED:
            counted = [getattr(piece, name) for piece in pieces]
            before = np.cumsum([0, *(int(each.max(initial=-1)) + 1 for each in counted)], dtype=np.int32)
            values[name] = np.concatenate([each + n for each, n in zip(counted, before, strict=False)])
        for name in STARTS:
            begins = [getattr(piece, name)[:-1] + n for piece, n in zip(pieces, rows, strict=False)]
            values[name] = np.concatenate([*begins, rows[-1:]])
        return cls(**values)

    def cut(self, documents: range) -> Columns:
        """Return the columns of some documents in a row, numbered from 0."""
        rows = slice(int(self.documents[documents.start]), int(self.documents[documents.stop]))
        values = {name: getattr(self, name)[rows] for name in (*PLAIN, *COUNTED)}
        values |= {name: values[name] - values[name].min(initial=0x7FFFFFFF) for name in COUNTED}
        sections = self.sections[slice(*self.sections.searchsorted([rows.start, rows.stop]))]
        values["sections"] = np.append(sections, rows.stop).astype(np.int32) - np.int32(rows.start)
        values["documents"] = self.documents[documents.start : documents.stop + 1] - np.int32(rows.start)
        return type(self)(**values)

    def rows_of_document(self, number: int) -> range:
        """Return the rows of a document by its number."""
        return range(int(self.documents[number]), int(self.documents[number + 1]))

    def rows_of_section(self, number: int) -> range:
        """Return the rows of a section by its number."""
        return range(int(self.sections[number]), int(self.sections[number + 1]))

    def stating(self, kind: Kind, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some rows whether they state a value of a kind, or say by a marker that they give a reason."""
        if kind not in KINDS:
            return np.zeros(len(rows), dtype=bool)
        return np.asarray((self.stated[rows] >> KINDS.index(kind)) & 1, dtype=bool)

    def in_field(self, field: Field | None, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some rows whether they stand in a field; none do where no field is asked for."""
        if field is None:
            return np.zeros(len(rows), dtype=bool)
        return np.asarray(self.field[rows] == FIELDS.index(field), dtype=bool)

    def cells(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of some rows whether they are actors or next steps."""
        return self.in_field(Field.ACTORS, rows) | self.in_field(Field.NEXT_STEP, rows)

    def save(self, folder: Path) -> None:
        """Write one npy file a column."""
        folder.mkdir()
        for each in fields(self):
            np.save(folder / f"{each.name}.npy", getattr(self, each.name))

    @classmethod
    def load(cls, folder: Path) -> Columns:
        """Map what `save` wrote; its checksums are the caller's to verify first."""
        return cls(*(np.asarray(np.load(folder / f"{each.name}.npy", "r", allow_pickle=False)) for each in fields(cls)))


def _counted(names: Sequence[object]) -> Numbers:
    """Number names by their first appearance."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int32)


def _starts(numbers: Numbers) -> Numbers:
    """Return where each number begins in a rising column, and its length."""
    begins = np.flatnonzero(np.diff(numbers, prepend=-1))
    return np.append(begins, len(numbers)).astype(np.int32)


def _stated(row: Row) -> int:
    return sum(1 << bit for bit, kind in enumerate(KINDS) if states(kind, row.span.quote))
