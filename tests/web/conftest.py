"""A site with the real corpus, and a real Chromium that looks at it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from assistant.index.build import build_index
from assistant.server import create_app
from assistant.settings import Settings
from tests.web.browser import launch, serving

CONTACT = "udvikling@example.dk"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def settings(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a built index of the real corpus, without a limit on questions."""
    index = Path(shutil.copytree(real_settings.index, tmp_path_factory.mktemp("index") / "built"))
    environ = {"ASSISTANT_INDEX": str(index), "ASSISTANT_RATE_LIMIT": "off", "ASSISTANT_CONTACT": CONTACT}
    return Settings.from_environment(environ)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    """The address of the running site."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives every browser; there can be one alone in a thread."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = launch(playwright, "chromium")
    if running is None:
        pytest.skip("no Chromium found: install the system's package 'chromium' to run the browser tests")
    yield running
    running.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Open a path of the site in a fresh context; further arguments go to the context."""
    contexts: list[BrowserContext] = []

    def open_path(path: str = "/demo?lang=da", viewport: tuple[int, int] = (1280, 800), **options: Any) -> Page:
        size = {"width": viewport[0], "height": viewport[1]}
        context = browser.new_context(viewport=size, **{"locale": "da-DK", **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(path if path.startswith("http") else site + path)
        return page

    yield open_path
    for context in contexts:
        # Requests that a test holds back on purpose must not outlive it.
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()


@pytest.fixture
def site_of(tmp_path: Path, settings: Settings) -> Callable[..., Any]:
    """Make a second site with other settings; its index is built anew where the corpus differs."""

    def make(**changes: Any) -> Any:
        changed = dataclasses.replace(settings, **changes)
        if "corpus" in changes:
            changed = dataclasses.replace(changed, index=tmp_path / "index")
            build_index(changed)
        return serving(create_app(changed))

    return make
