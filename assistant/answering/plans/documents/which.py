"""Which document is meant, asked back: what a question names is in several of them, and none is the first."""

from __future__ import annotations

from assistant.answering.collecting.told import joined
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.plans import overview
from assistant.answering.plans.across import PARTIES
from assistant.answering.plans.documents.saying import subject_of
from assistant.answering.types import Status
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.documents.kinds import FILE
from assistant.understanding.references import find_reference
from assistant.understanding.request import Request

MOST = 5


def plan(request: Request, desk: Desk) -> Draft | None:
    """Offer the documents of which a part, or the whole, may be meant."""
    if not request.among or (request.word and _says_one(request, desk)):
        return None
    of_whole = bool(request.word or PARTIES & set(words(request.text)) or overview.plan(request, desk))
    if request.reference is None and not of_whole:
        return None
    language, said = request.language, words_of(FILE, request.language)
    ids = request.among[:MOST]
    titles = [desk.library.summary(each).title_in(language) for each in ids]
    rest = len(request.among) - len(ids)
    told = joined([*titles, said.say("others", n=str(rest))] if rest else titles, language)
    draft = Draft(language, Status.CLARIFY)
    n = str(len(request.among))
    if request.reference is not None:
        name = request.reference.words
        draft.remark(said.say("which one", words=name[:1].upper() + name[1:], n=n, titles=told))
        for each in ids:
            _show(draft, each, request, desk)
    elif request.word:
        draft.remark(said.say("which of a kind", words=request.word, n=n, titles=told))
    else:
        draft.remark(said.say("which document", n=n, titles=told))
    draft.suggestions = tuple(said.say("choice", question=request.message, title=title) for title in titles)
    return draft


def _says_one(request: Request, desk: Desk) -> bool:
    """Return whether one of the documents alone has the most of the words that a question says of its subject."""
    subject = set(words(subject_of(request.text, words_of(FILE, request.language))))
    searcher, numbers = desk.searcher, desk.library.numbers
    held = [len(searcher.held(subject, searcher.columns.rows_of_document(numbers[each]))) for each in request.among]
    return held.count(max(held)) == 1


def _show(draft: Draft, identity: str, request: Request, desk: Desk) -> None:
    """Show where the part begins in one document."""
    document = desk.library.document(identity)
    reference = find_reference(request.text, document)
    row = desk.first(document, reference.sections[0]) if reference and reference.sections else None
    if row is not None:
        draft.cite(row)
