"""`docs/adding-a-document.md` is true: its commands, run one after another on its file, print what it shows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.pages import ROOT, commands
from tests.docs.recording import PAGE, prepared, run


def test_the_commands_print_what_the_page_shows(tmp_path: Path) -> None:
    folder = prepared(tmp_path, None)
    for command, shown in commands(PAGE):
        printed = run(command, folder)
        pattern = r"[\s\S]*".join(map(re.escape, shown.strip().split("…")))
        assert re.fullmatch(pattern, printed.strip()), (command, printed)


def test_the_pictures_of_the_page_are_there_and_small() -> None:
    text = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]{20,}\]\((.+?)\)", text)
    assert len(pictures) == 2
    assert all((ROOT / "docs" / each).stat().st_size < 100_000 for each in pictures)
