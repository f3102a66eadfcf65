"""What all long trials share: how much of each, and a line of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How much of each trial."""

    trials: int
    offsets: int
    swaps: int
    examples: int
    requests: int
    rate: float
    seed: int


@dataclass(frozen=True)
class Figure:
    """One line of the report."""

    name: str
    measured: str
    limit: str
    held: bool
