"""The answers of several parts as one: sentences in their order, citations numbered anew, what is not told said so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answering.types import Answer, Citation, Status
from assistant.language.files import words_of
from assistant.language.phrases import phrase
from assistant.understanding.conversation import brief
from assistant.understanding.types import Turn

MARK = re.compile(r"\[(\d+)\]")

# Answers a part at its place in the conversation, with the sections that the other parts are answered from.
Answering = Callable[[str, Sequence[Turn], Iterable[str]], Answer]


def answered_in_parts(
    whole: str, parts: Sequence[str], history: tuple[Turn, ...], answer: Answering, language: str
) -> Answer | None:
    """Answer the parts of a question one after another; None where they are better answered as one question."""
    if len(parts) < 2:
        return None
    answers = _answered(whole, parts, history, answer)
    # What hangs on a first part that is not answered is not answered either.
    hanging = zip(parts[1:], answers[1:], strict=True)
    if not _told(answers[0]) and any(brief(part) and _told(each) for part, each in hanging):
        return None
    if all(map(_told, answers)) and len({each.text for each in answers}) == 1:
        # One sentence answers all parts; so it does where the question as a whole is not believed.
        together = answer(whole, history, ())
        return together if _told(together) else answers[0]
    return combined(parts, answers, language)


def claims_judged(claims: Sequence[str], history: tuple[Turn, ...], answer: Answering, language: str) -> Answer | None:
    """Judge each of several claims, and all of them together by one word; None where one alone is answered."""
    said = words_of("parts", language)
    asked = [said.say("claim", part=claim) for claim in claims]
    answers = _answered(" ".join(asked), asked, history, answer) if claims else []
    if not answers or not all(map(_told, answers)) or len({each.text for each in answers}) < len(answers):
        return None
    citations: list[Citation] = []
    told = zip(claims, answers, strict=True)
    lines = [said.say("claimed", part=claim, told=_renumbered(each, citations)) for claim, each in told]
    yes, no = (f"{phrase(key, language)}:" for key in ("yes", "no"))
    denied = any(each.text.startswith(no) for each in answers)
    verdict = no if denied else yes if all(each.text.startswith(yes) for each in answers) else ""
    text = "\n- ".join([verdict, *lines]).strip()
    return Answer(Status.ANSWERED, language, text, tuple(citations), (), answers[-1].suggestions, ())


def _answered(whole: str, parts: Sequence[str], history: tuple[Turn, ...], answer: Answering) -> list[Answer]:
    """Answer each part after those before it; what is refused once more, where the others are answered from.

    Who asks several things at once asks them of one subject: where the others are answered, doubt is less.
    """
    answers: list[Answer] = []
    before = [history]
    for part in parts:
        answers.append(answer(part, before[-1], ()))
        before.append((*before[-1], Turn("user", part), answers[-1].turn))
    if all(map(_told, answers)):
        return answers
    # What hangs on a refused part says nothing for it.
    sure = _told(answers[0])
    told = [each for part, each in zip(parts, answers, strict=True) if _told(each) and (sure or not brief(part))]
    told = told or [answer(whole, history, ())]
    vouched = {section for each in told if _told(each) for section in each.sections}
    return [
        each if _told(each) or each.missing or not vouched else answer(part, earlier, vouched)
        for part, each, earlier in zip(parts, answers, before, strict=False)
    ]


def _told(answer: Answer) -> bool:
    return answer.status is Status.ANSWERED


def combined(parts: Sequence[str], answers: Sequence[Answer], language: str) -> Answer | None:
    """Return one answer of the parts' answers; None where fewer than two parts say something of their own."""
    told = [answer for answer in answers if _told(answer)]
    if not told or len({answer.text for answer in answers}) < 2:
        return None
    said = words_of("parts", language)
    citations: list[Citation] = []
    lines: list[str] = []
    for part, answer in zip(parts, answers, strict=True):
        if _told(answer):
            line = _shorter(_renumbered(answer, citations), lines)
        else:
            line = said.say("lacking", part=part.rstrip("?. "), told=answer.text)
        if line and line not in lines:
            lines.append(line)
    missing = tuple(dict.fromkeys(word for answer in answers for word in answer.missing))
    text, cited = _cited("\n".join(lines), citations)
    return Answer(Status.ANSWERED, language, text, cited, (), told[-1].suggestions, missing)


def _cited(text: str, citations: Sequence[Citation]) -> tuple[str, tuple[Citation, ...]]:
    """Return a text with the citations that it has the numbers of, numbered anew: what was left out cites nothing."""
    marked = set(MARK.findall(text))
    kept = [citation for citation in citations if str(citation.number) in marked]
    numbers = {str(citation.number): str(number) for number, citation in enumerate(kept, 1)}
    text = MARK.sub(lambda match: f"[{numbers.get(match[1], match[1])}]", text)
    return text, tuple(replace(citation, number=number) for number, citation in enumerate(kept, 1))


def _shorter(line: str, before: Sequence[str]) -> str:
    """Return what a part says, without a sentence that a part before it has said: its value alone, if it has one, and
    nothing that only comes behind such a sentence.
    """
    first = MARK.split(line, maxsplit=1)[0]
    lead, _, sentence = first.partition(": ")
    told = " ".join(before)
    if "\n" in line or not any(each and _bare(each) in told for each in (first, sentence)):
        return line
    marks = " ".join(match.group() for match in islice(MARK.finditer(line), 1))
    return "" if _bare(first) in told else f"{lead} {marks}."


def _bare(sentence: str) -> str:
    return sentence.strip(" .")


def _renumbered(answer: Answer, citations: list[Citation]) -> str:
    """Add an answer's citations to those of the parts before, and return its text with their new numbers."""
    numbers: dict[str, str] = {}
    for citation in answer.citations:
        known = next((c for c in citations if (c.document, c.start) == (citation.document, citation.start)), None)
        if known is None:
            known = replace(citation, number=len(citations) + 1)
            citations.append(known)
        numbers[str(citation.number)] = str(known.number)
    return MARK.sub(lambda match: f"[{numbers.get(match[1], match[1])}]", answer.text)
