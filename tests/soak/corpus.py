"""A small document whose texts hold a number, so that an answer tells which version it is from."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.settings import Settings
from tests.conftest import SMALL, write_document


class Corpus:
    """The small document in a folder of its own, with an index beside it; `mark` is a number that all its texts hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_document(folder / "corpus" / "cykler")
        places = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
        self.settings = Settings.from_environment(places)

    def write(self, mark: int) -> None:
        """Write the mark into every sentence and title, in both languages."""
        for name, text in SMALL.items():
            marked = re.sub(r"(?m)^(?=[A-ZÆØÅ])", f"No{mark} ", text)
            marked = re.sub(r"(?<=[|#\"] )(?=Cyk|Cyc|Aft|Agr)|(?<== \")(?=Aft|Agr|Cyk|the)", f"No{mark} ", marked)
            (self.folder / "corpus" / "cykler" / name).write_text(marked, encoding="utf-8")


def marks(text: str) -> set[int]:
    """Return the numbers that a text holds."""
    return {int(each) for each in re.findall(r"No(\d+)", text)}
