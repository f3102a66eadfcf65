"""Write a version beside the one in service: copied, indexed, read back, and put into service by one row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BuiltIndexError, IndexBusy
from assistant.index.store.files import MANIFEST
from assistant.index.store.layers import FRESH
from assistant.index.store.mapped import KEYS, LINES, PARTS, STARTS, TEXTS, VECTORS, HeldInFiles, mapped, places_file
from assistant.index.store.postgres.tables import KINDS, copied, create_rows, rows_table, schema, table
from assistant.index.store.types import DOCUMENTS, RECORDS, ROWS_OF, SPACES, Manifest, Progress

if TYPE_CHECKING:
    from psycopg import Connection

# Of the builders one writes at a time: the number of the lock, of no meaning.
LOCK = 0x61737369
# Seconds that a version stays after another took its place: answers that began with it are long done then, and so is
# the move of every replica.
GRACE = 600
BLOCK, PART = 10_000, 4 << 20
MEMORY = "SET maintenance_work_mem = '256MB'"


@contextmanager
def builder(connection: Connection[Any]) -> Iterator[None]:
    """Be the only one who writes, until the connection ends. Raises IndexBusy."""
    found = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,)).fetchone()
    if not found or not found[0]:
        raise IndexBusy("another process is writing to the database. Wait for it, then try again.")
    try:
        yield
    finally:
        if not connection.broken:
            connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))


def write_version(connection: Connection[Any], folder: Path, manifest: Manifest, tell: Progress) -> None:
    """Write a version from its sealed folder, unless it is whole already, and put it into service."""
    name = folder.name
    tidy(connection)
    if not connection.execute("SELECT 1 FROM assistant.version WHERE name = %s", (name,)).fetchone():
        counts = {language: len(mapped(folder / places_file(space))) for language, space in RECORDS.items()}
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        given = (name, text, json.dumps(counts))
        connection.execute("INSERT INTO assistant.version (name, manifest, spaces) VALUES (%s, %s, %s)", given)
        _write_tables(connection, folder, manifest, [language for language, count in counts.items() if count], tell)
        _write_contents(connection, folder, travelling(manifest), tell)
    tell("swap", 0, 1)
    swap(connection, name)
    prune(connection, GRACE)


def travelling(manifest: Manifest) -> dict[str, str]:
    """Return the files that every replica fetches, with their SHA-256: all but what lies in tables."""
    held = (VECTORS, KEYS, *map(places_file, SPACES), TEXTS, STARTS, PARTS)
    tables = {*held, *(f"{FRESH}/{name}" for name in (*held, DOCUMENTS + ".npy"))}
    return {path: digest for path, digest in manifest.files.items() if path not in tables}


def _write_tables(
    connection: Connection[Any], folder: Path, manifest: Manifest, languages: Sequence[str], tell: Progress
) -> None:
    from psycopg.sql import SQL, Identifier

    name = folder.name
    connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema(name))))
    connection.execute(MEMORY)
    _write_texts(connection, folder)
    columns = SQL(", ").join(map(Identifier, ("place", *KINDS)))
    for number, language in enumerate(languages):
        tell("database", number, len(languages))
        own = table(name, rows_table(language))
        create_rows(connection, own, manifest.dimension, blocks(folder, language))
        rows = SQL("SELECT {} FROM {} ORDER BY place").format(columns, own)
        back = SQL("COPY ({}) TO STDOUT WITH (FORMAT binary)").format(rows)
        if _digest(connection, back) != _sha256(copied(blocks(folder, language))):
            raise BuiltIndexError(f"the database gave other vectors ({language}) back than it was given. Build again.")
        connection.execute(SQL("ANALYZE {}").format(own))


def blocks(folder: Path, language: str) -> Iterator[NDArray[np.float16]]:
    """Yield the vectors of the rows that have a language, of so many rows at a time, shape (rows, kinds, dimension)."""
    vectors, places = HeldInFiles(folder).vectors(), [mapped(folder / places_file(each)) for each in ROWS_OF[language]]
    for at in range(0, len(places[0]), BLOCK):
        yield np.stack([vectors[each[at : at + BLOCK]] for each in places], axis=1)


def _write_texts(connection: Connection[Any], folder: Path) -> None:
    from psycopg.sql import SQL

    own = table(folder.name, "texts")
    make = "CREATE TABLE {} (document integer, line integer, value bytea NOT NULL, PRIMARY KEY (document, line))"
    connection.execute(SQL(make).format(own))
    held, total = HeldInFiles(folder), hashlib.sha256()
    texts, count = held.texts(), held.documents() * LINES
    with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(own)) as copy:
        for number in range(count):
            line = texts.read(*divmod(number, LINES))
            total.update(hashlib.sha256(line).digest())
            copy.write_row((*divmod(number, LINES), line))
    found = hashlib.sha256()
    with connection.transaction(), connection.cursor(name="texts", binary=True) as back:
        back.execute(SQL("SELECT sha256(value) FROM {} ORDER BY document, line").format(own))
        for row in back:
            found.update(bytes(row[0]))
    if found.digest() != total.digest():
        raise BuiltIndexError("the database gave other texts back than it was given. Build again.")


def _write_contents(connection: Connection[Any], folder: Path, files: dict[str, str], tell: Progress) -> None:
    """Write the files that travel; those that another version has are there."""
    for number, (path, digest) in enumerate(files.items()):
        tell("files", number, len(files))
        if connection.execute("SELECT 1 FROM assistant.content WHERE sha256 = %s LIMIT 1", (digest,)).fetchone():
            continue
        with connection.transaction():  # so that what is at fault is not there for the next build
            if _sha256(_sent(connection, digest, folder / path)) != digest:
                raise BuiltIndexError(f"{folder / path} was changed meanwhile. Build again.")
            if _sha256(contents(connection, digest)) != digest:
                raise BuiltIndexError(f"the database gave another {path} back than it was given. Build again.")


def _sent(connection: Connection[Any], digest: str, path: Path) -> Iterator[bytes]:
    """Write a file in its parts, and yield them: it is never whole in memory."""
    with path.open("rb") as file:
        for part in range(max(1, -(-path.stat().st_size // PART))):
            piece = file.read(PART)
            connection.execute("INSERT INTO assistant.content VALUES (%s, %s, %s)", (digest, part, piece))
            yield piece


def contents(connection: Connection[Any], digest: str) -> Iterator[bytes]:
    """Yield the parts of a file."""
    part = 0
    ask = "SELECT bytes FROM assistant.content WHERE sha256 = %s AND part = %s"
    while row := connection.execute(ask, (digest, part), binary=True).fetchone():
        yield bytes(row[0])
        part += 1


def swap(connection: Connection[Any], name: str) -> None:
    """Put a version into service, in one transaction."""
    with connection.transaction():
        connection.execute("UPDATE assistant.version SET retired = now() WHERE name <> %s AND retired IS NULL", (name,))
        connection.execute("UPDATE assistant.version SET whole = true, retired = NULL WHERE name = %s", (name,))
        connection.execute(
            "INSERT INTO assistant.pointer (version) VALUES (%s) "
            "ON CONFLICT (single) DO UPDATE SET version = EXCLUDED.version, moved = now()",
            (name,),
        )


def tidy(connection: Connection[Any]) -> None:
    """Remove what builders that died left behind."""
    connection.execute("DELETE FROM assistant.version WHERE NOT whole")
    _drop(connection)


def prune(connection: Connection[Any], grace: float) -> None:
    """Remove versions that are out of service for so many seconds, and files that no version has."""
    from psycopg.errors import LockNotAvailable

    connection.execute("DELETE FROM assistant.version WHERE retired < now() - make_interval(secs => %s)", (grace,))
    try:
        _drop(connection)
    except LockNotAvailable:  # somebody reads it, for a backup perhaps: the next build removes it
        return
    texts = connection.execute("SELECT manifest FROM assistant.version").fetchall()
    kept = {digest for (text,) in texts for digest in json.loads(text)["files"].values()}
    connection.execute("DELETE FROM assistant.content WHERE NOT sha256 = ANY(%s)", (list(kept),))


def _drop(connection: Connection[Any]) -> None:
    """Drop the schemas of versions that there are not."""
    from psycopg.sql import SQL, Identifier

    left = connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'version\\_%' "
        "AND NOT EXISTS (SELECT FROM assistant.version WHERE nspname = 'version_' || name)"
    ).fetchall()
    for (name,) in left:
        connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name)))


def _digest(connection: Connection[Any], statement: Any) -> str:
    with connection.cursor().copy(statement) as copy:
        return _sha256(map(bytes, copy))


def _sha256(pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()
