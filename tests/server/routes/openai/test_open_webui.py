"""A real Open WebUI in front of a real server, by its own API and by its page in a browser.

`OPEN_WEBUI=…/bin/open-webui pytest tests/server/routes/openai/test_open_webui.py` runs it; its settings are those of
`docs/openai.md`. It is large, so it is no dependency: give it an environment of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.feedback.unanswered import Unanswered
from tests.docs.pages import blocks
from tests.server.live import Live, clean_environment, free_port, live, wait_until
from tests.web.browser import chromium, find_chromium

PROGRAM = os.environ.get("OPEN_WEBUI", "")
KEY, MODEL, DOCUMENT = "a-key-of-0123456789", "agreement-assistant", "vaekstpartnerskabsaftale-2016-2017"
DANISH, ENGLISH = "hvem ejer vindprogrammet?", "who owns the wind programme?"
REFUSED = "what is the total budget of the wind programme?"
PLACE = "?start=4883&end=5100#cited"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not PROGRAM, reason="OPEN_WEBUI names no program; pip install open-webui in its own environment"
    ),
]


@dataclass(frozen=True, slots=True)
class WebUI:
    """A running Open WebUI, the server behind it, and what that keeps."""

    address: str
    token: str
    behind: Live
    kept: Unanswered

    def send(self, path: str, body: Any = None) -> str:
        return sent(f"{self.address}{path}", body, self.token)

    def said(self, *messages: str, stream: bool = False) -> str:
        """Return what is answered to the last of some messages, of which every other is the user's."""
        turns = [{"role": ("user", "assistant")[n % 2], "content": text} for n, text in enumerate(messages)]
        told = self.send("/api/chat/completions", {"model": MODEL, "stream": stream, "messages": turns})
        if not stream:
            return str(json.loads(told)["choices"][0]["message"]["content"])
        *chunks, end = re.findall(r"^data: (.*)$", told, re.MULTILINE)
        assert end == "[DONE]"
        return "".join(json.loads(each)["choices"][0]["delta"].get("content", "") for each in chunks)


def sent(address: str, body: Any, token: str = "") -> str:
    """Return what is answered to a body, or to a question without one."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(response.read().decode())


def settings(port: int, folder: Path) -> dict[str, str]:
    """Return the settings that the page shows, with this server's address and key."""
    (block,) = blocks("openai.md", "ini")
    shown = dict(line.split("=", 1) for line in block.splitlines())
    shown["OPENAI_API_BASE_URL"] = shown["OPENAI_API_BASE_URL"].replace(":8000", f":{port}")
    return {**shown, "OPENAI_API_KEY": KEY, "DATA_DIR": str(folder), "WEBUI_SECRET_KEY": KEY}


@pytest.fixture(scope="module")
def webui(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebUI]:
    folder = tmp_path_factory.mktemp("webui")
    kept = Unanswered(folder / "feedback.sqlite", 7)
    environ = clean_environment(
        **folders, API_KEYS=KEY, FEEDBACK=kept.path, KEEP_UNANSWERED=7, LOG_FORMAT="json", RATE_LIMIT="off"
    )
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with live(folder / "behind", environ) as behind, (folder / "log").open("w") as log:
        command = [PROGRAM, "serve", "--host", "127.0.0.1", "--port", str(port)]
        given = {**clean_environment(), **settings(behind.port, folder / "data")}
        given.pop("PYTHONPATH")  # it has packages of its own
        process = subprocess.Popen(command, env=given, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        try:
            ready = wait_until(lambda: process.poll() is not None or _answers(address), 300)
            assert ready and process.poll() is None, (folder / "log").read_text()[-3000:]
            token = json.loads(sent(f"{address}/api/v1/auths/signin", {"email": "", "password": ""}))["token"]
            yield WebUI(address, token, behind, kept)
        finally:
            process.terminate()
            process.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def test_models_are_listed(webui: WebUI) -> None:
    assert [each["id"] for each in json.loads(webui.send("/api/models"))["data"]] == [MODEL, DOCUMENT]


@pytest.mark.parametrize("stream", [False, True])
def test_questions_in_both_languages_a_follow_up_and_a_refusal(webui: WebUI, stream: bool) -> None:
    danish, english = (webui.said(text, stream=stream) for text in (DANISH, ENGLISH))
    assert danish.startswith("I 2015 udarbejdede") and PLACE in danish
    assert english.startswith("In 2015, the Ministry") and PLACE in english
    assert webui.said(ENGLISH, english, "and the next step?", stream=stream).startswith("Next step for Theme 7")
    assert webui.said(REFUSED, stream=stream).startswith("The agreement does not say.")


def test_what_it_asks_by_itself_gets_nothing_and_is_not_kept(webui: WebUI) -> None:
    turns = [{"role": "user", "content": ENGLISH}, {"role": "assistant", "content": webui.said(ENGLISH)}]
    webui.said(REFUSED)
    before = webui.kept.list()
    for task in ("title", "tags", "follow_up", "queries"):
        body = {"model": MODEL, "messages": turns, "type": "web_search", "prompt": ENGLISH}
        told = json.loads(webui.send(f"/api/v1/tasks/{task}/completions", body))
        assert told["choices"][0]["message"]["content"] == "{}", task
    assert [each.words for each in before] == [REFUSED]
    assert webui.kept.list() == before


@pytest.mark.skipif(find_chromium() is None, reason="needs a Chromium of the system's packages")
def test_somebody_asks_in_its_page(webui: WebUI) -> None:
    with chromium() as browser:
        page = browser.new_page()
        # It asks a third party for the icons of the sources' addresses.
        page.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
        page.add_locator_handler(page.get_by_text("Okay, Let's Go!"), lambda button: button.click())
        page.goto(f"{webui.address}/?model={MODEL}")
        answer = asked(page, DANISH, 0)
        expect(answer).to_contain_text("Kilder:")
        source = answer.locator(f"a[href$='{PLACE}']")
        expect(source).to_have_text(re.compile("Tema 7"))
        leads = str(source.get_attribute("href")).split("#")[0]
        with urllib.request.urlopen(leads, timeout=20) as place:
            assert b"<mark" in place.read()
        expect(answer).to_contain_text("6 Sources")  # its own list, from the annotations
        expect(asked(page, "og hvad er næste skridt?", 1)).to_contain_text("Næste skridt for Tema 7")
        refusal = asked(page, REFUSED, 2)
        expect(refusal).to_contain_text("The agreement does not say.")
        expect(refusal).to_contain_text("Closest passage:")
        expect(page).to_have_title(re.compile(re.escape(DANISH)))
    assert "vindprogrammet" not in webui.behind.err()


def asked(page: Page, text: str, number: int) -> Any:
    """Type a question and return where its answer appears."""
    box = page.locator("#chat-input")
    box.click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    answer = page.locator("#response-content-container").nth(number)
    expect(answer).to_contain_text(re.compile(r"\S{20}|\w+ \w+ \w+"), timeout=30_000)
    return answer
