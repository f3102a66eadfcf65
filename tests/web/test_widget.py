"""What the widget does: asking, failing, telling, focus, keyboard, attributes, events."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from assistant.server.pages.widget import current_version, kept
from assistant.settings import material
from tests.web.browser import with_network
from tests.web.conftest import CONTACT, OpenPage
from tests.web.states import AMBIGUOUS, ANSWERED, REFUSED, ask, launcher, open_panel, replies, send, writing

browser_test = pytest.mark.browser
SOURCE = (material("web") / "widget.js").read_bytes()
SHIPPED = kept(current_version()) or b""

ANSWER = {"status": "answered", "language": "da", "answer": "Ja.", "citations": [], "closest": [], "suggestions": []}
LISTEN = """() => {
  window.said = [];
  const live = document.querySelector("agreement-assistant").shadowRoot.querySelector("[aria-live]");
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      window.said.push([node.textContent, performance.now()]);
    }
  }).observe(live, { childList: true, subtree: true, characterData: true });
}"""


def element(page: Page, script: str) -> Any:
    """Run a script on the element, which it calls `it`."""
    return page.evaluate(
        f"async () => {{ const it = document.querySelector('agreement-assistant'); return {script}; }}"
    )


def focused(page: Page) -> str:
    """Return the class, part and words of what has the focus inside the widget."""
    active = "(it.shadowRoot.activeElement ?? it)"
    return " ".join(element(page, f"[{active}.localName, {active}.className, {active}.textContent]"))


def bodies(page: Page) -> list[dict[str, Any]]:
    """Collect what is sent to the API; each gets the same short answer."""
    sent: list[dict[str, Any]] = []

    def answer(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or ""))
        citation = {
            "number": 1,
            "document": "d",
            "section": "tema-7",
            "heading": ["Tema 7"],
            "quote": "Ja",
            "start": 0,
            "end": 2,
        }
        full = ANSWER | {"citations": [citation | {"translation": None, "url": "/documents/d#tema-7"}]}
        route.fulfill(content_type="application/json", body=json.dumps(full))

    page.route("**/api/chat", answer)
    return sent


def said(page: Page, count: int) -> list[str]:
    """Wait for as many announcements and return all that were made."""
    page.wait_for_function("(count) => window.said.length >= count", arg=count)
    return [words for words, _ in page.evaluate("window.said")]


def test_the_file_is_small() -> None:
    assert 5_000 < len(gzip.compress(SHIPPED, 9)) <= 13_000


@pytest.mark.parametrize(
    "word",
    [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "localStorage",
        "sessionStorage",
        "document.cookie",
    ],
)
def test_the_file_uses_no_unsafe_means(word: str) -> None:
    assert word.encode() not in SOURCE


def test_the_file_names_no_other_host() -> None:
    assert set(re.findall(rb"https?://([\w.]+)", SOURCE)) == {b"assistant.example"}


def test_both_languages_have_the_same_phrases() -> None:
    danish, english = re.findall(r"  (?:da|en): \{\n(.*?)\n  \},", SOURCE.decode(), re.DOTALL)
    assert re.findall(r"^    (\w+):", danish, re.MULTILINE) == re.findall(r"^    (\w+):", english, re.MULTILINE)


@browser_test
@pytest.mark.parametrize("language", ["da", "en"])
def test_an_answer_has_references_quotes_and_links(open_page: OpenPage, language: str) -> None:
    page = open_page(f"/demo?lang={language}")
    ask(page, ANSWERED[language])
    reply = replies(page)
    expect(reply).to_have_attribute("lang", language)
    quotes = page.locator("agreement-assistant .source")
    assert quotes.count() >= 1
    expect(quotes.first.locator(".quote")).to_have_attribute("lang", "da")
    expect(quotes.first.locator(".quote")).to_contain_text("nationalt program")
    expect(quotes.first.locator(".path")).to_contain_text("Tema 7")
    expect(page.locator("agreement-assistant .ref").first).to_be_visible()
    expect(quotes.first.locator(".translation")).to_have_count(1 if language == "en" else 0)
    if language == "en":
        expect(quotes.first).to_contain_text("Unofficial translation")
        expect(quotes.first.locator(".translation")).to_have_attribute("lang", "en")
    with page.context.expect_page() as opened:
        quotes.first.locator("a").click()
    expect(opened.value.locator("mark#cited")).to_have_text(quotes.first.locator(".quote").text_content() or "")
    expect(opened.value.locator("mark#cited")).to_be_in_viewport()


@browser_test
def test_a_refusal_says_so_and_gives_the_contact(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, REFUSED)
    expect(page.locator("agreement-assistant .badge")).to_have_text("Ikke i aftalen")
    expect(replies(page)).to_contain_text(CONTACT)
    expect(replies(page)).to_contain_text("Nærmeste sted i aftalen")


@browser_test
def test_an_ambiguous_question_offers_its_readings(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, AMBIGUOUS)
    chips = replies(page).locator(".chips button")
    expect(replies(page)).to_contain_text("Vælg det, du mener")
    chips.first.click()
    expect(replies(page)).to_have_count(2)


@browser_test
def test_each_turn_is_announced_once(open_page: OpenPage) -> None:
    page = open_page()
    open_panel(page)
    page.evaluate(LISTEN)
    ask(page, ANSWERED["da"])
    first = said(page, 2)
    ask(page, REFUSED)
    words = said(page, 4)
    assert words[:2] == first
    assert len(words) == 4
    assert words[0] == words[2] == "Søger…"
    assert "nationalt program" in words[1]
    assert "[" not in words[1]
    assert element(page, "it.shadowRoot.querySelectorAll('[aria-live]').length") == 1
    assert element(page, "it.shadowRoot.querySelectorAll('[role=log], [role=alert], [role=status]').length") == 0


@browser_test
def test_nothing_is_announced_right_after_a_move_of_focus(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(LISTEN)
    at = element(
        page, "((at) => (it.ask('Hvem ejer vindprogrammet?'), at))(performance.now())"
    )  # opens: moves the focus
    said(page, 2)
    first, second = (moment for _, moment in page.evaluate("window.said"))
    assert first - at >= 250
    assert second > first


@browser_test
def test_the_focus_stays_in_the_field_and_the_answer_is_linked(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route))
    send(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .waiting")).to_be_visible()
    expect(page.locator("agreement-assistant form .strong")).to_have_text("Stop")
    assert writing(page).evaluate("field => [field.readOnly, field.disabled]") == [False, False]
    assert focused(page).startswith("textarea")
    held[0].fulfill(content_type="application/json", body=json.dumps(ANSWER))
    expect(page.locator("agreement-assistant .text")).to_be_visible()
    expect(page.locator("agreement-assistant form .strong")).to_have_text("Spørg")
    assert focused(page).startswith("textarea")
    page.keyboard.press("Shift+Tab")
    assert "Gå til svaret" in focused(page)
    page.keyboard.press("Enter")
    assert "reply" in focused(page)


@browser_test
def test_everything_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    for _ in range(20):
        page.keyboard.press("Tab")
        if "launcher" in focused(page):
            break
    assert "launcher" in focused(page)
    page.keyboard.press("Enter")
    assert focused(page).startswith("textarea")
    page.keyboard.type(ANSWERED["da"])
    page.keyboard.press("Enter")
    expect(page.locator("agreement-assistant .text")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    sources = page.locator("agreement-assistant .source a").count()
    page.locator("agreement-assistant details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    reached: list[str] = []
    while not (reached and reached[-1].startswith("textarea")):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert sum("Læs stedet" in each for each in reached) == sources >= 1
    assert any("ref" in each for each in reached)
    assert any("Kopiér" in each for each in reached)
    page.locator("agreement-assistant textarea").focus()
    page.keyboard.press("Escape")
    assert "launcher" in focused(page)
    expect(page.locator("agreement-assistant .panel")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(1)


@browser_test
def test_a_reference_goes_to_its_source(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, ANSWERED["da"])
    page.locator("agreement-assistant .ref").last.click()
    last = page.locator("agreement-assistant .ref").last.text_content()
    assert element(page, "it.shadowRoot.activeElement.dataset.number") == last
    expect(page.locator(f"agreement-assistant .source[data-number='{last}']")).to_be_in_viewport()


@browser_test
def test_the_reader_who_scrolled_is_left_alone(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, ANSWERED["da"])
    ask(page, ANSWERED["da"])
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route))
    send(page, "hvad med tema 4?")
    expect(page.locator("agreement-assistant .waiting")).to_be_visible()
    log = page.locator("agreement-assistant .log")
    log.evaluate("log => { log.scrollTop = 40; }")
    held[0].fulfill(content_type="application/json", body=json.dumps(ANSWER))
    expect(page.locator("agreement-assistant .waiting")).to_have_count(0)
    assert log.evaluate("log => log.scrollTop") == 40


@browser_test
@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"status": 429, "headers": {"Retry-After": "20"}}, "20 sekunder"),
        ({"status": 503, "headers": {"Retry-After": "5"}}, "5 sekunder"),
        ({"status": 500, "body": "<html>"}, "fejl hos os"),
        ({"status": 200, "body": "not json"}, "fejl hos os"),
        ({"status": 200, "body": "{}"}, "fejl hos os"),
    ],
    ids=["429", "503", "500", "broken", "empty"],
)
def test_a_failure_is_told_and_can_be_tried_again(open_page: OpenPage, reply: dict[str, Any], words: str) -> None:
    page = open_page()
    page.route("**/api/chat", lambda route: route.fulfill(**reply))
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text(words)
    expect(writing(page)).to_have_value(ANSWERED["da"])
    page.unroute("**/api/chat")
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator("agreement-assistant .text")).to_be_visible()
    expect(page.locator("agreement-assistant .fault")).to_have_count(0)
    expect(replies(page)).to_have_count(1)
    expect(writing(page)).to_have_value("")


@browser_test
def test_being_offline_is_told_and_mended(open_page: OpenPage) -> None:
    page = open_page()
    page.context.set_offline(True)
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text("ingen forbindelse")
    page.context.set_offline(False)
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator("agreement-assistant .text")).to_be_visible()


@browser_test
def test_a_late_answer_is_given_up(open_page: OpenPage) -> None:
    page = open_page()
    page.route("**/api/chat", lambda route: None)
    element(page, "it.timeout = 50")
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text("for længe")


@browser_test
def test_a_server_that_is_gone_is_told(open_page: OpenPage) -> None:
    page = open_page()
    for path in ("**/api/chat", "**/widget.js"):
        page.route(path, lambda route: route.abort())
    with_network(page)
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text("ikke få fat i")


@browser_test
def test_what_the_server_refuses_is_told_in_its_words(open_page: OpenPage) -> None:
    page = open_page()
    element(page, "it.ask('Hvem\\u0007 ejer vindprogrammet?')")
    expect(page.locator("agreement-assistant .fault")).to_contain_text("tegn")
    expect(writing(page)).to_have_value("Hvem\u0007 ejer vindprogrammet?")


@browser_test
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jeg hedder 010190-1234", "CPR"),
        ("cpr 3112991234 tak", "CPR"),
        ("010190 1234", "CPR"),
        ("skriv til anna@example.dk", "e-mailadresse"),
        ("x" * 501, "for langt"),
        ("   ", "Skriv et spørgsmål"),
    ],
)
def test_what_may_not_be_sent_is_stopped_and_explained(open_page: OpenPage, text: str, words: str) -> None:
    page = open_page()
    sent = bodies(page)
    send(page, text)
    expect(page.locator("agreement-assistant .notice")).to_contain_text(words)
    expect(writing(page)).to_have_value(text)
    expect(writing(page)).to_have_attribute("aria-invalid", "true")
    assert sent == []
    ask(page, "Hvem?")
    expect(page.locator("agreement-assistant .notice")).to_be_hidden()
    assert len(sent) == 1


@browser_test
@pytest.mark.parametrize(
    "text",
    ["Gives der 9 mio. kr. 2016-2019?", "990190-1234", "Hvad skete 1. oktober 2015?", "ring 12345678", "x" * 500],
)
def test_what_is_no_personal_data_is_sent(open_page: OpenPage, text: str) -> None:
    page = open_page()
    sent = bodies(page)
    ask(page, text)
    assert [body["message"] for body in sent] == [text]


@browser_test
def test_earlier_turns_are_sent_and_forgotten_on_clear(open_page: OpenPage) -> None:
    page = open_page()
    sent = bodies(page)
    for number in range(12):
        ask(page, f"spørgsmål {number}")
    assert sent[0]["document"].startswith("vaekst")  # the one of the page
    assert {name: value for name, value in sent[0].items() if name != "document"} == {
        "message": "spørgsmål 0",
        "language": "auto",
        "page_language": "da",
        "history": [],
    }
    assert sent[1]["history"] == [
        {"role": "user", "content": "spørgsmål 0"},
        {"role": "assistant", "content": "Ja.", "sections": ["tema-7"], "document": "d"},
    ]
    assert len(sent[11]["history"]) == 20
    assert sent[11]["history"][-2]["content"] == "spørgsmål 10"
    page.get_by_role("button", name="Ryd samtalen").click()
    expect(replies(page)).to_have_count(0)
    ask(page, "forfra")
    assert sent[12]["history"] == []


@browser_test
def test_a_follow_up_is_answered_from_the_conversation(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hvad handler tema 9 om?")
    ask(page, "og hvad er næste skridt?")
    expect(replies(page).last).to_contain_text("200 mio. kr. puljen")


@browser_test
def test_clearing_drops_an_answer_under_way(open_page: OpenPage) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/api/chat", lambda route: held.append(route))
    send(page, "Hvem?")
    expect(page.locator("agreement-assistant .waiting")).to_be_visible()
    element(page, "it.clear()")
    page.unroute("**/api/chat")
    ask(page, ANSWERED["da"])
    expect(replies(page)).to_have_count(1)
    expect(page.locator("agreement-assistant .text")).to_be_visible()


@browser_test
def test_events_tell_what_happened_but_never_the_question(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate(
        """() => {
          window.told = [];
          const it = document.querySelector("agreement-assistant");
          for (const type of ["ready", "open", "close", "question", "answer", "error"])
            it.addEventListener(type, (event) => window.told.push([type, event.detail]));
        }"""
    )
    ask(page, ANSWERED["da"])
    send(page, "anna@example.dk")
    page.keyboard.press("Escape")
    told = page.evaluate("window.told")
    assert [name for name, _ in told] == ["open", "question", "answer", "error", "close"]
    assert told[2][1]["status"] == "answered"
    assert told[3][1] == {"code": "email"}
    assert "vindprogrammet" not in json.dumps(told)
    assert "anna" not in json.dumps(told)
    ready = page.evaluate(
        """() => new Promise((resolve) => { const it = document.createElement("agreement-assistant");
        it.addEventListener("ready", () => resolve(true)); document.body.append(it); })"""
    )
    assert ready is True


@browser_test
def test_the_request_method_can_be_replaced(open_page: OpenPage) -> None:
    page = open_page()
    replaced = f"async () => new Response(JSON.stringify({json.dumps(ANSWER)}))"
    answer = element(page, f"(it.request = {replaced}, await it.ask('Hvem?'))")
    assert answer["answer"] == "Ja."


@browser_test
def test_open_and_close_are_methods_and_an_attribute(open_page: OpenPage) -> None:
    page = open_page()
    panel = page.locator("agreement-assistant .panel")
    element(page, "it.open()")
    expect(panel).to_be_visible()
    assert element(page, "it.hasAttribute('open')") is True
    element(page, "it.close()")
    expect(panel).to_be_hidden()
    element(page, "it.toggleAttribute('open', true)")
    expect(panel).to_be_visible()


@browser_test
def test_attributes_are_followed_and_wrong_ones_warned_about_once(open_page: OpenPage) -> None:
    page = open_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for name, value in {
        "lang": "sv",
        "mode": "popup",
        "endpoint": "javascript:1",
        "document": "../x",
        "open": "perhaps",
    }.items():
        element(page, f"it.setAttribute('{name}', '{value}')")
    assert len(told) == 5, told
    assert all("agreement-assistant" in each for each in told)
    expect(launcher(page)).to_be_hidden()  # `open` falls back to open
    element(
        page, "(it.setAttribute('lang', 'en'), it.setAttribute('heading', 'Ask us'), it.setAttribute('mode', 'inline'))"
    )
    expect(page.locator("agreement-assistant h2")).to_have_text("Ask us")
    expect(page.locator("agreement-assistant .panel")).to_have_attribute("role", "region")
    expect(page.locator("agreement-assistant label")).to_have_text("Your question")
    ask(page, ANSWERED["da"])
    expect(replies(page)).to_have_attribute("lang", "da")


@browser_test
def test_the_answer_is_copied_with_its_sources(open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, ANSWERED["da"])
    page.get_by_role("button", name="Kopiér svar med kilder").click()
    expect(page.get_by_role("button", name="Kopieret.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert ANSWERED["da"] in copied
    assert "[1] Tema 7 › Det grønne område" in copied
    assert "/documents/vaekstpartnerskabsaftale-2016-2017?start=" in copied


@browser_test
def test_the_print_shows_addresses_and_no_controls(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, ANSWERED["da"])
    page.emulate_media(media="print")
    expect(writing(page)).to_be_hidden()
    # The widget hears of the other medium after the page has it.
    page.wait_for_function(
        """() => {
          const panel = document.querySelector("agreement-assistant").shadowRoot.querySelector(".panel");
          return panel.getBoundingClientRect().top >= document.querySelector("main").getBoundingClientRect().bottom;
        }"""
    )
    expect(page.locator("agreement-assistant .quote").first).to_be_visible()
    shown = page.locator("agreement-assistant .source a").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "http://" in shown


@browser_test
def test_questions_in_the_fallback_become_chips(open_page: OpenPage) -> None:
    page = open_page()
    open_panel(page)
    chip = page.locator("agreement-assistant .intro .chips button").first
    words = chip.text_content() or ""
    chip.click()
    expect(page.locator("agreement-assistant .question")).to_contain_text(words)


def test_sources_of_an_answer_that_came_with_the_page_are_no_links_of_the_owner(open_page: OpenPage) -> None:
    page = open_page("/?lang=da&q=hvilke+temaer+har+ingen+akt%C3%B8rer")
    page.locator("agreement-assistant [part=source]").first.wait_for()
    told = page.locator("agreement-assistant [part=links]").first.inner_text()
    assert "Tilgængelighed" in told and "Kilde" not in told
