"""Settings of either store, over a small document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.index.build import build_index
from assistant.settings import Settings
from tests.conftest import write_document
from tests.postgres import Server, server

STORES = ["files", "postgres"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The PostgreSQL server of this session."""
    with server() as found:
        yield found


@contextmanager
def store(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Give settings of a store that holds nothing yet."""
    write_document(folder / "corpus" / "cykler")
    environ = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    if kind == "files":
        yield Settings.from_environment(environ)
        return
    found: Server = request.getfixturevalue("postgres")
    with found.database() as name:
        yield Settings.from_environment({**environ, "ASSISTANT_DATABASE_URL": found.url(name)})


@pytest.fixture(params=STORES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a store that holds nothing yet."""
    with store(request.param, tmp_path, request) as settings:
        yield settings


@pytest.fixture(scope="module", params=STORES)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a store that holds the small document."""
    with store(request.param, tmp_path_factory.mktemp("store"), request) as found:
        build_index(found)
        yield found
