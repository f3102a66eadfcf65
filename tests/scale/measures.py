"""What the measures share: a figure a line, work in processes of their own, memory, and real questions."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.questions import FOLDER

QUESTIONS = 400


def tell(text: str, begun: float | None = None) -> None:
    """Print a figure, the seconds since something began, and what else the machine has to do."""
    spent = f": {time.perf_counter() - begun:.1f} s" if begun else ""
    print(f"{text}{spent} (load {os.getloadavg()[0]:.1f})", flush=True)


def apart(work: Any, *arguments: object) -> None:
    """Do something in a process of its own: a worker does not build."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def percentiles(spent: Sequence[float]) -> str:
    """Return p50 and p95."""
    return f"{np.percentile(spent, 50):.1f} / {np.percentile(spent, 95):.1f}"


def private() -> float:
    """Return the megabytes that this process alone has: what is mapped from files is not of it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("RssAnon:")[2].split()[0]) / 1000


def most_memory(kind: int = 0) -> float:
    """Return the most megabytes that this process had (0), or the largest that it began (1)."""
    return resource.getrusage((resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)[kind]).ru_maxrss / 1000


def asked() -> list[str]:
    """Return real questions."""
    lines = (FOLDER / "tune" / "questions.jsonl").read_text("utf-8").splitlines()
    lines += (FOLDER / "report" / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["q"] for line in lines][:QUESTIONS]
