"""What a question asks for that what was found can never tell, or surely does, whatever else speaks for or against."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.wanted import KINDS
from assistant.answering.desk import Desk
from assistant.answering.draft import wording
from assistant.answering.support.claims import share_said
from assistant.answering.support.lacking.attributes import (
    compares_with_year,
    counts_nothing,
    gives_no_reason,
    lacks_attribute,
    names_nobody,
    only_counts,
)
from assistant.answering.support.verdict import with_headings
from assistant.corpus.register import VALUED, Fact, facts_named
from assistant.corpus.types import Document, Field, SectionKind
from assistant.index.records import Row
from assistant.index.search import Hit
from assistant.language.files import either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import number_of, states, years
from assistant.language.words import words
from assistant.understanding.question import Asked

FILE = "missing"
# So many things that are asked for by their names must be named; fewer may be told in a sentence.
MANY = 5
LOOKED_AT = 2
OPEN = (Kind.WHAT, Kind.HOW, Kind.LIST)
# Kinds of names that are asked for by a noun.
NAMED = ("agency", "company", "school", "ministry", "programme", "organisation", "fund")


def is_plainly_lacking(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether the best hits cannot answer a question, by the kind of thing that it asks for."""
    tests = TESTS if _is_taught(hits[0].row.document, desk) else (*TESTS, *OF_UNTAUGHT)
    return any(test(asked, hits, desk, language) for test in tests)


def _is_taught(document: Document, desk: Desk) -> bool:
    """Return whether a document has near-misses of its own, which teach what it does not say."""
    return desk.library.numbers[document.id] in desk.searcher.heads.wordings


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


TESTS = (
    _cell_gives_no_reason,
    _names_too_few,
    _is_of_progress,
    _is_of_other_years,
    lacks_attribute,
    names_nobody,
    only_counts,
)
OF_UNTAUGHT = (counts_nothing, compares_with_year, gives_no_reason)
