"""OpenDocument, RTF and old Word files to blocks: LibreOffice, where it is installed, saves them as Word."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from assistant.corpus.convert.blocks import Content, Unreadable
from assistant.corpus.convert.files.cells import with_tables
from assistant.corpus.convert.files.word import read_word

PROGRAMS = ("soffice", "libreoffice")
MOST_SECONDS = 120


def read_office(file: Path, suffix: str) -> Content:
    """Return the blocks of a file that LibreOffice reads; `suffix` is the one of its kind. Raises Unreadable."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Unreadable(
            f"is a {suffix} file, which LibreOffice must read, and it is not installed",
            "Install LibreOffice Writer, or save the file as .docx or PDF and add that",
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file{suffix}"
        shutil.copyfile(file, source)
        profile = (Path(folder) / "profile").as_uri()
        convert = ["--headless", "--norestore", "--convert-to", "docx:Office Open XML Text", "--outdir", folder]
        command = [program, f"-env:UserInstallation={profile}", *convert, str(source)]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            raise Unreadable("takes LibreOffice too long", "Save it as .docx or PDF and add that") from None
        if not source.with_suffix(".docx").is_file():
            raise Unreadable("cannot be read by LibreOffice", "Save it as .docx or PDF and add that")
        content = read_word(source.with_suffix(".docx"))
    return with_tables(content, file.read_bytes()) if suffix == ".doc" else content
