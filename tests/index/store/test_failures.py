"""What may go wrong with a database: it goes away, lags behind, is written by two at once; nothing is lost or mixed."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql

from assistant.answering import Assistant, Question
from assistant.errors import BuiltIndexError, IndexBehind, IndexBusy, IndexOutdated, SettingsError, StoreAway
from assistant.index.build import build_index
from assistant.index.store import store_of
from assistant.index.store.mapped import KEYS, VECTORS, index_file, places_file
from assistant.index.store.postgres import PostgresStore, connection, writing
from assistant.index.store.postgres.connection import Database
from assistant.index.store.postgres.tables import create_rows
from assistant.index.store.types import RECORDS, Manifest
from assistant.server import create_app
from assistant.server.routes import service as service_module
from assistant.settings import Settings
from tests.conftest import write_document
from tests.postgres import Server

ASKED = Question("hvor mange km cykelsti?")
ROLES = Path(__file__).parents[3] / "deploy" / "postgres" / "roles.sql"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small document and its index."""
    folder = tmp_path_factory.mktemp("made")
    write_document(folder / "corpus" / "cykler")
    environ = {"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_INDEX": str(folder / "built")}
    build_index(Settings.from_environment(environ))
    return folder


@pytest.fixture
def built(postgres: Server, made: Path, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database that holds the small document."""
    for name in ("corpus", "built"):
        shutil.copytree(made / name, tmp_path / name)
    environ = {"ASSISTANT_CORPUS": str(tmp_path / "corpus"), "ASSISTANT_INDEX": str(tmp_path / "built")}
    with postgres.database() as name:
        settings = Settings.from_environment({**environ, "ASSISTANT_DATABASE_URL": postgres.url(name)})
        write(settings)
        yield settings


def name_of(settings: Settings) -> str:
    found = re.search(r"test_\w+", settings.database_url)
    assert found
    return found[0]


def write(settings: Settings) -> None:
    """Write the version that lies in the files into the database."""
    files = store_of(dataclasses.replace(settings, database_url="", database_read_url="")).current()
    store_of(settings).write(files.folder, files.manifest, lambda name, done, total: None)


def edit(settings: Settings, old: str, new: str) -> None:
    path = settings.corpus / "cykler" / "da.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def schemas(postgres: Server, settings: Settings) -> list[str]:
    found = postgres.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'version_%'", name_of(settings))
    return sorted(str(name) for (name,) in found)


def test_a_killed_server_is_told_and_comes_back(
    postgres: Server, built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "CHECK_EVERY", 0.0)
    monkeypatch.setattr(connection, "WAIT", 0.2)
    client = create_app(dataclasses.replace(built, rate_limit="")).test_client()
    asked = {"message": ASKED.message}
    first = client.post("/api/chat", json=asked)
    assert first.status_code == 200
    postgres.kill()
    try:
        again = client.post("/api/chat", json=asked)
        assert again.get_json() == first.get_json()  # remembered
        for language, word in (("da", "afbrudt"), ("en", "interrupted")):
            new = client.post("/api/chat", json={"message": f"who pays? {language}", "language": language})
            assert new.status_code == 503 and int(new.headers["Retry-After"]) > 0
            assert word in new.get_json()["title"]
        assert client.get("/health").get_json()["index"]["version"]
    finally:
        postgres.start()
    _until(lambda: client.post("/api/chat", json={"message": "who builds cycle paths?"}).status_code == 200)
    _until(lambda: client.get("/health").get_json()["index"]["version"] == store_of(built).current().version)


def test_a_statement_that_takes_too_long_is_ended(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "READING", "-c statement_timeout=50ms")
    with pytest.raises(StoreAway, match="QueryCanceled"):
        Database(built.database_url).ask(lambda found: found.execute("SELECT pg_sleep(20)"))


def test_a_server_that_refuses_is_told_from_one_that_is_away(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    refused, absent = "refuses what it is asked", "does not answer"
    for statement in ("SELECT 1 / 0", "SELECT vector FROM nowhere"):
        with pytest.raises(StoreAway, match=refused):
            Database(built.database_url).ask(lambda found, each=statement: found.execute(each))  # type: ignore[misc]
    with pytest.raises(StoreAway, match=absent):
        Database(built.database_url.replace("test_", "gone_")).ask(lambda found: found.execute("SELECT 1"))
    monkeypatch.setattr(writing, "MEMORY", "SELECT repeat('too long', 1000000000)")
    edit(built, "12 km", "14 km")
    with pytest.raises(StoreAway, match=rf"{refused} \(ProgramLimitExceeded\)"):
        build_index(built)


def test_a_search_cannot_write(built: Settings) -> None:
    with pytest.raises(StoreAway, match="ReadOnly"):
        Database(built.database_url).ask(lambda found: found.execute("DELETE FROM assistant.pointer"))


def test_a_pool_belongs_to_one_process(built: Settings) -> None:
    database = Database(built.database_url)
    assert database.ask(lambda found: found.execute("SELECT 1").fetchone()) == (1,)
    child = os.fork()
    if child == 0:
        os._exit(0 if database.ask(lambda found: found.execute("SELECT 2").fetchone()) == (2,) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert database.ask(lambda found: found.execute("SELECT 3").fetchone()) == (3,)


def test_two_builders_do_not_meet(built: Settings) -> None:
    with connection.as_builder(built.database_url) as other, writing.builder(other), pytest.raises(IndexBusy):
        write(built)
    write(built)


def test_what_a_builder_that_died_left_is_removed(
    postgres: Server, built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = schemas(postgres, built)
    edit(built, "12 km", "14 km")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(writing, "_write_contents", die)
        build_index(built)
    assert len(schemas(postgres, built)) == 2
    assert "12 km" in Assistant.open(built).ask(ASKED).text
    edit(built, "14 km", "16 km")
    build_index(built)
    assert "16 km" in Assistant.open(built).ask(ASKED).text
    assert len(schemas(postgres, built)) == 2 and set(first) < set(schemas(postgres, built))


def test_a_version_out_of_service_goes_after_a_while(
    postgres: Server, built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = schemas(postgres, built)
    edit(built, "12 km", "14 km")
    build_index(built)
    assert set(old) < set(schemas(postgres, built))
    monkeypatch.setattr(writing, "GRACE", 0)
    write(built)
    left = schemas(postgres, built)
    assert len(left) == 1 and left != old
    stored, wanted = (
        {sha for (sha,) in postgres.execute("SELECT DISTINCT sha256 FROM assistant.content", name_of(built))},
        set(writing.travelling(store_of(built).current().manifest).values()),
    )
    assert stored == wanted


def test_what_comes_back_otherwise_than_it_was_given_is_not_put_into_service(
    built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(built, "12 km", "14 km")

    def lose(found: object, own: object, *rest: object) -> None:
        create_rows(found, own, *rest)  # type: ignore[arg-type]
        found.execute(sql.SQL("DELETE FROM {} WHERE place = 1").format(own))  # type: ignore[attr-defined]

    monkeypatch.setattr("assistant.index.store.postgres.writing.create_rows", lose)
    with pytest.raises(BuiltIndexError, match="other vectors \\(da\\) back"):
        build_index(built)
    assert "12 km" in Assistant.open(built).ask(ASKED).text


def test_the_role_that_reads_answers_and_cannot_build(postgres: Server, built: Settings, tmp_path: Path) -> None:
    with postgres.database() as name:
        postgres.run("psql", "-q", "-h", str(postgres.folder), "-U", "postgres", "-d", name, "-f", _copied(ROLES))
        try:
            builder = dataclasses.replace(built, database_url=postgres.url(name, "assistant_build"))
            write(builder)
            reader = dataclasses.replace(builder, database_url="", index=tmp_path / "elsewhere")
            reader = dataclasses.replace(reader, database_read_url=postgres.url(name, "assistant_read"))
            assert "12 km" in Assistant.open(reader).ask(ASKED).text
            with pytest.raises(BuiltIndexError, match="role that builds"):
                write(dataclasses.replace(builder, database_url=reader.database_read_url))
        finally:
            for role in ("assistant_build", "assistant_read"):
                postgres.execute(f"DROP OWNED BY {role}", name)
    postgres.execute("DROP ROLE assistant_build, assistant_read")


def _copied(path: Path) -> str:
    """Return a copy of a file that the user of the server may read."""
    copy = Path("/tmp") / f"{os.getpid()}-{path.name}"
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o644)
    return str(copy)


def test_a_schema_of_another_release_is_named(postgres: Server, built: Settings) -> None:
    postgres.execute("INSERT INTO assistant.migration VALUES ('9999-later.sql', 'x')", name_of(built))
    for refused in (store_of(built).current, lambda: write(built)):
        with pytest.raises(IndexOutdated, match="another release"):
            refused()
    postgres.execute("DELETE FROM assistant.migration", name_of(built))
    with pytest.raises(IndexOutdated, match="older release"):
        store_of(built).current()


def test_vectors_are_found_in_the_files_that_travel(built: Settings, tmp_path: Path) -> None:
    elsewhere = dataclasses.replace(built, index=tmp_path / "elsewhere")
    held = store_of(elsewhere).current()
    assert held.folder.is_relative_to(elsewhere.index)
    named = {path.relative_to(held.folder).as_posix() for path in held.folder.rglob("*") if path.is_file()}
    assert index_file(RECORDS["da"]) in named and not named & {VECTORS, KEYS, places_file(RECORDS["da"])}
    assert named == {*writing.travelling(held.manifest), "manifest.json"}


def test_a_file_of_several_parts_comes_back_whole(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PART", 1000)
    edit(built, "12 km", "14 km")
    build_index(built)
    assert "14 km" in Assistant.open(built).ask(ASKED).text


def test_a_file_that_was_changed_meanwhile_is_not_kept(
    postgres: Server, built: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = "SELECT DISTINCT sha256 FROM assistant.content"
    before = set(postgres.execute(stored, name_of(built)))
    edit(built, "12 km", "14 km")

    def touched(connection: object, folder: Path, files: dict[str, str], tell: object) -> None:
        (folder / "columns" / "place.npy").write_bytes(b"changed")
        write_contents(connection, folder, {"columns/place.npy": "0" * 64}, tell)  # type: ignore[arg-type]

    write_contents = writing._write_contents
    monkeypatch.setattr(writing, "_write_contents", touched)
    with pytest.raises(BuiltIndexError, match="changed meanwhile"):
        build_index(built)
    assert set(postgres.execute(stored, name_of(built))) == before


def test_files_that_were_fetched_are_mended(built: Settings) -> None:
    folder = store_of(built).current().folder
    (folder / "columns" / "place.npy").write_bytes(b"damaged")
    (folder / "named" / "names.txt").unlink()
    assert store_of(built).current().folder == folder
    assert "12 km" in Assistant.open(built).ask(ASKED).text


def test_a_replica_that_lags_serves_the_last_version_whole(postgres: Server, built: Settings) -> None:
    with postgres.replica() as replica:
        read = replica.url(name_of(built))
        both = dataclasses.replace(built, database_read_url=read)
        _until(lambda: store_of(both).current().version == store_of(built).current().version)
        replica.execute("SELECT pg_wal_replay_pause()")
        edit(built, "12 km", "14 km")
        new = build_index(built).version
        with pytest.raises(IndexBehind, match="has not got index"):
            store_of(both).current()
        old, why = store_of(both).last_good()
        assert old.version != new and why is not None and "stays in service" in why
        assert "12 km" in Assistant.open(both, generation=old).ask(ASKED).text
        replica.execute("SELECT pg_wal_replay_resume()")
        _until(lambda: store_of(both).last_good()[0].version == new)
        assert "14 km" in Assistant.open(both).ask(ASKED).text


def _until(done: object) -> None:
    pause = threading.Event()
    assert callable(done)
    for _ in range(200):
        try:
            if done():
                return
        except (BuiltIndexError, StoreAway):
            pass
        pause.wait(0.05)
    raise AssertionError("it did not come about in ten seconds")


def test_no_error_tells_the_address(tmp_path: Path) -> None:
    url = "postgresql://somebody:hemmeligt@127.0.0.1:9/assistant"
    store = PostgresStore.at(url, "", tmp_path)
    manifest = Manifest(0, "", "", "", 1, {}, {})
    for failing in (store.pointer, store.current, lambda: store.write(tmp_path, manifest, lambda *_: None)):
        with pytest.raises(StoreAway) as caught:
            failing()
        assert not re.search("hemmeligt|somebody|127", str(caught.value))
    with pytest.raises(SettingsError) as told:
        Settings.from_environment({"ASSISTANT_DATABASE_URL": "mysql://somebody:hemmeligt@h/d"})
    assert "hemmeligt" not in str(told.value)
