"""The rate that holds, twice as much and recovery, a crowd, and the ratio to a bare Flask route."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.load import trials
from tests.load.keepalive import throughput
from tests.load.mix import chat, questions
from tests.soak.report import Figure, Options

# Connections that ask as soon as they are answered: more than two workers serve within a second.
CROWD = 1800


def load(options: Options) -> list[Figure]:
    """Find the rate that holds, double it, and look how soon all is normal again: as served, and with nothing remembered.

    Visitors on the same machine run short before the server does, so that it is also asked by cheaper clients.
    """
    return _loaded("") + _loaded(", nothing remembered", REMEMBER=0) + _crowded()


def _crowded() -> list[Figure]:
    """Ask over more connections than can be answered in time: the rest must be told to come back, and soon."""
    asked = [chat("chat", text) for text in questions("questions.jsonl")]
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder)) as server:
        found = throughput(server.host, server.port, asked, CROWD, 15)
    bad = {status: count for status, count in found.statuses.items() if status not in ("200", "429", "503")}
    told = f"{found.statuses['200']} answered, {found.statuses['503']} refused, longest wait {found.longest:.1f} s"
    return [
        Figure(
            f"{CROWD} connections that ask all the time: bad statuses", f"{bad or 'none'} ({told})", "none", not bad
        ),
        Figure(
            "  429 or 503 without Retry-After",
            str(found.without_retry_after),
            "0",
            not found.without_retry_after,
        ),
    ]


def _loaded(case: str, **settings: object) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, trials.serving(Path(folder), **settings) as server:
        rate, at_rate = trials.highest_rate(server)
        if not rate:
            return [Figure(f"rate with p99 under 50 ms, no error{case}", f"none ({at_rate})", "some", False)]
        above, recovered, after = trials.overload(server, rate)
    bad = {status: count for status, count in above["statuses"].items() if status not in ("200", "429", "503")}
    held = f"{rate:.0f} a second, p50 {at_rate['p50']:.1f} ms, p99 {at_rate['p99']:.1f} ms"
    told = f"{above['statuses']}, p99 {above['p99']:.0f} ms, {above['rate']:.0f} a second"
    back = "not" if recovered is None else f"after {recovered} s"
    unsaid = above["without retry-after"]
    in_time = recovered is not None and recovered <= trials.RECOVERY
    return [
        Figure(f"rate with p99 under 50 ms, no error{case}", held, "reported", True),
        Figure("  at twice that rate: statuses but 200, 429, 503", f"{bad or 'none'} ({told})", "none", not bad),
        Figure("  429 or 503 without Retry-After", str(unsaid), "0", not unsaid),
        Figure("  normal again after overload", f"{back} (then p99 {after['p99']:.0f} ms)", "10 s", in_time),
    ]


def ratio(options: Options) -> list[Figure]:
    """Compare /api/chat with a bare Flask route on the same server, for questions asked before and for new ones."""
    found = trials.speeds()
    bare, chat, new = (found[name] for name in ("bare", "chat", "new"))
    told = f"{chat.rate / bare.rate:.2f} ({chat.rate:.0f} and {bare.rate:.0f} a second)"
    spent = f"{chat.spent:.2f}, {new.spent:.2f} and {bare.spent:.2f} ms"
    return [
        Figure("throughput of /api/chat over bare Flask", told, "0.35 at least", chat.rate / bare.rate >= 0.35),
        Figure(
            "the same where no answer is remembered",
            f"{new.rate / bare.rate:.2f} ({new.rate:.0f} a second)",
            "reported",
            True,
        ),
        Figure("processor time of an answer: chat, new, bare", spent, "reported", True),
    ]
