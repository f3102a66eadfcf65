"""Between two documents that fit a question nearly alike: the one that it is asked of, where that is believed more."""

from __future__ import annotations

import numpy as np

from assistant.answering.desk import Desk
from assistant.answering.finding import Finding
from assistant.answering.support.answerability import best_document
from assistant.understanding.conversation import brief, subject_words
from assistant.understanding.request import Request

# How much more another document's best row may be scored than that of the document asked of, and be no better.
CLOSE = 1.5


def settled(found: Finding, request: Request, desk: Desk) -> Finding:
    """Return what was found for a question; in the document that it is asked of alone, where another is hardly better,
    or where a short turn goes on with a conversation about it.

    Scores of rows tell little between documents; how far a text is believed to answer tells more.
    """
    home, best = desk.library.numbers[request.home.id], best_document(found.evidence)
    if request.only or request.named or request.among or best == home:
        return found
    goes_on = found.resolved.context is not None and brief(request.text)
    if not goes_on and not _is_close(found, home, request, desk):
        return found
    alone = desk.finder.find(request.message, request.language, request.history, request.home.id, request.home)
    if goes_on and not subject_words(request.text):
        return alone
    one, other = (
        desk.refusal.decide(each.asked, each.evidence, request.language, follow_up=goes_on) for each in (alone, found)
    )
    return alone if one.answer and (goes_on or one.belief > other.belief) else found


def _is_close(found: Finding, home: int, request: Request, desk: Desk) -> bool:
    """Return whether the best row of the document asked of is hardly behind, and the question names no other, nor what
    that one lacks and the other has.
    """
    if found.about or found.resolved.context or desk.searcher.addressed.named(request.message):
        return False
    lacking = [set(desk.refusal.missing(found.asked, each)) for each in (home, best_document(found.evidence))]
    if lacking[0] - lacking[1]:
        return False
    scores = found.evidence.scores[found.evidence.look.documents == home]
    return bool(found.evidence.scores.max() - scores.max(initial=-np.inf) < CLOSE)
