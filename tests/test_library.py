"""`from assistant import Assistant`: the public names, and the example of the README in a program of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import assistant
from assistant import Answer, Assistant, Citation, Question, Status
from assistant.errors import IndexMissing
from assistant.settings import Settings
from tests.server.live import clean_environment

ROOT = Path(__file__).parents[1]


def test_public_names_are_those_that_are_told() -> None:
    assert set(assistant.__all__) == {"Answer", "Assistant", "Citation", "Question", "Status", "__version__"}
    for name in assistant.__all__:
        assert getattr(assistant, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        assistant.nothing  # noqa: B018


def test_the_package_is_typed_and_light() -> None:
    assert (ROOT / "assistant" / "py.typed").is_file()
    code = "import sys, assistant; print(sorted({'numpy', 'flask', 'onnxruntime'} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=clean_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_text_is_a_question(assistant: Assistant) -> None:
    answer: Answer = assistant.ask("who owns the wind programme?")
    first: Citation = answer.citations[0]

    assert answer == assistant.ask(Question("who owns the wind programme?"))
    assert answer.status is Status.ANSWERED
    assert first.quote == assistant.library.document(first.document).text[first.start : first.end]


def test_without_an_index_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="index build"):
        Assistant.open(Settings.from_environment({"ASSISTANT_INDEX": str(tmp_path / "none")}))


def test_the_example_of_the_readme_runs(real_settings: Settings, tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(example.strip().splitlines()) <= 10
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        env=clean_environment(INDEX=real_settings.index), cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "tema-7" in done.stdout
