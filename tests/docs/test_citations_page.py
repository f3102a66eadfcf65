"""`docs/citations.md` is true."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

from assistant.answering import Assistant
from tests.docs.pages import commands
from tests.server.live import clean_environment


def test_verifying_prints_what_the_page_shows(assistant: Assistant, tmp_path: Path) -> None:
    (command, shown), *others = commands("citations.md")
    assert not others
    first = assistant.ask("who owns the wind programme?").citations[0]
    (tmp_path / "stored.jsonl").write_text(json.dumps(first.to_json()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        env=clean_environment(), cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, shown)
