"""The load trials themselves: the mix keeps its shares, visitors keep their schedule, and figures add up."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

from tests.load import trials
from tests.load.keepalive import throughput
from tests.load.mix import SHARES, calls, chat, questions


def test_the_mix_keeps_its_shares() -> None:
    names = Counter(call.name for call in itertools.islice(calls(1), 4000))
    assert set(names) == set(SHARES)
    assert all(abs(names[name] / 40 - share) < 4 for name, share in SHARES.items())
    assert list(itertools.islice(calls(2), 20)) == list(itertools.islice(calls(2), 20))


@pytest.mark.slow
def test_visitors_keep_their_schedule(tmp_path: Path) -> None:
    with trials.serving(tmp_path) as server:
        found = trials.attack(server, (20, 4), (40, 4))
        closed = throughput(server.host, server.port, [chat("chat", "hvem ejer vindprogrammet?")], 2, 1.0)
    slow, fast = found["phases"]
    assert set(slow["statuses"]) == set(fast["statuses"]) == {"200"}
    assert slow["rate"] == pytest.approx(20, rel=0.3)
    assert fast["rate"] == pytest.approx(40, rel=0.3)
    assert closed.rate > 1
    assert closed.failures == 0


@pytest.mark.slow
def test_a_crowd_is_answered_or_told_to_come_back(tmp_path: Path) -> None:
    """Far more connections than one worker without a memory serves in a second: nobody waits long, and health goes on."""
    asked = [chat("chat", text) for text in questions("questions.jsonl")]
    with trials.serving(tmp_path, WORKERS=1, REMEMBER=0) as server:
        found = throughput(server.host, server.port, asked, 900, 6.0)
        assert server.health()["ready"]
    assert set(found.statuses) == {"200", "503"}
    assert found.without_retry_after == 0
    assert found.longest < 5


def test_what_holds_is_sent_and_answered_in_time() -> None:
    good = {"offered": 100.0, "rate": 99.0, "p99": 20.0, "statuses": {"200": 990}}
    assert trials.holds(good)
    for worse in ({"rate": 80.0}, {"p99": 51.0}, {"statuses": {"200": 989, "503": 1}}):
        assert not trials.holds({**good, **worse})
