"""The answer that is searched for: sentences and fields that bear what is asked, or what is lacking."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answering.collecting.summary import part_told
from assistant.answering.collecting.told import named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.finding import Finding
from assistant.answering.plans.documents.saying import subject_of
from assistant.answering.seeking import Place, kin, place_of
from assistant.answering.support.answerability import best_document, has_near_misses, lacks_value
from assistant.answering.support.beside import is_broad, told_together
from assistant.answering.support.claims import BODIES, own_words, share_said
from assistant.answering.support.counted import counts_what_is_asked
from assistant.answering.support.lacking.kinds import cell_of_nothing_said, is_plainly_lacking, names_what_is_asked
from assistant.answering.support.lacking.subjects import (
    HALF,
    foreign_subject,
    section_without_word,
    subject_without_word,
)
from assistant.answering.support.refusal import Decision, sentence
from assistant.answering.support.repeated import (
    LOOKED_AT,
    asks_value,
    hits_told_first,
    only_repeats,
)
from assistant.answering.support.ties import settled
from assistant.answering.support.undecided import (
    LEFT_OPEN,
    claimed,
    lacks_payment,
    share_told,
    strange_places,
)
from assistant.answering.types import Status
from assistant.index.records import Row
from assistant.language.files import both, words_of
from assistant.language.kinds import Kind
from assistant.language.values import COUNTABLE, numbers, states, years
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import brief, subject_words
from assistant.understanding.documents.kinds import FILE
from assistant.understanding.request import Request

# A later turn that is believed so much to be answered gets an answer again.
SURE = 0.7
# A cell of the table of which nothing is said is the answer to what is asked openly where that is believed so much.
SURER = 0.85
# A sentence that counts, or names, the very thing asked for needs no more belief than this.
COUNTED, NAMED = 0.15, 0.1
SHOWN = 2  # places that stand closest to what is refused


def plan(request: Request, desk: Desk) -> Draft:
    """Search for the answer; say what is lacking where what was found does not bear the question."""
    found = desk.finder.find(request.message, request.language, request.history, request.only, request.home)
    return Searched(settled(found, request, desk), request, desk).draft()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found for a question, and whether that answers it."""

    finding: Finding
    request: Request
    desk: Desk

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.request.language

    def draft(self) -> Draft:
        """Answer, or refuse."""
        finding, language = self.finding, self.language
        decision = self._decide()
        if told := self._does_not_speak(decision):
            return self._refuse(decision, told)
        if (
            not decision.missing
            and decision.belief < HALF
            and (nowhere := subject_without_word(finding, self.request, self.desk))
        ):
            return self._refuse(replace(decision, missing=nowhere))
        if self._cell_is_empty():
            return self._refuse(replace(decision, belief=0.0))
        hits = hits_told_first(finding, self.request, language)
        draft = self.desk.composer.compose(finding.asked, hits, language, decision.answer)
        # A claim that the text contradicts is met by that, however little else speaks for the sentence.
        decided = bool(draft.verdict) and decision.on_topic and not decision.missing
        borne = (
            decision.answer or finding.plain or decided or asks_value(finding, self.request) or self._counts(decision)
        )
        if not borne or not draft.citations:
            return self._refuse(decision)
        if only_repeats(draft, decision.belief >= SURE, finding, self.request, self.desk):
            return self._refuse(replace(decision, on_topic=True))
        if (refused := self._of_open_claim(draft, decision)) is not None:
            return refused
        best = hits[0].row
        if is_broad(finding.asked, self.request.message, language) and (
            rows := told_together(finding.asked, hits, self.desk.analyzer, language)
        ):
            draft = Draft(language)
            part_told(draft, best.section, rows)
        draft.suggestions = self.desk.offers(best.document).follow_ups(best, language)
        return draft

    def _of_open_claim(self, draft: Draft, decision: Decision) -> Draft | None:
        """Refuse a claim that is neither confirmed nor denied where something of it stands nowhere, or hardly a word of
        it is said; None where there is nothing to refuse.
        """
        row, claim = self.finding.evidence.hits[0].row, claimed(self.finding.asked, self.language)
        if claim is None or draft.verdict:
            return None
        if lacks_payment(claim, row, self.desk.register(row.document)):
            return self._refuse(replace(decision, on_topic=True, belief=0.0))
        if self.request.history:
            return None
        if strange := strange_places(claim, row, self.desk):
            return self._refuse(replace(decision, on_topic=True, missing=strange))
        told = claim_of(self.finding.asked.clause, self.language) is not None and decision.belief < SURE
        if told and share_told(claim, row, self.desk, self.language) < LEFT_OPEN:
            return self._refuse(replace(decision, on_topic=True))
        return None

    def _does_not_speak(self, decision: Decision) -> str:
        """Say that the document that a question is of does not speak of its subject, and what is closest; "" where it
        does, or is believed to in other words.
        """
        said, desk, evidence = words_of(FILE, self.language), self.desk, self.finding.evidence
        match = said.asks["says of"].search(self.request.text)
        # What a document's own questions teach tells more than its words.
        taught = has_near_misses(evidence)
        if match is None or self.request.only is None or taught or decision.missing or decision.belief >= SURE:
            return ""
        subject = match["subject"].strip(" ?!.")
        asked = subject_of(subject, said)
        rows = desk.searcher.columns.rows_of_document(best_document(evidence))
        if not asked or desk.searcher.speaks_of(asked, self.language, rows):
            return ""
        return said.say("does not speak", subject=subject, section=named(evidence.hits[0].row.section, self.language))

    def _counts(self, decision: Decision) -> bool:
        """Return whether the best sentence states the number, or the names, of what is asked for, and little speaks
        against it.
        """
        best = wording(self.finding.evidence.hits[0].row, self.language)
        asked, row = self.finding.asked, self.finding.evidence.hits[0].row
        if not decision.on_topic or decision.missing or decision.belief < NAMED:
            return False
        named = names_what_is_asked(asked, row, self.desk.register(row.document), self.language)
        return named or (decision.belief >= COUNTED and counts_what_is_asked(asked, best, self.language))

    def _decide(self) -> Decision:
        """Decide whether to answer; a question that stays with the conversation is judged with its subject."""
        finding, refusal = self.finding, self.desk.refusal
        asked, context = finding.asked, finding.resolved.context
        claims = asked.yes_no or claim_of(asked.clause, self.language) is not None
        if not claims and (missing := refusal.missing(asked, best_document(finding.evidence))):
            talked = bool(context and finding.about and finding.means_them)
            return Decision(False, 0.0, True, missing, talked, tuple(set(missing) - set(refusal.missing(asked))))
        foreign_to_all = refusal.subject_is_foreign(asked.clause) or self._is_of_nothing()
        if context is None and not finding.about and foreign_to_all:
            return Decision(False, 0.0, on_topic=False)
        if context is not None and not claims and (foreign := foreign_subject(self.request, self.desk)):
            return Decision(False, 0.0, True, foreign)
        if self._is_lacking():
            return Decision(False, 0.0, on_topic=True)
        stays = place_of(finding.evidence.hits[0].row) in finding.about and brief(asked.clause)
        rows = self._rows_at(finding.about) if stays else []
        stays = stays and not refusal.brings_news(asked.clause, rows)
        stays = stays and not lacks_value(asked.kind, finding.evidence.hits[:2])
        if context is not None and stays:
            asked = replace(asked, clause=f"{asked.clause} {context.subject}")
        decision = refusal.decide(asked, finding.evidence, self.language, follow_up=stays or self._is_vouched_for())
        unsure = decision.answer and decision.belief < HALF and not self.request.history
        if unsure and section_without_word(finding, self.language, self.desk):
            return replace(decision, answer=False, belief=0.0)
        return decision

    def _is_vouched_for(self) -> bool:
        """Return whether the other parts of the same question are answered from where this part was found."""
        best, hits = self.finding.evidence.hits[0].row, self.finding.evidence.hits[:2]
        vouched = kin(self.request.home, [*self.request.vouched]) if self.request.vouched else frozenset()
        return place_of(best) in vouched and not lacks_value(self.finding.asked.kind, hits)

    def _is_of_nothing(self) -> bool:
        """Return whether a question of several documents names none of them and no subject ("when does it start?")."""
        several = self.request.only is None and len(self.desk.library.ids) > 1
        return several and not subject_words(self.request.message)

    def _is_lacking(self) -> bool:
        """Return whether it is plain that what is asked for is not told: who pays where no money is, an amount away
        from its subject, or, of what the conversation is about, another year or a value where there is none.
        """
        finding, asked = self.finding, self.finding.asked
        if asked.kind is Kind.PAYER:
            return lacks_value(asked.kind, finding.evidence.hits)
        if is_plainly_lacking(asked, finding.evidence.hits, self.desk, self.language):
            return True
        if not self.request.history and cell_of_nothing_said(asked, finding.evidence.hits, self.desk, self.language):
            return self.desk.refusal.belief(asked, finding.evidence, self.language) < SURER
        if asked.kind is Kind.AMOUNT and not asked.yes_no:
            # How much is asked of a subject that states no number at all, in its theme or in what elaborates it.
            best = finding.evidence.hits[0].row
            rows = self._rows_at(kin(best.document, [best.section.id]))
            if not any(states(asked.kind, row.span.quote) or numbers(row.span.quote) for row in rows):
                return True
        if finding.resolved.context is None:
            return False
        if asked.kind is Kind.DATE and self._is_of_another():
            return True
        if not (finding.means_them and finding.about):
            return False
        rows = self._rows_at(finding.about)
        if not years(asked.clause) <= years(" ".join(row.span.quote for row in rows)):
            return True
        return asked.kind in COUNTABLE and not any(states(asked.kind, row.span.quote) for row in rows)

    def _is_of_another(self) -> bool:
        """Return whether the date that was found is told of something else than a turn asks for: none of its words."""
        clause = self.finding.asked.clause
        dated = (hit.row for hit in self.finding.evidence.hits[:LOOKED_AT] if states(Kind.DATE, hit.row.span.quote))
        row = next(dated, None)
        idle = both("elliptic", "idle") | BODIES  # who did it tells nothing of what it was
        own = " ".join(word for word in own_words(clause) if not {word, _bare(word)} & idle)
        if row is None or not own:
            return False
        told = row.both
        return share_said(own, told, self.desk.analyzer, self.language, alike=True) == 0

    def _cell_is_empty(self) -> bool:
        """Return whether the actors or the next step of themes are asked for that have none."""
        finding, asked = self.finding, self.finding.asked
        if asked.kind not in (Kind.ACTORS, Kind.NEXT_STEP) or not (finding.means_them and finding.about):
            return False
        return not any(row.passage.field is asked.field for row in self._rows_at(finding.about))

    def _rows_at(self, places: frozenset[Place]) -> list[Row]:
        """Return all rows of some sections."""
        documents = {document for document, _ in places}
        rows = self.desk.library.rows
        return [row for each in sorted(documents) for row in rows(each) if place_of(row) in places]

    def _refuse(self, decision: Decision, told: str = "") -> Draft:
        """Say what is lacking, as it is `told` if it is; where the question can only mean certain sections, say it of
        the nearest of those.
        """
        finding, language, library = self.finding, self.language, self.desk.library
        about = finding.about if finding.means_them else frozenset()
        documents = {document for document, _ in about}
        hits = sorted(
            finding.evidence.hits, key=lambda hit: hit.document not in documents or place_of(hit.row) not in about
        )
        best = hits[0].row
        # A theme of which the question has no word is not what it is about.
        speaks = share_told(finding.asked.clause, best, self.desk, language) > 0
        decision = replace(decision, on_topic=(decision.on_topic and speaks) or bool(about))
        offers = self.desk.offers(best.document if decision.on_topic else self.request.home)
        draft = Draft(language, Status.NOT_IN_SOURCE)
        searched = len(library.ids) if self.request.only is None and not about else 1
        title = offers.document.title_in(language)
        lacks = told or sentence(finding.asked, hits, decision, language, title, self.desk.contact, searched)
        draft.remark(lacks)
        for hit in hits[:SHOWN]:
            draft.cite(hit.row)
        draft.missing = tuple(word for word in decision.missing if word not in decision.elsewhere)
        draft.suggestions = offers.follow_ups(best, language) if decision.on_topic else offers.suggestions(language)
        return draft


def _bare(word: str) -> str:
    """Return a word without the ending of a genitive."""
    return re.sub(r"['’]?s$", "", word)
