"""Fit how far a question stays with the conversation: `python index/training/follow_ups.py tests/questions/tune`.

Reads conversations and single questions (JSON lines, as `assistant eval` does) and writes `follow_ups.json` into
`index/ranking`. Every later turn of a conversation is an example, and beside it, as a change of subject, a single
question asked at the same place. Prints what it reaches on conversations of writers held out.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from assistant.answering import Assistant, Question, Turn
from assistant.answering.follow_ups import FollowUps
from assistant.evaluation.sets import Case, EvaluationSet, read_sets
from assistant.index.build import build_index
from assistant.index.records import Row
from assistant.settings import Settings
from assistant.understanding.conversation import questions_of, resolve
from assistant.understanding.question import asking_clause
from assistant.understanding.references import find_reference

STEPS, RATE, HELD_BACK = 300, 0.05, 0.005
ROUNDS = 2  # the answers that a conversation goes on from depend on the weights
CHANGE = 0.5  # how much a change of subject counts beside a follow-up


@dataclass(frozen=True, slots=True)
class Example:
    """A turn: its features, which rows are right and which stand in a right section, its writer's file."""

    question: np.ndarray
    rows: np.ndarray
    right: np.ndarray
    section: np.ndarray
    writer: str
    stays: bool


def main() -> None:
    """Gather, cross-validate, fit, save."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    sets = {path.stem: read_sets([path]) for path in sorted(options.parse_args().folder.glob("*.jsonl"))}
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as built:
        settings = Settings.from_environment({"ASSISTANT_INDEX": built})
        build_index(settings)
        assistant = Assistant.open(settings)
        for _ in range(ROUNDS):
            examples = gather(assistant, sets)
            assistant.finder.seeker.follow_ups = FollowUps(fit(examples))
        report(examples)
        assistant.finder.seeker.follow_ups.save(settings.ranking)


def gather(assistant: Assistant, sets: dict[str, EvaluationSet]) -> list[Example]:
    """Hold every conversation with the assistant; return its later turns, and a change of subject beside each."""
    single = [case for each in sets.values() for case in each.cases if case.answerable and case.gold]
    others = itertools.cycle(single[::7] + single[3::7] + single[5::7])
    return [
        example
        for writer, chosen in sets.items()
        for talk in chosen.talks
        for example in held(assistant, talk.turns, writer, others)
    ]


def held(assistant: Assistant, turns: Sequence[Case], writer: str, others: Iterator[Case]) -> Iterator[Example]:
    """Yield the examples of one conversation."""
    history: list[Turn] = []
    for case in turns:
        if history:
            for each, stays in ((case, True), (next(others), False)):
                if found := look(assistant, each, history, writer, stays):
                    yield found
        answer = assistant.ask(Question(case.question, "auto", tuple(history)))
        sections = dict.fromkeys(citation.section for citation in (*answer.citations, *answer.closest))
        history += [Turn("user", case.question), Turn("assistant", answer.text, tuple(sections))]


def look(assistant: Assistant, case: Case, history: Sequence[Turn], writer: str, stays: bool) -> Example | None:
    """Return a turn as an example; None where it names a section by number or its subject's change in words."""
    clause = asking_clause(case.question, case.language)
    resolved = resolve(case.question, case.language, assistant.finder.context_of(history, case.language))
    home = assistant.library.document(assistant.library.ids[0])
    if find_reference(clause, home, questions_of(history)) or resolved.context is None:
        return None
    asked = assistant.finder.understood(resolved, case.language)
    about = assistant.finder.about(resolved, None, home)
    evidence = assistant.finder.seeker.found(asked, case.language, about)
    question, rows = assistant.finder.seeker.features(asked, case.language, evidence, resolved.context, about)
    found = [assistant.searcher.row(int(number)) for number in evidence.rows]
    section = np.array([row.section.id in case.gold for row in found])
    right = section & np.array([_states_a_fact(row, case) for row in found])
    return Example(question, rows, right if right.any() else section, section, writer, stays)


def _states_a_fact(row: Row, case: Case) -> bool:
    text = f"{row.span.quote} {row.span.translation or ''}".lower()
    return any(wording.lower() in text for fact in case.facts for wording in fact)


def fit(examples: Sequence[Example]) -> np.ndarray:
    """Return weights of maximal likelihood for a right row and a right section, held back to the plain ones."""
    questions, rows = _stacked(examples, "question"), _stacked(examples, "rows")
    right, section = _stacked(examples, "right"), _stacked(examples, "section")
    held = torch.tensor([[0.0 if n < len(each.rows) else -1e4 for n in range(rows.shape[1])] for each in examples])
    counts = torch.tensor([1.0 if each.stays else CHANGE for each in examples])
    plain = torch.tensor(FollowUps.plain().weights, dtype=torch.float32)
    weights = plain.clone().requires_grad_()
    optimizer = torch.optim.Adam([weights], lr=RATE)
    for _ in range(STEPS):
        beliefs = torch.log_softmax(torch.einsum("nq,qr,nkr->nk", questions, weights, rows) + held, dim=1)
        told = sum(torch.logsumexp(beliefs + torch.log(each + 1e-9), dim=1) for each in (right, section))
        loss = -(told * counts).sum() / counts.sum() + HELD_BACK * (weights - plain).square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights.detach().numpy().astype(np.float64)


def _stacked(examples: Sequence[Example], name: str) -> torch.Tensor:
    """Return a feature of all examples, padded to the same number of rows."""
    each = [np.asarray(getattr(example, name), dtype=np.float32) for example in examples]
    most = max(map(len, each))
    return torch.tensor(np.stack([np.pad(e, [(0, most - len(e)), *[(0, 0)] * (e.ndim - 1)]) for e in each]))


def report(examples: Sequence[Example]) -> None:
    """Print how often the best row is right, and stands in a right section, for each writer by the others' weights."""
    for writer in sorted({each.writer for each in examples}):
        weights = FollowUps(fit([each for each in examples if each.writer != writer]))
        for stays, name in ((True, "follow-ups"), (False, "changes of subject")):
            own = [each for each in examples if each.writer == writer and each.stays is stays]
            best = [int(weights.scores(each.question, each.rows).argmax()) for each in own]
            right = np.mean([each.right[n] for each, n in zip(own, best, strict=True)])
            section = np.mean([each.section[n] for each, n in zip(own, best, strict=True)])
            print(f"held out, {writer}: {len(own)} {name}, right section {section:.3f}, right sentence {right:.3f}")


if __name__ == "__main__":
    main()
