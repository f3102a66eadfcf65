"""The assistant's own page, in both engines: what it keeps of a conversation, where, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.server.pages.widget import VERSIONS, current_version
from tests.web.hosts.conftest import Visit
from tests.web.hosts.look import QUESTION, ask, part, waiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECOND = "Hvilke byer nævnes?"
Own = Callable[[str], Page]


@pytest.fixture
def own(shared: Page, sites: tuple[str, str]) -> Own:
    """Open a path of the assistant's own site."""

    def go(path: str) -> Page:
        shared.unroute_all(behavior="ignoreErrors")
        shared.set_viewport_size({"width": 1280, "height": 800})
        response = shared.goto(sites[0] + path)
        assert response is not None
        assert ("noindex" in response.headers.get("x-robots-tag", "")) is ("q=" in path)
        return shared

    return go


def asked(page: Page) -> str:
    """Return the question in the address."""
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def assert_shown(page: Page, *questions: str) -> None:
    """Hold that the conversation is these questions with their answers, the last one in the address."""
    expect(part(page, ".reply .text")).to_have_count(len(questions))
    found = part(page, ".question").all_text_contents()
    assert [words.split(": ", 1)[1] for words in found] == list(questions)
    assert asked(page) == (questions[-1] if questions else "")


def test_reload_back_and_the_other_language_keep_the_conversation(own: Own) -> None:
    page = own("/?lang=da")
    ask(page, QUESTION)
    assert_shown(page, QUESTION)
    ask(page, SECOND)
    page.route("**/api/chat", lambda route: route.abort())  # from here on nothing is asked again
    page.reload()
    assert_shown(page, QUESTION, SECOND)
    page.go_back()
    expect(part(page, ".turn")).to_have_count(1)
    assert_shown(page, QUESTION)
    page.go_forward()
    expect(part(page, ".turn")).to_have_count(2)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(part(page, "[part=form] label")).to_have_text("Your question")
    assert_shown(page, QUESTION, SECOND)
    page.get_by_role("link", name="Themes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Themes at a glance")
    page.go_back()
    assert_shown(page, QUESTION, SECOND)
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "da")
    assert_shown(page, QUESTION, SECOND)
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")
    assert kept == [0, 0, 0]


def test_the_link_to_an_answer_leads_to_it(own: Own) -> None:
    page = own("/?lang=da")
    ask(page, QUESTION)
    part(page, "[part=address]").click()
    expect(part(page, "[part=address]")).to_have_text("Kopieret.")
    part(page, "textarea").focus()
    page.keyboard.press("Control+V")
    address = urlsplit(part(page, "textarea").input_value())
    page = own(f"{address.path}?{address.query}")
    expect(part(page, "[part=source]").first).to_be_visible()
    assert_shown(page, QUESTION)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


def test_a_cpr_number_stays_in_no_address_title_or_field(own: Own) -> None:
    page = own("/?lang=da&q=Mit+nummer+er+010190-1234")
    expect(page).to_have_url(re.compile(r"/$"))
    assert page.title().startswith("Fejl: ")
    assert page.locator("#q").input_value() == ""
    assert "1234" not in page.content()


def test_what_is_sent_ahead_is_asked_when_the_answer_is_there(own: Own) -> None:
    page = own("/?lang=da")
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route), times=1)
    waiting(page, held)
    field = part(page, "textarea")
    field.press_sequentially(SECOND)
    field.press("Enter")
    expect(part(page, "[part=form]")).to_contain_text("Sendes, når svaret er der.")
    field.press("End")
    field.press_sequentially("?")  # whoever writes on has not yet sent it
    expect(part(page, "[part=form]")).not_to_contain_text("Sendes, når")
    field.press("Backspace")
    field.press("Enter")
    held[0].continue_()
    expect(part(page, ".turn")).to_have_count(2)
    expect(part(page, ".waiting")).to_have_count(0)
    assert_shown(page, QUESTION, SECOND)
    assert field.input_value() == ""


def test_every_version_that_was_shipped_works_with_the_server_of_today(visit: Visit, sites: tuple[str, str]) -> None:
    earlier = {path.stem for path in VERSIONS.glob("*.js")} - {current_version()}
    assert earlier
    for version in sorted(earlier):
        page = visit("frameworks/without-script")
        page.add_script_tag(url=f"{sites[0]}/widget/{version}/widget.js", type="module")
        part(page, ".launcher").click()
        reply = ask(page)
        expect(reply.locator(".source").first).to_be_visible()
        reply.locator("[part=yes]").click()
        expect(reply.locator("[part=opinion]")).to_contain_text("Tak.")
