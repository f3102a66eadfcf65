"""The README is true: its commands run, its examples are what comes back, its tables are those of the code."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluation.sets import read_sets
from assistant.settings import TABLE, Settings
from tests.server.live import Live, clean_environment, live

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Return the commands of the console blocks with the output that the README shows for them."""
    found = []
    for block in blocks("console"):
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def served(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    environ = clean_environment(INDEX=real_settings.index, RATE_LIMIT="off")
    with live(tmp_path_factory.mktemp("readme"), environ) as server:
        yield server


def run(words: list[str], real_settings: Settings, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    environ = clean_environment(
        INDEX=real_settings.index, CORPUS=tmp_path / "corpus" if "documents" in words else real_settings.corpus
    )
    return subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True,
        text=True,
        env={**environ, "COLUMNS": "80"},
        cwd=tmp_path,
        check=False,
    )


@pytest.mark.parametrize(("command", "shown"), [c for c in commands() if c[0].startswith("assistant ask")])
def test_asking_prints_what_the_readme_shows(command: str, shown: str, real_settings: Settings, tmp_path: Path) -> None:
    assert run(shlex.split(command), real_settings, tmp_path).stdout.strip() == shown.strip()


@pytest.mark.parametrize(("command", "shown"), [c for c in commands() if c[0].startswith("curl")])
def test_curl_gets_what_the_readme_shows(command: str, shown: str, served: Live) -> None:
    words = shlex.split(command)
    body = words[words.index("-d") + 1].encode()
    status, _, content = served.request("POST", "/api/chat", body, Content_Type="application/json")
    assert status == 200
    assert json.loads(content) == json.loads(shown)


def test_adding_a_document_works_as_shown(real_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "naeste-aftale.md").write_text("# Næste aftale\n\n## Formål\n\nVi bygger en bro.\n", encoding="utf-8")
    added = next(c for c, _ in commands() if "documents add" in c).replace(".pdf", ".md")
    assert run(shlex.split(added), real_settings, tmp_path).returncode == 0
    assert (tmp_path / "corpus" / "naeste-aftale" / "da.md").exists()


def test_every_command_is_one_of_ours() -> None:
    known = {"ask", "index", "documents", "eval", "check", "embed", "serve", "verify", "mcp", "feedback", "unanswered"}
    for command in re.findall(r"`assistant ([a-z]+)", README):
        assert command in known


def test_the_settings_table_is_that_of_the_code() -> None:
    for setting in TABLE:
        assert f"| `{setting.variable}` | {setting.shown or 'none'} | {setting.help} |" in README


def test_json_examples_are_taken_by_the_service(served: Live) -> None:
    asked = [block for block in blocks("json") if '"message"' in block]
    assert asked
    for block in asked:
        status, _, _ = served.request("POST", "/api/chat", block.encode(), Content_Type="application/json")
        assert status == 200


def test_evaluation_examples_can_be_read(tmp_path: Path) -> None:
    example = next(block for block in blocks("json") if '"gold"' in block)
    (tmp_path / "example.jsonl").write_text(example, encoding="utf-8")
    read = read_sets([tmp_path / "example.jsonl"])
    assert (len(read.cases), len(read.talks)) == (3, 1)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_linked_files_exist() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
