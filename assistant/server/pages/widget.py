"""The widget's file: today's at a stable address, and every version that was shipped at an address of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import cast

from flask import Blueprint, Response, abort, request

from assistant.settings import material

A_YEAR = 365 * 24 * 3600
VERSIONS = material("web") / "versions"

blueprint = Blueprint("widget", __name__)


def current_version() -> str:
    """Return today's version: the part of the address that changes whenever the file does."""
    return (VERSIONS / "current").read_text(encoding="ascii").split()[0]


@lru_cache(64)
def kept(version: str) -> bytes | None:
    """Return the widget of a version, None where none of that name was shipped."""
    path = VERSIONS / f"{version}.js"
    return path.read_bytes() if re.fullmatch("[0-9a-f]{16}", version) and path.is_file() else None


def integrity(source: bytes) -> str:
    """Return the value of the `integrity` attribute for a file."""
    return "sha384-" + base64.b64encode(hashlib.sha384(source).digest()).decode()


@blueprint.get("/widget.js")
def today() -> Response:
    """Give the widget at its stable address, checked again every five minutes."""
    return _give(current_version(), "public, max-age=300")


@blueprint.get("/widget/<version>/widget.js")
def pinned(version: str) -> Response:
    """Give the widget at the address of one version, which never changes."""
    return _give(version, f"public, max-age={A_YEAR}, immutable")


def _give(version: str, caching: str) -> Response:
    source = kept(version)
    if source is None:
        abort(404)
    response = Response(source, mimetype="text/javascript")
    response.headers["Cache-Control"] = caching
    response.set_etag(version)
    return cast(Response, response.make_conditional(request))
