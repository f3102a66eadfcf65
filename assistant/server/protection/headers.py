"""Headers that protect: a content-security policy and companions on every route, and CORS by an exact allow-list."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request

from assistant.settings import Settings

# Everything a page needs comes from this server. Pages may set a stricter policy of their own.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'"
)
_DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
_FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), clipboard-write=(self)"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "7200",
}
_FOR_PARTS = ("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_LOGGABLE_ORIGIN = re.compile(r"null|https?://[A-Za-z0-9.\[\]:-]{1,100}")


def _is_widget(path: str) -> bool:
    """Tell whether the path is the widget's file: public, without data, and fetched by module scripts with CORS."""
    return path == "/widget.js" or (path.startswith("/widget/") and path.endswith("/widget.js"))


def _is_public() -> bool:
    """Tell whether a page of any site may load this: the widget, and whether its questions get through at all."""
    return _is_widget(request.path) or (request.method == "HEAD" and request.path == "/api/chat")


def _secure(response: Response) -> Response:
    """Add what every response carries."""
    settings: Settings = current_app.config["SETTINGS"]
    headers = response.headers
    policy = _PAGE_POLICY if response.mimetype == "text/html" else _DATA_POLICY
    ancestors = f"frame-ancestors {' '.join(settings.frame_ancestors)}"
    given = headers.get("Content-Security-Policy", policy)
    headers["Content-Security-Policy"] = given if "frame-ancestors" in given else f"{given}; {ancestors}"
    if settings.frame_ancestors == ("'none'",):
        headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Permissions-Policy", _FEATURES)
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if _is_public() else "same-origin")
    if "q" in request.args or request.method not in ("GET", "HEAD"):
        # The address holds a question: no cache on the way may keep it.
        headers["Cache-Control"] = "no-store"
    headers.setdefault("Cache-Control", "no-cache")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _share(response: Response) -> Response:
    """Add CORS headers for origins on the list; note another one for the log line."""
    if _is_widget(request.path):
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response
    if not request.path.startswith("/api/"):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is None or is_own(origin):
        return response
    settings: Settings = current_app.config["SETTINGS"]
    if origin not in settings.cors_origins:
        g.refused_origin = origin if _LOGGABLE_ORIGIN.fullmatch(origin) else "unreadable"
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID, X-Feedback-Ticket"
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers.update(_PREFLIGHT)
    return response


def is_own(origin: str) -> bool:
    """Tell whether a page of this very server asks; the scheme may differ where TLS ends at a proxy."""
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def _serve_whole() -> None:
    """Leave out conditions that only matter for parts of a file or for changes: neither is offered here."""
    for name in _FOR_PARTS:
        request.environ.pop(name, None)


def install(app: Flask) -> None:
    """Set the headers on every response."""
    app.before_request(_serve_whole)
    app.after_request(_secure)
    app.after_request(_share)
