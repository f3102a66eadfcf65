"""What visitors send, in the shares that a public site sees."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.questions import FOLDER

DOCUMENT = "vaekstpartnerskabsaftale-2016-2017"
SHARES = {"chat da": 45, "chat en": 20, "refusal": 15, "document": 8, "widget.js": 7, "health": 5}
PATHS = {"document": f"/documents/{DOCUMENT}", "widget.js": "/widget.js", "health": "/health"}


@dataclass(frozen=True)
class Call:
    """One request: its name in the figures, method, path and body."""

    name: str
    path: str
    body: bytes | None = None

    @property
    def method(self) -> str:
        """The method that the route wants."""
        return "GET" if self.body is None else "POST"


@functools.cache
def questions(file: str, language: str | None = None) -> tuple[str, ...]:
    """Return the texts of one of the question files that are tuned on."""
    rows = (json.loads(line) for line in (FOLDER / "tune" / file).read_text(encoding="utf-8").splitlines())
    return tuple(row["q"] for row in rows if language in (None, row["lang"]))


def chat(name: str, message: str) -> Call:
    """Return the call that asks one question."""
    return Call(name, "/api/chat", json.dumps({"message": message}, ensure_ascii=False).encode())


def calls(seed: int) -> Iterator[Call]:
    """Yield calls in their shares, for ever; the same seed gives the same calls."""
    chooser = random.Random(seed)
    asked = {
        "chat da": questions("questions.jsonl", "da"),
        "chat en": questions("questions.jsonl", "en"),
        "refusal": questions("unanswerable.jsonl"),
    }
    names, weights = list(SHARES), list(SHARES.values())
    while True:
        name = chooser.choices(names, weights)[0]
        yield chat(name, chooser.choice(asked[name])) if name in asked else Call(name, PATHS[name])
