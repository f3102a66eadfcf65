"""What a question asks for that what was found can never tell, or surely does, whatever else speaks for or against."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.wanted import KINDS
from assistant.answering.desk import Desk
from assistant.answering.draft import wording
from assistant.answering.finding import Finding
from assistant.answering.support.answerability import best_document
from assistant.answering.support.claims import share_said
from assistant.answering.support.repeated import BARE
from assistant.answering.support.undecided import PLACES
from assistant.answering.support.verdict import with_headings
from assistant.corpus.register import VALUED, Fact, facts_named
from assistant.corpus.types import Document, Field, SectionKind
from assistant.index.records import Row
from assistant.index.search import Hit
from assistant.language.files import both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import number_of, states, years
from assistant.language.words import WORD, words
from assistant.understanding.conversation import names_another, subject_words
from assistant.understanding.documents.kinds import FILE as DOCUMENTS
from assistant.understanding.question import Asked
from assistant.understanding.request import Request

FILE = "missing"
# So many things that are asked for by their names must be named; fewer may be told in a sentence.
MANY = 5
LOOKED_AT = 2
OPEN = (Kind.WHAT, Kind.HOW, Kind.LIST)
# What has no word of the documents is told in other words if that is more likely than not.
HALF = 0.5
# Kinds of names that are asked for by a noun.
NAMED = ("agency", "company", "school", "ministry", "programme", "organisation", "fund")


def is_plainly_lacking(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether the best hits cannot answer a question, by the kind of thing that it asks for."""
    tests = (_cell_gives_no_reason, _names_too_few, _is_of_progress, _is_of_other_years)
    return any(test(asked, hits, desk, language) for test in tests)


def _cell_gives_no_reason(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether a reason is asked for, and all that was found is a cell of the table without a word of it, but
    for the one who is an actor everywhere.
    """
    best = hits[0].row
    cell = best.passage.field in (Field.ACTORS, Field.NEXT_STEP) and asked.field is None
    if not cell or asked.kind is not Kind.REASON:
        return False
    besides = best.document.besides if language == "da" else best.document.besides_en
    told = wording(best, language).replace(besides, " ") if besides else wording(best, language)
    return share_said(asked.clause, told, desk.analyzer, language, alike=True) == 0


def cell_of_nothing_said(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether what is asked openly was found in a cell of the table, or in the title, alone, and the question
    has no word of that or of what stands above it: it is so little that anything may be near to it.
    """
    best = hits[0].row
    cell = best.passage.field in (Field.ACTORS, Field.NEXT_STEP) and asked.field is None
    title = best.section.kind is SectionKind.TITLE and not either("collect", "actors").search(asked.clause.lower())
    if not (cell or title) or asked.kind not in OPEN or asked.yes_no:
        return False
    told = with_headings(best, language)
    document = words_of("overview", language).words["document"]
    clause = " ".join(word for word in words(asked.clause) if word not in document)  # it names itself
    return share_said(clause, told, desk.analyzer, language, alike=True) == 0


def _names_too_few(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether so many are asked for by their names, and what was found does not name as many."""
    match = words_of(FILE, language).asks["by name"].search(asked.clause.lower())
    number = number_of(match["n"]) if match else None
    if number is None or number < MANY:
        return False
    home = hits[0].row.document
    spans = {hit.row.span.id for hit in hits[:LOOKED_AT] if hit.row.document is home}
    facts = (fact for fact in desk.register(home) if fact.kind not in VALUED)
    return sum(any(place.span in spans for place in fact.mentions) for fact in facts) < number


def _is_of_progress(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether it is asked how many, or how much, it is so far, which the sentence does not tell."""
    if asked.kind not in (Kind.COUNT, Kind.AMOUNT):
        return False
    so_far, best = either(FILE, "so far"), hits[0].row
    told = best.both.lower()
    return bool(so_far.search(asked.clause.lower())) and not so_far.search(told)


def _is_of_other_years(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether a value is asked for by its year, and what was found tells it of other years alone."""
    wanted = years(asked.clause)
    if asked.kind not in (Kind.COUNT, Kind.AMOUNT) or asked.yes_no or not wanted:
        return False
    told = [hit.row.span.quote for hit in hits[:LOOKED_AT] if states(asked.kind, hit.row.span.quote)]
    of_others = bool(told) and bool(years(told[0])) and wanted.isdisjoint(years(told[0]))
    return of_others and not any(wanted & years(each) for each in told)


def names_what_is_asked(asked: Asked, row: Row, facts: Sequence[Fact], language: str) -> bool:
    """Return whether a row names as many of a kind as a question asks for, and all that the question itself names: "the
    two agencies in Viborg".
    """
    lowered, asks = asked.clause.lower(), words_of("collect", language).asks
    kinds = {kind for key in NAMED if asks[key].search(lowered) for kind in KINDS[key]}
    given = [fact for fact in facts_named(asked.clause, facts) if fact.kind not in kinds | set(VALUED)]
    if asked.kind not in (Kind.LIST, Kind.WHO, Kind.WHAT) or asked.yes_no or not kinds or not given:
        return False
    said = facts_named(row.both, facts)
    number = next((number_of(word) for word in words(lowered) if number_of(word) is not None), 1)
    return all(fact in said for fact in given) and sum(fact.kind in kinds for fact in said) >= (number or 1)


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
