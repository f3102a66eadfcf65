"""MCP by its official client over both transports: the tools, what they give, and that nothing of a question is logged."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from mcp import Client, StdioServerParameters

from assistant.answering import Assistant
from assistant.server import create_app
from assistant.settings import Settings
from tests.server.live import Live, clean_environment, live

DOCUMENT = "vaekstpartnerskabsaftale-2016-2017"
ASKED = "who owns the wind programme?"
CANARY = "kanariefugl7391"
TOOLS = {"ask", "search", "read_section", "list_documents", "register"}
Work = Callable[[Client], Coroutine[Any, Any, Any]]


@pytest.fixture(scope="module")
def served(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    environ = clean_environment(
        INDEX=real_settings.index, MCP="on", RATE_LIMIT="off", FEEDBACK="off", LOG_FORMAT="json"
    )
    with live(tmp_path_factory.mktemp("mcp"), environ) as server:
        yield server


@pytest.fixture(params=["stdio", "http"])
def do(request: pytest.FixtureRequest, real_settings: Settings) -> Callable[[Work], Any]:
    """Return a way to do some work with a client of each transport."""
    if request.param == "http":
        server: Live = request.getfixturevalue("served")
        target: Any = f"http://{server.host}:{server.port}/mcp"
    else:
        environ = clean_environment(INDEX=real_settings.index)
        target = StdioServerParameters(command=sys.executable, args=["-m", "assistant", "mcp"], env=environ)

    def run(work: Work) -> Any:
        async def connected() -> Any:
            async with Client(target) as client:
                return await work(client)

        return asyncio.run(connected())

    return run


def test_every_tool_only_reads_and_gives_what_its_schema_says(do: Callable[[Work], Any], assistant: Assistant) -> None:
    calls: dict[str, dict[str, Any]] = {
        "ask": {"question": ASKED},
        "search": {"query": ASKED, "limit": 3},
        "read_section": {"document": DOCUMENT, "section": "tema-7"},
        "list_documents": {},
        "register": {"document": DOCUMENT, "kind": "town"},
    }

    async def work(client: Client) -> Any:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        return tools, {name: await client.call_tool(name, given) for name, given in calls.items()}

    tools, given = do(work)
    assert set(tools) == TOOLS
    for name, tool in tools.items():
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert not given[name].is_error
        jsonschema_rs.validate(tool.output_schema, given[name].structured_content)
        assert json.loads(given[name].content[0].text) == given[name].structured_content
    told, answer = given["ask"].structured_content, assistant.ask(ASKED)
    document = assistant.library.document(DOCUMENT)
    assert (told["answer"], told["status"], told["language"]) == (answer.text, "answered", "en")
    for each in (*told["citations"], *given["search"].structured_content["spans"]):
        assert document.text[each["start"] : each["end"]] == each["quote"]
    assert len(given["search"].structured_content["spans"]) == 3
    assert given["search"].structured_content["spans"][0]["section"] == "tema-7"
    section = given["read_section"].structured_content
    assert section["text"] == document.text[section["start"] : section["end"]]
    assert "Viborg" in [fact["name"] for fact in given["register"].structured_content["facts"]]
    assert given["list_documents"].structured_content["documents"][0]["id"] == DOCUMENT


def test_resources_and_the_prompt(do: Callable[[Work], Any], assistant: Assistant) -> None:
    async def work(client: Client) -> Any:
        addresses = [f"agreement://documents{rest}" for rest in ("", f"/{DOCUMENT}", f"/{DOCUMENT}/ad-7")]
        read: list[Any] = [(await client.read_resource(address)).contents[0] for address in addresses]
        prompts: list[Any] = [
            await client.get_prompt("answer_from_the_agreement", {"question": q}) for q in (ASKED, "hvem ejer det?")
        ]
        templates = (await client.list_resource_templates()).resource_templates
        return read, [prompt.messages[0].content.text for prompt in prompts], templates

    (listed, whole, section), prompts, templates = do(work)
    document = assistant.library.document(DOCUMENT)
    assert json.loads(listed.text)["documents"][0]["sections"][0]["id"] == "doc"
    assert whole.text == document.text
    part = document.section("ad-7")
    assert section.text == document.text[part.start : part.end]
    assert len(templates) == 2
    assert prompts[0].startswith("Answer the question") and prompts[0].endswith(ASKED)
    assert prompts[1].startswith("Besvar spørgsmålet")


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("ask", {"question": "x" * 501}, "500 characters"),
        ("ask", {"question": "hvem ejer vindprogrammet, spørger 010190-1234?"}, "CPR"),
        ("ask", {"question": ASKED, "document": "nothing"}, "no document"),
        ("search", {"query": ASKED, "limit": 21}, "limit"),
        ("read_section", {"document": DOCUMENT, "section": "tema-70"}, "The sections are doc, tema-1"),
        ("read_section", {"document": "nothing", "section": "tema-7"}, "list_documents"),
        ("register", {"document": "nothing"}, "list_documents"),
        ("write", {}, "write"),
    ],
)
def test_what_cannot_be_done_is_told(served: Live, name: str, given: dict[str, Any], words: str) -> None:
    async def work() -> Any:
        async with Client(f"http://{served.host}:{served.port}/mcp") as client:
            try:
                return await client.call_tool(name, given)
            except Exception as error:  # an unknown tool is an error of the protocol
                return error

    told = asyncio.run(work())
    text = str(told) if isinstance(told, Exception) else told.content[0].text
    assert isinstance(told, Exception) or told.is_error
    assert words in text


def test_a_key_is_asked_for_and_other_pages_are_kept_out(real_settings: Settings, tmp_path: Path) -> None:
    key = "a-key-of-0123456789"
    environ = clean_environment(INDEX=real_settings.index, MCP="on", API_KEYS=key, FEEDBACK="off", WORKERS=1)
    with live(tmp_path, environ) as server:
        call = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
        sent: dict[str, Any] = {"Content_Type": "application/json", "Accept": "application/json, text/event-stream"}
        shown: dict[str, Any] = {**sent, "Authorization": f"Bearer {key}"}
        assert server.request("POST", "/mcp", call, **sent)[0] == 401
        assert server.request("POST", "/mcp", call, **shown, Origin="https://elsewhere.example")[0] == 403
        assert server.request("GET", "/mcp", **shown)[0] == 405
        assert server.request("POST", "/mcp", b" " * 70_000, **shown)[0] == 413
        status, _, content = server.request("POST", "/mcp", call, **shown)
        assert status == 200
        assert {each["name"] for each in json.loads(content)["result"]["tools"]} == TOOLS


def test_it_is_off_until_it_is_turned_on(real_settings: Settings) -> None:
    assert create_app(real_settings).test_client().post("/mcp", json={}).status_code == 404


def test_nothing_of_a_question_is_logged_and_questions_are_counted(served: Live) -> None:
    sent = {"Content_Type": "application/json", "Accept": "application/json, text/event-stream"}
    arguments: list[Any] = [
        {"question": f"hvem ejer {CANARY}?"},
        {"question": {CANARY: CANARY}},
        {CANARY: CANARY},
        CANARY,
    ]
    for number, each in enumerate(arguments):
        for method, name in (("tools/call", "ask"), ("tools/call", CANARY), (CANARY, CANARY)):
            call = {"jsonrpc": "2.0", "id": number, "method": method, "params": {"name": name, "arguments": each}}
            served.request("POST", "/mcp", json.dumps(call).encode(), **sent)
            del call["id"]
            served.request("POST", "/mcp", json.dumps(call).encode(), **sent)
    served.request("POST", "/mcp", CANARY.encode(), **sent)

    assert CANARY not in (served.out() + served.err()).lower()
    assert any(event.get("route") == "/mcp" and "answer" in event for event in served.log())
