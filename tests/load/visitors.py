"""Open-loop load by locust, in a process of its own: visitors who send on their schedule, however slow the answers.

`python -m tests.load.visitors http://127.0.0.1:8000 100:10 200:10` sends 100 requests a second for 10 s, then 200.
Prints one JSON object: what was sent in each phase, and each second of it.
"""

from __future__ import annotations

import gc
import json
import logging
import math
import random
import sys
import time
from typing import Any

import gevent
import locust  # patches the standard library
from locust.contrib.fasthttp import FastHttpUser
from locust.env import Environment

from tests.load.mix import calls

logging.getLogger("locust").setLevel(logging.ERROR)  # all visitors at once is meant, each has a moment of its own

# A visitor sends at most once in this time, so that an answer that is this late delays nobody else's question.
SECONDS_BETWEEN = 1.0
SETTLING = 2.0  # seconds at the start of a phase that are left out of its percentiles
Seen = tuple[
    float, float, int, bool
]  # when it was sent, seconds until the answer, status, whether it told when to come back


class Schedule:
    """The phases, and when each begins."""

    def __init__(self, phases: list[tuple[float, float]]) -> None:
        self.phases = phases
        self.visitors = math.ceil(max(rate for rate, _ in phases) * SECONDS_BETWEEN)
        self.begun = time.time()

    def at(self, moment: float) -> int | None:
        """Return the number of the phase at a moment; None after the last."""
        end = self.begun
        for number, (_, seconds) in enumerate(self.phases):
            end += seconds
            if moment < end:
                return number
        return None


class Visitor(FastHttpUser):  # type: ignore[misc, unused-ignore]
    """Sends a request of the mix at the rate of the phase; a late answer is followed at once."""

    schedule: Schedule
    network_timeout = connection_timeout = 15.0
    numbers = iter(range(10**9))

    def on_start(self) -> None:
        """Choose a place of one's own within the period, so that visitors do not come all at once."""
        self.calls = calls(next(self.numbers))
        self.phase: int | None = None
        gevent.sleep(self.wait_time())

    def wait_time(self) -> float:
        """Return the time until the next request is due; one that is overdue goes at once and is not made up for twice.

        A new phase gives everybody a new place within its period: kept ones would come in bursts where it is longer.
        """
        now = time.time()
        phase = self.schedule.at(now) or 0
        period = self.schedule.visitors / self.schedule.phases[phase][0]
        if phase != self.phase:
            self.phase, self.due = phase, now + random.random() * period
        else:
            self.due = max(self.due + period, now - period)
        return max(0.0, self.due - now)

    @locust.task  # type: ignore[untyped-decorator, unused-ignore]
    def visit(self) -> None:
        """Send one request."""
        call = next(self.calls)
        headers = {"Content-Type": "application/json"} if call.body else {}
        body: Any = call.body  # bytes are taken too
        with self.client.request(
            call.method, call.path, name=call.name, data=body, headers=headers, catch_response=True
        ) as response:
            response.success()


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else math.nan


def summary(seen: list[Seen], seconds: float) -> dict[str, Any]:
    """Return counts and percentiles of some requests."""
    statuses: dict[str, int] = {}
    for _, _, status, _ in seen:
        statuses[str(status)] = statuses.get(str(status), 0) + 1
    spent = [each[1] * 1000 for each in seen]
    return {
        "rate": len(seen) / seconds,
        "statuses": statuses,
        "without retry-after": sum(status in (429, 503) and not told for _, _, status, told in seen),
        "p50": percentile(spent, 0.5),
        "p99": percentile(spent, 0.99),
        "most": max(spent, default=math.nan),
    }


def attack(host: str, phases: list[tuple[float, float]]) -> dict[str, Any]:
    """Send all phases and return what was seen."""
    Visitor.schedule = Schedule(phases)
    environment = Environment(user_classes=[Visitor], host=host)
    seen: list[Seen] = []

    def note(response_time: float, response: Any, start_time: float, **_: Any) -> None:
        status = int(getattr(response, "status_code", 0) or 0)
        headers = getattr(response, "headers", None) or {}
        seen.append((start_time, response_time / 1000, status, "Retry-After" in headers))

    environment.events.request.add_listener(note)  # type: ignore[no-untyped-call, unused-ignore]
    runner = environment.create_local_runner()
    runner.start(Visitor.schedule.visitors, spawn_rate=100_000)
    Visitor.schedule.begun = time.time()
    begun, lags = Visitor.schedule.begun, []
    total = sum(seconds for _, seconds in phases)
    gc.collect()
    gc.disable()  # a pause of the visitors would be taken for one of the server
    while time.time() < begun + total:
        before = time.time()
        gevent.sleep(0.02)
        lags.append(time.time() - before - 0.02)
    gevent.sleep(0.5)  # answers that are on their way
    runner.quit()
    return {
        "phases": _phases(seen, begun, phases),
        "late by": percentile(lags, 0.99) * 1000,
        "each second": _seconds(seen, begun),
    }


def _phases(seen: list[Seen], begun: float, phases: list[tuple[float, float]]) -> list[dict[str, Any]]:
    found = []
    for rate, seconds in phases:
        first = begun + min(SETTLING, seconds / 2)
        inside = [each for each in seen if first <= each[0] < begun + seconds]
        found.append({"offered": rate, **summary(inside, begun + seconds - first)})
        begun += seconds
    return found


def _seconds(seen: list[Seen], begun: float) -> list[dict[str, Any]]:
    by_second: dict[int, list[Seen]] = {}
    for each in seen:
        by_second.setdefault(int(each[0] - begun), []).append(each)
    return [{"second": second, **summary(many, 1)} for second, many in sorted(by_second.items())]


def main(words: list[str]) -> None:
    """Read host and phases, send, print."""
    phases = [(float(rate), float(seconds)) for rate, _, seconds in (word.partition(":") for word in words[1:])]
    print(json.dumps(attack(words[0], phases)))


if __name__ == "__main__":
    main(sys.argv[1:])
