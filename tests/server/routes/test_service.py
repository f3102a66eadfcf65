"""A rebuilt index is put into service by a running server, whole and without a failed request; a damaged one is not."""

from __future__ import annotations

import functools
import gc
import json
import shutil
import threading
import weakref
from pathlib import Path

import pytest
from flask import g

from assistant.index.build import build_index
from assistant.server import create_app
from assistant.server.routes import service as service_module
from assistant.server.routes.service import EXTENSION
from assistant.settings import Settings
from tests.server.conftest import MakeSettings
from tests.server.live import Live, clean_environment, live, wait_until

Folders = dict[str, Path]


def rebuild(folders: Folders, mark: str) -> str:
    """Change a document's title and build; return the version of the new index."""
    for metadata in folders["CORPUS"].glob("*/document.toml"):
        text = metadata.read_text(encoding="utf-8").replace('source = "', f'source = "{mark} ', 1)
        assert mark in text
        metadata.write_text(text, encoding="utf-8")
    settings = Settings.from_environment({f"ASSISTANT_{name}": str(path) for name, path in folders.items()})
    return build_index(settings).version


def current(folders: Folders) -> Path:
    return folders["INDEX"] / "generations" / (folders["INDEX"] / "current").read_text().strip()


def damage(folders: Folders) -> None:
    """Point to a generation of which one file has one other byte, as a rebuild on a failing disk might leave it."""
    whole = current(folders)
    other = whole.with_name("f" * 16)
    shutil.copytree(whole, other)
    file = other / "documents" / "texts.jsonl"
    file.write_bytes(file.read_bytes()[:-1] + b" ")
    pointer = folders["INDEX"] / "current.new"
    pointer.write_text(other.name)
    pointer.replace(folders["INDEX"] / "current")


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the pointer at every request, so that a test need not wait a second."""
    monkeypatch.setattr(service_module, "CHECK_EVERY", 0.0)


@pytest.mark.usefixtures("watching")
def test_the_garbage_collector_does_not_walk_through_an_index(
    make_settings: MakeSettings, own_folders: Folders
) -> None:
    app = create_app(make_settings(**own_folders))
    client = app.test_client()
    first = app.extensions[EXTENSION]._assistant
    assert not any(each is first for each in gc.get_objects())

    gone = weakref.ref(first)
    del first
    rebuild(own_folders, "anden")
    client.get("/health")
    rebuild(own_folders, "tredje")
    client.get("/health")
    assert gone() is None, "an exchanged index is kept"


@pytest.mark.usefixtures("watching")
def test_a_rebuilt_index_is_in_service_at_the_next_request(make_settings: MakeSettings, own_folders: Folders) -> None:
    client = create_app(make_settings(**own_folders)).test_client()
    before = client.get("/health").get_json()["index"]["version"]

    version = rebuild(own_folders, "NEWER")

    assert client.get("/health").get_json()["index"] == {"version": version, "problem": None}
    assert before != version
    assert client.get("/api/documents").get_json()["documents"][0]["source"].startswith("NEWER")


@pytest.mark.usefixtures("watching")
def test_one_request_keeps_one_assistant(make_settings: MakeSettings, own_folders: Folders) -> None:
    app = create_app(make_settings(**own_folders))
    held = app.extensions["assistant"]

    with app.test_request_context("/"):
        first = held.current
        rebuild(own_folders, "MEANWHILE")
        held.refresh()
        assert held.current is first is g.assistant
    with app.test_request_context("/"):
        assert held.current is not first


@pytest.mark.usefixtures("watching")
def test_a_damaged_index_stays_out_of_service_with_one_clear_line(
    make_settings: MakeSettings, own_folders: Folders, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(make_settings(**own_folders)).test_client()
    good = client.get("/health").get_json()["index"]["version"]

    damage(own_folders)

    for _ in range(5):
        assert client.post("/api/chat", json={"message": "hvem ejer vindprogrammet?"}).status_code == 200
    health = client.get("/health")
    assert health.status_code == 200
    assert health.get_json()["index"] == {"version": good, "problem": "IndexDamaged"}
    lines = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(lines) == 1
    assert good in lines[0]
    assert "does not match its checksum" in lines[0]
    assert "assistant index build" in lines[0]

    version = rebuild(own_folders, "MENDED")
    assert client.get("/health").get_json()["index"] == {"version": version, "problem": None}


@pytest.mark.usefixtures("watching")
def test_a_removed_index_stays_in_service(make_settings: MakeSettings, own_folders: Folders) -> None:
    client = create_app(make_settings(**own_folders)).test_client()

    shutil.rmtree(own_folders["INDEX"])

    assert client.post("/api/chat", json={"message": "hvem ejer vindprogrammet?"}).status_code == 200
    assert client.get("/health").get_json()["index"]["problem"] == "IndexMissing"


@pytest.mark.usefixtures("watching")
def test_an_index_that_is_built_later_makes_the_service_ready(
    make_settings: MakeSettings, own_folders: Folders
) -> None:
    shutil.rmtree(own_folders["INDEX"])
    client = create_app(make_settings(**own_folders)).test_client()
    assert client.get("/health").status_code == 503

    rebuild(own_folders, "FIRST")

    assert client.get("/health").status_code == 200


def test_a_starting_worker_takes_the_last_whole_index(make_settings: MakeSettings, own_folders: Folders) -> None:
    good = current(own_folders).name
    damage(own_folders)

    client = create_app(make_settings(**own_folders)).test_client()

    assert client.get("/health").get_json()["index"] == {"version": good, "problem": "IndexDamaged"}


def test_edited_documents_do_not_stop_a_starting_worker(make_settings: MakeSettings, own_folders: Folders) -> None:
    (own_folders["CORPUS"] / "glossary.toml").write_text("broken [", encoding="utf-8")

    client = create_app(make_settings(**own_folders)).test_client()

    assert client.post("/api/chat", json={"message": "hvem ejer vindprogrammet?"}).status_code == 200


def test_swaps_under_load_fail_no_request(own_folders: Folders, tmp_path: Path) -> None:
    """Two workers, four clients, several swaps: every answer is whole, and every worker ends with the newest index."""
    with live(tmp_path / "server", clean_environment(**own_folders, WORKERS=2, RATE_LIMIT="off")) as server:
        stop = threading.Event()
        failures: list[object] = []
        answers: list[int] = []
        clients = [threading.Thread(target=_keep_asking, args=(server, stop, failures, answers)) for _ in range(4)]
        for each in clients:
            each.start()
        for number in range(4):
            newest = rebuild(own_folders, f"SWAP{number}")
            assert wait_until(functools.partial(_settled, server, newest), 20)
        stop.set()
        for each in clients:
            each.join()

    assert failures == []
    assert len(answers) > 50


def _settled(server: Live, version: str) -> bool:
    """Tell whether every worker serves that index: ten new connections reach both of them."""
    return all(server.health()["index"]["version"] == version for _ in range(10))


def _keep_asking(server: Live, stop: threading.Event, failures: list[object], answers: list[int]) -> None:
    body = json.dumps({"message": "who owns the wind programme?"}).encode()
    while not stop.is_set():
        try:
            status, _, content = server.request("POST", "/api/chat", body, Content_Type="application/json")
        except OSError as error:
            failures.append(error)
            continue
        if status != 200 or json.loads(content)["status"] != "answered":
            failures.append((status, content))
        answers.append(status)
