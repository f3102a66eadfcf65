"""Ask, read and follow a source in a browser that runs no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.feedback import Counts
from assistant.feedback.unanswered import Unanswered
from tests.web.conftest import CONTACT, OpenPage
from tests.web.states import AMBIGUOUS, ANSWERED, DOCUMENT, REFUSED

pytestmark = pytest.mark.browser


def _ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("article.answer")).to_be_visible()


@pytest.mark.parametrize("language", ["da", "en"])
def test_ask_read_and_follow_a_source(open_page: OpenPage, language: str) -> None:
    page = open_page("/", java_script_enabled=False, locale=f"{language}-XX" if language == "en" else "da-DK")
    _ask(page, ANSWERED[language])
    answer = page.locator("article.answer")
    expect(answer).to_have_attribute("lang", language)
    expect(answer).to_contain_text("Offshoreenergy.dk")
    page.locator(".ref").first.click()
    source = page.locator(".source:target")
    expect(source).to_be_visible()
    quote = source.locator(".quote").text_content() or ""
    expect(source.locator(".translation")).to_have_count(1 if language == "en" else 0)
    source.get_by_role("link").last.click()
    expect(page.locator(".ref:target")).to_be_in_viewport()
    page.go_back()
    source.get_by_role("link").first.click()
    expect(page.locator("mark#cited")).to_have_text(quote)
    expect(page.locator("mark#cited")).to_be_in_viewport()


def test_a_refusal_names_the_closest_place_and_the_contact(open_page: OpenPage) -> None:
    page = open_page("/?lang=da", java_script_enabled=False)
    _ask(page, REFUSED)
    expect(page.locator(".badge")).to_have_text("Ikke i aftalen")
    expect(page.locator("article.answer")).to_contain_text(CONTACT)
    expect(page.get_by_role("heading", name="Nærmeste sted i aftalen")).to_be_visible()


def test_a_reading_of_an_ambiguous_question_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page("/?lang=da", java_script_enabled=False)
    _ask(page, AMBIGUOUS)
    page.locator(".chips a").first.click()
    expect(page.locator("article.answer .source").first).to_be_visible()


def test_whether_it_helped_is_told_by_a_form(open_page: OpenPage, site_of: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    with site_of(feedback=file, keep_unanswered=14) as site:
        page = open_page(f"{site}/?lang=en", java_script_enabled=False)
        _ask(page, ANSWERED["en"])
        page.get_by_role("group", name="Did you find the answer?").get_by_text("No", exact=True).click()
        page.get_by_role("button", name="Something is missing").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
        page.reload()  # counts nothing again
    assert [(each["reason"], each["status"], each["count"]) for each in Counts(file).verdicts()] == [
        ("incomplete", "answered", 1)
    ]
    assert "tema-7" in [each["section"] for each in Counts(file).sections()]
    assert len(Unanswered(file, 14).list()) == 1  # the answer's ticket came along


def test_the_language_chosen_stays_chosen(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Themes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Themes at a glance")
    page.get_by_role("link", name="Ask", exact=True).click()
    _ask(page, ANSWERED["en"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Dansk").click()
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.get_by_role("textbox")).to_have_value(ANSWERED["en"])


def test_the_themes_are_sorted_by_following_a_heading(open_page: OpenPage) -> None:
    page = open_page("/themes?lang=da", java_script_enabled=False)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(11)
    page.get_by_role("columnheader", name="Titel").get_by_role("link").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Titel")
    expect(rows.first).to_contain_text("Det grønne område")
    page.get_by_role("columnheader", name="Titel").get_by_role("link").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Titel")
    expect(rows.last).to_contain_text("Det grønne område")


def test_danish_and_english_stand_side_by_side_and_stack_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(f"{DOCUMENT}#tema-7", java_script_enabled=False)
    pair = page.locator("#tema-7 .paragraph .pair").first

    def boxes() -> tuple[float, float, float, float]:
        danish, english = pair.locator("p").first.bounding_box(), pair.locator("p").last.bounding_box()
        assert danish is not None
        assert english is not None
        return danish["x"], danish["y"], english["x"], english["y"]

    left, top, right, level = boxes()
    assert right > left
    assert level == top
    page.set_viewport_size({"width": 390, "height": 844})
    left, top, right, below = boxes()
    assert below > top
    assert right - left < 20


def test_the_document_prints_without_navigation(open_page: OpenPage) -> None:
    page = open_page(f"{DOCUMENT}?start=5000&end=5100#cited", java_script_enabled=False)
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()
    expect(page.locator("header.site")).to_be_hidden()
    expect(page.locator("mark").first).to_be_visible()
