"""The widget on sites whose framework exchanges parts of the page: the real Turbo and the real Vue, in both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.web.hosts.conftest import Visit
from tests.web.hosts.engines import LIBRARIES
from tests.web.hosts.look import ask, assert_reached, hold, open_panel, part, waiting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        len(list(LIBRARIES.glob("*.js"))) < 2, reason="tests/system-packages fetches the libraries from npm"
    ),
]


@contextmanager
def exchanged(page: Page) -> Iterator[None]:
    """Come back when Turbo has exchanged the body; the address changes before that."""
    page.evaluate("window.loaded = new Promise((done) => addEventListener('turbo:load', done, { once: true })); 0")
    yield
    page.evaluate("window.loaded.then(() => 0)")


def turn(page: Page) -> None:
    """Follow the link that Turbo turns into an exchange of the body."""
    with exchanged(page):
        page.get_by_role("link", name="Den anden side").click()
    expect(page).to_have_url(re.compile(r"\?next$"))


def test_turbo_brings_the_next_page_with_an_element_of_its_own(visit: Visit) -> None:
    page = visit("frameworks/turbo")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_panel(page)
    ask(page)
    page.evaluate("window.same = true")
    turn(page)
    open_panel(page)
    ask(page)
    with exchanged(page):
        page.go_back()
    expect(page).to_have_url(re.compile("turbo$"))
    assert page.evaluate("window.same")
    if part(page, ".launcher").is_visible():
        open_panel(page)
    assert_reached(part(page, "[part=close]"))
    expect(ask(page).locator(".source").first).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("name", ["turbo-tag", "turbo-permanent"])
def test_turbo_takes_the_widget_along_where_the_site_says_so(visit: Visit, name: str) -> None:
    page = visit(f"frameworks/{name}")
    open_panel(page)
    ask(page)
    held = hold(page)
    waiting(page, held)
    turn(page)
    held[0].continue_()
    page.unroute("**/api/chat")
    expect(part(page, ".waiting")).to_have_count(0)
    if part(page, "[part=retry]").count():
        part(page, "[part=retry]").click()
    expect(part(page, ".reply .text")).to_have_count(2)
    assert_reached(part(page, "[part=close]"))


def test_back_on_a_phone_closes_the_panel_under_turbo(visit: Visit) -> None:
    page = visit("frameworks/turbo-permanent", (360, 640))
    open_panel(page)
    ask(page)
    page.go_back()
    expect(part(page, ".panel")).to_be_hidden()
    expect(page).to_have_url(re.compile("turbo-permanent$"))
    open_panel(page)
    expect(part(page, ".reply .text")).to_be_visible()


def test_a_view_that_is_kept_alive_comes_back_with_its_question(visit: Visit) -> None:
    page = visit("frameworks/keep-alive")
    open_panel(page)
    ask(page)
    held = hold(page)
    waiting(page, held)
    page.locator("#swap").click()
    expect(page.locator("agreement-assistant")).to_have_count(0)
    page.locator("#swap").click()
    expect(part(page, ".fault")).to_contain_text("afbrudt")
    page.unroute("**/api/chat")
    part(page, "[part=retry]").click()
    expect(part(page, ".reply .text")).to_have_count(2)
    assert_reached(part(page, "[part=close]"))
