"""What a person sees and can reach of the widget on a host page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

QUESTION = "Hvem ejer vindprogrammet?"
# How words look where the page has no say.
CALM = {
    "whiteSpace": "normal",
    "textTransform": "none",
    "letterSpacing": "normal",
    "wordSpacing": "0px",
    "textIndent": "0px",
    "direction": "ltr",
    "visibility": "visible",
    "pointerEvents": "auto",
    "userSelect": "text",
    "writingMode": "horizontal-tb",
    "textShadow": "none",
    "fontVariantCaps": "normal",
    "wordBreak": "normal",
}
STYLES = """(node, names) => {
  const style = getComputedStyle(node);
  const found = Object.fromEntries(names.map((name) => [name, style[name]]));
  return { ...found, lines: parseFloat(style.lineHeight) / parseFloat(style.fontSize) };
}"""
REACHED = """(node) => {
  const box = node.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit) {
    hit = hit.shadowRoot.elementFromPoint(x, y);
  }
  const inside = box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
  return { inside, hit: node === hit || node.contains(hit), box: [box.left, box.top, box.width, box.height].map(Math.round) };
}"""


def part(page: Page, selector: str) -> Locator:
    """Return a part of the first widget of the page."""
    return page.locator("agreement-assistant").first.locator(selector)


def assert_reached(node: Locator) -> None:
    """Hold that a part lies inside the window and that a click on its middle gets to it."""
    expect(node).to_be_visible()
    seen = node.evaluate(REACHED)
    assert seen["inside"], seen
    assert seen["hit"], seen


def assert_calm(node: Locator, **other: str) -> None:
    """Hold that the words of a part look as the widget means them, whatever the page says."""
    found = node.evaluate(STYLES, list(CALM))
    lines = found.pop("lines")
    if found["userSelect"] == "auto":  # Firefox tells what is set here, not what comes of it
        found["userSelect"] = "text"
    assert found == CALM | other, dict(found.items() - (CALM | other).items())
    assert 1.2 <= lines <= 1.7, lines


def assert_roomy(page: Page) -> None:
    """Hold that the conversation has room for eight lines, or is as long as it is."""
    room: Any = part(page, ".log").evaluate(
        "log => [log.clientHeight, log.scrollHeight, parseFloat(getComputedStyle(log).lineHeight)]"
    )
    assert room[0] >= min(8 * room[2], room[1]) - 1, room


def open_panel(page: Page) -> None:
    """Click on the launcher as a person does."""
    launcher = part(page, ".launcher")
    assert_reached(launcher)
    launcher.click()
    expect(part(page, "textarea")).to_be_visible()


def ask(page: Page, question: str = QUESTION) -> Locator:
    """Ask by keyboard and return the answer."""
    part(page, "textarea").fill(question)
    part(page, "textarea").press("Enter")
    expect(part(page, ".waiting")).to_have_count(0)
    return part(page, ".reply").last


def hold(page: Page) -> list[Route]:
    """Hold every question back; gives the requests that wait."""
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route))
    return held


def waiting(page: Page, held: list[Route]) -> None:
    """Ask, and come back when the question is held."""
    part(page, "textarea").fill(QUESTION)
    part(page, "textarea").press("Enter")
    expect(part(page, ".waiting")).to_be_visible()
    while not held:  # the browser's word of it comes with the next answer of the page
        page.evaluate("0")
