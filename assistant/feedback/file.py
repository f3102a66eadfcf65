"""The file that feedback is kept in: SQLite, opened for each piece of work and closed behind it.

Processes and threads share it without holding anything open, so a worker may be forked, killed or ended at any moment:
what was written stays whole, and at most the piece of work in hand is lost.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import FeedbackError

MOST_WAIT = 5.0  # seconds that a write waits for those of other processes
# A table without row numbers, in the order of its key: nothing of it tells what came before what.
TABLES = """
CREATE TABLE IF NOT EXISTS verdicts (day TEXT, helpful INTEGER, reason TEXT, status TEXT, count INTEGER NOT NULL,
    PRIMARY KEY (day, helpful, reason, status)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sections (day TEXT, section TEXT, helpful INTEGER, count INTEGER NOT NULL,
    PRIMARY KEY (day, section, helpful)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unanswered (day TEXT, language TEXT, kind TEXT, words TEXT, count INTEGER NOT NULL,
    PRIMARY KEY (day, language, kind, words)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (ticket TEXT PRIMARY KEY, until REAL, language TEXT, words TEXT) WITHOUT ROWID;
"""


@contextmanager
def opened(path: Path, rewrite: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the file for one piece of work, which is kept as a whole or not at all. Raises FeedbackError.

    `rewrite` leaves nothing behind of what the work deletes, also not in the log that SQLite writes ahead.
    """
    try:
        _make(path)
        with closing(sqlite3.connect(path, timeout=MOST_WAIT)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            # What is deleted is overwritten, not only taken off the list.
            connection.execute("PRAGMA secure_delete=ON")
            connection.executescript(TABLES)
            with connection:
                yield connection
            if rewrite:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (OSError, sqlite3.Error) as error:
        raise FeedbackError(path, str(getattr(error, "strerror", None) or error)) from None


def _make(path: Path) -> None:
    """Make the file, for this user alone to read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
