"""Counts of whether people found the answer: one row a day and kind, never one a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import FeedbackError
from assistant.feedback.file import opened

# Why an answer did not help: it is wrong, leaves something out, is about something else, is hard to understand, or says
# that the documents do not tell although they do.
REASONS = ("wrong", "incomplete", "off_topic", "unclear", "not_found")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person says of one answer: `reason` is one of REASONS or "", `status` that of the answer or "",
    `sections` the ids of those that it cites.
    """

    helpful: bool
    reason: str = ""
    status: str = ""
    sections: tuple[str, ...] = ()


class Counts:
    """The counts in a file; safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, verdict: Verdict, day: date | None = None) -> None:
        """Count a verdict, today unless another day is given. Raises FeedbackError."""
        today = (day or date.today()).isoformat()
        with opened(self.path) as file:
            file.execute(
                "INSERT INTO verdicts VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                (today, verdict.helpful, verdict.reason, verdict.status),
            )
            file.executemany(
                "INSERT INTO sections VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                [(today, section, verdict.helpful) for section in dict.fromkeys(verdict.sections)],
            )

    def check(self) -> None:
        """Raise FeedbackError where the file cannot be written or is damaged."""
        with opened(self.path) as file:
            (found,) = file.execute("PRAGMA quick_check(1)").fetchone()
            file.execute("UPDATE verdicts SET count = count WHERE FALSE")
        if found != "ok":
            raise FeedbackError(self.path, "the file is damaged")

    def verdicts(self) -> list[dict[str, Any]]:
        """Return the counts of every day and kind, oldest first. Raises FeedbackError."""
        columns = ("day", "helpful", "reason", "status", "count")
        with opened(self.path) as file:
            return [_named(columns, row) for row in file.execute("SELECT * FROM verdicts ORDER BY day")]

    def sections(self) -> list[dict[str, Any]]:
        """Return the counts of every day and section, oldest first. Raises FeedbackError."""
        columns = ("day", "section", "helpful", "count")
        with opened(self.path) as file:
            return [_named(columns, row) for row in file.execute("SELECT * FROM sections ORDER BY day")]


def _named(columns: Iterable[str], row: Iterable[Any]) -> dict[str, Any]:
    named = dict(zip(columns, row, strict=True))
    return {**named, "helpful": bool(named["helpful"])}
