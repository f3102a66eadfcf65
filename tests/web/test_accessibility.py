"""Every state and page against the WCAG 2.2 AA rules of axe-core, on a desktop and at 400 % zoom."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.conftest import OpenPage
from tests.web.states import PAGES, STATES, State

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWPORTS = {"1280x800": (1280, 800), "320x256": (320, 256)}
SCHEMES = dict(zip(VIEWPORTS.values(), ("light", "dark"), strict=True))  # what a state of the widget is looked at in


def check(page: Page) -> tuple[list[str], list[str]]:
    """Return what axe finds wrong, and what it cannot decide, each as rule and element."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert found["passes"], "axe looked at nothing"
    return _nodes(found["violations"]), _nodes(found["incomplete"])


def _nodes(results: list[dict[str, Any]]) -> list[str]:
    return [
        f"{result['id']}: {node['html'][:160]} {[each.get('message') for each in node['any']]}"
        for result in results
        for node in result["nodes"]
    ]


# axe leaves the contrast undecided where an element is scrolled half out of view, or holds signs only. So it is
# computed here for every text: its colour against the first opaque ground below it, through shadow roots too.
CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (channels) => channels.slice(0, 3).map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const above = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const ground = (node) => {
    for (; node; node = above(node)) {
      const colour = numbers(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [21, 33, 42] : [255, 255, 255];
  };
  const elements = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
    [node, ...(node.shadowRoot ? elements(node.shadowRoot) : [])]);
  const shown = elements(document.body).filter((node) => node.checkVisibility() &&
    [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()));
  const ratios = shown.map((node) => {
    const [first, second] = [light(numbers(getComputedStyle(node).color)), light(ground(node))];
    return [(Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05), node.textContent.slice(0, 60)];
  });
  return { measured: ratios.length, low: ratios.filter(([ratio]) => ratio < 4.5).map(String) };
}"""


def assert_accessible(page: Page) -> None:
    violations, undecided = check(page)
    assert violations == []
    assert [each for each in undecided if not each.startswith("color-contrast:")] == []
    contrast = page.evaluate(CONTRAST)
    assert contrast["measured"] > 5
    assert contrast["low"] == []


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=list(VIEWPORTS))
@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_a_state_of_the_widget_has_no_fault(open_page: OpenPage, state: State, viewport: tuple[int, int]) -> None:
    page = open_page(state.path, viewport, **{"color_scheme": SCHEMES[viewport], **state.context})
    state.arrange(page)
    if state.media:
        page.emulate_media(media=state.media)  # type: ignore[arg-type]
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=list(VIEWPORTS))
@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_has_no_fault(open_page: OpenPage, path: str, viewport: tuple[int, int], scheme: str) -> None:
    assert_accessible(open_page(path, viewport, color_scheme=scheme))


@pytest.mark.parametrize("path", [*PAGES.values(), "/demo?lang=en"], ids=[*PAGES, "demo-english"])
def test_a_page_needs_no_sideways_scrolling_at_400_percent(open_page: OpenPage, path: str) -> None:
    page = open_page(path, (320, 256))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_moves_for_who_wants_less_motion(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    waiting = next(state for state in STATES if state.name == "waiting")
    waiting.arrange(page)
    assert page.evaluate("document.getAnimations().length") == 0
    dot = page.locator("agreement-assistant .waiting")
    assert dot.evaluate("node => getComputedStyle(node, '::after').animationName") == "none"


@pytest.mark.parametrize("state", STATES, ids=[state.name for state in STATES])
def test_targets_are_at_least_24_pixels(open_page: OpenPage, state: State) -> None:
    page = open_page(state.path, **state.context)
    state.arrange(page)
    small = page.evaluate(
        """() => [...document.querySelector("agreement-assistant").shadowRoot.querySelectorAll("button, a, textarea")]
        .map((node) => [node.textContent, node.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""
    )
    assert small == []
