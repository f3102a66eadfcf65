"""One built index of the real documents for all tests of the server, and applications over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant.server import create_app
from assistant.settings import Settings, material
from tests.server.live import Live, clean_environment, live

MakeSettings = Callable[..., Settings]


@pytest.fixture(scope="session")
def folders(real_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A copy of the real documents and an index of them; a test that changes them copies them first."""
    folder = tmp_path_factory.mktemp("material")
    shutil.copytree(material("corpus"), folder / "corpus")
    shutil.copytree(real_settings.index, folder / "built")
    return {"CORPUS": folder / "corpus", "INDEX": folder / "built"}


@pytest.fixture(scope="session")
def make_settings(folders: dict[str, Path]) -> MakeSettings:
    """Make settings over the built index; a test asks for as many questions as it likes unless it says otherwise."""

    def make(**given: object) -> Settings:
        feedback = folders["INDEX"].with_name("feedback.sqlite")
        values = {**folders, "FEEDBACK": feedback, "RATE_LIMIT": "off", **given}
        return Settings.from_environment({f"ASSISTANT_{name}": str(value) for name, value in values.items()})

    return make


@pytest.fixture(scope="session")
def app(make_settings: MakeSettings) -> Flask:
    return create_app(make_settings())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def server(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A real server with two workers, logs in JSON, and no limit."""
    environ = clean_environment(**folders, WORKERS=2, LOG_FORMAT="json", RATE_LIMIT="off")
    with live(tmp_path_factory.mktemp("server"), environ) as running:
        yield running


@pytest.fixture
def own_folders(folders: dict[str, Path], tmp_path: Path) -> dict[str, Path]:
    """Documents and their index that a test may change."""
    return {name: Path(shutil.copytree(path, tmp_path / name.lower())) for name, path in folders.items()}
