"""`assistant unanswered`: what was asked in vain, grouped by likeness, and drafts of questions made from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from assistant.answering import Assistant, Citation
from assistant.corpus.questions import OFF_TOPIC
from assistant.errors import AssistantError, QuestionError
from assistant.feedback.unanswered import Asked, Unanswered
from assistant.index.embedder import Embedder
from assistant.language.files import words_of

# How like two questions must be to stand together (cosine); the model's cosines are crowded, so this is high.
ALIKE = 0.92
DRAFTS = "unanswered-drafts.txt"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions much like each other, the most frequent first, and the place nearest to that one."""

    asked: tuple[Asked, ...]
    nearest: Citation | None

    @property
    def count(self) -> int:
        """How often any of them was asked."""
        return sum(each.count for each in self.asked)

    @property
    def section(self) -> str:
        """The id of the nearest section."""
        return self.nearest.section if self.nearest else OFF_TOPIC


def groups_of(asked: Sequence[Asked], assistant: Assistant, embedder: Embedder) -> list[Group]:
    """Group questions around the most frequent ones, the largest group first."""
    if not asked:
        return []
    vectors = embedder.questions([each.words for each in asked])
    leaders: list[int] = []
    members: dict[int, list[int]] = {}
    for number in range(len(asked)):
        like = vectors[leaders] @ vectors[number] if leaders else np.zeros(0)
        if len(like) and float(like.max()) >= ALIKE:
            members[leaders[int(like.argmax())]].append(number)
        else:
            leaders.append(number)
            members[number] = [number]
    groups = [Group(tuple(asked[n] for n in each), _nearest(assistant, asked[each[0]])) for each in members.values()]
    return sorted(groups, key=lambda group: -group.count)


def _nearest(assistant: Assistant, asked: Asked) -> Citation | None:
    try:
        return next(iter(assistant.search(asked.words, 1)), None)
    except QuestionError:
        return None


def show(groups: Iterable[Group], as_json: bool) -> None:
    """Print groups with their numbers."""
    if as_json:
        click.echo(json.dumps([_json(each) for each in groups], ensure_ascii=False, indent=2))
        return
    for number, group in enumerate(groups, 1):
        click.echo(f"{number:3}. {group.count:4} x  {group.section:10} {group.asked[0].words}")
        for each in group.asked[1:]:
            click.echo(f"     {each.count:4} x  {'':10} {each.words}")


def _json(group: Group) -> dict[str, object]:
    asked = [{"language": e.language, "kind": e.kind, "words": e.words, "count": e.count} for e in group.asked]
    return {"count": group.count, "nearest": group.nearest.to_json() if group.nearest else None, "asked": asked}


def draft(groups: Sequence[Group], numbers: Sequence[int], corpus: Path) -> list[Path]:
    """Write chosen groups as drafts into the questions of the document they are nearest to; return the files.

    A draft is a comment, so it counts only after somebody took its mark off. Raises AssistantError.
    """
    written: list[Path] = []
    for number in numbers:
        if not 1 <= number <= len(groups):
            raise AssistantError(f"there is no group {number}. Choose from 1 to {len(groups)}.")
        nearest = groups[number - 1].nearest
        if nearest is None:
            raise AssistantError(f"group {number} is near to nothing in a document. Leave it out.")
        path = corpus / nearest.document / "questions" / DRAFTS
        path.parent.mkdir(exist_ok=True)
        lines = list(_drafted(groups[number - 1]))
        start = (
            [] if path.exists() else [f"# {words_of('feedback', language).says['drafts']}" for language in ("da", "en")]
        )
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join([*start, *lines, ""]))
        written.append(path)
    return list(dict.fromkeys(written))


def _drafted(group: Group) -> Iterator[str]:
    yield f"\n## {group.section}"
    for each in group.asked:
        yield f"# {each.language}: {each.words}"


def read(path: Path | None, days: int) -> Unanswered:
    """Return what is kept. Raises AssistantError where feedback is off."""
    if path is None:
        raise AssistantError("feedback is off. Set ASSISTANT_FEEDBACK to the file that the service writes.")
    return Unanswered(path, days)
