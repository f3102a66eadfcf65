"""The load trials themselves: the mix keeps its shares, visitors keep their schedule, and figures add up."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

from tests.load import trials
from tests.load.keepalive import throughput
from tests.load.mix import SHARES, calls, chat


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


def test_what_holds_is_sent_and_answered_in_time() -> None:
    good = {"offered": 100.0, "rate": 99.0, "p99": 20.0, "statuses": {"200": 990}}
    assert trials.holds(good)
    for worse in ({"rate": 80.0}, {"p99": 51.0}, {"statuses": {"200": 989, "503": 1}}):
        assert not trials.holds({**good, **worse})
