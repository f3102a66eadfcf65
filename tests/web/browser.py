"""A real Chromium and a live server, for the tests and for the screenshots."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def with_network(page: Page) -> None:
    """Let the page believe in a network: on a machine that has none, a browser takes every fault for being offline."""
    page.evaluate("Object.defineProperty(navigator, 'onLine', {get: () => true, configurable: true})")


def find_chromium() -> str | None:
    """Return where a Chromium of the system's packages lies, None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium."""
    with sync_playwright() as playwright:
        browser = launch(playwright, "chromium")
        assert browser is not None
        yield browser
        browser.close()


def launch(playwright: Playwright, engine: str) -> Browser | None:
    """Start a headless "chromium" or "firefox" of the system's packages, None where it is not installed."""
    if engine == "chromium":
        path = find_chromium()
        return playwright.chromium.launch(executable_path=path, args=list(FLAGS)) if path else None
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    # The channel is what makes Playwright speak WebDriver BiDi to a Firefox that is not its own.
    return playwright.firefox.launch(channel="moz-firefox", executable_path=path) if path else None


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # werkzeug's own name
        """Say nothing: the application writes its own log."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application in a thread on a free port; gives its address without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
