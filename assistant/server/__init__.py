"""The assistant over HTTP: `create_app(settings)` builds the whole application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from assistant.settings import Settings

__all__ = ["create_app"]


def create_app(settings: Settings, shared_counts: Path | None = None) -> Flask:
    """Build the application; `shared_counts` is the folder through which worker processes share their metrics.

    Imported late: the process that only starts workers must not load prometheus_client before it named that folder.
    """
    from assistant.server.app import create_app as build

    return build(settings, shared_counts)
