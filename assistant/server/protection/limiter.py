"""How many questions one client may ask, by Flask-Limiter."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RateLimitExceeded

from assistant.server.protection.counting import SCHEME
from assistant.server.protection.overload import ASKING
from assistant.server.protection.problems import respond
from assistant.settings import Settings

# What counts together: asking through the page and through the API cost the same; feedback costs less.
SCOPES = {"/": "ask", **dict.fromkeys(ASKING, "ask"), **dict.fromkeys(("/feedback", "/api/feedback"), "feedback")}


def client() -> str:
    """Return whom to count: an IPv4 address, or the /64 network of an IPv6 one, which one household holds whole."""
    try:
        address = ipaddress.ip_address((request.remote_addr or "").split("%")[0])
    except ValueError:
        return "local"  # a Unix socket has no address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _asks_nothing() -> bool:
    """Tell whether a page is only looked at."""
    return request.method != "POST" and not request.args.get("q", "").strip()


def _on_exceeded(error: RateLimitExceeded) -> Response:
    """Say how long to wait."""
    limiter: Limiter = g.limiter
    limit = limiter.current_limit
    wait = math.ceil(limit.window[0] - time.time()) if limit else 60
    response = respond(429, "too_many_requests")
    response.headers["Retry-After"] = str(max(1, wait))
    return response


def install(app: Flask, settings: Settings) -> None:
    """Limit every view that answers questions. Without Redis each worker process counts for itself.

    Should Redis fail, counting goes on in memory until it is back.
    """
    app.register_error_handler(RateLimitExceeded, _on_exceeded)
    if not settings.rate_limit:
        return
    limiter = Limiter(
        client,
        app=app,
        storage_uri=settings.redis_url or f"{SCHEME}://",
        storage_options=_options(settings),
        strategy="fixed-window",
        in_memory_fallback_enabled=bool(settings.redis_url),
        key_prefix="agreement-assistant",
    )
    for rule in app.url_map.iter_rules():
        if scope := SCOPES.get(rule.rule):
            limited = limiter.shared_limit(settings.rate_limit, scope=scope, exempt_when=_asks_nothing)
            app.view_functions[rule.endpoint] = _remembering(limiter, limited(app.view_functions[rule.endpoint]))


def _remembering(limiter: Limiter, view: Callable[..., Any]) -> Callable[..., Any]:
    """Let the error handler find the limiter of this application."""

    def call(**arguments: Any) -> Any:
        g.limiter = limiter
        return view(**arguments)

    return call


def _options(settings: Settings) -> dict[str, Any]:
    """Return what the Redis client needs so that a silent server does not hold requests up."""
    return {"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {}
