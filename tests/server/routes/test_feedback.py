"""`POST /api/feedback`: counts and nothing else, in one file for all workers; the service does not depend on it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from assistant.feedback import REASONS, Counts
from assistant.server import create_app
from assistant.server.routes.once import Once
from tests.server.conftest import MakeSettings
from tests.server.live import Live, clean_environment, live
from tests.server.running.test_metrics import metric

CANARY = "kanariefugl7391"
NO = {"helpful": False, "reason": "incomplete", "status": "answered", "sections": ["tema-7", "ad-7", "tema-7"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feedback.sqlite"


@pytest.fixture
def keeping(make_settings: MakeSettings, file: Path) -> FlaskClient:
    return create_app(make_settings(FEEDBACK=file)).test_client()


def test_what_is_told_becomes_a_count_of_the_day(keeping: FlaskClient, file: Path) -> None:
    for body in (NO, NO, {"helpful": True}):
        response = keeping.post("/api/feedback", json=body)
        assert (response.status_code, response.data) == (204, b"")

    assert [(each["helpful"], each["reason"], each["status"], each["count"]) for each in Counts(file).verdicts()] == [
        (False, "incomplete", "answered", 2),
        (True, "", "", 1),
    ]
    assert [(each["section"], each["count"]) for each in Counts(file).sections()] == [("ad-7", 2), ("tema-7", 2)]
    text = keeping.get("/metrics").get_data(as_text=True)
    assert metric(text, "assistant_feedback_total", helpful="false", reason="incomplete", status="answered") == 2


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_taken(keeping: FlaskClient, file: Path, reason: str) -> None:
    assert keeping.post("/api/feedback", json={"helpful": False, "reason": reason}).status_code == 204
    assert Counts(file).verdicts()[0]["reason"] == reason


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ([], "not_an_object", None),
        ({}, "missing_field", "helpful"),
        ({"helpful": "yes"}, "wrong_type", "helpful"),
        ({"helpful": None}, "wrong_type", "helpful"),
        ({"helpful": False, "reason": CANARY}, "wrong_value", "reason"),
        ({"helpful": False, "reason": 1}, "wrong_type", "reason"),
        ({"helpful": False, "status": CANARY}, "wrong_value", "status"),
        ({"helpful": False, "sections": "tema-7"}, "wrong_type", "sections"),
        ({"helpful": False, "sections": ["tema-7"] * 21}, "too_many", "sections"),
        ({"helpful": False, "sections": ["x" * 65]}, "field_too_long", "sections[0]"),
        ({"helpful": False, "ticket": 7}, "wrong_type", "ticket"),
        ({"helpful": False, "ticket": "x" * 65}, "field_too_long", "ticket"),
        ({"helpful": False, "message": CANARY}, "unknown_field", "message"),
    ],
)
def test_anything_else_is_refused_and_leaves_nothing(
    keeping: FlaskClient, file: Path, body: Any, code: str, field: str | None
) -> None:
    response = keeping.post("/api/feedback", json=body)

    assert (response.status_code, response.get_json()["code"], response.get_json().get("field")) == (422, code, field)
    assert not file.exists()


def test_text_in_the_place_of_a_section_is_not_kept(keeping: FlaskClient, file: Path) -> None:
    assert keeping.post("/api/feedback", json={"helpful": False, "sections": [CANARY, "tema-1"]}).status_code == 204

    assert [each["section"] for each in Counts(file).sections()] == ["tema-1"]
    assert CANARY.encode() not in b"".join(each.read_bytes() for each in file.parent.iterdir())


def test_a_form_of_a_page_counts_as_the_api_does(keeping: FlaskClient, file: Path) -> None:
    told = {"verdict": "incomplete", "status": "answered", "sections": ["tema-7", CANARY]}
    response = keeping.post("/feedback?lang=en", data=told, headers={"Sec-Fetch-Site": "same-origin"})
    for verdict in ("yes", "other"):
        assert keeping.post("/feedback", data={"verdict": verdict}).status_code == 303

    assert (response.status_code, response.location) == (303, "/feedback?lang=en")
    assert "Your reply is counted" in keeping.get(response.location).text
    kept = [(each["helpful"], each["reason"], each["status"], each["count"]) for each in Counts(file).verdicts()]
    assert sorted(kept) == [(False, "", "", 1), (False, "incomplete", "answered", 1), (True, "", "", 1)]
    assert [each["section"] for each in Counts(file).sections()] == ["tema-7"]


@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        ({"verdict": "yes"}, {"Origin": "null"}, 303),
        ({"verdict": "yes"}, {"Origin": "http://localhost"}, 303),
        ({"verdict": "yes"}, {"Origin": "https://elsewhere.example"}, 403),
        ({"verdict": "yes"}, {"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
        ({"verdict": "yes"}, {"Sec-Fetch-Site": "same-site"}, 403),
        ({"verdict": CANARY}, {}, 422),
        ({}, {}, 422),
        ({"verdict": "yes", "message": CANARY}, {}, 422),
    ],
)
def test_a_form_of_another_site_or_of_another_shape_is_refused(
    keeping: FlaskClient, file: Path, form: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert keeping.post("/feedback", data=form, headers=headers).status_code == status
    assert file.exists() is (status == 303)


def test_the_form_and_the_api_count_towards_one_limit(make_settings: MakeSettings, file: Path) -> None:
    client = create_app(make_settings(FEEDBACK=file, RATE_LIMIT="1 per minute")).test_client()

    assert client.post("/api/feedback", json=NO).status_code == 204
    assert client.post("/feedback", data={"verdict": "yes"}).status_code == 429


def test_a_flood_is_held_back_and_questions_go_on(folders: dict[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    environ = clean_environment(**folders, FEEDBACK=file, WORKERS=1, RATE_LIMIT="20 per minute", LOG_FORMAT="json")
    with live(tmp_path / "out", environ) as server:
        body = json.dumps({**NO, "sections": [CANARY]}).encode()
        with ThreadPoolExecutor(16) as senders:
            told = list(
                senders.map(
                    lambda _: server.request("POST", "/api/feedback", body, Content_Type="application/json"), range(300)
                )
            )
        assert server.ask("hvem ejer vindprogrammet?")[0] == 200
    kept = Counts(file).verdicts()[0]["count"]
    assert 20 <= kept <= 40  # the minute may have turned
    refused = [(headers, content) for status, headers, content in told if status != 204]
    assert len(refused) == 300 - kept
    for headers, content in refused:
        assert json.loads(content)["code"] == "too_many_requests"
        assert int(headers["retry-after"]) >= 1
    assert CANARY not in server.err()


def test_where_it_is_off_nothing_is_written(make_settings: MakeSettings, tmp_path: Path) -> None:
    client = create_app(make_settings(FEEDBACK="off")).test_client()

    assert client.post("/api/feedback", json=NO).status_code == 204


def test_workers_share_one_file_and_threads_wait_for_each_other(folders: dict[str, Path], tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    with live(tmp_path / "out", clean_environment(**folders, FEEDBACK=file, RATE_LIMIT="off")) as server:
        body = json.dumps(NO).encode()
        with ThreadPoolExecutor(16) as senders:
            told = senders.map(
                lambda _: server.request("POST", "/api/feedback", body, Content_Type="application/json")[0], range(160)
            )
            assert set(told) == {204}
    assert Counts(file).verdicts()[0]["count"] == 160
    assert file.stat().st_mode & 0o077 == 0
    assert "error" not in server.err()


@pytest.mark.parametrize("fault", ["folder", "damaged"])
def test_a_file_that_cannot_be_written_is_told_once_by_all_workers_and_the_service_goes_on(
    folders: dict[str, Path], tmp_path: Path, fault: str
) -> None:
    file = tmp_path / "feedback.sqlite"
    if fault == "folder":
        file.mkdir()
    else:
        file.write_bytes(b"no database " * 1000)
    given = {**folders, "FEEDBACK": file, "KEEP_UNANSWERED": 7, "WORKERS": 2, "LOG_FORMAT": "json", "RATE_LIMIT": "off"}
    with live(tmp_path / "out", clean_environment(**given)) as server:
        for worker in server.workers():
            with alone(server, worker):
                for _ in range(2):
                    assert tell(server, NO) == 204
                    assert server.ask("hvem ejer vindprogrammet?")[2]["status"] == "answered"
                    assert server.ask(f"hvad koster vindprogrammet i alt for {CANARY}?")[2]["status"] == "not_in_source"
        told = [event["event"] for event in server.log() if event["level"] == "error"]
        text = server.request("GET", "/metrics")[2].decode()
    assert sorted(each.split(":")[0] for each in told) == ["feedback is not kept", "unanswered questions are not kept"]
    assert all("ASSISTANT_FEEDBACK" in each for each in told)
    assert metric(text, "assistant_feedback_total", helpful="false") == 4
    assert CANARY not in server.err()


@contextmanager
def alone(server: Live, worker: int) -> Iterator[None]:
    """Let one worker answer all: the others stand still meanwhile."""
    others = [each for each in server.workers() if each != worker]
    for each in others:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in others:
            os.kill(each, signal.SIGCONT)


def test_a_fault_that_is_over_is_told_when_it_comes_back(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for shared in (None, tmp_path, tmp_path / "cleaned away"):
        caplog.clear()
        workers = [Once("it is not kept", shared) for _ in range(1 if shared is None else 2)]
        for worker in workers * 2:
            worker.tell(OSError("full"))
        before = len(caplog.records)
        for worker in workers:
            worker.over()
        workers[0].tell(OSError("full again"))
        assert before == (2 if shared and not shared.exists() else 1)
        assert len(caplog.records) == before + 1


def tell(server: Live, body: Any) -> int:
    return server.request("POST", "/api/feedback", json.dumps(body).encode(), Content_Type="application/json")[0]


def test_a_file_keeps_no_order_of_what_was_told(keeping: FlaskClient, file: Path) -> None:
    """A table without row numbers cannot tell which of two came first."""
    keeping.post("/api/feedback", json=NO)
    with closing(sqlite3.connect(file)) as read:
        tables = [sql for (sql,) in read.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]
    assert tables
    assert all("WITHOUT ROWID" in each for each in tables)


@pytest.mark.parametrize(("days", "words"), [(0, "Off: nothing is kept."), (14, "are kept for 14 days")])
def test_the_privacy_page_tells_what_is_on(make_settings: MakeSettings, days: int, words: str) -> None:
    page = create_app(make_settings(KEEP_UNANSWERED=days)).test_client().get("/privatliv?lang=en")

    assert page.status_code == 200
    assert words in page.text
    assert "On: what you say" in page.text
