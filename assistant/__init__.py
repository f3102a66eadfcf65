"""Ask an agreement in Danish or English and get an answer with its exact source."""

from __future__ import annotations

__version__ = "0.1.0"
