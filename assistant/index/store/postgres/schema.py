"""The schema of the database: plain SQL files, applied in their order by who builds, checked by all others."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import IndexMissing, IndexOutdated

if TYPE_CHECKING:
    from psycopg import Connection

FOLDER = Path(__file__).parent / "migrations"
LEDGER = "CREATE TABLE IF NOT EXISTS assistant.migration (name text PRIMARY KEY, sha256 text NOT NULL)"


def migrations() -> dict[str, str]:
    """Return the SHA-256 (hex) of each file by its name, in their order."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(FOLDER.glob("*.sql"))}


def migrate(connection: Connection[Any]) -> None:
    """Apply the files that the database has not had, each with its note in one transaction. Raises IndexOutdated."""
    if not _known(connection):
        connection.execute("CREATE SCHEMA IF NOT EXISTS assistant")
        connection.execute(LEDGER)
    had = _applied(connection)
    _compare(had, only_begun=True)
    for name, digest in list(migrations().items())[len(had) :]:
        with connection.transaction():
            connection.execute((FOLDER / name).read_bytes())
            connection.execute("INSERT INTO assistant.migration VALUES (%s, %s)", (name, digest))


def check(connection: Connection[Any]) -> None:
    """Raise IndexMissing where nothing was ever built there, IndexOutdated where the schema is another one's."""
    if not _known(connection):
        raise IndexMissing("the database holds no index. Run 'assistant index build' with the role that builds.")
    _compare(_applied(connection), only_begun=False)


def _known(connection: Connection[Any]) -> bool:
    found = connection.execute("SELECT to_regclass('assistant.migration') IS NOT NULL").fetchone()
    return bool(found and found[0])


def _applied(connection: Connection[Any]) -> dict[str, str]:
    return dict(connection.execute("SELECT name, sha256 FROM assistant.migration ORDER BY name").fetchall())


def _compare(had: dict[str, str], only_begun: bool) -> None:
    own = migrations()
    same = had.items() <= own.items() and (list(had) == list(own)[: len(had)])
    if not same:
        raise IndexOutdated("the schema of the database is of another release. Install that release, or a newer one.")
    if not only_begun and len(had) < len(own):
        raise IndexOutdated("the schema of the database is of an older release. Run 'assistant index build'.")
