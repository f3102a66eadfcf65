"""Where versions of the index are kept: folders of plain files, or a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from assistant.index.store.files import FORMAT, MEND, FilesStore, checksums, current_name, open_current, open_last_good
from assistant.index.store.types import Generation, Held, Manifest, Progress, Store, Texts

__all__ = [
    "FORMAT",
    "MEND",
    "FilesStore",
    "Generation",
    "Held",
    "Manifest",
    "Progress",
    "Store",
    "Texts",
    "checksums",
    "current_name",
    "in_database",
    "open_current",
    "open_last_good",
    "store_of",
]


class Place(Protocol):
    """Where versions are to be kept; `assistant.settings.Settings` has it."""

    @property
    def index(self) -> Path:
        """See `Settings`."""
        ...

    @property
    def database_url(self) -> str:
        """See `Settings`."""
        ...

    @property
    def database_read_url(self) -> str:
        """See `Settings`."""
        ...


def in_database(place: Place) -> bool:
    """Tell whether the settings name a database."""
    return bool(place.database_url or place.database_read_url)


def store_of(place: Place) -> Store:
    """Return the store that the settings name. Raises AssistantError where its client is not installed."""
    if not in_database(place):
        return FilesStore(place.index)
    from assistant.index.store.postgres import PostgresStore

    return PostgresStore.at(place.database_url, place.database_read_url, place.index)
