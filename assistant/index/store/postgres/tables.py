"""Vectors and texts of a version, asked of its tables."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import StoreAway
from assistant.index.store.postgres.connection import Database
from assistant.index.store.types import Compared, Places, Texts, Vectors

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.sql import SQL, Composed


# The columns of the vectors, in the order of `ROWS_OF`: with the title in front, and without.
KINDS = ("record", "headed")


@dataclass(frozen=True, slots=True)
class HeldInTables:
    """The tables of the version whose other files lie in a folder; `counts` tells how many rows have each language."""

    database: Database
    folder: Path
    counts: dict[str, int]

    def compared(self, language: str) -> Compared | None:
        """Return the vectors of the rows that have a language, None where none has it."""
        if not self.counts.get(language):
            return None
        return TableVectors(self.database, table(self.folder.name, rows_table(language)))

    def texts(self) -> Texts:
        """Return the documents' texts."""
        return TableTexts(self.database, table(self.folder.name, "texts"))


def schema(version: str) -> str:
    """Return the schema of a version."""
    return f"version_{version}"


def rows_table(language: str) -> str:
    """Return the name of the table of the rows that have a language."""
    return f"rows-{language}"


def table(version: str, name: str) -> Composed:
    """Return the name of a table of a version, for a statement."""
    from psycopg.sql import SQL, Identifier

    return SQL(".").join([Identifier(schema(version)), Identifier(name)])


class TableVectors:
    """Vectors in half precision, both kinds of a row beside each other, compared where they are."""

    def __init__(self, database: Database, name: Composed) -> None:
        from psycopg.sql import SQL

        self._database = database
        # The casts compute in single precision. That of the question is made once, as it is in a query of its own.
        asked = "(SELECT %(asked)b::real[]::vector)"
        columns = ", ".join(f"-({kind}::vector <#> {asked})" for kind in KINDS)
        cosines = f"SELECT place, {columns} FROM {{}} WHERE place = ANY(%(places)b::integer[])"
        self._cosines = _filled(SQL(cosines), name)

    def cosines(self, places: Places, vector: Vectors) -> Vectors:
        """Return the exact cosines at some places, shape (kinds, len(places))."""
        wanted, at = np.unique(places.astype(np.int32), return_inverse=True)
        given = {"asked": vector, "places": wanted}
        rows = self._database.ask(lambda connection: connection.execute(self._cosines, given, binary=True).fetchall())
        if len(rows) < len(wanted):
            raise StoreAway("the database lacks vectors of this version. Run 'assistant index build'.")
        found = np.array(rows, dtype=np.float64).reshape(-1, 1 + len(KINDS))
        return found[np.argsort(found[:, 0])[at], 1:].T.astype(np.float32)


class TableTexts:
    """Lines of the documents."""

    def __init__(self, database: Database, name: Composed) -> None:
        from psycopg.sql import SQL

        self._database = database
        self._line = _filled(SQL("SELECT value FROM {} WHERE document = %s AND line = %s"), name)

    def read(self, document: int, line: int) -> bytes:
        """Return one line of a document."""
        row = self._database.ask(
            lambda connection: connection.execute(self._line, (document, line), binary=True).fetchone()
        )
        if row is None:
            raise StoreAway("the database lacks a text of this version. Run 'assistant index build'.")
        return bytes(row[0])


def create_rows(
    connection: Connection[Any], own: Composed, dimension: int, vectors: Iterable[NDArray[np.float16]]
) -> None:
    """Make the table of the rows that have a language, and copy their vectors into it in their order."""
    from psycopg.sql import SQL

    columns = ", ".join(f"{kind} halfvec({dimension}) STORAGE PLAIN NOT NULL" for kind in KINDS)
    connection.execute(_filled(SQL(f"CREATE TABLE {{}} (place integer NOT NULL, {columns})"), own))
    with connection.cursor().copy(_filled(SQL("COPY {} FROM STDIN WITH (FORMAT binary)"), own)) as copy:
        for piece in copied(vectors):
            copy.write(piece)
    connection.execute(_filled(SQL("ALTER TABLE {} ADD PRIMARY KEY (place)"), own))


def copied(vectors: Iterable[NDArray[np.float16]]) -> Iterator[bytes]:
    """Yield blocks of vectors, shape (rows, kinds, dimension), as the server's binary COPY has rows of a place, from 0
    up, and a halfvec for each kind.
    """
    yield b"PGCOPY\n\xff\r\n\x00" + struct.pack("!ii", 0, 0)
    place = 0
    for block in vectors:
        rows, kinds, dimension = block.shape
        half = [("size", ">i4"), ("dimension", ">i2"), ("unused", ">i2"), ("numbers", ">f2", (dimension,))]
        row = [("fields", ">i2"), ("four", ">i4"), ("place", ">i4"), ("vectors", half, (kinds,))]
        lines = np.zeros(rows, dtype=row)
        lines["fields"], lines["four"], lines["place"] = 1 + kinds, 4, np.arange(place, place + rows)
        each = lines["vectors"]
        each["size"], each["dimension"], each["numbers"] = 4 + 2 * dimension, dimension, block
        yield lines.tobytes()
        place += rows
    yield struct.pack("!h", -1)


def _filled(statement: SQL, *names: Any) -> Composed:
    return statement.format(*names)
