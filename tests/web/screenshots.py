"""Make the screenshots of the README: `python -m tests.web.screenshots`; `--all FOLDER` takes every state and page."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from assistant.index.build import build_index
from assistant.server import create_app
from assistant.settings import Settings, material
from tests.web.browser import chromium, serving
from tests.web.states import PAGES, STATES, State, asking

Scheme = Literal["light", "dark"]
SIZES = {"desktop": (1280, 800), "phone": (360, 740), "narrow": (320, 640), "wide": (1920, 1080)}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Wanted = tuple[str, str, Scheme]
# What the README shows: state or page, and size.
SHOWN = (
    ("brief", "desktop"),
    ("english", "phone"),
    ("chat", "desktop"),
    ("cited", "desktop"),
    ("themes", "desktop"),
    ("refusal", "phone"),
    ("register", "desktop"),
    ("register", "phone"),
    ("list", "desktop"),
    ("comparison", "desktop"),
)


def _open(browser: Browser, address: str, state: State, size: tuple[int, int], scheme: Scheme) -> Page:
    options: dict[str, Any] = {"locale": "da-DK", "color_scheme": scheme, **state.context}
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    page = context.new_page()
    page.goto(address + state.path)
    state.arrange(page)
    if state.media:
        page.emulate_media(media=state.media)  # type: ignore[arg-type]
    return page


def _all_states() -> dict[str, State]:
    pages = {name: State(name, lambda page: None, path) for name, path in PAGES.items()}
    brief = State("brief", asking("Hvor mange statslige arbejdspladser flyttes, og hvorhen?"))
    listed = State("list", asking("Hvilke byer nævnes?"), "/?lang=da")
    compared = State("comparison", asking("Sammenlign tema 6 og 8"), "/?lang=da")
    return {state.name: state for state in (*STATES, brief, listed, compared)} | pages


def shoot(address: str, folder: Path, wanted: Iterable[Wanted]) -> None:
    """Write one PNG for each state, size and scheme; the light one is named without its scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    states = _all_states()
    with chromium() as browser:
        for name, size, scheme in wanted:
            page = _open(browser, address, states[name], SIZES[size], scheme)
            dark = "-dark" if scheme == "dark" else ""
            page.screenshot(path=folder / f"{name}-{size}{dark}.png", animations="disabled")
            page.unroute_all(behavior="ignoreErrors")
            page.context.close()


def main() -> None:
    """Serve the real corpus and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every state and page on every size, light and dark")
    parser.add_argument("--address", help="a server that runs already")
    options = parser.parse_args()
    wanted: list[Wanted] = [(name, size, "light") for name, size in SHOWN]
    if options.all:
        wanted = [(name, size, scheme) for size in SIZES for scheme in SCHEMES for name in _all_states()]
    folder = options.all or material("web") / "screenshots"
    if options.address:
        shoot(options.address, folder, wanted)
        return
    settings = Settings.from_environment(
        {"ASSISTANT_RATE_LIMIT": "off", "ASSISTANT_CONTACT": "udvikling@example.dk", **os.environ}
    )
    build_index(settings)
    with serving(create_app(settings)) as address:
        shoot(address, folder, wanted)


if __name__ == "__main__":
    main()
