"""Keep a version of the widget: `make widget` writes widget.js, small, into versions/ under its hash, as the current.

A site that pinned an earlier version goes on getting it, so a version that was released is never taken out. `current`
holds the version that is served and the hash of the widget.js that it was made of. It needs esbuild, a system package.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

WEB = Path(__file__).resolve().parent
SOURCE = WEB / "widget.js"
VERSIONS = WEB / "versions"
SMALL = ("esbuild", "--minify", "--format=esm", "--charset=utf8", "--target=es2022")


def small(source: bytes) -> bytes:
    """Return the widget without what only people need, in its script and its style."""
    script = subprocess.run(SMALL, input=source, capture_output=True, check=True).stdout.decode()
    head, style, tail = re.split(r"(?<==`)(\s*:host.*?)(?=`)", script, maxsplit=1, flags=re.DOTALL)
    style = re.sub(r"\s*([{};,])\s*", r"\1", style.strip())
    return (head + re.sub(r"(?<=[a-z]): ", ":", style) + tail).encode()


def keep() -> Path:
    """Write the version of today's widget.js and return where it lies."""
    source = SOURCE.read_bytes()
    widget = small(source)
    path = VERSIONS / f"{hashlib.sha256(widget).hexdigest()[:16]}.js"
    path.write_bytes(widget)
    (VERSIONS / "current").write_text(f"{path.stem} {hashlib.sha256(source).hexdigest()}\n", encoding="ascii")
    return path


if __name__ == "__main__":
    try:
        print(keep())
    except FileNotFoundError:
        raise SystemExit("esbuild is not there. Install the system's package 'esbuild'.") from None
