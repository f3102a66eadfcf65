"""Serving in production: the index is made ready, then gunicorn serves, or waitress where gunicorn cannot run."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Mapping

from assistant.errors import AssistantError, BuiltIndexError
from assistant.index.build import check_index
from assistant.index.store import in_database
from assistant.server.running import logs
from assistant.server.running.preflight import check_port, check_redis
from assistant.settings import Settings

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
        from assistant.server.running.gunicorn_server import serve_with_gunicorn

        return serve_with_gunicorn(settings)
    from assistant.server.running.waitress_server import serve_with_waitress

    return serve_with_waitress(settings)


def make_index_ready(settings: Settings, environ: Mapping[str, str]) -> None:
    """Build the index where it is missing, outdated or damaged. Raises the error that keeps it from being built.

    The build runs in a process of its own: the numerical libraries start threads, which the workers, forked from
    this process, must not inherit, and their memory is given back. What a database holds is built by another machine.
    """
    if in_database(settings):
        return
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
