"""The evaluation measures what it says: ranks, facts, refusals, thresholds, and faulty files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answering.support.refusal import read_thresholds
from assistant.errors import EvaluationError
from assistant.evaluation.calibrate import calibrate
from assistant.evaluation.command import run
from assistant.evaluation.measures import judge_all
from assistant.evaluation.report import failures, figures, table
from assistant.evaluation.sets import read_sets
from assistant.settings import Settings, material
from tests.questions import FOLDER

RIGHT = {"id": "a", "lang": "da", "q": "hvem er involveret i tema 2?", "gold": ["tema-2"], "facts": [["EVM"]]}
WRONG = {"id": "b", "lang": "en", "q": "who is involved in theme 2?", "gold": ["tema-9"], "facts": [["HBP"]]}
REFUSED = {"id": "c", "lang": "da", "q": "hvad siger tema 14?", "answerable": False, "why": "near-miss"}
TALK = {
    "id": "d",
    "lang": "da",
    "turns": [RIGHT, {"q": "og næste skridt?", "gold": ["tema-2"], "facts": [["ansøgninger"]]}],
}


def written(folder: Path, *cases: Mapping[str, object]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    return path


def test_an_open_claim_is_met_well_by_neither_yes_nor_no(assistant: Assistant, tmp_path: Path) -> None:
    claim: dict[str, object] = {
        "lang": "da",
        "q": "Civilstyrelsen får 84 arbejdspladser, ikke?",
        "gold": ["tema-4"],
        "kind": "claim",
    }
    asks: dict[str, object] = {
        "lang": "da",
        "q": "Civilstyrelsen flytter til Viborg allerede i 2016, ikke?",
        "gold": ["tema-4"],
    }
    cases: list[dict[str, object]] = [
        {**claim, "id": "said", "holds": "open"},
        {**claim, "id": "decided", "holds": True},
    ]
    said, decided, neither = judge_all(
        assistant, read_sets([written(tmp_path, *cases, {**asks, "id": "neither", "holds": "open"})])
    )
    assert said.verdict is True and not said.good and said.misled
    assert decided.good and neither.verdict is None and neither.good


def test_judging_counts_what_is_right(assistant: Assistant, tmp_path: Path) -> None:
    judged = judge_all(assistant, read_sets([written(tmp_path, RIGHT, WRONG, REFUSED, TALK)]))
    by_id = {each.case.id: each for each in judged}
    assert by_id["a"].right and by_id["a"].told and by_id["a"].rank == 1
    assert not by_id["b"].right and by_id["b"].rank == 0
    assert by_id["c"].refused
    assert by_id["d.2"].right and by_id["d.2"].later_turn
    assert all(each.verbatim and each.in_language for each in judged)


def test_the_table_marks_what_falls_short(assistant: Assistant, tmp_path: Path) -> None:
    judged = judge_all(assistant, read_sets([written(tmp_path, RIGHT, WRONG, REFUSED)]))
    found = figures(judged)
    recall = {figure.language: figure for figure in found if figure.measure.startswith("recall@1")}
    assert (recall["da"].value, recall["en"].value, recall["all"].value) == (1.0, 0.0, 0.5)
    assert (recall["da"].kept, recall["en"].kept) == (True, False)
    assert "below the threshold" in table(found)
    assert "expected tema-9, given tema-2" in failures(judged)


def test_the_command_says_whether_thresholds_are_kept(real_settings: Settings, tmp_path: Path) -> None:
    assert run(real_settings, [written(tmp_path, RIGHT)], as_json=True) == 0
    assert run(real_settings, [written(tmp_path, WRONG)], as_json=True) == 1


def test_calibration_writes_threshold_and_curve(assistant: Assistant, tmp_path: Path) -> None:
    sets = read_sets([FOLDER / "tune" / "questions.jsonl", FOLDER / "tune" / "unanswerable.jsonl"])
    shutil.copyfile(material("index/ranking") / "calibration.json", tmp_path / "calibration.json")
    before = read_thresholds(tmp_path)
    fitted = calibrate(assistant, sets, tmp_path)
    written_ = json.loads((tmp_path / "calibration.json").read_text(encoding="utf-8"))
    assert written_["asked"] == fitted
    assert read_thresholds(tmp_path)["plain"] == before["plain"]
    for each in written_["asked"].values():
        assert 0 < each["threshold"] < 1
        wrongly = [point[2] for point in each["curve"]]
        assert wrongly == sorted(wrongly)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[1]", "not a JSON object"),
        ("{", "not a JSON object"),
        ('{"id": "x"}', "line 1"),
        ('{"id": "x", "turns": [{}], "lang": "da"}', "line 1"),
    ],
)
def test_faulty_files_name_the_line(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "x.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=problem):
        read_sets([tmp_path / "x.jsonl"])


@pytest.mark.parametrize("part", ["tune", "report"])
def test_our_sets_are_as_large_as_they_should_be(part: str) -> None:
    read = read_sets([FOLDER / part])
    answerable = [case for case in read.cases if case.answerable]
    lacking = [case for case in read.cases if case.answerable is False]
    assert min(sum(case.language == language for case in answerable) for language in ("da", "en")) >= 120
    assert len(lacking) >= 60 and sum(case.kind == "near-miss" for case in lacking) * 2 >= len(lacking)
    assert len(read.talks) >= 20


def test_the_reported_part_is_not_trained_on() -> None:
    trained = {
        line[4:].strip().lower()
        for path in (FOLDER.parents[1] / "corpus").rglob("questions/*.txt")
        for line in path.read_text("utf-8").splitlines()
    }
    reported = {
        case.question.lower() for case in read_sets([FOLDER / "report"]).cases if len(case.question.split()) > 4
    }
    assert reported & trained == set()
