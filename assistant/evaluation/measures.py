"""Judge answers: which section is cited first, which facts are shown, whether quotes are verbatim, and so on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answering import Answer, Assistant, Question, Status, Turn
from assistant.errors import QuestionError
from assistant.evaluation.sets import Case, EvaluationSet, Talk
from assistant.language.files import LANGUAGES
from assistant.language.phrases import phrase

OPEN = "open"  # what the text does not decide
SAID = {tuple(phrase(key, language) for language in LANGUAGES): key == "yes" for key in ("yes", "no")}


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer beside its case. `rank` is the place of the first citation in a right section, 0 for none; `sentence`
    and `document` tell whether the first citation is a right sentence, and stands in the right document.
    """

    case: Case
    answer: Answer | None
    rank: int
    shown: bool
    told: bool
    verbatim: bool
    milliseconds: float
    later_turn: bool = False
    sentence: bool = False
    document: bool = True

    @property
    def answered(self) -> bool:
        """Whether the assistant gave an answer from the text."""
        return self.answer is not None and self.answer.status is Status.ANSWERED

    @property
    def refused(self) -> bool:
        """Whether there was no answer from the text: a refusal, a question back, small talk or an error."""
        return not self.answered

    @property
    def right(self) -> bool:
        """Whether the first citation stands in a right section and all required facts are shown."""
        return self.rank == 1 and self.shown

    @property
    def verdict(self) -> bool | None:
        """Whether the answer begins with yes (True) or no (False); None where with neither."""
        said = self.answer.text.partition(":")[0] if self.answer and self.answered else ""
        return next((value for key, value in SAID.items() if said in key), None)

    @property
    def good(self) -> bool:
        """Whether a stranger's question got what it asked for: all facts, cited where they stand, and nothing wrong;
        small talk, or a refusal, where that is right; yes or no where the text decides a claim, neither where not.
        """
        if self.case.smalltalk:
            return self.answer is not None and self.answer.status is Status.SMALLTALK
        if self.case.answerable is False:
            return self.refused
        told = self.shown and (self.rank > 0 or not self.case.gold) and not self.misled
        if self.case.holds == OPEN:
            return self.verdict is None and (self.refused or told)
        return told and (self.case.holds is None or self.verdict is self.case.holds)

    @property
    def misled(self) -> bool:
        """Whether the reply misleads: answered though there is nothing, from elsewhere, or with what is wrong."""
        if not self.answered or self.answer is None:
            return False
        if self.case.smalltalk or self.case.answerable is False:
            return True
        if self.case.holds is not None and self.verdict is not None:
            return self.verdict is not self.case.holds
        said = bool(self.case.wrong) and _holds(self.answer.text, (self.case.wrong,))
        return said or (self.rank == 0 and bool(self.case.gold))

    @property
    def in_language(self) -> bool:
        """Whether the reply is in the language of the question."""
        return self.answer is not None and self.answer.language == self.case.language


def judge_all(assistant: Assistant, chosen: EvaluationSet, alone: bool = False) -> list[Judged]:
    """Ask every case and every conversation, once; where `alone`, each of its own document."""
    judged = [_judge(assistant, case, (), alone=alone) for case in chosen.cases]
    for talk in chosen.talks:
        judged += _judge_talk(assistant, talk)
    return judged


def _judge_talk(assistant: Assistant, talk: Talk) -> Iterable[Judged]:
    history: list[Turn] = []
    for number, case in enumerate(talk.turns):
        judged = _judge(assistant, case, tuple(history), later_turn=number > 0)
        yield judged
        history.append(Turn("user", case.question))
        if judged.answer is not None:
            history.append(judged.answer.turn)


def _judge(
    assistant: Assistant, case: Case, history: tuple[Turn, ...], later_turn: bool = False, alone: bool = False
) -> Judged:
    begun = time.perf_counter()
    try:
        answer = assistant.ask(Question(case.question, "auto", history[-20:], case.document if alone else None))
    except QuestionError:
        return Judged(case, None, 0, False, False, True, (time.perf_counter() - begun) * 1000, later_turn)
    spent = (time.perf_counter() - begun) * 1000
    home = case.document or assistant.library.ids[0]
    ranked = enumerate(answer.citations, 1)
    rank = next((n for n, each in ranked if each.section in case.gold and each.document == home), 0)
    first = next(iter((*answer.citations, *answer.closest)), None)
    evidence = [answer.text, *(f"{c.quote} {c.translation or ''}" for c in answer.citations)]
    return Judged(
        case=case,
        answer=answer,
        rank=rank,
        shown=_holds(" ".join(evidence), case.facts),
        told=_holds(answer.text, case.facts),
        verbatim=all(
            assistant.library.document(c.document).text[c.start : c.end] == c.quote
            for c in (*answer.citations, *answer.closest)
        ),
        milliseconds=spent,
        later_turn=later_turn,
        sentence=bool(answer.citations) and answer.citations[0].start in _starts(assistant, case),
        document=first is None or first.document == home,
    )


def _starts(assistant: Assistant, case: Case) -> set[int]:
    """Return where the spans begin that answer a case."""
    if not case.spans or case.document is None:
        return set()
    return {row.span.start for row in assistant.library.rows(case.document) if row.span.id in case.spans}


def _holds(text: str, facts: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether the text holds at least one wording of every fact, whatever the case of its letters."""
    lowered = " ".join(text.lower().split())
    return all(any(_stands_in(" ".join(wording.lower().split()), lowered) for wording in each) for each in facts)


def _stands_in(wording: str, text: str) -> bool:
    """Return whether a text holds a wording; a number at its end must end there: "Tema 1" is not in "Tema 10"."""
    if not wording[-1:].isdigit():
        return wording in text
    return re.search(rf"{re.escape(wording)}(?![\da-z])", text) is not None
