"""Ask the agreement: language, follow-up, search, refusal and answer, in that order."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import refusal
from assistant.answering.abbreviations import asked_short_form
from assistant.answering.across import across
from assistant.answering.compose import Composer, named
from assistant.answering.conversation import Context, Resolved, inherited, last_context, leans, resolve, subject_words
from assistant.answering.draft import citation_of
from assistant.answering.language import OTHER, detect
from assistant.answering.phrases import phrase
from assistant.answering.question import Asked, Kind, asking_clause, kind_of, understand
from assistant.answering.references import Reference, find_reference
from assistant.answering.smalltalk import smalltalk
from assistant.answering.types import LANGUAGES, MOST_CHARACTERS, Answer, Citation, Question, Status, Turn
from assistant.answering.values import TYPED_VALUES
from assistant.corpus import Corpus
from assistant.corpus.glossary import Entry
from assistant.corpus.types import Document, Field, Section, SectionKind
from assistant.errors import QuestionError
from assistant.index.build import Sources, check_index
from assistant.index.built import BuiltIndex, load_built
from assistant.index.embedder import Embedder, load_embedder
from assistant.index.search import Evidence, Hit, Query, Row
from assistant.index.store import Generation

PERSONAL = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[- ]?\d{4}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# How much belief a section gains that the question names, and how much a sentence loses that was just told.
NAMED_GAIN = 12.0
TOLD, TOLD_LEANING = 1.0, 4.5
TYPED, TYPED_LEANING = 1.0, 4.0


class Assistant:
    """Answers questions from one built index. Keeps nothing between questions; safe for threads."""

    def __init__(self, built: BuiltIndex, contact: str = "") -> None:
        self.built, self.contact = built, contact
        self.corpus: Corpus = built.corpus
        self.version: str = built.version
        self.searcher = built.searcher
        self.composer = Composer(built.searcher.rows, built.corpus.glossary)
        self.refusal = refusal.Refusal.of(built)

    @classmethod
    def open(
        cls, settings: Sources, embedder: Embedder | None = None, generation: Generation | None = None
    ) -> Assistant:
        """Open the index in service, or a given verified generation. Raises errors of the index and the model."""
        generation = generation or check_index(settings)
        built = load_built(generation, embedder or load_embedder(settings.model))
        return cls(built, str(getattr(settings, "contact", "") or ""))

    @property
    def document(self) -> Document:
        """The document that numbers such as "tema 7" refer to."""
        return self.corpus.documents[0]

    def ask(self, question: Question) -> Answer:
        """Answer a question. Raises QuestionError where it cannot be taken as sent."""
        text = checked(question.message)
        # No earlier question was longer than a question may be; more would only cost time.
        history = tuple(replace(turn, content=turn.content[:MOST_CHARACTERS]) for turn in question.history)
        question = replace(question, history=history)
        language = self._language(text, question)
        if language == OTHER:
            return self._unsupported(question)
        if kind := smalltalk(text):
            return self._smalltalk(kind, language)
        if not any(character.isalpha() for character in text):
            example = self.suggestions(language)[0]
            return Answer(
                Status.CLARIFY,
                language,
                phrase("no words", language, example=example),
                (),
                (),
                self.suggestions(language),
            )
        return self._answer(text, language, question.history)

    def suggestions(self, language: str) -> tuple[str, ...]:
        """Return opening questions that the document answers."""
        themes = [section for section in self.document.sections if section.kind is SectionKind.THEME]
        chosen = sorted(themes, key=lambda section: -(section.end - section.start))[:3] or list(
            self.document.sections[:3]
        )
        keys = ("ask overview", "ask next", "ask actors")
        return tuple(_ask(key, section, language) for key, section in zip(keys, chosen, strict=False))

    def _language(self, text: str, question: Question) -> str:
        if question.language in LANGUAGES:
            return question.language
        asked = (turn.content for turn in reversed(question.history) if turn.role == "user")
        told = (detect(content, "", self.built.ranking.vocabulary) for content in asked)
        earlier = next((found for found in told if found in LANGUAGES), "da")
        return detect(text, earlier, self.built.ranking.vocabulary)

    def _unsupported(self, question: Question) -> Answer:
        nordic = re.search(r"[æøåäö]|\b(och|och|inte|ikke|vad|hva|jag|jeg)\b", question.message.lower())
        language = "da" if nordic else "en"
        return Answer(
            Status.UNSUPPORTED_LANGUAGE,
            language,
            phrase("unsupported", language),
            suggestions=self.suggestions(language),
        )

    def _smalltalk(self, kind: str, language: str) -> Answer:
        text = (
            phrase(kind, language, document=self._short_title(language))
            if kind in ("hello", "about")
            else phrase(kind, language)
        )
        return Answer(Status.SMALLTALK, language, text, suggestions=self.suggestions(language))

    def _short_title(self, language: str) -> str:
        return self.document.short_title if language == "da" else self.document.short_title_en

    def _answer(self, text: str, language: str, history: Sequence[Turn]) -> Answer:
        reference = find_reference(asking_clause(text, language), self.document)
        if reference and not reference.sections:
            return self._unknown(reference, language)
        if reference and reference.ambiguous and leans(reference.rest.lower(), language):
            return self._ambiguous(reference, language)
        if entry := asked_short_form(text, language, self.corpus.glossary):
            return self._short_form(entry, language)
        listed = across(text, language, self.document, self.searcher.rows, self.corpus.glossary)
        if listed and listed.citations and not reference:
            return listed.answer(self.suggestions(language))
        context = self._context(history, language)
        resolved = resolve(text, language, None if reference else context)
        if reference and context and leans(reference.rest.lower(), language):
            resolved = replace(resolved, kind=inherited(reference.rest, language, context))
        asked = self._understand(resolved, language)
        evidence = self._search(asked, language, resolved, reference)
        if reference and len(reference.sections) == 1 and not reference.sections[0].passages:
            return self._empty_annex(reference.sections[0], language)
        # A theme that is named by its number, and little else, is on record: there is nothing to doubt.
        plain = reference is not None and leans(reference.rest.lower(), language)
        decision = self._decide(asked, evidence, language, resolved, reference)
        if not decision.answer and not plain:
            return self._refuse(asked, evidence, decision, language)
        draft = self.composer.compose(asked, evidence.hits, language, decision.belief)
        if not draft.citations:
            return self._refuse(asked, evidence, decision, language)
        return draft.answer(self._follow_ups(evidence.hits[0].row, language))

    def _understand(self, resolved: Resolved, language: str) -> Asked:
        """Understand a question; where its words do not tell the kind, typing errors may have hidden it."""
        asked = understand(resolved.text, language)
        if resolved.kind is not None:
            return replace(asked, kind=resolved.kind)
        if asked.kind is Kind.WHAT:
            return replace(asked, kind=kind_of(self.searcher.analyzer.repaired(asked.clause), language))
        return asked

    def _short_form(self, entry: Entry, language: str) -> Answer:
        """Say what a short form stands for in general, or that nobody should guess, and show where it stands."""
        meaning = entry.da if language == "da" else entry.en
        text = phrase("short form" if entry.known else "short initials", language, name=entry.short, meaning=meaning)
        rows = [
            row for row in self.searcher.rows if re.search(rf"(?<!\w){re.escape(entry.short)}(?!\w)", row.span.quote)
        ]
        closest = [c for n, row in enumerate(rows[:3], 1) if (c := citation_of(row, n))]
        return Answer(Status.NOT_IN_SOURCE, language, text, (), tuple(closest), self.suggestions(language))

    def _context(self, history: Sequence[Turn], language: str) -> Context | None:
        """Return what the conversation is about; sections that the client did not send are searched for again."""
        context = last_context(history, language)
        if context is None or context.sections:
            return context
        spoken = detect(context.question, language, self.built.ranking.vocabulary)
        spoken = spoken if spoken in LANGUAGES else language
        asked = understand(context.question, spoken)
        hit = self.searcher.search(Query(asked.clause, spoken, asked.field)).hits[0]
        return replace(context, sections=(hit.row.section.id,))

    def _search(self, asked: Asked, language: str, resolved: Resolved, reference: Reference | None) -> Evidence:
        """Search; a sentence that states a value of the kind asked for gains, most where little else is said."""
        evidence = self._look(asked, language, resolved, reference)
        gain = TYPED_LEANING if resolved.leans or reference else TYPED
        find = TYPED_VALUES.get(asked.kind)
        if find is None:
            return evidence
        hits = [replace(hit, score=hit.score + gain * bool(find(hit.row.span.quote, "da"))) for hit in evidence.hits]
        return replace(evidence, hits=_ranked(hits))

    def _look(self, asked: Asked, language: str, resolved: Resolved, reference: Reference | None) -> Evidence:
        """Search, leaning on the sections of the conversation or on those that the question names."""
        field = asked.field
        context = resolved.context
        text = asked.clause
        if reference:
            return lifted(
                self.searcher.search(Query(text, language, field)), self._kin(reference.sections), NAMED_GAIN, field
            )
        if context is None:
            return self.searcher.search(Query(text, language, field))
        sections = [section for section in self.document.sections if section.id in context.sections]
        evidence = self._leaning(asked, context, language) if resolved.leans else None
        evidence = evidence or self.searcher.search(Query(text, language, field))
        told = TOLD_LEANING if resolved.leans and asked.kind not in TYPED_VALUES else TOLD
        return lifted(evidence, self._kin(sections), resolved.gain, field, context.told, told)

    def _leaning(self, asked: Asked, context: Context, language: str) -> Evidence | None:
        """Search with the old subject added: alone where a question has no words of its own, else beside itself.

        None where the field or the value asked for finds its way without: the subject would bring up what was told.
        """
        if asked.field or (asked.kind in TYPED_VALUES and asked.kind is not Kind.PLACE):
            return None
        joined = self.searcher.search(Query(f"{asked.clause} {context.subject}", language))
        if not subject_words(asked.clause):
            return joined
        alone = self.searcher.search(Query(asked.clause, language))
        scores = {hit.row.key: hit.score for hit in joined.hits}
        hits = [replace(hit, score=(hit.score + scores[hit.row.key]) / 2) for hit in alone.hits]
        return replace(alone, hits=_ranked(hits))

    def _decide(
        self, asked: Asked, evidence: Evidence, language: str, resolved: Resolved, reference: Reference | None
    ) -> refusal.Decision:
        """Decide whether to answer; a question that stays with the conversation is judged with its subject."""
        context = resolved.context
        stays = False
        if context is not None:
            sections = [section for section in self.document.sections if section.id in context.sections]
            stays = evidence.hits[0].row.section.id in self._kin(sections)
        if context is not None and stays:
            asked = replace(asked, clause=f"{asked.clause} {context.subject}")
        return self.refusal.decide(asked, evidence, language, follow_up=stays or reference is not None)

    def _kin(self, sections: Sequence[Section]) -> set[str]:
        """Return the ids of sections with the annex parts and themes that belong to them."""
        ids = {section.id for section in sections} | {section.theme for section in sections if section.theme}
        return {str(each) for each in ids} | {s.id for s in self.document.sections if s.theme in ids}

    def _refuse(self, asked: Asked, evidence: Evidence, decision: refusal.Decision, language: str) -> Answer:
        closest = [c for n, hit in enumerate(evidence.hits[:2], 1) if (c := citation_of(hit.row, n))]
        text = refusal.sentence(
            asked, evidence.hits[0].row, decision, language, self._short_title(language), self.contact
        )
        suggestions = (
            self._follow_ups(evidence.hits[0].row, language) if decision.on_topic else self.suggestions(language)
        )
        return Answer(Status.NOT_IN_SOURCE, language, text, (), tuple(closest), suggestions)

    def _ambiguous(self, reference: Reference, language: str) -> Answer:
        """Explain why a number is ambiguous and offer both readings."""
        if reference.name == "annex":
            part, other = reference.sections[0], reference.sections[1]
            theme = self.document.section(part.theme or part.id)
            text = phrase(
                "clarify annex",
                language,
                reference=reference.words,
                theme=named(theme, language),
                other=named(other, language),
            )
        else:
            readings = [_reading(section, language) for section in reference.sections]
            joined = f" {phrase('and', language)} ".join(("; ".join(readings[:-1]), readings[-1]))
            text = phrase("clarify number", language, reference=reference.words, readings=joined)
        return Answer(
            Status.CLARIFY,
            language,
            text,
            closest=self._first_spans(reference.sections),
            suggestions=tuple(
                _ask("ask annex" if section.kind is SectionKind.ANNEX else "ask overview", section, language)
                for section in reference.sections
            ),
        )

    def _unknown(self, reference: Reference, language: str) -> Answer:
        themes = [section for section in self.document.sections if section.kind is SectionKind.THEME]
        labels = [section.label if language == "da" else section.label_en for section in themes]
        choice = ", ".join(labels) or self._short_title(language)
        text = phrase("no such", language, reference=reference.words, choice=choice)
        return Answer(
            Status.NOT_IN_SOURCE, language, text, (), self._first_spans(themes[:2]), self.suggestions(language)
        )

    def _empty_annex(self, section: Section, language: str) -> Answer:
        theme = self.document.section(section.theme or self.document.sections[0].id)
        label, title = (section.label, section.title) if language == "da" else (section.label_en, section.title_en)
        text = phrase("empty annex", language, label=label, title=title, theme=named(theme, language)) + "."
        return Answer(
            Status.NOT_IN_SOURCE,
            language,
            text,
            (),
            self._first_spans([theme]),
            self._follow_ups(self._row_of(theme), language),
        )

    def _row_of(self, section: Section) -> Row:
        return next(row for row in self.searcher.rows if row.section is section)

    def _first_spans(self, sections: Sequence[Section]) -> tuple[Citation, ...]:
        rows = [next((row for row in self.searcher.rows if row.section.id == section.id), None) for section in sections]
        found = [citation_of(row, n) for n, row in enumerate((row for row in rows if row), 1)]
        return tuple(citation for citation in found if citation)

    def _follow_ups(self, row: Row, language: str) -> tuple[str, ...]:
        """Return questions about the same theme whose answers stand in other fields."""
        section = row.document.section(row.section.theme) if row.section.theme else row.section
        if section.kind is not SectionKind.THEME:
            return self.suggestions(language)
        fields = {Field.NEXT_STEP: "ask next", Field.ACTORS: "ask actors", Field.BACKGROUND: "ask overview"}
        return tuple(
            _ask(key, section, language)
            for field, key in fields.items()
            if section.field(field) and not (field is row.passage.field and section is row.section)
        )


def checked(message: str) -> str:
    """Return a message in composed form (NFC) without invisible characters. Raises QuestionError."""
    if len(message) > MOST_CHARACTERS:
        raise QuestionError("too_long")
    if any("\ud800" <= character <= "\udfff" for character in message):
        raise QuestionError("surrogates")
    if CONTROL.search(message):
        raise QuestionError("control_characters")
    visible = "".join(c for c in message if unicodedata.category(c) != "Cf" or c == "\u00ad")
    text = " ".join(unicodedata.normalize("NFC", visible.replace("\u00ad", "")).split())
    if not text:
        raise QuestionError("empty")
    if PERSONAL.search(text):
        raise QuestionError("personal_data")
    return text


def lifted(
    evidence: Evidence, sections: set[str], gain: float, field: Field | None, said: str = "", loss: float = 0.0
) -> Evidence:
    """Return the evidence with the hits of some sections lifted, those of the asked field most.

    Sentences that the last answer told already are lowered: who asks on wants to hear something else.
    """

    def score(hit: Hit) -> float:
        kin = hit.row.section.id in sections
        lift = gain * kin + gain * (kin and field is not None and hit.row.passage.field is field)
        told = kin and any(
            words.rstrip(".") in said for words in (hit.row.span.quote, hit.row.span.translation) if words
        )
        return hit.score + lift - loss * told

    return replace(evidence, hits=_ranked([replace(hit, score=score(hit)) for hit in evidence.hits]))


def _ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    best = max(hit.score for hit in hits)
    powers = [math.exp(hit.score - best) for hit in hits]
    total = sum(powers)
    shared = [replace(hit, share=power / total) for hit, power in zip(hits, powers, strict=True)]
    return tuple(sorted(shared, key=lambda hit: -hit.score))


def _ask(key: str, section: Section, language: str) -> str:
    label, title = (section.label, section.title) if language == "da" else (section.label_en, section.title_en)
    return phrase(key, language, label=label, title=re.sub(r"\s*\([^)]*\)\s*$", "", title))


def _reading(section: Section, language: str) -> str:
    label, title = (section.label, section.title) if language == "da" else (section.label_en, section.title_en)
    key = "row reading" if section.row else "reading"
    return phrase(key, language, row=section.row, label=label, title=title)
