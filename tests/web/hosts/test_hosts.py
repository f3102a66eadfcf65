"""The widget on some sixty pages of others: seen, reached, untouched by their styles and keys, and it answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.hosts.conftest import Visit
from tests.web.hosts.engines import PAGES
from tests.web.hosts.look import ask, assert_calm, assert_reached, assert_roomy, open_panel, part

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
# Pages that mean to keep the widget below something of theirs, or from asking; test_reports.py looks at those.
APART = {"layer-of-the-site", "policy-forbids"}
INLINE = {name for name in NAMES if name.startswith("inline")}


def test_there_are_enough_pages() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize("name", [name for name in NAMES if name not in APART])
def test_it_is_seen_reached_and_answers(visit: Visit, name: str) -> None:
    page = visit(name)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    if name not in INLINE:
        open_panel(page)
        assert_reached(part(page, "[part=close]"))
        assert_reached(part(page, "[part=send]"))
        assert_roomy(page)
    assert_calm(part(page, ".intro .soft").first)
    field = part(page, "textarea")
    field.focus()
    field.press_sequentially("næste/sns?")
    assert field.input_value() == "næste/sns?"
    reply = ask(page)
    expect(reply.locator(".source").first).to_be_visible()
    assert_calm(reply.locator(".text p").first, whiteSpace="pre-line")
    if name not in INLINE:
        _close(page)
    assert faults == []


def _close(page: Page) -> None:
    part(page, "textarea").press("Escape")
    expect(part(page, ".panel")).to_be_hidden()
    assert_reached(part(page, ".launcher"))
