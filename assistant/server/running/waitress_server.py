"""waitress, for systems that gunicorn does not run on: one process with threads."""

from __future__ import annotations

from waitress.server import create_server

from assistant.server import create_app
from assistant.server.routes.body import MOST_DROPPED
from assistant.server.running.listening import THREADS, announce
from assistant.settings import Settings


def serve_with_waitress(settings: Settings) -> int:
    """Serve in one process with waitress."""
    server = create_server(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        ident="",
        # The application refuses large bodies itself, in the format of the caller; this only bounds the buffer.
        max_request_body_size=MOST_DROPPED,
        channel_timeout=20,
        connection_limit=500,
    )
    listeners = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    announce(str(listeners[0][0]), int(listeners[0][1]))
    server.run()
    return 0
