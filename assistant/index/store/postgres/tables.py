"""Vectors and texts of a version, asked of its tables."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import StoreAway
from assistant.index.candidates.vectors import FLAT, GROUPS
from assistant.index.store.postgres.connection import Database
from assistant.index.store.types import Numbers, Places, Space, Texts, Vectors

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.sql import SQL, Composed


# The server makes groups in memory, 200 bytes for each two of them: so many take 0.9 GB, and of more it refuses to.
MOST_GROUPS = 2000


@dataclass(frozen=True, slots=True)
class HeldInTables:
    """The tables of one version; `counts` tells how many vectors each kind has."""

    database: Database
    version: str
    counts: dict[str, int]

    def space(self, name: str) -> Space | None:
        """Return the vectors of one of `SPACES`, None where there are none."""
        count = self.counts.get(name, 0)
        return TableSpace(self.database, table(self.version, name), count) if count else None

    def texts(self) -> Texts:
        """Return the documents' texts."""
        return TableTexts(self.database, table(self.version, "texts"))


def schema(version: str) -> str:
    """Return the schema of a version."""
    return f"version_{version}"


def table(version: str, name: str) -> Composed:
    """Return the name of a table of a version, for a statement."""
    from psycopg.sql import SQL, Identifier

    return SQL(".").join([Identifier(schema(version)), Identifier(name)])


class TableSpace:
    """Vectors in half precision; few are compared one by one, of many those in the groups near by."""

    def __init__(self, database: Database, name: Composed, count: int) -> None:
        from psycopg.sql import SQL

        self._database, self._count = database, count
        # The cast computes in single precision, and keeps the groups out where every row of a range is to be compared.
        cosine = SQL("-(vector::vector <#> %s::vector)")
        self._exact = _filled(SQL("SELECT place, {} AS cosine FROM {}"), cosine, name)
        self._within = self._exact + SQL(" WHERE place >= %s AND place < %s ORDER BY cosine DESC LIMIT %s")
        self._all = self._exact + SQL(" ORDER BY cosine DESC LIMIT %s")
        self._some = self._exact + SQL(" WHERE place = ANY(%s)")
        self._near = self._exact + SQL(" ORDER BY vector <#> %s::halfvec LIMIT %s")

    def nearest(self, vector: Vectors, count: int, within: range | None = None) -> tuple[Numbers, Vectors]:
        """Return places and cosines of the nearest, best first."""
        text = written(vector)
        if within is not None:
            places, cosines = self._ask(self._within, (text, within.start, within.stop, count))
        elif self._count <= FLAT:
            places, cosines = self._ask(self._all, (text, count))
        else:
            places, cosines = self._ask(self._near, (text, text, count))
        order = np.argsort(-cosines, kind="stable")
        return places[order], cosines[order]

    def cosines(self, places: Places, vector: Vectors) -> Vectors:
        """Return the exact cosines at some places."""
        found, cosines = self._ask(self._some, (written(vector), places.tolist()))
        order = np.argsort(found)
        if len(found) < len(np.unique(places)):
            raise StoreAway("the database lacks vectors of this version. Run 'assistant index build'.")
        return cosines[order][found[order].searchsorted(places)]

    def _ask(self, statement: Composed, arguments: tuple[object, ...]) -> tuple[Numbers, Vectors]:
        rows = self._database.ask(lambda connection: connection.execute(statement, arguments, binary=True).fetchall())
        found = np.array(rows, dtype=np.float64).reshape(-1, 2)
        return found[:, 0].astype(np.int64), found[:, 1].astype(np.float32)


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
    connection: Connection[Any], own: Composed, dimension: int, count: int, vectors: Iterable[NDArray[np.float16]]
) -> None:
    """Make the table of a space, copy its vectors into it in their order, and put many of them into groups."""
    from psycopg.sql import SQL

    size = SQL(str(dimension))
    connection.execute(
        _filled(SQL("CREATE TABLE {} (place integer NOT NULL, vector halfvec({}) STORAGE PLAIN NOT NULL)"), own, size)
    )
    with connection.cursor().copy(_filled(SQL("COPY {} FROM STDIN WITH (FORMAT binary)"), own)) as copy:
        for piece in as_binary(vectors):
            copy.write(piece)
    connection.execute(_filled(SQL("ALTER TABLE {} ADD PRIMARY KEY (place)"), own))
    if count > FLAT:
        groups = f"USING ivfflat (vector halfvec_ip_ops) WITH (lists = {min(int(GROUPS * count**0.5), MOST_GROUPS)})"
        connection.execute(_filled(SQL("CREATE INDEX ON {} " + groups), own))


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


def written(vector: Vectors) -> str:
    """Return a vector as the server reads it; every number of single precision survives."""
    return "[" + ",".join(map(repr, vector.tolist())) + "]"


def _filled(statement: SQL, *names: Any) -> Composed:
    return statement.format(*names)
