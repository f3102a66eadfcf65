"""Yes or no to a claim by the sentences that were found for it, and which of them decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.support.claims import as_written, share_said
from assistant.answering.support.judges import OTHER, decided
from assistant.answering.support.judges.cells import by_listed
from assistant.answering.support.judges.parties import by_other_of_kind
from assistant.answering.support.judges.stated import FOR_YES, Stated
from assistant.answering.support.verdict import heading_of, with_headings, yes_or_no
from assistant.corpus.register import Fact
from assistant.corpus.types import Field
from assistant.index.library import Library
from assistant.index.records import Row, section_rows
from assistant.index.search import Hit
from assistant.language.files import either, words_of
from assistant.language.phrases import phrase
from assistant.language.values import in_digits
from assistant.language.words import Analyzer, words
from assistant.understanding.claim import affirmed, claim_of, plain
from assistant.understanding.question import Asked
from assistant.understanding.sections import called

LOOKED_AT = 12  # hits among which a sentence is sought that decides


class Decider:
    """Decides claims, and questions that expect yes or no, by sentences of the library."""

    def __init__(self, library: Library, analyzer: Analyzer) -> None:
        self.library, self.glossary, self.analyzer = library, library.glossary, analyzer

    def decide(self, asked: Asked, hits: Sequence[Hit], language: str, believed: bool) -> tuple[str, Sequence[Hit]]:
        """Return yes or no in words with the hits, the one that decides in front; "" where none was asked for, or none
        decides.

        What was found first may only be what the claim begins with: "all 3,900 jobs go to the region".
        """
        first = self._stated(asked, hits[0].row, language, believed)
        if first is None:
            return "", hits
        if said := self._judged(asked, first):
            return phrase(said, language), hits
        for hit in hits[1:LOOKED_AT]:
            if not _of_one_theme(hit, hits[0]) or hit.row.passage.field is Field.ACTORS:
                continue
            other = self._stated(asked, hit.row, language, believed=False)
            said = self._judged(asked, other) if other else None
            if said and other and (said == "yes" or _contradicts(other, first)):
                return phrase(said, language), [hit, *(each for each in hits if each is not hit)]
        return "", hits

    def _stated(self, asked: Asked, row: Row, language: str, believed: bool) -> Stated | None:
        """Return the claim of a question beside a sentence; None where neither yes nor no was asked for."""
        claim = claim_of(asked.clause, language)
        doubted = words_of("claim", language).asks["doubted"].search(asked.clause.lower())
        if doubted or not (asked.yes_no or claim):
            return None
        clause = plain(asked.clause if claim is None else claim, language)
        clause = as_written(clause, self._words_around(row, language), language)
        if believed and in_digits(row.span.quote, "da") == row.span.quote:  # what is written in words is said so
            clause = in_digits(clause, language)
        asked_in = self.library.asked_in(row.document.id).get(row.span.id, {}).get(language, "")
        return Stated(clause, row, self._register(row), self.analyzer, language, believed, asked_in)

    def _judged(self, asked: Asked, stated: Stated) -> str | None:
        """Return "yes" or "no" to a claim, the other to one that denies; None where its sentence does not decide."""
        instead = words_of("claim", stated.language).asks["instead"].search(stated.claim)
        if instead:
            return self._judged_but_for(instead.group(), asked, stated)
        denied = affirmed(stated.claim, stated.language)
        if denied and either("claim", "alone").search(denied.lower()):
            return None  # "not only"
        if denied:
            said = self._judged_plain(asked, stated.claiming(denied))
            return OTHER[said] if said else None
        return self._judged_plain(asked, stated)

    def _judged_but_for(self, other: str, asked: Asked, stated: Stated) -> str | None:
        """Return "yes" or "no" to a claim of one thing "and not of another"; None where the sentence has the other."""
        said = self._judged_plain(asked, stated.claiming(stated.claim.replace(other, " ")))
        there = share_said(other, stated.sentence, self.analyzer, stated.language, alike=True)
        return None if said == "yes" and there else said

    def _judged_plain(self, asked: Asked, stated: Stated) -> str | None:
        if stated.row.passage.field is Field.ACTORS:
            return self._listed(stated)
        judged = decided(stated)
        if judged == "no":
            return judged
        clause = replace(asked, clause=stated.claim)
        said = yes_or_no(clause, stated.row, self.analyzer, stated.language)
        if said == "yes" and not stated.in_order:
            said = None  # what is said of one name may be claimed of the other
        said = said or judged or ("yes" if stated.in_words_of_questions else None)
        return None if said == "yes" and (stated.of_one_of_two or stated.of_a_place_apart) else said

    def _listed(self, stated: Stated) -> str | None:
        """Return whether the bodies of a claim are listed in the section, where the claim is about what it is about."""
        section = stated.row.section
        said = by_listed(
            stated.claim, " ".join(s.quote for s in section.field(Field.ACTORS)), self.glossary, stated.language
        )
        themes = {each.theme or each.id for each in called(stated.claim, self.library.called(stated.row.document.id))}
        if said is None or themes:
            return said if themes == {section.theme or section.id} else None
        told = " ".join(row.both for row in section_rows(stated.row.document, section))
        told = f"{heading_of(stated.row, stated.language)} {told}"
        return said if share_said(stated.claim, told, self.analyzer, stated.language) else None

    def _words_around(self, row: Row, language: str) -> list[str]:
        """Return the words that a claim may have meant: those of a sentence and above it, and of the names."""
        named = " ".join(form for fact in self._register(row) for form in fact.forms)
        return words(f"{with_headings(row, language)} {named}")

    def _register(self, row: Row) -> Sequence[Fact]:
        return self.library.register(row.document.id)


def _of_one_theme(hit: Hit, other: Hit) -> bool:
    """Return whether two hits stand in one theme, or in what elaborates it."""
    theme, same = (each.row.section.theme or each.row.section.id for each in (hit, other))
    return hit.document == other.document and theme == same


def _contradicts(other: Stated, first: Stated) -> bool:
    """Return whether a sentence contradicts a claim where the first one does not speak of what the claim names: it has
    the name, and another number; or it tells of another one of the kind.
    """
    if first.names_fit or other.share < FOR_YES:
        return False
    return bool(other.numbers and other.names_fit) or by_other_of_kind(other) is not None
