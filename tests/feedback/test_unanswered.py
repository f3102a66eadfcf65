"""What could not be answered: masked, without moment or person, gone after its day; listed by likeness and drafted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self

import pytest

from assistant.corpus import read_corpus
from assistant.feedback import unanswered as kept_module
from assistant.feedback.file import opened
from assistant.feedback.unanswered import REFUSED, UNHELPFUL, Unanswered
from assistant.server import create_app
from assistant.server.routes import unanswered
from assistant.settings import Settings, material
from tests.server.live import Live, clean_environment, live, wait_until

REFUSE = "hvad koster vindprogrammet i alt for {}?"
NAME, PHONE, MAIL, STREET = "Kanarie Fuglsangsen", "86 73 91 45", "kanariefugl@example.dk", "Kanarievej 73"
CANARIES = ("kanarie", "fuglsang", "73 91", "7391", "kanariefugl")
TODAY = date(2026, 3, 10)


@pytest.fixture
def kept(tmp_path: Path) -> Unanswered:
    return Unanswered(tmp_path / "feedback.sqlite", 7)


def content(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file()).lower()


def test_words_are_gone_after_their_days_from_the_file_itself(kept: Unanswered) -> None:
    for age in range(10):
        kept.add("da", REFUSED, f"ord fra dag {age:02}", TODAY - timedelta(days=age))

    assert {each.words for each in kept.list(TODAY)} == {f"ord fra dag {age:02}" for age in range(7)}
    assert b"ord fra dag 07" not in content(kept.path.parent)
    assert b"ord fra dag 06" in content(kept.path.parent)
    kept.clear()
    assert kept.list(TODAY) == []
    assert b"ord fra" not in content(kept.path.parent)


def test_a_row_tells_neither_moment_nor_order(kept: Unanswered) -> None:
    kept.add("da", REFUSED, "hvad koster det")
    kept.add("da", REFUSED, "hvad koster det")
    with opened(kept.path) as file:
        (row,) = file.execute("SELECT * FROM unanswered").fetchall()
    assert row == (date.today().isoformat(), "da", REFUSED, "hvad koster det", 2)


@pytest.fixture
def serving(real_settings: Settings, tmp_path: Path) -> Iterator[tuple[Live, Path]]:
    """A server of two workers that keeps what could not be answered, and the folder of its file."""
    (tmp_path / "kept").mkdir()
    given = {"INDEX": real_settings.index, "FEEDBACK": tmp_path / "kept" / "feedback.sqlite", "KEEP_UNANSWERED": 7}
    environ = clean_environment(**given, RATE_LIMIT="off", REMEMBER=0)
    with live(tmp_path / "out", {**environ, "TMPDIR": str(tmp_path / "kept")}) as server:
        yield server, tmp_path / "kept"


def tell(server: Live, **body: Any) -> int:
    return server.request("POST", "/api/feedback", json.dumps(body).encode(), Content_Type="application/json")[0]


def test_a_service_keeps_masked_words_alone(serving: tuple[Live, Path]) -> None:
    server, folder = serving
    kept = Unanswered(folder / "feedback.sqlite", 7)
    for canary in (NAME, NAME.lower(), PHONE, STREET):
        server.ask(REFUSE.format(canary))
    assert server.ask(REFUSE.format(MAIL))[0] == 422
    _, headers, answer = server.ask("who owns the wind programme?")
    assert answer["status"] == "answered"
    ticket = headers["x-feedback-ticket"]
    assert [each.kind for each in kept.list()] == [REFUSED]  # an answer that nobody complains of is not kept
    for _ in range(2):  # a ticket counts once, whichever worker is told
        assert tell(server, helpful=False, reason="wrong", ticket=ticket) == 204
    assert tell(server, helpful=False, ticket="0" * 32) == 204

    found = {(each.kind, each.count): each.words for each in kept.list()}
    assert set(found) == {(REFUSED, 4), (UNHELPFUL, 1)}
    assert found[REFUSED, 4] == REFUSE.format("[…]")
    assert found[UNHELPFUL, 1] == "who owns the wind programme?"
    written = content(folder) + (server.out() + server.err()).lower().encode()
    for canary in CANARIES:
        assert canary.encode() not in written


def test_where_it_is_off_what_was_kept_is_deleted_at_the_start(real_settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    Unanswered(file, 7).add("da", REFUSED, "ord fra i dag")
    with live(tmp_path / "out", clean_environment(INDEX=real_settings.index, FEEDBACK=file, WORKERS=1)) as server:
        _, headers, _ = server.ask("hvad koster vindprogrammet i alt?")
        assert "x-feedback-ticket" not in headers
    assert b"ord fra" not in content(tmp_path)
    assert b"koster" not in file.read_bytes()


def test_a_service_that_runs_on_deletes_what_is_due_the_next_day(
    real_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Unanswered(tmp_path / "feedback.sqlite", 7)
    for age in range(6, 9):
        kept.add("da", REFUSED, f"ord fra dag {age}", date.today() - timedelta(days=age))
    given = {"INDEX": real_settings.index, "FEEDBACK": kept.path, "KEEP_UNANSWERED": 7}
    monkeypatch.setattr(unanswered, "LOOK_EVERY", 0.01)
    create_app(Settings.from_environment({f"ASSISTANT_{name}": str(value) for name, value in given.items()}))
    assert b"ord fra dag 6" in content(tmp_path)  # what is due was deleted at the start
    assert b"ord fra dag 7" not in content(tmp_path)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Self:
            return cls.fromordinal(date.today().toordinal() + 1)

    for module in (unanswered, kept_module):
        monkeypatch.setattr(module, "date", Tomorrow)
    assert wait_until(lambda: b"ord fra dag 6" not in content(tmp_path), 20)


def run(*arguments: str, **given: object) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        env=clean_environment(**given), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_command_groups_drafts_and_clears(real_settings: Settings, tmp_path: Path) -> None:
    import shutil

    corpus = Path(shutil.copytree(material("corpus"), tmp_path / "corpus"))
    file = tmp_path / "feedback.sqlite"
    kept = Unanswered(file, 7)
    for words, count in (
        ("hvad koster vindprogrammet?", 3),
        ("hvad koster vindprogrammet i alt?", 2),
        ("hvornår åbner museet?", 1),
    ):
        for _ in range(count):
            kept.add("da", REFUSED, words)
    given = {"INDEX": real_settings.index, "FEEDBACK": file, "KEEP_UNANSWERED": 7}

    code, out, _ = run("unanswered", **given)
    groups = json.loads(run("unanswered", "--json", **given)[1])
    assert code == 0
    assert [group["count"] for group in groups] == [5, 1]
    assert groups[0]["nearest"]["section"] == "tema-7"
    assert out.splitlines()[0].split()[:4] == ["1.", "5", "x", "tema-7"]

    before = read_corpus(corpus).questions
    # The index is not that of the copy, so it is built beside it.
    drafted = run("unanswered", "--draft", "1", **{**given, "CORPUS": corpus, "INDEX": tmp_path / "built"})
    (draft,) = corpus.glob("*/questions/unanswered-drafts.txt")
    assert drafted[0] == 0
    assert str(draft) in drafted[1]
    assert read_corpus(corpus).questions == before  # a draft does not count
    draft.write_text(draft.read_text(encoding="utf-8").replace("# da:", "da:"), encoding="utf-8")
    (document,) = before
    assert len(read_corpus(corpus).questions[document]) == len(before[document]) + 2
    assert run("unanswered", "--draft", "9", **given)[0] == 2

    assert run("unanswered", "--clear", **given)[:2] == (0, "")
    assert run("unanswered", **given)[:2] == (0, "")


def test_counts_are_printed(tmp_path: Path) -> None:
    from assistant.feedback import Counts, Verdict

    file = tmp_path / "feedback.sqlite"
    Counts(file).add(Verdict(False, "wrong", "answered", ("tema-7",)), TODAY)
    assert run("feedback", FEEDBACK=file)[1] == "2026-03-10      1  did not help  answered wrong\n"
    assert json.loads(run("feedback", "--json", FEEDBACK=file)[1])["sections"][0]["section"] == "tema-7"
