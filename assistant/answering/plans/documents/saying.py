"""Which documents speak of a subject, and which says most of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.types import Status
from assistant.language.files import LANGUAGES, Words, both, words_of
from assistant.language.words import WORD, words
from assistant.understanding.documents.kinds import FILE, KINDS, PATTERNS, kind_of_document
from assistant.understanding.question import sentences_of
from assistant.understanding.request import Request

MOST = 8
# A sentence in other words than the question's is of its subject where it is found with this score behind the best.
BEHIND = 1.0


def plan(request: Request, desk: Desk) -> Draft | None:
    """Name the documents that speak of the subject of a question that asks which do."""
    said, text = words_of(FILE, request.language), request.lowered
    which = said.asks["which"].search(text)
    if which is None or len(desk.library.ids) < 2 or not said.asks["says"].search(text[which.end() :]):
        return None
    # "I am a student. Which documents …": what stands around the question is no subject.
    asking = next((each for each in sentences_of(request.text, request.language) if _asks(each, said)), request.text)
    subject = subject_of(asking, said)
    ids = _of_kind(which["kind"], request.language, desk)
    if not subject or not ids:
        return None
    rows = {each: found for each in ids if (found := rows_of(subject, request, desk).get(each))}
    if not rows:
        draft = Draft(request.language, Status.NOT_IN_SOURCE)
        draft.remark(said.say("mentions none", subject=subject))
        return draft
    return _told(rows, subject, bool(said.asks["most"].search(text)), request, desk)


def _asks(sentence: str, said: Words) -> bool:
    return said.asks["which"].search(sentence.lower()) is not None


def subject_of(text: str, said: Words) -> str:
    """Return what a question asks the documents about: its words but those that ask; names of documents apart."""
    for pattern in PATTERNS.values():
        text = pattern.sub(" ", text)
    idle = said.words["idle"] | both("detection", "closed")
    own = [word for word in WORD.findall(text) if word.lower() not in idle and not word.isdigit()]
    return " ".join(own)


def rows_of(subject: str, request: Request, desk: Desk) -> Mapping[str, Sequence[int]]:
    """Return, by document, the numbers of the rows that say every word of a subject, in either language; where none
    does, and they have no translation to say it, those that are found nearest to it and believed.
    """
    searcher = desk.searcher
    evidence = searcher.search(desk.query(subject, request.language))
    found: dict[str, list[int]] = {}
    believed = request.language == "en" and desk.believes(subject, evidence, request.language)
    close = (evidence.scores >= evidence.scores.max() - BEHIND) & (searcher.columns.translated[evidence.rows] == 0)
    close &= believed
    holding = [all(_holds(int(row), word, desk) for word in words(subject)) for row in evidence.rows]
    chosen = np.array(holding) if any(holding) else close
    for place in np.argsort(-evidence.scores, kind="stable"):
        if chosen[place]:
            row = int(evidence.rows[place])
            found.setdefault(desk.library.ids[int(searcher.columns.document[row])], []).append(row)
    return found


def _holds(row: int, word: str, desk: Desk) -> bool:
    return bool(desk.searcher.held([word], range(row, row + 1)))


def _of_kind(word: str, language: str, desk: Desk) -> list[str]:
    """Return the documents that a word for several means: those of its kind, all where it names none."""
    kinds = [kind for kind in KINDS if any(PATTERNS[kind, each].search(_single(word)) for each in LANGUAGES)]
    summaries = desk.library.summaries
    return [each.id for each in summaries if not kinds or kind_of_document(each) in kinds]


def _single(word: str) -> str:
    """Return a word for several documents as the word for one."""
    for many, one in (("rne", ""), ("ies", "y"), ("ler", "le"), ("ner", "n"), ("ier", "i"), ("s", ""), ("r", "")):
        if word.endswith(many):
            return word.removesuffix(many) + one
    return word


def _told(rows: Mapping[str, Sequence[int]], subject: str, most: bool, request: Request, desk: Desk) -> Draft:
    language, said = request.language, words_of(FILE, request.language)
    ordered = sorted(rows, key=lambda each: -len(rows[each])) if most else list(rows)
    draft = Draft(language)
    first = desk.library.summary(ordered[0]).title_in(language)
    count = said.number("mentions", len(rows), subject=subject)
    draft.remark(said.say("most", subject=subject, title=first) if most else count)
    for each in ordered[:MOST]:
        row = desk.searcher.row(rows[each][0])
        told = said.number("places", len(rows[each]), sentence=wording(row, language))
        draft.item(said.say("line", title=desk.library.summary(each).title_in(language), told=told), draft.cite(row))
    return draft
