"""`docs/feedback.md` is true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

from assistant.feedback import REASONS, Counts, Verdict
from tests.docs.pages import ROOT, commands
from tests.server.live import clean_environment


def test_the_command_prints_what_the_page_shows(tmp_path: Path) -> None:
    ((command, shown),) = commands("feedback.md")
    file = tmp_path / "feedback.sqlite"
    for verdict in (*[Verdict(True, "", "answered")] * 5, *[Verdict(False, "incomplete", "answered")] * 2):
        Counts(file).add(verdict, date(2026, 3, 10))
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        env=clean_environment(FEEDBACK=file), cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, shown)


def test_reasons_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "feedback.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"one of five reasons \((.*?)\)", text)
    assert tuple(re.findall(r"`(\w+)`", told)) == REASONS
