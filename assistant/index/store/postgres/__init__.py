"""Versions in a PostgreSQL server with pgvector, for more than one machine.

Vectors and texts stay in its tables. The other files of a version travel to every machine that opens it, and lie in a
folder there: columns, words, and the indexes of vectors, so that candidates are found there and are those of the files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from assistant.errors import AssistantError, IndexBehind, IndexDamaged, IndexMissing, IndexOutdated, StoreAway
from assistant.index.store.files import MANIFEST, compare, manifest_of, sha256_of
from assistant.index.store.postgres.connection import Database, as_builder
from assistant.index.store.postgres.schema import check, migrate
from assistant.index.store.postgres.tables import HeldInTables
from assistant.index.store.postgres.writing import builder, contents, travelling, write_version
from assistant.index.store.types import Generation, Manifest, Progress

if TYPE_CHECKING:
    from psycopg import Connection

POINTER = "SELECT version FROM assistant.pointer"
IN_SERVICE = "SELECT name, manifest, spaces FROM assistant.version JOIN assistant.pointer ON name = version"
WHOLE = "SELECT name, manifest, spaces FROM assistant.version WHERE whole ORDER BY written DESC"
KEEP = 2

Found = tuple[str, str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class PostgresStore:
    """Versions in a database. `primary` is None where this process knows a replica alone; `built` is a local folder."""

    primary: Database | None
    reading: Database
    url: str
    built: Path

    @classmethod
    def at(cls, url: str, read_url: str, built: Path) -> PostgresStore:
        """Return the store of a server; at least one of the addresses is given. Raises AssistantError."""
        try:
            import psycopg_pool  # noqa: F401
        except ImportError:
            mend = "Install 'agreement-assistant[postgres]', or unset ASSISTANT_DATABASE_URL."
            raise AssistantError(f"the client of PostgreSQL is not installed. {mend}") from None
        primary = Database(url) if url else None
        return cls(primary, Database(read_url) if read_url else primary or Database(url), url, built)

    def pointer(self) -> str | None:
        """Return the version in service: as the primary says, while it answers."""
        try:
            return (self.primary or self.reading).ask(_pointed)
        except StoreAway:
            if self.primary in (None, self.reading):
                raise
            return self.reading.ask(_pointed)

    def current(self) -> Generation:
        """Fetch and return the version in service. Raises IndexBehind where a replica has not got it yet."""
        wanted, found = self.pointer(), self.reading.ask(_in_service)
        if not found:
            raise IndexMissing("the database holds no index. Run 'assistant index build' with the role that builds.")
        if found[0][0] != wanted:
            raise IndexBehind(f"the replica of the database has not got index {wanted} yet. It stays with the last.")
        return self._fetched(*found[0])

    def last_good(self) -> tuple[Generation, str | None]:
        """Return the version in service, or the newest whole one that the server has, and a sentence that tells why."""
        try:
            return self.current(), None
        except (IndexBehind, IndexDamaged) as error:
            for found in self.reading.ask(_whole):
                try:
                    generation = self._fetched(*found)
                    return generation, f"{error} The last whole index, {generation.version}, stays in service."
                except (IndexDamaged, IndexOutdated):
                    continue
            raise

    def write(self, folder: Path, manifest: Manifest, tell: Progress) -> Generation:
        """Write a sealed folder beside the version in service, verify it, and put it into service."""
        with as_builder(self.url) as connection, builder(connection):
            migrate(connection)
            write_version(connection, folder, manifest, tell)
        return self.current()

    def _fetched(self, name: str, text: str, counts: dict[str, int]) -> Generation:
        """Return a version whose files lie here, each compared with its checksum; fetch those that do not."""
        manifest = manifest_of(text.encode(), name)
        folder = self.built / "fetched" / name
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(".lock")):
            try:
                compare(folder, travelling(manifest))
            except IndexDamaged:
                self._fetch(folder, text, travelling(manifest))
        return Generation(folder, manifest, HeldInTables(self.reading, folder, counts))

    def _fetch(self, folder: Path, text: str, files: dict[str, str]) -> None:
        part = folder.with_name(f".{folder.name}")
        shutil.rmtree(part, ignore_errors=True)
        older = sorted(
            (each for each in folder.parent.glob("[!.]*") if each != folder), key=lambda e: e.stat().st_mtime
        )
        for path, digest in files.items():
            place = part / path
            place.parent.mkdir(parents=True, exist_ok=True)
            same = next((each / path for each in older if _is(each / path, digest)), None)
            if same is not None:
                os.link(same, place)
                continue
            self.reading.ask(lambda connection, digest=digest, place=place: _save(connection, digest, place))  # type: ignore[misc]
            if not _is(place, digest):
                raise IndexDamaged(f"the database lacks {path} of index {folder.name}. Run 'assistant index build'.")
        (part / MANIFEST).write_text(text, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
        for old in older[: -KEEP + 1]:
            shutil.rmtree(old, ignore_errors=True)


def _is(path: Path, digest: str) -> bool:
    try:
        return sha256_of(path) == digest
    except OSError:
        return False


def _save(connection: Connection[Any], digest: str, place: Path) -> None:
    """Write a file in its parts: it is never whole in memory."""
    with place.open("wb") as file:
        for part in contents(connection, digest):
            file.write(part)


def _pointed(connection: Connection[Any]) -> str | None:
    check(connection)
    row = connection.execute(POINTER).fetchone()
    return str(row[0]) if row else None


def _in_service(connection: Connection[Any]) -> Sequence[Found]:
    check(connection)
    return connection.execute(IN_SERVICE).fetchall()


def _whole(connection: Connection[Any]) -> Sequence[Found]:
    return connection.execute(WHOLE).fetchall()
