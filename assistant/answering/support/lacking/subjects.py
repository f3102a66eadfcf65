"""A subject of which it is asked what the documents say, and of which they have no word."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.desk import Desk
from assistant.answering.finding import Finding
from assistant.answering.support.answerability import best_document, has_near_misses
from assistant.answering.support.repeated import BARE
from assistant.answering.support.undecided import PLACES
from assistant.corpus.types import Document
from assistant.language.files import both, words_of
from assistant.language.words import WORD, words
from assistant.understanding.conversation import names_another, subject_words
from assistant.understanding.documents.kinds import FILE as DOCUMENTS
from assistant.understanding.request import Request

# What has no word of the documents is told in other words if that is more likely than not.
HALF = 0.5
# Words of a question: of fewer none may stand there, in other words.
FEW = 2


def subject_without_word(finding: Finding, request: Request, desk: Desk) -> tuple[str, ...]:
    """Return the subject of which it is asked what the document says, where the document has no word of it."""
    match = words_of(DOCUMENTS, request.language).asks["says of"].search(request.text)
    own = subject_words(match["subject"]) if match else []
    document = finding.evidence.hits[0].row.document
    rows = desk.searcher.columns.rows_of_document(best_document(finding.evidence))
    spoken = _is_spoken(document, request.language, desk)
    if match is None or not own or not spoken or desk.searcher.held(own, rows, whole=True):
        return ()
    return (match["subject"].strip(" ?!."),)


def section_without_word(finding: Finding, language: str, desk: Desk) -> bool:
    """Return whether the section found for an open question has no word of it, nor one that means the same, and nothing
    that its document taught speaks for it.
    """
    asked, searcher = finding.asked, desk.searcher
    own = [word for word in subject_words(asked.clause) if not word[0].isdigit()]
    if asked.yes_no or len(own) < FEW or has_near_misses(finding.evidence):
        return False
    best = finding.evidence.hits[0].row
    section = searcher.section_number(best.document.id, best.section.id)
    rows = None if section is None else searcher.columns.rows_of_section(section)
    return rows is not None and not searcher.speaks_of(" ".join(own), language, rows)


def foreign_subject(request: Request, desk: Desk) -> tuple[str, ...]:
    """Return the name of a turn that only goes over to it ("and Aarhus?"), where no document has it; of anything else
    that has no word there, its words.
    """
    text, language = request.text, request.language
    own = subject_words(text)
    if names_another(text, language) and _is_nowhere(own, request, desk):
        return tuple(word for word in WORD.findall(text) if word.lower() in own)
    if len(own) != 1 or not (names_another(text, language) or len(words(text)) <= BARE):
        return ()
    written = next((word for word in WORD.findall(text) if word.lower() in own), own[0])
    named = own[0] in PLACES or any(letter.isdigit() for letter in written) or desk.refusal.is_strange(text)
    held = desk.searcher.held(own, range(desk.searcher.columns.count))
    return (written,) if named and not held else ()


def _is_nowhere(own: Sequence[str], request: Request, desk: Desk) -> bool:
    """Return whether a subject that a turn goes over to has no word in any document, and is not told otherwise."""
    own = [word for word in own if word not in both("collect", "soft")]  # "and afterwards?"
    spoken = _is_spoken(request.home, request.language, desk)
    if not own or not spoken or desk.searcher.held(own, range(desk.searcher.columns.count), whole=True):
        return False
    asked = words_of("compare", request.language).say("said of", subject=" ".join(own))
    found = desk.finder.find(asked, request.language, (), request.only, request.home)
    return desk.refusal.belief(found.asked, found.evidence, request.language) < HALF


def _is_spoken(document: Document, language: str, desk: Desk) -> bool:
    """Return whether a document has words of a language: one without a translation has no English ones."""
    return language == "da" or any(row.span.translation for row in desk.rows(document))
