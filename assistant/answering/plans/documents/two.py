"""What two documents say of one subject, beside each other; of no subject, what each of them is."""

from __future__ import annotations

from assistant.answering.collecting.told import joined, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.documents.saying import subject_of
from assistant.corpus.types import Document, SectionKind
from assistant.language.files import words_of
from assistant.understanding.documents.titles import FILE
from assistant.understanding.request import Request

SHOWN, MOST = 3, 4
# A further sentence is told where it is believed this share as much as the first.
FURTHER = 0.2
# What a section is begun with; so many are named of a document as a whole.
SECTIONS = 12


def plan(request: Request, desk: Desk) -> Draft | None:
    """Set what documents say beside each other where a question names two or more."""
    if len(request.named) < 2:
        return None
    said = words_of(FILE, request.language)
    subject = subject_of(request.text, said)
    draft = Draft(request.language)
    draft.remark(said.say("beside", subject=subject) if subject else said.say("beside whole"))
    for each in request.named[:MOST]:
        title = desk.library.summary(each).title_in(request.language)
        told = _about(draft, subject, each, request, desk) if subject else _whole(draft, each, request, desk)
        draft.item(said.say("line", title=title, told=told or said.say("says nothing")))
    return draft if draft.citations else None


def _about(draft: Draft, subject: str, identity: str, request: Request, desk: Desk) -> str:
    """Return what one document says of a subject, each sentence with its citation; "" where it does not speak of it."""
    finding = desk.finder.find(subject, request.language, (), identity)
    hits = finding.evidence.hits
    rows = desk.searcher.columns.rows_of_document(desk.library.numbers[identity])
    held = desk.searcher.held(subject.lower().split(), rows)
    decision = desk.refusal.decide(finding.asked, finding.evidence, request.language, follow_up=False)
    if not held and not decision.answer:
        return ""
    chosen = [hit.row for hit in hits[:SHOWN] if hit.share >= FURTHER * hits[0].share]
    return draft.quoted(chosen, ". ")


def _whole(draft: Draft, identity: str, request: Request, desk: Desk) -> str:
    """Return what one document is: its period, its parties and its parts."""
    document, language = desk.library.document(identity), request.language
    title = next((section for section in document.sections if section.kind is SectionKind.TITLE), None)
    row = desk.first(document, title) if title else None
    first = f"{wording(row, language)} [{draft.cite(row)}]" if row else document.title_in(language)
    return f"{first}. {joined(_parts(document, language), language)}"


def _parts(document: Document, language: str) -> list[str]:
    sections = [section for section in document.sections if section.kind is not SectionKind.TITLE and section.passages]
    themes = [section for section in sections if section.kind is SectionKind.THEME]
    return [named(section, language) for section in (themes or sections)[:SECTIONS]] or ["–"]
