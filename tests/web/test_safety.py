"""Nothing runs that is not ours, nothing is stored, nobody else is asked, and the strict policy is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import OpenPage
from tests.web.injections import INJECTIONS
from tests.web.states import ANSWERED, PAGES, STATES, State, ask, launcher, open_panel, replies, send

pytestmark = pytest.mark.browser

# Counts violations before any script of the page runs.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


def _watched(page: Page) -> Page:
    page.add_init_script(WATCH)
    page.reload()
    return page


def _assert_nothing_ran(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations") == []


def test_there_are_enough_injections() -> None:
    assert len(set(INJECTIONS)) >= 100


@pytest.mark.parametrize("state", [each for each in STATES if each.name != "offline"], ids=lambda state: state.name)
def test_the_strict_policy_is_kept(open_page: OpenPage, state: State) -> None:
    page = _watched(open_page(state.path, **state.context))
    state.arrange(page)
    assert page.evaluate("window.violations") == []


def test_the_demo_page_has_the_strict_policy(open_page: OpenPage) -> None:
    page = open_page("/demo")
    response = page.request.get(page.url)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_keeps_its_policy_and_logs_no_error(open_page: OpenPage, path: str) -> None:
    page = _watched(open_page(path))
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    status = page.reload()
    assert status is not None
    assert page.evaluate("window.violations") == []
    expected = 1 if status.status >= 400 else 0  # the browser tells of the page's own status
    assert len(told) == expected, told


def test_nothing_is_stored_and_nobody_else_is_asked(open_page: OpenPage, site: str) -> None:
    hosts: set[str] = set()
    page = open_page("/demo?lang=da")
    page.context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.reload()
    ask(page, ANSWERED["da"])
    ask(page, "og næste skridt?")
    page.goto(site + "/?lang=en&q=wind")
    page.goto(site + "/themes")
    page.goto(site + "/")
    ask(page, ANSWERED["en"])
    assert hosts == {urlsplit(site).netloc}
    assert page.context.cookies() == []
    stored = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
        (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    assert stored == [0, 0, 0, 0, 0]


def test_the_page_gets_no_global_but_the_element(open_page: OpenPage, site: str) -> None:
    page = open_page("/demo")
    names = "Object.getOwnPropertyNames(window).filter((name) => !/^\\d+$/.test(name)).sort()"
    with_widget = set(page.evaluate(names))
    page.goto(site + "/themes")
    assert with_widget == set(page.evaluate(names))


def test_injections_asked_in_the_widget_do_not_run(open_page: OpenPage) -> None:
    page = _watched(open_page("/demo?lang=da"))
    open_panel(page)
    for number, text in enumerate(INJECTIONS):
        send(page, text)
        expect(replies(page)).to_have_count(number + 1)
        expect(page.locator("agreement-assistant .waiting")).to_have_count(0)
    shown = page.locator("agreement-assistant .question").all_text_contents()
    assert [words.removeprefix("Du spurgte: ") for words in shown] == list(INJECTIONS)
    _assert_nothing_ran(page)


def test_injections_in_an_answer_do_not_run(open_page: OpenPage) -> None:
    page = _watched(open_page("/demo?lang=en"))
    left = list(INJECTIONS)

    def answer(route: Route) -> None:
        text = left.pop()
        citation = dict.fromkeys(("document", "section", "quote", "translation", "url"), text)
        places: dict[str, Any] = {"number": 1, "start": 0, "end": 5, "heading": [text, text]}
        body = {"status": "answered", "language": "en", "answer": f"{text} [1]", "closest": [], "suggestions": [text]}
        route.fulfill(content_type="application/json", body=json.dumps(body | {"citations": [citation | places]}))

    page.route("**/api/chat", answer)
    open_panel(page)
    for number in range(len(INJECTIONS)):
        send(page, "wind?")
        expect(replies(page)).to_have_count(number + 1)
        expect(page.locator("agreement-assistant .waiting")).to_have_count(0)
    quotes = page.locator("agreement-assistant .quote").all_text_contents()
    assert quotes == list(reversed(INJECTIONS))
    addresses = page.locator("agreement-assistant .source a").evaluate_all(
        "links => links.map((link) => link.protocol)"
    )
    assert set(addresses) <= {"http:"}
    page.locator("agreement-assistant .ref").last.click()
    _assert_nothing_ran(page)


def test_injections_in_the_address_do_not_run(open_page: OpenPage, site: str) -> None:
    page = _watched(open_page("/?lang=da"))
    for text in INJECTIONS:
        page.goto(f"{site}/?lang=da&q={quote(text)}")
        if page.locator(".answer").count():
            assert page.input_value("#q") == text
        _assert_nothing_ran(page)
    page.goto(f"{site}/themes?sort={quote(INJECTIONS[0])}&order={quote(INJECTIONS[1])}&lang={quote(INJECTIONS[2])}")
    _assert_nothing_ran(page)


def _write_hostile_document(folder: Path) -> None:
    """A document whose every sentence, heading, actor and metadata is an injection."""
    folder.mkdir(parents=True)
    lines = ["# " + INJECTIONS[0].replace("|", " ") + " {doc}", ""]
    for number, text in enumerate(INJECTIONS, 1):
        title = text.replace("|", " ").replace("\n", " ")
        lines += [f"## {number} | {title} | Tema {number} – {title} {{tema-{number}}}", "", "[background]", ""]
        lines += [
            f"### {title}",
            "",
            f"Teksten siger {title}",
            "",
            "[actors]",
            "",
            f"A {title}",
            "",
            "[next-step]",
            "",
            f"N {title}",
            "",
        ]
    (folder / "da.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "en.md").write_text("\n".join(lines), encoding="utf-8")
    names = dict.fromkeys(("title", "title_en", "short_title", "short_title_en", "period", "source"), INJECTIONS[4])
    metadata = [f"{name} = {json.dumps(value)}" for name, value in names.items()]
    metadata += ['language = "da"', *(f"{name} = [{json.dumps(INJECTIONS[5])}]" for name in ("parties", "parties_en"))]
    (folder / "document.toml").write_text("\n".join(metadata), encoding="utf-8")


def test_injections_in_a_document_do_not_run(open_page: OpenPage, site_of: Callable[..., Any], tmp_path: Path) -> None:
    _write_hostile_document(tmp_path / "corpus" / "hostile")
    with site_of(corpus=tmp_path / "corpus", contact=INJECTIONS[6]) as hostile:
        page = _watched(open_page(f"{hostile}/documents/hostile"))
        # A long word of a heading may be parted at its end of a line.
        headings = [each.replace("\u00ad", "") for each in page.locator("main h2 [lang=da]").all_text_contents()]
        assert headings == [" ".join(text.split()) for text in INJECTIONS]
        for path in (
            "/documents/hostile?start=1&end=500#cited",
            "/documents",
            "/themes",
            "/?q=tema+4",
            "/?q=tema+7",
            "/",
        ):
            page.goto(hostile + path)
            expect(page.locator("main")).to_be_visible()
            _assert_nothing_ran(page)
        page.goto(f"{hostile}/demo")
        for question in ("Hvad handler Tema 4 om?", "Hvem er involveret i Tema 9?", "script", "onerror"):
            ask(page, question)
        _assert_nothing_ran(page)
        expect(launcher(page)).to_be_hidden()
