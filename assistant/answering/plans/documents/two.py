"""What two documents say of one subject, beside each other; of no subject, what each of them is."""

from __future__ import annotations

from assistant.answering.collecting.told import joined, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.documents.saying import subject_of
from assistant.answering.support.claims import share_said
from assistant.corpus.called import without_s
from assistant.corpus.types import Document, SectionKind
from assistant.index.records import Row
from assistant.index.search import Hit
from assistant.language.files import words_of
from assistant.language.values import numbers
from assistant.understanding.documents.kinds import FILE, Title
from assistant.understanding.request import Request

SHOWN, MOST = 3, 4
# Sentences that are looked at for what the other document lacks, and the share of words by which one says another.
LOOKED_AT, ALIKE = 12, 0.6
# A further sentence is told where it is believed this share as much as the first.
FURTHER = 0.2
# A document without a word of the subject speaks of it where that is believed so much.
SURE = 0.7
# What a section is begun with; so many are named of a document as a whole.
SECTIONS = 12


def plan(request: Request, desk: Desk) -> Draft | None:
    """Set what documents say beside each other where a question names two or more; what the first says and the other
    does not, where it asks for that.
    """
    if len(request.named) < 2:
        return None
    said = words_of(FILE, request.language)
    subject = _without_names(subject_of(request.text, said), request, desk)
    if subject and len(request.named) == 2 and said.asks["lacks"].search(request.lowered):
        return _beyond(subject, *request.named, request, desk)
    draft = Draft(request.language)
    draft.remark(said.say("beside", subject=subject) if subject else said.say("beside whole"))
    for each in request.named[:MOST]:
        title = desk.library.summary(each).title_in(request.language)
        about = _about(subject, each, request, desk) if subject else []
        told = draft.quoted(about, ". ") if subject else _whole(draft, each, request, desk)
        draft.item(said.say("line", title=title, told=told or said.say("says nothing")))
    return draft if draft.citations else None


def _without_names(subject: str, request: Request, desk: Desk) -> str:
    """Return a subject without the names of the documents that it is asked of."""
    names = {name for each in request.named for name in Title.of(desk.library.summary(each)).names}
    return " ".join(word for word in subject.split() if without_s(word.lower()) not in names)


def _about(subject: str, identity: str, request: Request, desk: Desk, most: int = SHOWN) -> list[Row]:
    """Return what one document says of a subject, best first; nothing where it does not speak of it."""
    finding = desk.finder.find(subject, request.language, (), identity)
    hits, searcher = finding.evidence.hits, desk.searcher
    rows = searcher.columns.rows_of_document(desk.library.numbers[identity])
    spoken = searcher.speaks_of(subject, request.language, rows)
    if not spoken and desk.refusal.belief(finding.asked, finding.evidence, request.language) < SURE:
        return []
    near = (hit for hit in hits[:most] if hit.share >= FURTHER * hits[0].share)
    told = [hit.row for hit in near if not spoken or _speaks(hit, subject, request.language, desk)]
    return told or [hits[0].row]


def _speaks(hit: Hit, subject: str, language: str, desk: Desk) -> bool:
    return desk.searcher.speaks_of(subject, language, range(hit.number, hit.number + 1))


def _beyond(subject: str, one: str, other: str, request: Request, desk: Desk) -> Draft | None:
    """Tell what one document says of a subject and another does not, and what the other says of it; None where neither
    speaks of it.
    """
    said, draft = words_of(FILE, request.language), Draft(request.language)
    titles = [desk.library.summary(each).title_in(request.language) for each in (one, other)]
    theirs = _about(subject, other, request, desk)
    alone = [row for row in _about(subject, one, request, desk, LOOKED_AT) if not _says(row, other, desk)]
    for row in alone[:MOST]:
        draft.item(wording(row, request.language), draft.cite(row))
    key = "says beyond" if alone else "says no more"
    draft.sentences.insert(0, said.say(key, subject=subject, title=titles[0], other=titles[1]))
    told = draft.quoted(theirs, "; ")
    nothing = said.say("line", title=titles[1], told=said.say("says nothing"))
    draft.sentences.append("\n" + (f"{said.say('says too', title=titles[1])} {told}." if told else nothing))
    return draft if draft.citations else None


def _says(row: Row, identity: str, desk: Desk) -> bool:
    """Tell whether a document has a sentence that says most of what a row says, its numbers too."""
    evidence = desk.searcher.search(desk.query(row.span.quote, "da", identity))
    for hit in evidence.hits[:LOOKED_AT]:
        quote = hit.row.span.quote
        share = share_said(row.span.quote, quote, desk.analyzer, "da", alike=True)
        if share >= ALIKE and numbers(row.span.quote) <= numbers(quote):
            return True
    return False


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
