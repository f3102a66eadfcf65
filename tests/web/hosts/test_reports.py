"""Kinds of fault that chat widgets are reported for, each on a page that brings it about, in both engines.

`REPORTS` names, for a test, the public reports of other projects whose kind of fault it brings about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.hosts.conftest import Visit
from tests.web.hosts.look import QUESTION, REACHED, ask, assert_reached, assert_roomy, hold, open_panel, part, waiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Reports that were read, by the test that brings about what they tell of.
REPORTS = {
    "test_the_button_stays_on_the_screen_at_every_width": ("willdady/platypus#352",),
    "test_only_the_new_answer_is_announced_and_then_taken_away": (
        "microsoft/BotFramework-WebChat#1876",
        "microsoft/BotFramework-WebChat#3055",
        "GSA-TTS/10x-ai-sandbox#187",
    ),
    "test_everything_is_met_by_tab_and_the_answer_is_one_step_away": ("RocketChat/Rocket.Chat.Livechat#491",),
    "test_what_is_typed_is_none_of_the_pages_keys": ("readthedocs/addons#639", "upstash/context7#3189"),
    "test_enter_that_ends_a_composition_sends_nothing": ("BasedHardware/omi#12090",),
    "test_an_element_that_leaves_during_a_question_does_not_search_for_ever": ("posit-dev/shinychat#121",),
    "test_a_view_that_is_kept_alive_comes_back_with_its_question": ("carbon-design-system/carbon-ai-chat#2186",),
    "test_the_script_tag_brings_the_widget_back_where_the_body_is_exchanged": (
        "chatwoot/chatwoot#4742",
        "antiwork/helper#729",
    ),
    "test_a_site_that_orders_its_layers_keeps_its_own_on_top": ("chatwoot/chatwoot#8957",),
    "test_on_a_phone_it_is_modal_and_back_closes_it": ("uswds/uswds#3527",),
    "test_the_file_runs_as_a_module_beside_scripts_that_share_its_names": ("Automattic/page-optimize#107",),
    "test_the_script_tag_is_enough_where_an_editor_strips_the_element": ("umbraco/Umbraco-CMS#13550",),
}
# Reports whose text could not be had. Which kind each stands for is guessed from those that it was named beside, so
# the kind is tested, and whether it is the one of the report is not known.
UNREAD = {
    "test_the_button_stays_on_the_screen_at_every_width": ("theopenco/llmchat#113",),
    "test_only_the_new_answer_is_announced_and_then_taken_away": (
        "microsoft/BotFramework-WebChat#936",
        "microsoft/BotFramework-WebChat#1980",
        "microsoft/BotFramework-WebChat#3937",
    ),
    "test_what_is_typed_is_none_of_the_pages_keys": (
        "microsoft/fluentui#36299",
        "shoelace-style/shoelace#1947",
        "UseCrowdWise/crowdwise#58",
    ),
    "test_a_lift_over_a_cookie_bar_leaves_the_panel_on_the_screen": (
        "chatwoot/chatwoot#3320",
        "chatwoot/chatwoot#10606",
    ),
    "test_everything_is_met_by_tab_and_the_answer_is_one_step_away": ("suitenumerique/meet#806",),
    "test_on_a_phone_it_is_modal_and_back_closes_it": ("Cognigy/WebchatWidget#386",),
    "test_a_policy_that_forbids_the_request_is_told_as_that": (
        "freescout-help-desk/freescout#1122",
        "theopenco/llmchat#140",
        "GitbookIO/gitbook#4533",
    ),
}
LISTED = 30
LONG = "vækstpartnerskabsaftaleforhandlingsudvalgsformandskabsperiode"
WIDTHS = (320, 344, 360, 390, 412, 480, 600, 768, 1024)


def test_each_report_has_its_test() -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    assert {*REPORTS, *UNREAD} <= set(re.findall(r"^def (test_\w+)", "\n".join(texts), re.MULTILINE))
    named = [report for table in (REPORTS, UNREAD) for reports in table.values() for report in reports]
    assert len(named) == len(set(named)) == LISTED
    assert all(re.fullmatch(r"[\w-]+/[\w.-]+#\d+", report) for report in named)


def element(page: Page, script: str) -> Any:
    """Run a script on the element, which it calls `it`."""
    return page.evaluate(f"() => {{ const it = document.querySelector('agreement-assistant'); return {script}; }}")


@pytest.mark.parametrize(
    "text", [LONG, "https://example.dk/" + "a" * 120, "hvem ejer vindprogrammet?"], ids=["word", "address", "plain"]
)
@pytest.mark.parametrize("name", ["plain", "root-200-percent"])
def test_the_button_stays_on_the_screen_at_every_width(visit: Visit, name: str, text: str) -> None:
    page = visit(name, (WIDTHS[0], 640))
    open_panel(page)
    part(page, "textarea").fill(text)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 640})
        send = part(page, "[part=send]")
        send.scroll_into_view_if_needed()
        assert_reached(send)
        assert_roomy(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_width_takes_the_button_away(visit: Visit) -> None:
    page = visit("plain", (320, 800))
    open_panel(page)
    part(page, "textarea").fill(LONG)
    for width in range(320, 1281, 10):
        page.set_viewport_size({"width": width, "height": 800})
        seen = part(page, "[part=send]").evaluate(REACHED)
        assert seen["inside"] and seen["hit"], (width, seen)


def test_a_long_word_in_an_answer_is_not_cut_off(visit: Visit) -> None:
    page = visit("plain", (320, 640))
    body = {
        "status": "answered",
        "language": "da",
        "answer": f"{LONG} [1] og {LONG}",
        "closest": [],
        "suggestions": [LONG],
    }
    source = {
        "number": 1,
        "document": "d",
        "section": "s",
        "heading": [LONG],
        "quote": LONG,
        "start": 0,
        "end": 1,
        "url": "/documents/d",
    }
    page.route(
        "**/api/chat",
        lambda route: route.fulfill(json={**body, "citations": [source]}, headers={"Access-Control-Allow-Origin": "*"}),
    )
    open_panel(page)
    ask(page)
    wide = element(
        page,
        "[...it.shadowRoot.querySelectorAll('.log *')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.className)",
    )
    page.unroute("**/api/chat")
    assert wide == []


@pytest.mark.parametrize(
    "move",
    ["it.remove(), setTimeout(() => document.body.append(it), 50)", "document.body.append(it)"],
    ids=["put-back", "moved"],
)
def test_an_element_that_leaves_during_a_question_does_not_search_for_ever(visit: Visit, move: str) -> None:
    page = visit("moved")
    held = hold(page)
    open_panel(page)
    waiting(page, held)
    element(page, f"({move}, 0)")
    if "remove" in move:
        expect(part(page, ".fault")).to_contain_text("afbrudt")
        page.unroute("**/api/chat")
        part(page, "[part=retry]").click()
    else:
        held[0].continue_()
    expect(part(page, ".reply .text")).to_be_visible()
    assert_reached(part(page, "[part=close]"))
    page.unroute_all()


def test_the_script_tag_brings_the_widget_back_where_the_body_is_exchanged(visit: Visit) -> None:
    page = visit("body-swap")
    open_panel(page)
    ask(page)
    page.evaluate(
        "document.documentElement.replaceChild(Object.assign(document.createElement('body'), { textContent: 'Ny side' }), document.body)"
    )
    expect(part(page, ".reply .text")).to_be_visible()
    assert_reached(part(page, "[part=close]"))
    page.evaluate("document.body.textContent = ''")
    expect(part(page, ".reply .text")).to_be_visible()


def test_the_page_asks_for_one_file_and_nothing_is_kept(visit: Visit, sites: tuple[str, str]) -> None:
    page = visit("plain")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    open_panel(page)
    assert [url for url in asked if url.startswith(sites[0])] == [f"{sites[0]}/widget.js"]
    ask(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_site_that_orders_its_layers_keeps_its_own_on_top(visit: Visit) -> None:
    page = visit("layer-of-the-site")
    hit = page.evaluate("document.elementFromPoint(innerWidth - 40, innerHeight - 40).className")
    assert hit == "above"
    assert element(page, "it.shadowRoot.querySelector('.launcher').popover") is None


def test_a_lift_over_a_cookie_bar_leaves_the_panel_on_the_screen(visit: Visit) -> None:
    for height in (800, 560, 500):
        page = visit("cookie-bar", (1280, height))
        open_panel(page)
        assert_reached(part(page, "[part=close]"))
        box = part(page, ".panel").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height - 140


@pytest.mark.parametrize("name", ["hot-keys", "hot-keys-by-target"])
def test_what_is_typed_is_none_of_the_pages_keys(visit: Visit, name: str) -> None:
    page = visit(name)
    open_panel(page)
    part(page, "textarea").press_sequentially("næste/sns?")
    assert part(page, "textarea").input_value() == "næste/sns?"
    assert page.evaluate("window.taken") == []


def test_enter_that_ends_a_composition_sends_nothing(visit: Visit) -> None:
    page = visit("plain")
    open_panel(page)
    part(page, "textarea").fill("vind")
    part(page, "textarea").evaluate(
        "(field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, composed: true, cancelable: true }))"
    )
    expect(part(page, ".turn")).to_have_count(0)


@pytest.mark.parametrize(("name", "dark"), [("light-only", False), ("dark-only", True)])
def test_it_follows_the_look_of_the_page(visit: Visit, name: str, dark: bool) -> None:
    page = visit(name)
    open_panel(page)
    colour = part(page, ".panel").evaluate("node => getComputedStyle(node).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(colour[:3]) < 300) is dark


def test_the_focus_is_seen_on_a_ground_of_the_accent(visit: Visit) -> None:
    page = visit("accent-footer")
    part(page, ".launcher").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    style = part(page, ".launcher").evaluate(
        "node => { const style = getComputedStyle(node); return [style.outlineStyle, style.outlineColor, style.boxShadow]; }"
    )
    assert style[0] == "solid"
    assert style[1] == "rgb(0, 89, 110)"
    assert style[2].startswith("rgb(255, 255, 255) 0px 0px 0px 7px")


def test_on_a_phone_it_is_modal_and_back_closes_it(visit: Visit) -> None:
    page = visit("plain", (360, 640))
    address = page.url
    open_panel(page)
    assert element(page, "it.shadowRoot.querySelector('dialog').matches(':modal')")
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    box = part(page, ".panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 640}
    assert not page.evaluate(
        """() => {
          const link = document.body.appendChild(Object.assign(document.createElement("a"), { href: "#" }));
          link.focus();
          return document.activeElement === link;
        }"""
    )
    page.go_back()
    expect(part(page, ".panel")).to_be_hidden()
    assert page.url == address
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") != "hidden"
    open_panel(page)
    part(page, "[part=close]").click()
    expect(part(page, ".panel")).to_be_hidden()
    page.wait_for_function("() => !history.state?.['agreement-assistant']")


def test_an_on_screen_keyboard_does_not_cover_the_form(visit: Visit) -> None:
    page = visit("plain", (360, 640))
    open_panel(page)
    # No engine of a desktop has such a keyboard; what it does is make the visible part of the window smaller.
    page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, "height", { get: () => 340, configurable: true });
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    box = part(page, "[part=send]").bounding_box()
    part(page, "[part=send]").scroll_into_view_if_needed()
    shell = part(page, "dialog").bounding_box()
    assert box is not None
    assert shell is not None
    assert shell["height"] == 340


def test_only_the_new_answer_is_announced_and_then_taken_away(visit: Visit) -> None:
    page = visit("plain")
    open_panel(page)
    page.evaluate(
        """() => {
          window.said = [];
          const live = document.querySelector("agreement-assistant").shadowRoot.querySelector("[aria-live]");
          new MutationObserver((changes) => {
            for (const node of changes.flatMap((change) => [...change.addedNodes])) window.said.push(node.textContent);
          }).observe(live, { childList: true });
        }"""
    )
    for question in (QUESTION, "Hvilke byer nævnes?"):
        ask(page, question)
    page.wait_for_function("() => window.said.length >= 4")
    said = page.evaluate("window.said")
    assert len(said) == 4
    assert said[0] == said[2] == "Søger…"
    assert "nationalt program" in said[1]
    assert "nationalt program" not in said[3]
    page.wait_for_function(
        "() => !document.querySelector('agreement-assistant').shadowRoot.querySelector('[aria-live]').childElementCount"
    )


def test_everything_is_met_by_tab_and_the_answer_is_one_step_away(visit: Visit) -> None:
    page = visit("plain")
    page.keyboard.press("Tab")
    assert element(page, "it.shadowRoot.activeElement.className").startswith("launcher")
    page.keyboard.press("Enter")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(part(page, ".reply .text")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert element(page, "it.shadowRoot.activeElement.textContent") == "Gå til svaret"
    page.keyboard.press("Enter")
    assert element(page, "it.shadowRoot.activeElement.className").startswith("reply")
    page.keyboard.press("Tab")
    assert element(page, "it.shadowRoot.activeElement.getAttribute('aria-label')") == "Kilde 1"


def test_the_script_tag_is_enough_where_an_editor_strips_the_element(visit: Visit) -> None:
    page = visit("stripped-element")
    expect(page.get_by_role("link", name="Spørg aftalen")).to_be_visible()
    expect(part(page, ".launcher")).to_have_text("Spørg os")


def test_the_file_runs_as_a_module_beside_scripts_that_share_its_names(visit: Visit) -> None:
    page = visit("turned-globals")
    open_panel(page)
    expect(ask(page).locator(".source").first).to_be_visible()
    assert page.evaluate("[window.make, window.PHRASES]") == [2, 1]


def test_what_is_typed_ahead_is_kept_and_a_search_can_be_stopped(visit: Visit) -> None:
    page = visit("plain")
    held = hold(page)
    open_panel(page)
    waiting(page, held)
    part(page, "textarea").press_sequentially("og bagefter?")
    part(page, "textarea").press("Enter")
    expect(part(page, "[part=form]")).to_contain_text("Sendes, når svaret er der.")
    assert part(page, "textarea").input_value() == "og bagefter?"
    part(page, "[part=send]").click()
    expect(part(page, ".fault")).to_contain_text("afbrudt")
    assert part(page, "textarea").input_value() == "og bagefter?"
    assert len(held) == 1
    page.unroute("**/api/chat")


def test_a_conversation_that_was_cleared_can_be_had_back(visit: Visit) -> None:
    page = visit("plain")
    open_panel(page)
    ask(page)
    part(page, "[part=clear]").click()
    expect(part(page, ".turn")).to_have_count(0)
    part(page, "[part=undo]").click()
    expect(part(page, ".turn")).to_have_count(1)
    expect(part(page, "[part=notice]")).to_be_hidden()
    assert len(element(page, "it.turns")) == 1


FAILURES: dict[str, tuple[Callable[[Route], None], str]] = {
    "429": (
        lambda route: route.fulfill(
            status=429,
            headers={
                "Retry-After": "20",
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Expose-Headers": "Retry-After",
            },
        ),
        "20 sekunder",
    ),
    "503": (lambda route: route.fulfill(status=503, headers={"Access-Control-Allow-Origin": "*"}), "travlt"),
    "500": (
        lambda route: route.fulfill(
            status=500, json={"request_id": "a1b2"}, headers={"Access-Control-Allow-Origin": "*"}
        ),
        "nummeret a1b2",
    ),
    "403": (
        lambda route: route.fulfill(status=403, body="<html>", headers={"Access-Control-Allow-Origin": "*"}),
        "filter",
    ),
    "blocked": (lambda route: route.abort(), "udvidelse"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_each_failure_is_told_with_its_cause(visit: Visit, kind: str) -> None:
    answer, words = FAILURES[kind]
    page = visit("plain")
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => true, configurable: true })")
    page.route("**/api/chat", answer)
    open_panel(page)
    ask(page)
    expect(part(page, ".fault")).to_contain_text(words)
    told = part(page, ".fault").text_content() or ""
    assert "Retry-After" not in told
    page.unroute("**/api/chat")


def test_a_policy_that_forbids_the_request_is_told_as_that(visit: Visit) -> None:
    page = visit("policy-forbids")
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => true, configurable: true })")
    open_panel(page)
    ask(page)
    expect(part(page, ".fault")).to_contain_text("må ikke bruges fra dette websted")


def test_an_english_answer_is_english_throughout(visit: Visit) -> None:
    page = visit("plain")
    open_panel(page)
    reply = ask(page, "Who owns the wind programme?")
    expect(reply.locator(".source").first).to_be_visible()
    told = reply.inner_text()
    for danish in ("åbner", "Læs", "Tilbage", "Kopiér", "Vis alle", "Fandt du", "Kilde"):
        assert danish not in told
    names = reply.locator("[aria-label]").evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    assert all(name.startswith(("Source ", "Back to the answer")) for name in names)


def test_references_and_sources_lead_to_each_other(visit: Visit) -> None:
    page = visit("plain")
    open_panel(page)
    reply = ask(page, "Sammenlign tema 6 og 8")
    expect(reply.locator("details")).to_have_count(1)
    reply.locator(".ref").last.click()
    number = element(page, "it.shadowRoot.activeElement.dataset.number")
    assert number == reply.locator(".ref").last.text_content()
    expect(reply.locator(f".ref.pair[data-number='{number}']").first).to_be_visible()
    reply.locator(f".source[data-number='{number}'] [part=back]").click()
    assert element(page, "it.shadowRoot.activeElement.className").startswith("ref")
    links = reply.locator(".source [part=link]").evaluate_all("all => all.map((each) => each.textContent)")
    assert len(set(links)) == len(links)
    apart = reply.locator(".kept").evaluate_all("all => all.filter((each) => each.getClientRects().length > 1).length")
    assert apart == 0


def test_whether_it_helped_is_sent_without_the_question(visit: Visit) -> None:
    page = visit("plain")
    open_panel(page)
    element(
        page, "(window.sent = [], it.request = (url, init) => (window.sent.push([url, init.body]), fetch(url, init)))"
    )
    reply = ask(page)
    reply.locator("[part=no]").click()
    reply.get_by_role("button", name="Svært at forstå").click()
    expect(reply.locator("[part=opinion]")).to_contain_text("Tak.")
    asked, told = page.evaluate("window.sent")
    assert told[0].endswith("/api/feedback")
    assert json.loads(told[1]).keys() == {"helpful", "reason", "status", "sections"}
    assert "vind" in asked[1]
    assert "vind" not in told[1]


def test_the_page_does_not_jump_where_it_stands_in_the_page(visit: Visit) -> None:
    page = visit("inline")
    before = page.locator("#below").bounding_box()
    expect(part(page, ".intro .soft").first).to_be_visible()
    after = page.locator("#below").bounding_box()
    assert before is not None
    assert after is not None
    shift = abs(after["y"] - before["y"]) / 800
    assert shift <= 0.02
