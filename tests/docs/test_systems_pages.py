"""`docs/openai.md` and `docs/mcp.md` are true: their programs run against a live server, their host file starts one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from mcp import Client, StdioServerParameters

from assistant.settings import Settings
from tests.docs.pages import ROOT, blocks
from tests.server.live import Live, clean_environment, live

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def served(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    environ = clean_environment(INDEX=real_settings.index, MCP="on", RATE_LIMIT="off", FEEDBACK="off")
    with live(tmp_path_factory.mktemp("docs"), environ) as server:
        yield server


@pytest.mark.parametrize(
    ("page", "words"), [("openai.md", "?start=4883&end=5100#cited"), ("mcp.md", "national programme")]
)
def test_the_program_of_a_page_runs(page: str, words: str, served: Live, tmp_path: Path) -> None:
    (program,) = blocks(page, "python")
    assert ADDRESS in program
    program = program.replace(ADDRESS, f"http://{served.host}:{served.port}")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert words in done.stdout


def test_a_host_starts_the_command_of_the_page(real_settings: Settings, tmp_path: Path) -> None:
    (block,) = blocks("mcp.md", "json")
    (entry,) = json.loads(block)["mcpServers"].values()
    command = tmp_path / entry["command"]  # stands for the command that an installed package brings
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m assistant "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environ = {**clean_environment(INDEX=real_settings.index), **entry["env"]}
    environ["PATH"] = os.pathsep.join((str(tmp_path), environ["PATH"]))

    async def asked() -> str:
        async with Client(StdioServerParameters(command=entry["command"], args=entry["args"], env=environ)) as client:
            told = await client.call_tool("ask", {"question": "who owns the wind programme?"})
            return str((told.structured_content or {})["citations"][0]["url"])

    assert asyncio.run(asked()).startswith("https://assistant.example/documents/")


def test_tools_named_are_those_there_are() -> None:
    text = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == {
        "ask", "search", "read_section", "list_documents", "register",
    }  # fmt: skip


def test_the_file_for_librechat_can_be_read() -> None:
    (block,) = blocks("openai.md", "yaml")
    (endpoint,) = yaml.safe_load(block)["endpoints"]["custom"]
    assert endpoint["baseURL"] == f"{ADDRESS}/v1"


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page, target)
