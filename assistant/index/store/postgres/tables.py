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
from assistant.index.store.mapped import IndexedSpace, index_of
from assistant.index.store.postgres.connection import Database
from assistant.index.store.types import Places, Space, Texts, Vectors

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.sql import SQL, Composed


@dataclass(frozen=True, slots=True)
class HeldInTables:
    """The tables of the version whose other files lie in a folder; `counts` tells how many vectors each kind has."""

    database: Database
    folder: Path
    counts: dict[str, int]

    def space(self, name: str) -> Space | None:
        """Return the vectors of one of `SPACES`, None where there are none."""
        if not self.counts.get(name):
            return None
        return IndexedSpace(index_of(self.folder, name), TableVectors(self.database, table(self.folder.name, name)))

    def texts(self) -> Texts:
        """Return the documents' texts."""
        return TableTexts(self.database, table(self.folder.name, "texts"))


def schema(version: str) -> str:
    """Return the schema of a version."""
    return f"version_{version}"


def table(version: str, name: str) -> Composed:
    """Return the name of a table of a version, for a statement."""
    from psycopg.sql import SQL, Identifier

    return SQL(".").join([Identifier(schema(version)), Identifier(name)])


class TableVectors:
    """Vectors in half precision, compared where they are."""

    def __init__(self, database: Database, name: Composed) -> None:
        from psycopg.sql import SQL

        self._database = database
        # The cast computes in single precision.
        cosine = "SELECT place, -(vector::vector <#> %s::vector) FROM {} WHERE place = ANY(%s::integer[])"
        self._cosines = _filled(SQL(cosine), name)

    def cosines(self, places: Places, vector: Vectors) -> Vectors:
        """Return the exact cosines at some places."""
        wanted, at = np.unique(places, return_inverse=True)
        given = (written(vector.tolist(), "[]"), written(wanted.tolist(), "{}"))
        rows = self._database.ask(lambda connection: connection.execute(self._cosines, given, binary=True).fetchall())
        if len(rows) < len(wanted):
            raise StoreAway("the database lacks vectors of this version. Run 'assistant index build'.")
        found = np.array(rows, dtype=np.float64).reshape(-1, 2)
        return np.asarray(found[np.argsort(found[:, 0]), 1][at], dtype=np.float32)


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


def create_space(
    connection: Connection[Any], own: Composed, dimension: int, vectors: Iterable[NDArray[np.float16]]
) -> None:
    """Make the table of a space, and copy its vectors into it in their order."""
    from psycopg.sql import SQL

    size = SQL(str(dimension))
    connection.execute(
        _filled(SQL("CREATE TABLE {} (place integer NOT NULL, vector halfvec({}) STORAGE PLAIN NOT NULL)"), own, size)
    )
    with connection.cursor().copy(_filled(SQL("COPY {} FROM STDIN WITH (FORMAT binary)"), own)) as copy:
        for piece in as_binary(vectors):
            copy.write(piece)
    connection.execute(_filled(SQL("ALTER TABLE {} ADD PRIMARY KEY (place)"), own))


def as_binary(vectors: Iterable[NDArray[np.float16]]) -> Iterator[bytes]:
    """Yield blocks of vectors, in their order, as the server's binary COPY has rows of (place, halfvec)."""
    yield b"PGCOPY\n\xff\r\n\x00" + struct.pack("!ii", 0, 0)
    place = 0
    for block in vectors:
        rows, dimension = block.shape
        size = 4 + 2 * dimension
        kinds = [("fields", ">i2"), ("four", ">i4"), ("place", ">i4"), ("size", ">i4"), ("dimension", ">i2")]
        lines = np.zeros(rows, dtype=[*kinds, ("unused", ">i2"), ("numbers", ">f2", (dimension,))])
        lines["fields"], lines["four"], lines["size"], lines["dimension"] = 2, 4, size, dimension
        lines["place"], lines["numbers"] = np.arange(place, place + rows), block
        yield lines.tobytes()
        place += rows
    yield struct.pack("!h", -1)


def written(numbers: list[float] | list[int], brackets: str) -> str:
    """Return a vector or an array as the server reads it; every number of single precision survives."""
    return brackets[0] + ",".join(map(repr, numbers)) + brackets[1]


def _filled(statement: SQL, *names: Any) -> Composed:
    return statement.format(*names)
