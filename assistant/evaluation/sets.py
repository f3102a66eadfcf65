"""Read evaluation sets: JSON lines of questions, unanswerable ones, conversations and short inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what a right answer cites and shows; `answerable` None where that is not judged.

    `document` is the one that it is about, where that is not the first, and `spans` the ids of the spans that answer
    it, where they are known. `holds` is for a question that yes or no may answer: whether the agreement says so (True),
    says otherwise (False) or leaves it open ("open"); None for any other question.
    """

    id: str
    language: str
    question: str
    answerable: bool | None
    gold: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    style: str = ""
    kind: str = ""
    holds: bool | str | None = None
    document: str | None = None
    spans: tuple[str, ...] = ()
    voice: str = ""
    wrong: tuple[str, ...] = ()
    smalltalk: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its turns in order."""

    id: str
    turns: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Cases and conversations of one name."""

    name: str
    cases: tuple[Case, ...]
    talks: tuple[Talk, ...]


def read_sets(files: Iterable[Path]) -> EvaluationSet:
    """Read files, or all `*.jsonl` of folders, as one set. Raises EvaluationError naming file and line."""
    paths = [path for each in files for path in (sorted(each.glob("*.jsonl")) if each.is_dir() else [each])]
    if not paths:
        raise EvaluationError("there is no .jsonl file to read. Name a file or a folder with evaluation sets.")
    cases: list[Case] = []
    talks: list[Talk] = []
    for path in paths:
        for number, value in _objects(path):
            try:
                if "turns" in value:
                    talks.append(_talk(value))
                else:
                    cases.append(_case(value))
            except (KeyError, TypeError) as error:
                problem = f"{path}, line {number}: {error} is missing or of a wrong type"
                raise EvaluationError(f"{problem}. Write it as README.md, 'Evaluation files', shows.") from None
    if not cases and not talks:
        raise EvaluationError(f"{paths[0]}: there is no question to judge. Write one object a line.")
    return EvaluationSet(", ".join(dict.fromkeys(path.parent.name for path in paths)), tuple(cases), tuple(talks))


def _objects(path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read ({error}). Name an existing UTF-8 file.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, dict(json.loads(line))
        except (ValueError, TypeError):
            raise EvaluationError(f"{path}, line {number}: not a JSON object. Write one object a line.") from None


def _case(value: dict[str, Any], identity: str = "", language: str = "") -> Case:
    return Case(
        id=str(value.get("id", identity)),
        language=str(value.get("lang", language) or value["lang"]),
        question=str(value["q"]),
        answerable=value.get("answerable", True if "gold" in value else None),
        gold=tuple(value.get("gold", ())),
        facts=tuple(tuple(map(str, each)) for each in value.get("facts", ())),
        style=str(value.get("style", "")),
        kind=str(value.get("kind", value.get("why", ""))),
        holds=value.get("holds"),
        document=value.get("document"),
        spans=tuple(map(str, value.get("spans", ()))),
        voice=str(value.get("voice", "")),
        wrong=tuple(map(str, value.get("wrong", ()))),
        smalltalk=value.get("expect") == "smalltalk",
    )


def _talk(value: dict[str, Any]) -> Talk:
    language, turns = str(value["lang"]), []
    for number, turn in enumerate(value["turns"], 1):
        turns.append(_case({**turn, "voice": value.get("voice", "")}, f"{value['id']}.{number}", language))
        language = turns[-1].language
    return Talk(str(value["id"]), tuple(turns))
