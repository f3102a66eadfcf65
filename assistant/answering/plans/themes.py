"""Themes and annex parts by what they have, lack, or have most of; a negated question gets the complement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.conditions import Conditions
from assistant.answering.collecting.core import asks_summary
from assistant.answering.collecting.measures import Measures
from assistant.answering.collecting.numbered import FIELDS, Numbered
from assistant.answering.collecting.scope import FILE, Scope
from assistant.answering.collecting.steps import Condition
from assistant.answering.collecting.told import joined, label_of, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row
from assistant.language.files import words_of
from assistant.language.phrases import phrase
from assistant.understanding.claim import claim_of
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request
from assistant.understanding.sections import called, distinct


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer a question for the themes, or the annex parts, that have something, lack it, or have most of it."""
    if others := _others(request, desk):
        return others
    if words_of("overview", request.language).asks["adds"].search(request.lowered):
        return None  # what the annex adds is told by its sentences
    if (alone := _alone(request, desk)) is not None:
        return alone
    if asks_summary(request.lowered, request.language) and len(called(request.text, desk.called(request.home))) == 1:
        return None  # "a short account of the annex part on the green area"
    scope = Scope(request, desk)
    if not scope.asked():
        return scope.unclear() if scope.negated and desk.like(request) == "themes.which" else None
    if (numbered := Numbered(request, desk).condition()) is not None:
        return Listing(request, desk).answer(numbered)
    if measured := Measures(request, desk).measured():
        return measured
    listing = Listing(request, desk)
    condition = listing.condition()
    return listing.unclear() if condition is None else listing.answer(condition)


def _others(request: Request, desk: Desk) -> Draft | None:
    """List those that the last answer left out, where a turn asks for "the others" of a list of sections."""
    if not (
        request.earlier and words_of(FILE, request.language).asks["others"].fullmatch(request.lowered.strip(" ?.!"))
    ):
        return None
    listing = Listing(replace(request, text=request.last, message=request.last, talked=()), desk)
    if not listing.asked() or (condition := listing.condition()) is None:
        return None
    listing.negated = not listing.negated
    return listing.answer(condition)


def _alone(request: Request, desk: Desk) -> Draft | None:
    """Decide whether the one theme that a question names is the only one that has something, by listing all that do."""
    text = request.lowered
    claims = asks_yes_or_no(text, request.language) or claim_of(request.text, request.language)
    themes = distinct(request.home.theme_of(section) for section in request.sections)
    if len(themes) != 1 or not claims or not words_of(FILE, request.language).asks["only one"].search(text):
        return None
    label = label_of(themes[0], request.language)
    plural = words_of(FILE, request.language).say(
        "of all", rest=re.sub(re.escape(label), " ", request.text, flags=re.I)
    )
    listing = Listing(replace(request, text=plural, message=plural, sections=(), reference=None), desk)
    condition = None if listing.negated else listing.condition()
    met = (
        [(section, rows) for section in listing.sections if (rows := condition.shown_by(section))] if condition else []
    )
    if condition is None or not met:
        return None
    draft = Draft(request.language)
    draft.verdict = phrase("yes" if [section.id for section, _ in met] == [themes[0].id] else "no", request.language)
    return listing.told(draft, condition, met)


class Listing(Conditions):
    """Lists the sections that meet a condition, or that do not."""

    def answer(self, condition: Condition) -> Draft:
        """List the sections that meet a condition, or those that do not where the question is negated."""
        met = [(section, condition.shown_by(section)) for section in self.sections]
        if self.every:
            return self._of_every(condition, met)
        chosen = [(section, rows) for section, rows in met if bool(rows) is not self.negated]
        language = self.request.language
        if not chosen and self.negated and condition.key not in ("word", "sections"):
            return self._all_have_it(condition, met)
        if not chosen:
            draft = Draft(language, Status.NOT_IN_SOURCE)
            draft.remark(
                self.said.say("none of", name=condition.name) if condition.key == "word" else self.said.say("none")
            )
            draft.missing = (condition.name,) if condition.key == "word" and not self.negated else ()
            return draft
        draft = Draft(language)
        if self.counted is not None:
            draft.verdict = phrase("yes" if self.counted == len(chosen) else "no", language)
        elif self.of_them and self.negated and len(chosen) == len(met) and claim_of(self.request.text, language):
            draft.verdict = phrase("yes", language)  # "so none of them awaits anything"
        return self.told(draft, condition, chosen)

    def _all_have_it(self, condition: Condition, met: Sequence[tuple[Section, Sequence[Row]]]) -> Draft:
        """Say that none lacks what was asked for, and show that all have it."""
        draft = Draft(self.request.language)
        draft.remark(self.said.say("none"))
        self.negated = False
        return self.told(draft, condition, met)

    def _of_every(self, condition: Condition, met: Sequence[tuple[Section, Sequence[Row]]]) -> Draft:
        """Decide what is claimed of every section, of none, or not of all, by those of which it is not so."""
        self.negated = self.every != "none" and not (self.every == "all" and self.negated)
        other = [(section, rows) for section, rows in met if bool(rows) is not self.negated]
        draft = Draft(self.request.language)
        draft.verdict = phrase("yes" if bool(other) is (self.every == "not all") else "no", self.request.language)
        if not other:
            self.negated = not self.negated
        return self.told(draft, condition, other or met)

    def told(self, draft: Draft, condition: Condition, chosen: Sequence[tuple[Section, Sequence[Row]]]) -> Draft:
        """Say how many sections have, or lack, what was asked for, and which."""
        language = draft.language
        kind = "annex" if self.kind is SectionKind.ANNEX else "section"
        count = self.said.number(kind, len(chosen))
        told = (
            self.said.say(f"{'lacks' if self.negated else 'has'} {condition.key}", count=count, name=condition.name)
            if condition.name
            else self.said.say(f"{'lacks' if self.negated else 'has'} {condition.key}", count=count)
        )
        if self.of_all:  # nothing tells which "they" are
            every = "of every annex" if self.kind is SectionKind.ANNEX else "of every section"
            draft.remark(self.said.say(every, n=str(len(self.sections))))
        draft.remark(told[:1].upper() + told[1:])
        if condition.key == "annex" and self.negated:
            self._not_elaborated(draft, [section for section, _ in chosen])
            return draft
        for section, rows in chosen:
            if condition.key in ("sections", "text", "annex") or self.negated:
                shown = self._rows(section, Field.ACTORS) if self.negated and condition.key in ("actor", "only") else []
                self._item(draft, section, shown, language)
            elif condition.key == "number":
                self._item(draft, section, [row for row in rows if row.passage.field in FIELDS.values()], language)
            else:
                self._item(draft, section, rows[:2], language)
        return draft

    def _not_elaborated(self, draft: Draft, sections: Sequence[Section]) -> None:
        """List themes without text in the annex, those first that have not even a heading there, each with which."""
        language = self.request.language
        for section in sorted(sections, key=lambda each: bool(self.document.annexes(each.id))):
            parts = self.document.annexes(section.id)
            labels = [label_of(part, language) for part in parts]
            why = self.said.say("heading only", part=joined(labels, language)) if parts else self.said.say("no part")
            number = draft.cite_heading(self.document, parts[0] if parts else section)
            draft.item(self.said.say("item", section=named(section, language), values=why), number)
