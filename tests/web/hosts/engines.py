"""A site of another origin that serves the host pages, and the assistant that it may ask."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

from flask import Flask, Response, send_from_directory

from assistant.server import create_app
from assistant.settings import Settings
from tests.web.browser import serving

PAGES = Path(__file__).parent / "pages"
LIBRARIES = Path(__file__).parent / "libraries"  # what tests/system-packages puts there, from npm
ENGINES = ("chromium", "firefox")


@contextmanager
def hosted(settings: Settings) -> Iterator[tuple[str, str]]:
    """Serve the assistant and, from another origin that it allows, the host pages; gives both addresses."""
    known = {"SERVER": ""}
    host = Flask("host")

    @host.get("/libraries/<name>")
    def give(name: str) -> Response:
        return send_from_directory(LIBRARIES, name)

    @host.get("/<path:name>")
    def show(name: str) -> Response | tuple[str, int]:
        path = PAGES / f"{name}.html"
        if not path.is_file():
            return "", 404
        return Response(Template(path.read_text(encoding="utf-8")).safe_substitute(known), mimetype="text/html")

    with serving(host) as there:
        app = create_app(dataclasses.replace(settings, cors_origins=(there,)))
        with serving(app) as here:
            known["SERVER"] = here
            yield here, there
