"""The Flask application, built whole by `create_app(settings)`."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from threadpoolctl import threadpool_limits

from assistant.server.pages.opinion import pages
from assistant.server.pages.widget import blueprint as widget
from assistant.server.protection import forwarding, headers, limiter, overload, problems
from assistant.server.routes import asking, feedback, mcp, unanswered
from assistant.server.routes.body import MOST_BYTES
from assistant.server.routes.citations import blueprint
from assistant.server.routes.openai.routes import blueprint as openai
from assistant.server.routes.service import EXTENSION, Service
from assistant.server.running import logs, metrics
from assistant.settings import Settings


class _Application(Flask):
    """Flask, whose own log of an unhandled error would repeat the address and the error's words."""

    def log_exception(self, exc_info: Any) -> None:
        logging.getLogger("assistant.server").error("a response could not be finished", exc_info=exc_info)


class _JSON(DefaultJSONProvider):
    """JSON as the contract shows it: letters as they are, members in their order."""

    ensure_ascii = False
    sort_keys = False
    compact = True


def create_app(settings: Settings, shared_counts: Path | None = None) -> Flask:
    """Build the application. It starts without an index too, and is ready as soon as one is built."""
    # A server answers many questions at once; threads inside one answer only wait for each other.
    threadpool_limits(1, user_api="blas")
    app = _Application("assistant", static_folder=None, template_folder=None)
    app.json = _JSON(app)
    app.config.update(SETTINGS=settings, MAX_CONTENT_LENGTH=MOST_BYTES)
    if not logging.getLogger("assistant").hasHandlers():
        logs.configure(settings.log_format)
    held = Service(settings)
    app.extensions[EXTENSION] = held
    # The order matters: what is installed first begins first and ends last.
    logs.install(app)
    metrics.install(app, shared_counts)
    headers.install(app)
    overload.install(app)
    app.before_request(held.refresh)
    asking.install(app, settings.remember)
    feedback.install(app, settings, shared_counts)
    unanswered.install(app, settings, shared_counts)
    problems.install(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(pages)
    app.register_blueprint(openai)
    mcp.install(app, settings)
    app.register_blueprint(widget)
    limiter.install(app, settings)
    forwarding.install(app, settings.trusted_proxies)
    return app
