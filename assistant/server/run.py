"""Serving in production: the index is made ready, then gunicorn serves, or waitress where gunicorn cannot run."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Mapping

from assistant.errors import AssistantError, BuiltIndexError
from assistant.index.build import check_index
from assistant.server import logs
from assistant.server.preflight import check_port, check_redis
from assistant.settings import Settings

THREADS = 8
MOST_BUSY_SECONDS = 300


def serve(settings: Settings, environ: Mapping[str, str]) -> int:
    """Serve until stopped and return the exit code. `environ` is what `settings` was read from."""
    logs.configure(settings.log_format)
    check_port(settings)
    make_index_ready(settings, environ)
    check_port(settings)  # the build took a while
    try:
        check_redis(settings)
    except AssistantError as error:
        print(f"assistant: {error} Until then each worker counts for itself.", file=sys.stderr)
    if importlib.util.find_spec("fcntl") and importlib.util.find_spec("gunicorn"):
        from assistant.server.gunicorn_server import serve_with_gunicorn

        return serve_with_gunicorn(settings)
    return serve_with_waitress(settings)


def make_index_ready(settings: Settings, environ: Mapping[str, str]) -> None:
    """Build the index where it is missing, outdated or damaged. Raises the error that keeps it from being built.

    The build runs in a process of its own: the numerical libraries start threads, which the workers, forked from
    this process, must not inherit, and their memory is given back.
    """
    deadline = time.monotonic() + MOST_BUSY_SECONDS
    while True:
        try:
            check_index(settings)
            return
        except BuiltIndexError as error:
            fault = error
        command = [sys.executable, "-m", "assistant", "index", "build", "--wait"]
        done = subprocess.run(command, env=dict(environ), check=False)
        if done.returncode != 0:
            raise SystemExit(done.returncode)  # the build has said why
        if time.monotonic() > deadline:
            raise fault


def address(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def announce(host: str, port: int) -> None:
    """Print where the service can be reached, once it can."""
    print(f"Serving on {address(host, port)}", flush=True)


def serve_with_waitress(settings: Settings) -> int:
    """Serve in one process with waitress."""
    from waitress.server import create_server

    from assistant.server.app import create_app

    server = create_server(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        ident="",
        # The application refuses bodies over 64 kB itself, with a problem that explains; this only bounds the buffer.
        max_request_body_size=1024 * 1024,
        channel_timeout=20,
        connection_limit=500,
    )
    listeners = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    announce(str(listeners[0][0]), int(listeners[0][1]))
    server.run()
    return 0
