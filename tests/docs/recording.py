"""From a file to cited answers, as it happens: `python -m tests.docs.recording` prints every command with the seconds of
processor time that it takes.

The file is an agreement on its side, a table of four columns over two pages (`tests/questions/received`); it is added
beside the agreement of the project. `--pictures` takes the pictures of `docs/adding-a-document.md`.
"""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

from assistant.server import create_app
from assistant.settings import Settings, material
from tests.docs.pages import ROOT, commands
from tests.questions import FOLDER
from tests.server.live import clean_environment
from tests.web.browser import chromium, serving

PAGE = "adding-a-document.md"
FILE = FOLDER / "received" / "udviklingsaftale-strandmark.pdf"
NAME = "strandmark-2027"
PICTURES = ROOT / "docs" / "pictures"
WIDTH, COLOURS = 1000, 24
SHOWN, WIDEST = 9, 200  # lines of output, and signs of a line


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of commands that work in a folder."""
    return {**clean_environment(CORPUS="corpus", INDEX="built"), "COLUMNS": "120", "HOME": str(folder)}


def run(command: str, folder: Path) -> str:
    """Return what a command prints in a folder."""
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(
        words, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False, encoding="utf-8"
    )
    return done.stdout + (done.stderr if done.returncode else "")


def prepared(folder: Path, corpus: Path | None) -> Path:
    """Put the file into a folder, and a corpus beside it where there is one to be."""
    shutil.copyfile(FILE, folder / f"{NAME}.pdf")
    if corpus:
        shutil.copytree(corpus, folder / "corpus")
    return folder


def recorded(folder: Path) -> Iterator[str]:
    """Yield the lines of the recording: the commands of the page, what they print, and the seconds they take."""
    total = 0.0
    for command, _ in commands(PAGE):
        begun = _seconds()
        lines = run(command, folder).splitlines()
        spent = _seconds() - begun
        total += spent
        yield f"$ {command}"
        yield from (f"{line[:WIDEST]}…" if len(line) > WIDEST else line for line in lines[:SHOWN])
        yield from [f"… and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
        yield f"({spent:.1f} seconds)"
        yield ""
    yield f"{total:.1f} seconds in all"


def _seconds() -> float:
    """Return the processor time of the commands so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pictures(folder: Path) -> None:
    """Take the page of the file, and what has become of it in the assistant."""
    PICTURES.mkdir(exist_ok=True)
    page = pypdfium2.PdfDocument(FILE)[0]
    before = page.render(scale=WIDTH / page.get_width()).to_pil()
    _save(before.crop((0, 0, WIDTH, int(0.9 * before.height))), "before.png")
    settings = Settings.from_environment(_settings(folder))
    with serving(create_app(settings)) as address, chromium() as browser:
        shown = browser.new_page(viewport={"width": WIDTH, "height": 760}, locale="da-DK")
        shown.goto(f"{address}/documents/{NAME}#initiativ-3")
        shown.screenshot(path=PICTURES / "after.png", animations="disabled")
    _save(Image.open(PICTURES / "after.png"), "after.png")


def _settings(folder: Path) -> Mapping[str, str]:
    return {
        **os.environ,
        "ASSISTANT_CORPUS": str(folder / "corpus"),
        "ASSISTANT_INDEX": str(folder / "built"),
        "ASSISTANT_FEEDBACK": "off",
    }


def _save(image: Image.Image, name: str) -> None:
    """Write a picture in few colours: it shows text."""
    image.convert("RGB").quantize(COLOURS).save(PICTURES / name, optimize=True)


def main(options: Sequence[str]) -> None:
    """Print the recording, or take the pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = prepared(Path(name), material("corpus"))
        for line in recorded(folder):
            sys.stdout.write(f"{line}\n")
        if "--pictures" in options:
            pictures(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
