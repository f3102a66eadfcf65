"""Ask the agreement: language, follow-up, search, refusal and answer, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.combined import combined
from assistant.answering.compose import Composer
from assistant.answering.desk import Desk
from assistant.answering.draft import citation_of
from assistant.answering.finding import Finder, Finding
from assistant.answering.follow_ups import FollowUps
from assistant.answering.offers import Offers
from assistant.answering.plans import about_assistant, first_draft
from assistant.answering.plans.across import across
from assistant.answering.seeking import Place, Seeker, kin, place_of
from assistant.answering.support import refusal
from assistant.answering.support.answerability import lacks_value
from assistant.answering.support.decided import claim_of
from assistant.answering.types import Answer, Status
from assistant.corpus.register import facts_named
from assistant.corpus.types import Document
from assistant.errors import QuestionError
from assistant.index.build import Sources, check_index
from assistant.index.built import BuiltIndex, load_built
from assistant.index.embedder import Embedder, load_embedder
from assistant.index.library import Library
from assistant.index.records import Row
from assistant.index.store import Generation
from assistant.language.detection import OTHER, detect, nearest
from assistant.language.files import LANGUAGES
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.language.values import COUNTABLE, states, years
from assistant.understanding.abbreviations import asked_short_form
from assistant.understanding.conversation import (
    brief,
    leans,
    questions_of,
)
from assistant.understanding.elliptic import another, pointed, with_earlier
from assistant.understanding.intake import checked
from assistant.understanding.parts import parts_of_question
from assistant.understanding.question import asking_clause
from assistant.understanding.references import Reference
from assistant.understanding.request import Request
from assistant.understanding.sections import numbered
from assistant.understanding.slips import written_out
from assistant.understanding.smalltalk import smalltalk
from assistant.understanding.types import MOST_CHARACTERS, Question, Turn

# An answer is longer than a question may be; more than this of an earlier turn would only cost time.
MOST_OF_A_TURN = 4000


class Assistant:
    """Answers questions from one built index. Keeps no question between calls; safe for threads."""

    def __init__(self, built: BuiltIndex, contact: str = "") -> None:
        self.built, self.contact = built, contact
        self.library: Library = built.library
        self.version: str = built.version
        self.searcher = built.searcher
        self.finder = Finder(built, Seeker(built.searcher, FollowUps.load(built.generation.folder / "ranking")))
        self.composer = Composer(built.library, built.searcher.analyzer)
        self.refusal = refusal.Refusal.of(built)
        self.desk = Desk(built.searcher, contact)

    @classmethod
    def open(
        cls, settings: Sources, embedder: Embedder | None = None, generation: Generation | None = None
    ) -> Assistant:
        """Open the index in service, or a given verified generation. Raises errors of the index and the model."""
        generation = generation or check_index(settings)
        built = load_built(generation, embedder or load_embedder(settings.model))
        return cls(built, str(getattr(settings, "contact", "") or ""))

    def offers(self, document: str | None = None) -> Offers:
        """Return what can be offered of a document: the one named, else the first."""
        identity = document or self.library.ids[0]
        return Offers(self.library.document(identity), self.library.rows(identity))

    def ask(self, question: Question) -> Answer:
        """Answer a question. Raises QuestionError where it cannot be taken as sent."""
        text = checked(question.message)
        if question.document is not None and question.document not in self.library.numbers:
            raise QuestionError("no_such_document", "document")
        question = replace(question, history=tuple(_shortened(turn) for turn in question.history))
        language = self._language(text, question)
        offers = self.offers(question.document or self.library.named_in(text))
        if language == OTHER:
            return self._unsupported(text)
        text = written_out(text, language)
        if kind := smalltalk(text):
            told = phrase(kind, language, document=offers.title(language))
            return Answer(Status.SMALLTALK, language, told, suggestions=offers.suggestions(language))
        if not any(character.isalpha() for character in text):
            told = phrase("no words", language, example=offers.suggestions(language)[0])
            return Answer(Status.CLARIFY, language, told, suggestions=offers.suggestions(language))
        request = self._request(text, language, question.history, offers.document, question.document)
        if spoken := about_assistant.plan(request, self.desk):
            return spoken.answer(offers.suggestions(language))
        text = self._completed(text, language, question.history, offers.document)
        if several := self._parts(text, language, question.history, offers, question.document):
            return several
        return self._answer(text, language, question.history, offers, question.document)

    def suggestions(self, language: str) -> tuple[str, ...]:
        """Return opening questions that the first document answers."""
        return self.offers().suggestions(language)

    def _language(self, text: str, question: Question) -> str:
        if question.language in LANGUAGES:
            return question.language
        asked = reversed(questions_of(question.history))
        told = (detect(content, "", self.built.ranking.vocabulary) for content in asked)
        earlier = next((found for found in told if found in LANGUAGES), "da")
        return detect(text, earlier, self.built.ranking.vocabulary)

    def _unsupported(self, text: str) -> Answer:
        language = nearest(text)
        told = phrase("unsupported", language)
        return Answer(Status.UNSUPPORTED_LANGUAGE, language, told, suggestions=self.suggestions(language))

    def _answer(
        self, text: str, language: str, history: Sequence[Turn], offers: Offers, document: str | None
    ) -> Answer:
        reference = self.finder.reference(text, language, history, offers.document)
        request = self._request(text, language, history, offers.document, document)
        if planned := self._planned(request, reference, offers):
            return planned
        if offer := self._offer(text, language, reference, request.earlier, offers):
            return offer
        finding = self.finder.find(text, language, history, document)
        asked, evidence = finding.asked, finding.evidence
        decision = self._decide(finding, language)
        if self._cell_is_empty(finding):
            return self._refuse(finding, replace(decision, belief=0.0), language)
        draft = self.composer.compose(asked, evidence.hits, language)
        # A claim that the text contradicts is met by that, however little else speaks for the sentence.
        decided = bool(draft.verdict) and decision.on_topic and not decision.missing
        if not (decision.answer or finding.plain or decided) or not draft.citations:
            return self._refuse(finding, decision, language)
        best = evidence.hits[0].row
        return draft.answer(self.offers(best.document.id).follow_ups(best, language))

    def _completed(self, text: str, language: str, history: Sequence[Turn], document: Document) -> str:
        """Return a short turn made whole by what was asked or listed before it."""
        earlier = questions_of(history)
        if not earlier:
            return text
        lists = (turn.sections for turn in reversed(history) if turn.role == "assistant")
        listed = next((sections for sections in lists if len(sections) > 1), ())
        return another(text, language, earlier, self._names) or pointed(text, language, listed, document)

    def _names(self, text: str) -> list[str]:
        """Return the names of the glossary and the first document that a text says, as it writes them."""
        written = [entry.short for entry in self.library.glossary if entry.stands_in(text)]
        facts = facts_named(text, self.library.register(self.library.ids[0]))
        lowered = text.lower()
        spans = [(lowered.find(form.lower()), form) for fact in facts for form in fact.forms]
        return [*written, *(text[at : at + len(form)] for at, form in sorted(spans) if at >= 0)]

    def _parts(
        self, text: str, language: str, history: tuple[Turn, ...], offers: Offers, document: str | None
    ) -> Answer | None:
        """Answer the parts of a question one after another, each at its place in the conversation."""
        parts = parts_of_question(text, language)
        if len(parts) < 2:
            return None
        answers: list[Answer] = []
        for part in parts:
            answers.append(self._answer(part, language, history, offers, document))
            cited = dict.fromkeys(c.section for c in (*answers[-1].citations, *answers[-1].closest))
            history = (*history, Turn("user", part), Turn("assistant", answers[-1].text, tuple(cited)))
        refused = [answer.status is not Status.ANSWERED for answer in answers]
        # What hangs on a first part that is not answered is not answered either.
        if refused[0] and any(brief(part) and not no for part, no in zip(parts[1:], refused[1:], strict=True)):
            return None
        return combined(parts, answers, language)

    def _request(self, text: str, language: str, history: Sequence[Turn], home: Document, only: str | None) -> Request:
        talked = next((turn.sections for turn in reversed(history) if turn.role == "assistant" and turn.sections), ())
        clause = asking_clause(text, language)
        return Request(clause, language, home, only, numbered(clause, home), tuple(questions_of(history)), talked)

    def _planned(self, request: Request, reference: Reference | None, offers: Offers) -> Answer | None:
        """Answer by the first plan that can, unless it is not clear what is referred to."""
        unclear = reference is not None and (not reference.sections or reference.ambiguous)
        if unclear and len(request.sections) < 2:
            return None
        draft = first_draft(request, self.desk)
        for whole in with_earlier(request.text, request.language, request.earlier) if draft is None else ():
            draft = draft or first_draft(replace(request, text=whole, talked=()), self.desk)
        return draft.answer(offers.suggestions(request.language)) if draft else None

    def _cell_is_empty(self, finding: Finding) -> bool:
        """Return whether the actors or the next step of themes are asked for that have none."""
        asked = finding.asked
        if asked.kind not in (Kind.ACTORS, Kind.NEXT_STEP) or not (finding.means_them and finding.about):
            return False
        return not any(row.passage.field is asked.field for row in self._rows_at(finding.about))

    def _rows_at(self, places: frozenset[Place]) -> list[Row]:
        """Return all rows of some sections."""
        documents = {document for document, _ in places}
        return [row for each in sorted(documents) for row in self.library.rows(each) if place_of(row) in places]

    def _offer(
        self, text: str, language: str, reference: Reference | None, earlier: Sequence[str], offers: Offers
    ) -> Answer | None:
        """Answer what needs no search: an unknown, ambiguous or empty part, a short form, a list over all themes."""
        if reference and not reference.sections:
            return offers.unknown(reference, language)
        if reference and reference.ambiguous and leans(reference.rest.lower(), language):
            return offers.ambiguous(reference, language)
        if reference and len(reference.sections) == 1 and not reference.sections[0].passages:
            return offers.empty(reference.sections[0], language)
        last, glossary = earlier[-1] if earlier else "", self.library.glossary
        if entry := asked_short_form(text, language, glossary, last):
            return offers.short_form(entry, language)
        listed = across(text, language, offers.document, offers.rows, glossary, last)
        return listed.answer(offers.suggestions(language)) if listed and listed.citations and not reference else None

    def _decide(self, finding: Finding, language: str) -> refusal.Decision:
        """Decide whether to answer; a question that stays with the conversation is judged with its subject."""
        asked, context = finding.asked, finding.resolved.context
        claims = asked.yes_no or claim_of(asked.clause, language) is not None
        if not claims and (missing := self.refusal.missing(asked)):
            return refusal.Decision(False, 0.0, True, missing, bool(context and finding.about and finding.means_them))
        if context is None and not finding.about and self.refusal.subject_is_foreign(asked.clause):
            return refusal.Decision(False, 0.0, on_topic=False)
        if self._is_lacking(finding):
            return refusal.Decision(False, 0.0, on_topic=True)
        stays = place_of(finding.evidence.hits[0].row) in finding.about and brief(asked.clause)
        rows = self._rows_at(finding.about) if stays else []
        stays = stays and not self.refusal.brings_news(asked.clause, rows)
        stays = stays and not lacks_value(asked.kind, finding.evidence.hits[:2])
        if context is not None and stays:
            asked = replace(asked, clause=f"{asked.clause} {context.subject}")
        return self.refusal.decide(asked, finding.evidence, language, follow_up=stays)

    def _is_lacking(self, finding: Finding) -> bool:
        """Return whether it is plain that what is asked for is not told: who pays where no money is, or, of what the
        conversation is about, another year or a value where there is none.
        """
        asked = finding.asked
        if asked.kind is Kind.PAYER:
            return lacks_value(asked.kind, finding.evidence.hits)
        if asked.kind is Kind.AMOUNT and not asked.yes_no:
            # An amount asked of a subject must stand with that subject, in its theme or in what elaborates it.
            best = finding.evidence.hits[0].row
            rows = self._rows_at(kin(best.document, [best.section.id]))
            if not any(states(asked.kind, row.span.quote) for row in rows):
                return True
        if finding.resolved.context is None or not (finding.means_them and finding.about):
            return False
        rows = self._rows_at(finding.about)
        if not years(asked.clause) <= years(" ".join(row.span.quote for row in rows)):
            return True
        return asked.kind in COUNTABLE and not any(states(asked.kind, row.span.quote) for row in rows)

    def _refuse(self, finding: Finding, decision: refusal.Decision, language: str) -> Answer:
        """Say what is lacking; where the question can only mean certain sections, say it of the nearest of those."""
        about = finding.about if finding.means_them else frozenset()
        hits = sorted(finding.evidence.hits, key=lambda hit: place_of(hit.row) not in about)
        decision = replace(decision, on_topic=decision.on_topic or bool(about))
        offers = self.offers(hits[0].row.document.id if decision.on_topic else None)
        closest = [c for n, hit in enumerate(hits[:2], 1) if (c := citation_of(hit.row, n))]
        text = refusal.sentence(finding.asked, hits, decision, language, offers.title(language), self.contact)
        suggestions = offers.follow_ups(hits[0].row, language) if decision.on_topic else offers.suggestions(language)
        return Answer(Status.NOT_IN_SOURCE, language, text, (), tuple(closest), suggestions, decision.missing)


def _shortened(turn: Turn) -> Turn:
    most = MOST_CHARACTERS if turn.role == "user" else MOST_OF_A_TURN
    return replace(turn, content=turn.content[:most])
