"""The widget on a page of another origin: allowed, refused, and put in by the script tag alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask, Response, request
from playwright.sync_api import expect

from assistant.server.pages.widget import current_version, integrity
from tests.web.browser import serving, with_network
from tests.web.conftest import OpenPage
from tests.web.states import ANSWERED, ask, launcher, replies
from tests.web.test_safety import WATCH
from tests.web.test_widget import SHIPPED

pytestmark = pytest.mark.browser


@pytest.fixture
def host() -> Iterator[str]:
    """A site of another origin, whose pages hold what `?tag=` says, under the strict policy."""
    app = Flask("host")

    @app.get("/<page>")
    def show(page: str) -> Response:
        server = request.args["server"]
        policy = f"default-src 'none'; script-src {server}; style-src 'self'; connect-src {server}"
        body = f"<!doctype html><html lang=da><title>{page}</title><body><h1>{page}</h1>{request.args['tag']}"
        return Response(body, headers={"Content-Security-Policy": f"{policy}; require-trusted-types-for 'script'"})

    with serving(app) as address:
        yield address


def _address(host: str, server: str, tag: str) -> str:
    return f"{host}/page?{urlencode({'server': server, 'tag': tag})}"


def _tag(server: str, data: str = "", path: str = "/widget.js") -> str:
    return f'<script type="module" src="{server}{path}"{data}></script>'


def test_an_allowed_origin_asks_and_keeps_the_strict_policy(
    open_page: OpenPage, host: str, site_of: Callable[..., Any]
) -> None:
    with site_of(cors_origins=(host,)) as server:
        page = open_page(host + "/x?server=x&tag=x")
        page.add_init_script(WATCH)
        page.goto(_address(host, server, _tag(server) + "<agreement-assistant></agreement-assistant>"))
        ask(page, ANSWERED["da"])
        expect(page.locator("agreement-assistant .quote").first).to_be_visible()
        link = page.locator("agreement-assistant .source a").first.get_attribute("href") or ""
        assert link.startswith(f"{server}/documents/")
        assert page.evaluate("window.violations") == []
        assert page.context.cookies() == []


def test_a_refused_origin_is_told_and_named_on_the_console(open_page: OpenPage, host: str, site: str) -> None:
    page = open_page(host + "/x?server=x&tag=x")
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(_address(host, site, _tag(site) + "<agreement-assistant></agreement-assistant>"))
    with_network(page)
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text("må ikke bruges fra dette websted")
    assert any(f"refuses the origin {host}" in each and "ASSISTANT_CORS_ORIGINS" in each for each in told)


def test_a_server_that_is_gone_is_not_taken_for_a_refusal(open_page: OpenPage, host: str, site: str) -> None:
    page = open_page(host + "/x?server=x&tag=x")
    page.goto(_address(host, site, _tag(site) + "<agreement-assistant></agreement-assistant>"))
    page.route("**/api/chat", lambda route: route.abort())
    page.route("**/widget.js", lambda route: route.abort())
    with_network(page)
    ask(page, ANSWERED["da"])
    expect(page.locator("agreement-assistant .fault")).to_contain_text("ikke få fat i")


def test_the_script_tag_alone_puts_the_widget_in(open_page: OpenPage, host: str, site: str) -> None:
    page = open_page(_address(host, site, _tag(site, ' data-lang="en" data-mode="inline" data-heading="Ask us"')))
    expect(page.locator("agreement-assistant h2")).to_have_text("Ask us")
    expect(page.locator("agreement-assistant .panel.inline")).to_be_visible()
    expect(launcher(page)).to_be_hidden()


def test_data_on_the_script_tag_holds_for_the_element(open_page: OpenPage, host: str, site: str) -> None:
    tag = _tag(site, ' data-lang="en"') + "<agreement-assistant></agreement-assistant>"
    page = open_page(_address(host, site, tag))
    expect(launcher(page)).to_have_text("Ask the agreement")
    expect(page.locator("agreement-assistant")).to_have_count(1)


def test_an_endpoint_elsewhere_is_used(open_page: OpenPage, host: str, site: str, site_of: Callable[..., Any]) -> None:
    with site_of(cors_origins=(host,)) as server:
        tag = _tag(site) + f'<agreement-assistant endpoint="{server}" lang="en"></agreement-assistant>'
        page = open_page(_address(host, f"{site} {server}", tag))
        ask(page, ANSWERED["en"])
        expect(replies(page)).to_have_attribute("lang", "en")


def test_the_pinned_script_passes_its_integrity_check(open_page: OpenPage, host: str, site: str) -> None:
    path = f"/widget/{current_version()}/widget.js"
    tag = _tag(site, f' integrity="{integrity(SHIPPED)}" crossorigin="anonymous"', path)
    page = open_page(_address(host, site, tag + "<agreement-assistant></agreement-assistant>"))
    expect(launcher(page)).to_be_visible()
    changed = _tag(site, f' integrity="{integrity(SHIPPED + b" ")}" crossorigin="anonymous"', path)
    page.goto(_address(host, site, changed + "<agreement-assistant>fallback</agreement-assistant>"))
    expect(page.get_by_text("fallback")).to_be_visible()


def test_without_the_script_the_fallback_is_shown(open_page: OpenPage, host: str, site: str) -> None:
    element = f'<agreement-assistant><a href="{site}/">Spørg aftalen</a></agreement-assistant>'
    page = open_page(_address(host, site, element), java_script_enabled=False)
    expect(page.get_by_role("link", name="Spørg aftalen")).to_be_visible()


def test_nodefine_leaves_the_registration_to_the_page(open_page: OpenPage, site: str) -> None:
    page = open_page("/themes")
    names = page.evaluate(
        """async () => {
          const { AgreementAssistant } = await import("/widget.js?nodefine");
          const before = customElements.get("agreement-assistant") !== undefined;
          AgreementAssistant.define("other-name");
          AgreementAssistant.define("other-name");
          return [before, customElements.get("other-name") === AgreementAssistant];
        }"""
    )
    assert names == [False, True]
