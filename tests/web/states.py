"""Every state that the widget can be in, and how a page is brought there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

ANSWERED = {"da": "Hvem ejer vindprogrammet?", "en": "Who owns the wind programme?"}
REFUSED = "Hvad er det samlede budget for vindprogrammet?"
AMBIGUOUS = "Hvad står der i nummer 6?"

Arrange = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class State:
    """A state by name: how the page is brought there, its address, and how the browser is set."""

    name: str
    arrange: Arrange
    path: str = "/demo?lang=da"
    context: dict[str, Any] = field(default_factory=dict)
    media: str | None = None


def launcher(page: Page) -> Locator:
    """Return the button that opens the panel."""
    return page.locator("agreement-assistant .launcher")


def writing(page: Page) -> Locator:
    """Return the field that questions are written in."""
    return page.locator("agreement-assistant textarea")


def replies(page: Page) -> Locator:
    """Return what stands below each question."""
    return page.locator("agreement-assistant .reply")


def open_panel(page: Page) -> None:
    """Open the panel."""
    launcher(page).click()
    expect(writing(page)).to_be_visible()


def send(page: Page, question: str) -> None:
    """Open the panel if need be, write a question and send it."""
    if not writing(page).is_visible():
        open_panel(page)
    writing(page).fill(question)
    writing(page).press("Enter")


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the answer or a failure stands there."""
    before = replies(page).count()
    send(page, question)
    expect(replies(page)).to_have_count(before + 1)
    expect(page.locator("agreement-assistant .waiting")).to_have_count(0)


def _closed(page: Page) -> None:
    expect(launcher(page)).to_be_visible()


def _waiting(page: Page) -> None:
    page.route("**/api/chat", lambda route: None)  # the answer never comes
    send(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .waiting")).to_be_visible()


def asking(question: str) -> Arrange:
    """Return the arrangement that asks this and has an answer."""

    def arrange(page: Page) -> None:
        ask(page, question)
        expect(page.locator("agreement-assistant .reply .text")).to_be_visible()

    return arrange


def _source(page: Page) -> None:
    ask(page, ANSWERED["da"])
    page.locator("agreement-assistant .ref").last.click()


def _failing(**reply: Any) -> Arrange:
    def fail(route: Route) -> None:
        route.fulfill(content_type="application/problem+json", body="{}", **reply)

    def arrange(page: Page) -> None:
        page.route("**/api/chat", fail)
        ask(page, ANSWERED["da"])
        expect(page.locator("agreement-assistant .fault")).to_be_visible()

    return arrange


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text("ingen forbindelse")


def _personal(page: Page) -> None:
    send(page, "Mit nummer er 010190-1234, hvad gælder for mig?")
    expect(page.locator("agreement-assistant .notice")).to_be_visible()


def _opinion(page: Page) -> None:
    ask(page, ANSWERED["da"])
    page.get_by_role("button", name="Nej").click()
    expect(page.get_by_role("button", name="Andet", exact=True)).to_be_visible()


def _cleared(page: Page) -> None:
    ask(page, ANSWERED["da"])
    page.get_by_role("button", name="Ryd samtalen").click()
    expect(page.get_by_role("button", name="Fortryd")).to_be_visible()


STATES = (
    State("closed", _closed),
    State("open", open_panel),
    State("waiting", _waiting),
    State("answer", asking(ANSWERED["da"])),
    State("source", _source),
    State("refusal", asking(REFUSED)),
    State("clarify", asking(AMBIGUOUS)),
    State("error", _failing(status=500)),
    State("offline", _offline),
    State("rate-limited", _failing(status=429, headers={"Retry-After": "20"})),
    State("personal-data", _personal),
    State("english", asking(ANSWERED["en"]), "/demo?lang=en", {"locale": "en-GB"}),
    State("dark", asking(ANSWERED["da"]), context={"color_scheme": "dark"}),
    State("forced-colours", asking(ANSWERED["da"]), context={"forced_colors": "active"}),
    State("print", asking(ANSWERED["en"]), media="print"),
    State("table", asking("Sammenlign tema 6 og 8")),
    State("opinion", _opinion),
    State("cleared", _cleared),
    State("inline", asking(ANSWERED["da"]), "/?lang=da"),
)

DOCUMENT = "/documents/vaekstpartnerskabsaftale-2016-2017"
PAGES = {
    "chat": "/?lang=da",
    "answer-page": "/?lang=en&q=Who+owns+the+wind+programme?",
    "refusal-page": "/?lang=da&q=Hvad+er+det+samlede+budget+for+vindprogrammet?",
    "fault-page": "/?lang=da&q=+",
    "documents": "/documents?lang=da",
    "document": f"{DOCUMENT}?lang=da#tema-3",
    "cited": f"{DOCUMENT}?lang=en&start=4883&end=5100#cited",
    "cited-lost": f"{DOCUMENT}?lang=da&start=9&end=2#cited",
    "themes": "/themes?lang=da",
    "themes-sorted": "/themes?lang=en&sort=actors&order=desc",
    "accessibility": "/tilgaengelighed?lang=da",
    "register": f"{DOCUMENT}/register?lang=da",
    "comparison-page": "/?lang=da&q=Sammenlign+tema+6+og+8",
    "thanks": "/feedback?lang=da",
    "privacy": "/privatliv?lang=da",
    "demo": "/demo?lang=da",
    "problem": "/documents/findes-ikke?lang=da",
}
