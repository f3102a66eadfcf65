"""What proxies of the operator's own say about a client, made strict before ProxyFix reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

HEADER = "HTTP_X_FORWARDED_FOR"
# Some proxies add the port: 192.0.2.1:5110, [2001:db8::1]:443.
ADDRESS = re.compile(r'"?(?:\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+|([0-9A-Fa-f:.]+))"?')


class _Strict:
    """Leaves of the header only what as many proxies added as are trusted, as plain addresses.

    A client may send the header too, and a quotation mark in it would swallow what the proxies add.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], proxies: int) -> None:
        self._application, self._proxies = application, proxies

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        added = environ.get(HEADER, "").split(",")[-self._proxies :]
        environ[HEADER] = ",".join(filter(None, map(_plain, added)))
        return self._application(environ, start_response)


def _plain(text: str) -> str:
    """Return an address without port, brackets and quotation marks; empty for what is none."""
    found = ADDRESS.fullmatch(text.strip())
    return next((each for each in found.groups() if each), "") if found else ""


def install(app: Flask, proxies: int) -> None:
    """Believe what this many proxies of the operator's own added, and nothing else."""
    if proxies:
        app.wsgi_app = _Strict(ProxyFix(app.wsgi_app, x_for=proxies, x_proto=1), proxies)  # type: ignore[method-assign]
