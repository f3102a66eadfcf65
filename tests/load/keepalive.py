"""Closed-loop load: connections that are kept open and ask again as soon as they are answered. Counts answers a second.

It does next to nothing for each answer, so that what is measured is the server and not the client beside it.
"""

from __future__ import annotations

import itertools
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.load.mix import Call


@dataclass(frozen=True)
class Throughput:
    """Answers a second, and how many were no 200."""

    rate: float
    failures: int


def request_bytes(call: Call, host: str) -> bytes:
    """Return the call as HTTP/1.1."""
    head = f"{call.method} {call.path} HTTP/1.1\r\nHost: {host}\r\n"
    if call.body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {len(call.body)}\r\n"
    return head.encode() + b"\r\n" + (call.body or b"")


def throughput(host: str, port: int, calls: Sequence[Call], connections: int, seconds: float) -> Throughput:
    """Ask over so many connections for so long."""
    wanted = itertools.cycle([request_bytes(call, host) for call in calls])
    answered = failures = 0
    with selectors.DefaultSelector() as selector:
        opened = [socket.create_connection((host, port), timeout=10) for _ in range(connections)]
        for each in opened:
            selector.register(each, selectors.EVENT_READ, bytearray())
            each.sendall(next(wanted))
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for status in _answers(selector, wanted):
                answered += 1
                failures += status != b"200"
        spent = time.perf_counter() - begun
        for each in opened:
            each.close()
    return Throughput(answered / spent, failures)


def _answers(selector: selectors.BaseSelector, wanted: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the status of every answer that is complete now; its connection asks again."""
    for key, _ in selector.select(timeout=1):
        connection, got = key.fileobj, key.data
        assert isinstance(connection, socket.socket)
        data = connection.recv(65536)
        if not data:
            raise ConnectionError("the server closed a connection that was in use")
        got += data
        if _complete(got):
            yield bytes(got[9:12])
            got.clear()
            connection.sendall(next(wanted))


def _complete(got: bytearray) -> bool:
    head = got.find(b"\r\n\r\n")
    if head < 0:
        return False
    at = got.lower().find(b"\r\ncontent-length: ", 0, head)
    length = int(got[at + 18 : got.index(b"\r\n", at + 2)])
    return len(got) >= head + 4 + length
