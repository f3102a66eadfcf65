"""The rate limit: -1, 0 and +1, who counts as one client, what a proxy may say, and a real Redis server."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from assistant.server import create_app
from assistant.server.protection import counting
from tests.server.conftest import MakeSettings
from tests.server.live import clean_environment, free_port, live, wait_until

QUESTION = {"message": "hvem ejer vindprogrammet?"}


def ask(client: FlaskClient, address: str = "192.0.2.1", forwarded: str | None = None) -> int:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    environ = {"REMOTE_ADDR": address}
    return client.post("/api/chat", json=QUESTION, headers=headers, environ_overrides=environ).status_code


def test_the_third_question_of_two_is_refused_with_the_time_to_wait(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(RATE_LIMIT="2 per minute")).test_client()

    assert [ask(client) for _ in range(3)] == [200, 200, 429]
    response = client.post("/api/chat", json=QUESTION, environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.get_json()["code"] == "too_many_requests"
    assert ask(client, "192.0.2.2") == 200


def test_asking_by_the_page_counts_alike_and_reading_does_not_count(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(RATE_LIMIT="2 per minute")).test_client()

    assert [client.get(path).status_code for path in ("/", "/?lang=en", "/?q=", "/health", "/themes")] == [
        200,
        200,
        422,
        200,
        200,
    ]
    assert client.get("/?q=hvem+ejer+vindprogrammet").status_code == 200
    assert client.post("/api/chat", json=QUESTION).status_code == 200
    assert client.get("/?q=hvem+ejer+vindprogrammet").status_code == 429
    assert client.get("/").status_code == 200


def test_questions_that_are_refused_count_too(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(RATE_LIMIT="2 per minute")).test_client()

    assert [client.post("/api/chat", data=b"{").status_code for _ in range(3)] == [415, 415, 429]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "", True),
    ],
)
def test_who_counts_as_one_client(make_settings: MakeSettings, first: str, second: str, same: bool) -> None:
    client = create_app(make_settings(RATE_LIMIT="1 per minute")).test_client()

    assert ask(client, first) == 200
    assert ask(client, second) == (429 if same else 200)


def test_a_forged_header_has_no_effect_without_a_proxy(make_settings: MakeSettings) -> None:
    client = create_app(make_settings(RATE_LIMIT="1 per minute")).test_client()

    assert [ask(client, forwarded=f"198.51.100.{n}") for n in range(3)] == [200, 429, 429]


def test_behind_proxies_only_what_they_added_counts(make_settings: MakeSettings) -> None:
    one = create_app(make_settings(RATE_LIMIT="1 per minute", TRUSTED_PROXIES=1)).test_client()
    assert ask(one, forwarded="203.0.113.1, 198.51.100.1") == 200
    assert ask(one, forwarded="203.0.113.2, 198.51.100.1") == 429
    assert ask(one, forwarded="198.51.100.2") == 200

    two = create_app(make_settings(RATE_LIMIT="1 per minute", TRUSTED_PROXIES=2)).test_client()
    assert ask(two, forwarded="203.0.113.1, 198.51.100.1, 192.0.2.9") == 200
    assert ask(two, forwarded="203.0.113.2, 198.51.100.1, 192.0.2.9") == 429
    assert ask(two, forwarded="forged") == 200


@pytest.mark.parametrize(
    "forged", ['"', '"203.0.113.1', "203.0.113.1;", "\\", "for=203.0.113.1", ",", "203.0.113.1:80", "[2001:db8::5]:1"]
)
def test_what_a_client_sends_ahead_of_a_proxy_has_no_effect(make_settings: MakeSettings, forged: str) -> None:
    client = create_app(make_settings(RATE_LIMIT="1 per minute", TRUSTED_PROXIES=1)).test_client()

    assert ask(client, forwarded="198.51.100.1") == 200
    assert ask(client, forwarded=f"{forged}, 198.51.100.1") == 429
    assert ask(client, forwarded="198.51.100.2") == 200


@pytest.mark.parametrize(
    ("first", "second"),
    [("198.51.100.1:5110", "198.51.100.2:5110"), ("[2001:db8:1::1]:443", "[2001:db8:2::1]:443")],
)
def test_addresses_with_ports_are_told_apart(make_settings: MakeSettings, first: str, second: str) -> None:
    client = create_app(make_settings(RATE_LIMIT="1 per minute", TRUSTED_PROXIES=1)).test_client()

    assert [ask(client, forwarded=each) for each in (first, first, second)] == [200, 429, 200]


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Redis server of our own, without persistence."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)

    def answers() -> bool:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False

    try:
        assert wait_until(answers, 10)
        yield f"redis://127.0.0.1:{port}/0", process
    finally:
        client.close()
        process.terminate()
        process.wait()


@pytest.mark.service
def test_redis_counts_for_all_applications(
    make_settings: MakeSettings, redis_server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, _ = redis_server
    apps = [create_app(make_settings(RATE_LIMIT="3 per minute", REDIS_URL=address)) for _ in range(2)]

    assert [ask(apps[n % 2].test_client()) for n in range(5)] == [200, 200, 200, 429, 429]
    close(apps)


@pytest.mark.service
def test_counting_goes_on_in_memory_when_redis_fails(
    make_settings: MakeSettings, redis_server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, process = redis_server
    app = create_app(make_settings(RATE_LIMIT="2 per minute", REDIS_URL=address))
    client = app.test_client()
    assert ask(client) == 200

    process.terminate()
    process.wait()

    assert [ask(client) for _ in range(3)] == [200, 200, 429]
    close([app])


def close(apps: list[Flask]) -> None:
    for app in apps:
        for limiter in app.extensions["limiter"]:
            limiter.storage.storage.close()


@pytest.mark.service
def test_workers_share_one_count_through_redis(
    folders: dict[str, Path], redis_server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    address, _ = redis_server
    environ = clean_environment(**folders, WORKERS=2, REDIS_URL=address, RATE_LIMIT="10 per minute")
    with live(tmp_path / "server", environ) as running:
        statuses = [running.ask("hvem ejer vindprogrammet?")[0] for _ in range(14)]

    assert statuses == [200] * 10 + [429] * 4


def test_the_limit_of_a_running_server_can_be_reached_by_one_connection(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    with live(tmp_path, clean_environment(**folders, WORKERS=1, RATE_LIMIT="5 per minute")) as running:
        answers = [running.ask("hvem ejer vindprogrammet?", X_Forwarded_For=f"203.0.113.{n}") for n in range(6)]

    assert [status for status, _, _ in answers] == [200] * 5 + [429]
    assert int(answers[-1][1]["retry-after"]) >= 1
    assert json.dumps(answers[-1][2])


def test_counts_of_windows_that_are_over_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("assistant.server.protection.counting.time.time", lambda: now[0])
    counts = counting.ProcessCounts("process://")

    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert (counts.get("a"), counts.get_expiry("a"), counts.get("b")) == (3, 1060.0, 0)
    now[0] = 1060.0
    assert counts.get("a") == 0
    assert counts.incr("b", 60) == 1
    assert counts.reset() == 1
    assert counts.incr("b", 60) == 1


def test_counting_is_exact_under_threads() -> None:
    counts = counting.ProcessCounts("process://")
    threads = [threading.Thread(target=lambda: [counts.incr("a", 600) for _ in range(500)]) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert counts.get("a") == 4000
