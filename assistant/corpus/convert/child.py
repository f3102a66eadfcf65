"""Read a file in a process of its own, `python -m assistant.corpus.convert.child FILE`: JSON lines on standard output.

`{"done": 3, "total": 40}` while pages are read; then `{"content": …}`, or `{"problem": …, "mend": …}`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from assistant.corpus.convert.blocks import Unreadable
from assistant.corpus.convert.files.kinds import read_file

MEGABYTES = 450
SECONDS = 300
TOO_MUCH = "takes more memory than may be used for one file", "Split it into several files, or save it as Word or text"


def main(file: Path) -> None:
    """Read a file within the limits and write what was found."""
    _limit()
    sys.setrecursionlimit(3000)
    try:
        answer: dict[str, Any] = {"content": read_file(file, _tell).to_json()}
    except Unreadable as error:
        answer = {"problem": error.problem, "mend": error.mend}
    except MemoryError:
        answer = dict(zip(("problem", "mend"), TOO_MUCH, strict=True))
    except RecursionError:
        answer = {"problem": "is nested too deeply", "mend": "Save it anew from the program that made it"}
    _write(answer)


def _limit() -> None:
    """Bound memory and processor time where the system can."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_DATA, MEGABYTES * 1024 * 1024), (resource.RLIMIT_CPU, SECONDS)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _tell(done: int, total: int) -> None:
    _write({"done": done, "total": total})


def _write(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
