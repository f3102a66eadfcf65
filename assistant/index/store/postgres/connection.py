"""Connections to a PostgreSQL server: a pool for each process, limits on every statement, and one error for all faults.

Nothing of the address is ever said or logged: it may hold a password.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from assistant.errors import BuiltIndexError, StoreAway

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

# Its warnings name the server.
logging.getLogger("psycopg").setLevel(logging.CRITICAL)

Found = TypeVar("Found")

# Seconds: for a connection to be made, for one to come free, for a statement of a search, and how long it is believed
# that the server is away once it was.
CONNECT, WAIT, STATEMENT, AWAY = 2, 1.0, 2, 0.5
# What the states of a server begin with that cannot be reached: no connection, no more of them, shut down or too slow.
UNREACHED = ("08", "28", "3D", "53300", "57")
# As many as a worker has threads.
MOST = 16
READING = f"-c statement_timeout={STATEMENT}s -c default_transaction_read_only=on"
WRITING = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c statement_timeout=6h"


class Database:
    """A server to read from. Safe for threads and for processes that fork."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._process = 0
        self._pool: ConnectionPool[Any] | None = None
        self._away_until = 0.0

    def ask(self, question: Callable[[Connection[Any]], Found]) -> Found:
        """Return what a function finds on a connection; where one was cut, try once more on another.

        Raises StoreAway while the server does not answer, at once where it was just found to be away.
        """
        import psycopg

        if time.monotonic() < self._away_until:
            raise away()
        pool = self._opened()
        for last in (False, True):
            try:
                with pool.connection() as connection:
                    return question(connection)
            except psycopg.errors.UndefinedTable as error:  # dropped meanwhile, or not there yet
                raise away(error) from None
            except (psycopg.Error, OSError) as error:
                if isinstance(error, psycopg.OperationalError) and not last and not _timed_out(error):
                    pool.check()
                    continue
                self._away_until = time.monotonic() + AWAY
                raise away(error) from None
        raise AssertionError("the second try ends")

    def _opened(self) -> ConnectionPool[Any]:
        """Return the pool of this process; one that was made before a fork belongs to the other."""
        from psycopg_pool import ConnectionPool

        with self._lock:
            if self._pool is None or self._process != os.getpid():
                arguments = {"autocommit": True, "connect_timeout": CONNECT, "options": READING}
                self._pool = ConnectionPool(
                    self._url,
                    min_size=0,
                    max_size=MOST,
                    timeout=WAIT,
                    reconnect_timeout=WAIT,
                    kwargs=arguments,
                    configure=_configure,
                    open=True,
                )
                self._process = os.getpid()
            return self._pool


def _configure(connection: Connection[Any]) -> None:
    from assistant.index.store.postgres.sent import Sent

    connection.adapters.register_dumper(np.ndarray, Sent)


def away(error: Exception | None = None) -> StoreAway:
    """Return the error that names a fault of the server by its kind alone."""
    kind = f" ({type(error).__name__})" if error else ""
    state = str(getattr(error, "sqlstate", None) or UNREACHED[0])
    if not state.startswith(UNREACHED):
        return StoreAway(f"the database refuses what it is asked{kind}. Its own log says why.")
    return StoreAway(f"the database does not answer{kind}. Start it, or correct ASSISTANT_DATABASE_URL.")


def _timed_out(error: Exception) -> bool:
    """Tell whether a statement or the wait for a connection took too long: the next would too."""
    import psycopg
    from psycopg_pool import PoolTimeout

    return isinstance(error, psycopg.errors.QueryCanceled | PoolTimeout)


@contextmanager
def as_builder(url: str) -> Iterator[Connection[Any]]:
    """Give a connection of the role that builds. Raises StoreAway and, where it may not, BuiltIndexError."""
    import psycopg

    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT, options=WRITING) as connection:
            yield connection
    except psycopg.errors.InsufficientPrivilege:
        mend = "Set ASSISTANT_DATABASE_URL to the role that builds; deploy/postgres/roles.sql makes it."
        raise BuiltIndexError(f"this role may not write to the database. {mend}") from None
    except psycopg.errors.DiskFull:
        raise BuiltIndexError("the disk of the database is full. Free some space, then build again.") from None
    except psycopg.Error as error:
        raise away(error) from None
