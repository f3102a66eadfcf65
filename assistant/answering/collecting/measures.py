"""Which section has most or fewest of something."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from assistant.answering.collecting.scope import ASKS, NAMED_KINDS, Scope
from assistant.answering.collecting.told import joined, label_of
from assistant.answering.collecting.wanted import KINDS
from assistant.answering.draft import Draft
from assistant.corpus.register import AMOUNT, Fact, actors_in
from assistant.corpus.types import Field, Section, SectionKind
from assistant.language.files import words_of

# Letters from the start of a question within which it says what it asks for.
FRONT = 40
# What bounds a number from one side.
BOUNDS = ("above", "least", "below", "most")


class Measures(Scope):
    """Measures every section by what a question asks most or fewest of."""

    def measured(self) -> Draft | None:
        """Answer which section has most or fewest of something."""
        how = next((how for how in ("most", "fewest") if self._asks(how)), None)
        bound = self.said.asks["bound"].search(self.text)
        if self.every or (bound and any(bound[key] for key in BOUNDS)):
            return None  # "at least one" is no least
        if how is None or (self.kind is not SectionKind.THEME and not self.said.asks["length"].search(self.text)):
            return None
        short = self.said.asks["which actor"].search(self.text) or self.asks["short_form"].search(self.text[:FRONT])
        if short or (self.asks["actors"].search(self.text) and self._names_asked()):
            return self._actor(how)
        sizes = self._sizes()
        if sizes is None or not sizes[1]:
            return None
        key, by_section = sizes[0], {s.id: sizes[1][s.id] for s in self.sections if s.id in sizes[1]}
        if not by_section:
            return None
        best = (max if how == "most" else min)(by_section.values())
        chosen = [section for section in self.sections if by_section.get(section.id) == best]
        draft = Draft(self.request.language)
        shown = f"{best:g}"
        if key == "money":
            shown = next(f.called(self.request.language) for f in self.facts if f.kind == AMOUNT and f.value == best)
        labels = joined([label_of(section, self.request.language) for section in chosen], self.request.language)
        told = {"n": shown, "sections": labels}
        if key == "kind":
            told["what"] = words_of(ASKS, draft.language).say(f"kind {self._kind_counted}").partition("|")[2]
        draft.remark(self.said.say(f"{how} {key}", **told))
        for section in chosen:
            self._show(draft, section, key)
        return draft

    def _asks(self, how: str) -> bool:
        other = {"most": "largest", "fewest": "smallest"}[how]
        return bool(self.asks[how].search(self.text) or self.asks[other].search(self.text))

    def _names_asked(self) -> bool:
        """Return whether an actor is asked for, not the theme that has most of them."""
        kinds = ("ministry", "agency", "short_form", "initials", "body", "organisation")
        theme = self.asks["strict"].search(self.text)
        if theme and theme.start() < FRONT:
            return False  # "which theme has the most ministries or other actors?"
        return any(match.start() < FRONT for kind in kinds if (match := self.asks[kind].search(self.text)))

    def _actor(self, how: str) -> Draft:
        """Answer which actor stands in most, or fewest, sections, with those sections."""
        tally = Counter(name for section in self.sections for name in dict.fromkeys(actors_in(section)))
        best = (max if how == "most" else min)(tally.values())
        names = [name for name, count in tally.items() if count == best]
        draft = Draft(self.request.language)
        told = joined(names, self.request.language)
        draft.remark(self.said.say(f"{how} actor", names=told, n=str(best)))
        for section in self.sections:
            if set(names) & set(actors_in(section)):
                self._item(draft, section, self._rows(section, Field.ACTORS), self.request.language)
        return draft

    def _sizes(self) -> tuple[str, dict[str, float]] | None:
        """Return what is measured, and its size in every section."""
        if self.said.asks["money"].search(self.text):
            return "money", self._amounts()
        kinds = ("actors", "theme", "body", "public", "organisation", "association", "ministry")
        narrowed = self._narrows(*kinds) and self._beside_parties(*kinds)
        if self.asks["actors"].search(self.text) and not narrowed:
            return "actors", {section.id: len(actors_in(section)) for section in self.sections}
        if self.asks["step"].search(self.text):
            return "step", {section.id: len(section.field(Field.NEXT_STEP)) for section in self.sections}
        if kind := self._kind_counted:
            facts = [fact for fact in self.facts if fact.kind in KINDS[kind]]
            return "kind", {s.id: sum(s.id in fact.sections for fact in facts) for s in self.sections}
        if self.said.asks["length"].search(self.text):
            return "length", {s.id: sum(len(row.span.quote.split()) for row in self._rows(s)) for s in self.sections}
        return None

    @cached_property
    def _kind_counted(self) -> str | None:
        """Return the kind of names that a question counts in every section."""
        asked = (kind for kind in NAMED_KINDS if self.asks[kind].search(self.text))
        return next((kind for kind in asked if not self._narrowing(kind, "theme", "annex", "where")), None)

    def _amounts(self) -> dict[str, float]:
        """Return the largest amount of every theme that has one, in it or in what elaborates it."""
        found: dict[str, float] = {}
        for fact in self.facts:
            for section in fact.sections if fact.kind == AMOUNT and fact.value else ():
                theme = self.document.section(section).theme or section
                found[theme] = max(found.get(theme, 0.0), fact.value or 0.0)
        return found

    def _show(self, draft: Draft, section: Section, key: str) -> None:
        language = self.request.language
        if key == "money":
            fact = max(
                (f for f in self.facts if f.kind == AMOUNT and self._belongs(f, section)), key=lambda f: f.value or 0
            )
            rows = [row for m in fact.mentions if (row := self.desk.row(self.document, m.span))][:1]
        elif key == "kind":
            facts = [f for f in self.facts if f.kind in KINDS[self._kind_counted or ""]]
            rows = self._rows_naming(facts, section, None)
        else:
            field = {"actors": Field.ACTORS, "step": Field.NEXT_STEP}.get(key)
            rows = self._rows(section, field) if field else self._rows(section)[:1]
        self._item(draft, section, rows, language)

    def _belongs(self, fact: Fact, section: Section) -> bool:
        return any(section.id in (each, self.document.section(each).theme) for each in fact.sections)
