"""Read a file in a process of its own, so that no file can take the memory or the time of the one who asks."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.corpus.convert.blocks import Content, Unreadable
from assistant.corpus.convert.child import SECONDS

Tell = Callable[[int, int], None]
SPLIT = "Split it into several files, or save it as Word or text"


def read_apart(file: Path, tell: Tell = lambda done, total: None, seconds: float = SECONDS) -> Content:
    """Return what a file holds; `tell` hears how many of how many pages are read. Raises Unreadable."""
    command = [sys.executable, "-m", "assistant.corpus.convert.child", str(file.resolve())]
    last: dict[str, Any] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        late = threading.Timer(seconds, child.kill)
        late.start()
        try:
            for line in child.stdout or ():
                last = json.loads(line)
                if "done" in last:
                    tell(last["done"], last["total"])
        except BaseException:
            child.kill()
            raise
        finally:
            late.cancel()
    if "content" in last:
        return Content.from_json(last["content"])
    if "problem" in last:
        raise Unreadable(last["problem"], last["mend"])
    raise Unreadable("takes too long or too much memory to read", SPLIT)
