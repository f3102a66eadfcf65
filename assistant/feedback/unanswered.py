"""The masked words of questions that got no answer or no help, by day; a day's are deleted after so many days."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.feedback.file import opened

REFUSED, UNHELPFUL = "refused", "not helpful"
# How long a verdict may come after its answer, in seconds.
MOST_WAIT = 15 * 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that were asked in vain, why, and how often."""

    language: str
    kind: str
    words: str
    count: int


class Unanswered:
    """The words in the file of feedback; with 0 days none are kept."""

    def __init__(self, path: Path, days: int) -> None:
        self.path, self.days = path, days

    def add(self, language: str, kind: str, words: str, day: date | None = None) -> None:
        """Keep words, today unless another day is given. Raises FeedbackError."""
        today = (day or date.today()).isoformat()
        with opened(self.path) as file:
            file.execute(
                "INSERT INTO unanswered VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                (today, language, kind, words),
            )

    def list(self, day: date | None = None) -> list[Asked]:
        """Return what is kept, the most frequent first, after what is too old is deleted. Raises FeedbackError."""
        self.expire(day)
        if not self.path.exists():
            return []
        query = "SELECT language, kind, words, SUM(count) AS n FROM unanswered GROUP BY 1, 2, 3 ORDER BY n DESC, words"
        with opened(self.path) as file:
            return [Asked(*row) for row in file.execute(query)]

    def expire(self, day: date | None = None) -> None:
        """Delete what is too old: with 1 day all but today's, with 0 days everything. Raises FeedbackError."""
        oldest = (day or date.today()) - timedelta(days=self.days - 1)
        self._delete("day < ?", oldest.isoformat())

    def clear(self) -> None:
        """Delete everything. Raises FeedbackError."""
        self._delete("day >= ?", "")

    def _delete(self, condition: str, value: str) -> None:
        if self.path.exists():
            with opened(self.path, rewrite=True) as file:
                file.execute(f"DELETE FROM unanswered WHERE {condition}", (value,))


class Waiting:
    """The masked words of answers given in the last minutes, by a ticket, should somebody say that one did not help.

    It lies beside the metrics, in memory where the system has such a place, so that every worker finds it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, language: str, words: str) -> str:
        """Keep words for a while and return their ticket. Raises FeedbackError."""
        ticket, now = secrets.token_hex(16), time.time()
        with opened(self.path) as file:
            file.execute("DELETE FROM waiting WHERE until < ?", (now,))
            file.execute("INSERT INTO waiting VALUES (?, ?, ?, ?)", (ticket, now + MOST_WAIT, language, words))
        return ticket

    def take(self, ticket: str) -> tuple[str, str] | None:
        """Return language and words of a ticket, once, None where there is none. Raises FeedbackError."""
        with opened(self.path) as file:
            found = file.execute(
                "SELECT language, words FROM waiting WHERE ticket = ? AND until >= ?", (ticket, time.time())
            ).fetchone()
            file.execute("DELETE FROM waiting WHERE ticket = ?", (ticket,))
        return (str(found[0]), str(found[1])) if found else None
