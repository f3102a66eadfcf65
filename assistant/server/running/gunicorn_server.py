"""gunicorn, started from Python: threads in worker processes, with our logs, problem details and shared metrics."""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import socket
import tempfile
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http import errors
from gunicorn.util import close
from gunicorn.workers.gthread import TConn, ThreadWorker

from assistant.errors import AssistantError
from assistant.index.embedder import load_before_fork
from assistant.server import create_app
from assistant.server.protection.overload import Queue
from assistant.server.protection.problems import MEDIA_TYPE, render
from assistant.server.protection.wording import BY_STATUS
from assistant.server.running import logs
from assistant.server.running.listening import THREADS, announce
from assistant.settings import Settings

_MEMORY = Path("/dev/shm")
_MEMORY_WANTED = 40 << 20  # bytes that must be free there: the counts of 64 workers, and some to spare
# A question of 500 characters is up to 6,000 bytes in an address, four escaped bytes for each.
_LONGEST_LINE = 8190
_ARENA_MAX, _HEAPS = -8, 2  # the first is M_ARENA_MAX of malloc.h
MOST_WAITING = 500  # connections that a worker takes over from the listener when it ends
_STATUS: dict[type[Exception], int] = {
    errors.LimitRequestLine: 414,
    errors.LimitRequestHeaders: 431,
    errors.ExpectationFailed: 417,
    errors.UnsupportedTransferCoding: 501,
}


class _Logger(Logger):  # type: ignore[misc]
    """gunicorn's own messages in the format of ours; it writes no access log, ours holds no address."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Leave out the arguments: they hold the address, and so perhaps a question."""
        self.error_log.exception(str(msg).split("%")[0].strip())


class _Worker(ThreadWorker):  # type: ignore[misc]
    """A threaded worker that tells how long a request waited, and refuses unreadable ones with a problem."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.queue = Queue()

    def enqueue_req(self, conn: TConn) -> None:
        conn.queued = self.queue.join()
        super().enqueue_req(conn)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Stop accepting; a worker that ends takes those who connected before it did."""
        if not enabled and not self.alive:
            for _ in range(MOST_WAITING):
                for listener in self.sockets:
                    if select.select([listener], [], [], 0)[0]:
                        self.accept(listener)
        super().set_accept_enabled(enabled)

    def handle(self, conn: TConn) -> Any:
        self.queue.leave(conn.queued)
        return super().handle(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what never became a request. gunicorn would write the request line to the log and the response."""
        status = _STATUS.get(type(exc), 400) if isinstance(exc, errors.ParseException) else 500
        if status == 500:
            self.log.error("a request failed outside of the application", exc_info=exc)
        else:
            self.log.warning("a request was refused as unreadable: %s", type(exc).__name__)
        try:
            client.sendall(_raw_problem(status))
        except OSError:
            close(client)


def _raw_problem(status: int) -> bytes:
    """Return a whole HTTP response; nothing is known of the client's language, so it is English."""
    body = render(status, BY_STATUS.get(status, "other"), "en").encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {MEDIA_TYPE}\r\n"
        f"Content-Length: {len(body)}\r\nContent-Language: en\r\nConnection: close\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        "Referrer-Policy: no-referrer\r\n\r\n"
    )
    return head.encode() + body


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with its options given here and nowhere else."""

    def __init__(self, settings: Settings, counts: Path) -> None:
        self._settings, self._counts = settings, counts
        super().__init__()

    def load_config(self) -> None:
        settings = self._settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        options = {
            "bind": f"{host}:{settings.port}",
            "workers": settings.workers,
            "worker_class": _Worker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 30,
            # Longer than a proxy in front keeps its connections, so that the proxy closes first.
            "keepalive": 75,
            "limit_request_line": _LONGEST_LINE,
            "limit_request_fields": 64,
            "accesslog": None,
            "loglevel": "warning",
            "logger_class": _Logger,
            # Who stands in front is ASSISTANT_TRUSTED_PROXIES' to say, also for the scheme.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "preload_app": False,
            "proc_name": "assistant",
            "worker_tmp_dir": _in_memory(),
            "post_worker_init": self._on_worker,
            "on_exit": self._on_exit,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        _share_heaps()
        return create_app(self._settings, self._counts)

    def _on_worker(self, worker: Any) -> None:
        """Print the address as soon as the first worker serves."""
        if worker.age == 1:
            host, port = worker.sockets[0].getsockname()[:2]
            announce(host, port)

    def _on_exit(self, _: Any) -> None:
        shutil.rmtree(self._counts, ignore_errors=True)


def _folder_of_counts() -> Path:
    """Make the folder that workers share their counts in: in memory where there is such a place.

    A full disk would end every worker that writes a count, and a cleaner of temporary files would take it away.
    """
    try:
        return Path(tempfile.mkdtemp(prefix="assistant-metrics-", dir=_in_memory()))
    except OSError:
        raise AssistantError("there is no folder for temporary files. Set TMPDIR to one that can be written.") from None


def _share_heaps() -> None:
    """Let threads share glibc's heaps: each would keep what was freed in its own, and memory would creep up."""
    with suppress(OSError, AttributeError):  # another libc
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _HEAPS)


def _in_memory() -> str | None:
    """Return the folder that lies in memory; None where there is none, or it is full."""
    fits = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _MEMORY_WANTED
    return str(_MEMORY) if fits else None


def serve_with_gunicorn(settings: Settings) -> NoReturn:
    """Serve until a signal ends it; SIGTERM lets what is in flight finish."""
    counts = _folder_of_counts()
    # Read by prometheus_client when it is first imported, in the workers.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    logs.configure(settings.log_format)
    with suppress(AssistantError):  # each worker finds it too, and says so
        load_before_fork(settings.model)
    _Server(settings, counts).run()
    raise SystemExit(0)
