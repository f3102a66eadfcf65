"""One browser of each engine and one page in it, shared by all host pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright

from assistant.settings import Settings
from tests.web.browser import launch
from tests.web.hosts.engines import ENGINES, hosted

Visit = Callable[..., Page]


@pytest.fixture(scope="package")
def sites(settings: Settings) -> Iterator[tuple[str, str]]:
    """The addresses of the assistant and of the site that hosts it."""
    with hosted(settings) as addresses:
        yield addresses


@pytest.fixture(scope="package", params=ENGINES)
def engine(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """A running browser of one engine."""
    browser = launch(playwright, request.param)
    if browser is None:
        pytest.skip(f"no {request.param}: install the system's packages by tests/system-packages")
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def shared(engine: Browser) -> Iterator[Page]:
    """The page that all host pages are opened in."""
    context = engine.new_context(viewport={"width": 1280, "height": 800}, locale="da-DK")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    # Requests that a test holds back on purpose must not outlive it.
    for each in context.pages:
        each.unroute_all(behavior="ignoreErrors")
    context.close()


@pytest.fixture
def visit(shared: Page, sites: tuple[str, str]) -> Visit:
    """Open a host page by the name of its file, in a window of a size."""

    def go(name: str, size: tuple[int, int] = (1280, 800)) -> Page:
        shared.unroute_all(behavior="ignoreErrors")  # what the test before held back
        shared.set_viewport_size({"width": size[0], "height": size[1]})
        shared.goto(f"{sites[1]}/{name}")
        return shared

    return go
