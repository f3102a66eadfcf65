"""Closed-loop load: connections that are kept open and ask again as soon as they are answered.

It does next to nothing for each answer, so that what is measured is the server and not the client beside it.
"""

from __future__ import annotations

import itertools
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.load.mix import Call


@dataclass(frozen=True)
class Throughput:
    """Answers a second, how many came with each status, refusals that do not say when to come back, the longest wait
    in seconds.
    """

    rate: float
    statuses: Counter[str]
    without_retry_after: int
    longest: float

    @property
    def failures(self) -> int:
        """How many answers were no 200."""
        return self.statuses.total() - self.statuses["200"]


@dataclass
class _Exchange:
    """What came so far of an answer, and when its question was sent."""

    sent: float = field(default_factory=time.perf_counter)
    got: bytearray = field(default_factory=bytearray)


def request_bytes(call: Call, host: str) -> bytes:
    """Return the call as HTTP/1.1."""
    head = f"{call.method} {call.path} HTTP/1.1\r\nHost: {host}\r\n"
    if call.body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(call.body)}\r\n"
    return head.encode() + b"\r\n" + (call.body or b"")


def throughput(host: str, port: int, calls: Sequence[Call], connections: int, seconds: float) -> Throughput:
    """Ask over so many connections for so long."""
    wanted = itertools.cycle([request_bytes(call, host) for call in calls])
    statuses: Counter[str] = Counter()
    unsaid, longest = 0, 0.0
    with selectors.DefaultSelector() as selector:
        opened = [socket.create_connection((host, port), timeout=10) for _ in range(connections)]
        for each in opened:
            selector.register(each, selectors.EVENT_READ, _Exchange())
            each.sendall(next(wanted))
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for status, told, waited in _answers(selector, wanted):
                statuses[status] += 1
                unsaid += status in ("429", "503") and not told
                longest = max(longest, waited)
        ended = time.perf_counter()
        spent = ended - begun
        # Those that were never answered have waited too.
        longest = max(longest, *(ended - key.data.sent for key in selector.get_map().values()))
        for each in opened:
            each.close()
    return Throughput(statuses.total() / spent, statuses, unsaid, longest)


def _answers(selector: selectors.BaseSelector, wanted: Iterator[bytes]) -> Iterator[tuple[str, bool, float]]:
    """Yield status, whether it told when to come back, and wait of each answer that is complete; its connection asks again."""
    for key, _ in selector.select(timeout=1):
        connection, exchange = key.fileobj, key.data
        assert isinstance(connection, socket.socket)
        data = connection.recv(65536)
        if not data:
            raise ConnectionError("the server closed a connection that was in use")
        got = exchange.got
        got += data
        if _complete(got):
            now = time.perf_counter()
            yield got[9:12].decode(), b"\r\nRetry-After: " in got, now - exchange.sent
            got.clear()
            exchange.sent = now
            connection.sendall(next(wanted))


def _complete(got: bytearray) -> bool:
    head = got.find(b"\r\n\r\n")
    if head < 0:
        return False
    at = got.lower().find(b"\r\ncontent-length: ", 0, head)
    length = int(got[at + 18 : got.index(b"\r\n", at + 2)])
    return len(got) >= head + 4 + length
