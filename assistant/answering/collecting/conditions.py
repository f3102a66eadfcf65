"""What a question asks that sections have: a name, a field, a kind of thing, a word, text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from assistant.answering.collecting.core import that_narrow
from assistant.answering.collecting.scope import ASKS, INITIALS, NAMED_KINDS
from assistant.answering.collecting.spoken import Spoken
from assistant.answering.collecting.steps import Condition
from assistant.answering.collecting.told import joined
from assistant.answering.collecting.wanted import KINDS, SHORT_FORM, lying, that_lie
from assistant.corpus.glossary import Entry, entry_named
from assistant.corpus.register import Fact, actors_in, facts_named
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row
from assistant.language.files import both, words_of
from assistant.language.words import WORD, words

CLOSED = both("detection", "closed")
# Kinds of things that a text speaks of without naming any: "the companies".
SPOKEN_OF = ("company", "school", "programme", "fund")
SHORTEST_NAME = 2  # letters


class Conditions(Spoken):
    """Finds the condition of a question."""

    def condition(self) -> Condition | None:
        """Return what is asked of the sections; None where no rule fits."""
        firm = (
            self.asks["strict"].search(self.text)
            or self.asks["where"].search(self.text)
            or self.asks["annex"].search(self.text)
            or self.own
            or self.of_them
        )
        if self.asks["or actors"].search(self.text):  # "no ministries or other actors"
            return Condition("actors", "", lambda section: self._rows(section, Field.ACTORS))
        # What has money is asked of themes with their annex parts, however the annex is named beside it.
        found = self._on_kind() if firm and self.asks["amount"].search(self.text) else None
        found = found or self._on_text() or self._on_step() or (self._on_name() if firm else None)
        found = found or (self._on_kind() if firm else None) or self._on_field() or self._on_words()
        if self.own and found is not None:
            outside = self.asks["not own"].search(self.text) is not None
            self.sections = [section for section in self.sections if bool(section.group) is not outside]
        rest = self._narrowing("own", "theme") if self.own and found is None else []
        if self.own and found is None and not that_narrow(rest, self.request, self.desk):
            return Condition("group", "", lambda section: self._rows(section)[:1] if section.group else [])
        return found

    def _on_text(self) -> Condition | None:
        """Whether an annex part has text, or a theme an annex part with text."""
        text = self.asks["text"].search(self.text) is not None
        if not (text or self.asks["annex"].search(self.text)):
            return None
        if self._narrows("annex", "text", "theme", "own", "where") and not text:
            return None
        if self.kind is SectionKind.THEME:
            if self.asks["at all"].search(self.text):
                return Condition("part", "", lambda s: self._rows(s)[:1] if self.document.annexes(s.id) else [])
            return Condition(
                "annex", "", lambda s: [r for each in self.document.annexes(s.id) for r in self._rows(each)[:1]]
            )
        if not (text or self.negated):
            return Condition("sections", "", lambda _section: self.desk.rows(self.document)[:1])
        if text:
            bare = self.asks["only"].search(self.text) is not None or self._says_empty()
            # "Not only headings" have text.
            self.negated = (self.negated or bare) and not self.asks["not only"].search(self.request.message.lower())
        return Condition("text", "", lambda section: self._rows(section)[:1])

    def _says_empty(self) -> bool:
        """Return whether "headings", "titles" or "empty" is what is asked for."""
        return self.asks["bare"].search(self.text) is not None

    def _on_name(self) -> Condition | None:
        """Whether a body or other name of the question stands among the actors, or in the text."""
        if (either := self._on_either()) is not None:
            return either
        entry = self._with_and_without() or entry_named(self.request.text, self.desk.glossary)
        if entry is not None:
            if self.asks["only"].search(self.text):
                return Condition("only", entry.short, partial(self._with_only, entry))
            if any(self._with_entry(entry, section) for section in self.sections):
                return Condition("actor", entry.short, partial(self._with_entry, entry))
        if self.asks["initials"].search(self.text):
            return self._on_initials()
        known = set(WORD.findall(self.document.text)) | {entry.short for entry in self.desk.glossary}
        if strange := next((token for token in self._initials() if token not in known), None):
            return Condition("word", strange, lambda _section: [])
        fact = self._fact_named()
        if fact is None and self._narrowing("theme", "where", "annex"):
            return None
        if fact is None:
            said = next((token for token in (*self._initials(), *self._as_initials()) if token in known), None)
            return Condition("word", said, partial(self._saying_initials, said)) if said else None
        in_actors = self.asks["actors"].search(self.text) is not None and self._facts_rows(fact, Field.ACTORS)
        return Condition(
            "actor" if in_actors else "word",
            fact.called(self.request.language),
            lambda section: self._rows_of(fact, section),
        )

    def _on_either(self) -> Condition | None:
        """Whether one of several actors or names is there; "neither AMD nor HBP" lacks both."""
        if not self.asks["or"].search(self.text):
            return None
        language = self.request.language
        entries = [each for each in self.desk.glossary if each.named_in(self.request.text)]
        entries = [each for each in entries if any(self._with_entry(each, section) for section in self.sections)]
        if len(entries) > 1:
            shorts = joined([each.short for each in entries], language, "or")
            return Condition("actor", shorts, partial(self._with_any, entries))
        facts = [fact for fact in facts_named(self.request.text, self.facts) if not self._is_party(fact)]
        if len(facts) < 2:
            return None
        names = joined([fact.called(language) for fact in facts], language, "or")
        return Condition("word", names, partial(self._naming, facts, None))

    def _on_initials(self) -> Condition:
        """Whether initials stand among the actors; "neither a ministry nor initials" denies both."""
        kinds, shown_by = ["initials"], self._with_initials
        if self.negated and self.asks["ministry"].search(self.text):
            ministries = [fact for fact in self.facts if fact.kind == "ministry"]
            kinds = ["ministry", "initials"]

            def shown_by(section: Section) -> list[Row]:
                return [*self._naming(ministries, Field.ACTORS, section), *self._with_initials(section)]

        said = words_of(ASKS, self.request.language)
        names = [said.say(f"kind {kind}").partition("|")[2] for kind in kinds]
        return Condition("kind", joined(names, self.request.language), shown_by)

    def _with_and_without(self) -> Entry | None:
        """Return the actor that is to be lacking where another is to be there: "of those with EVM, which lack UFM?".

        The sections are then those that have the other.
        """
        denial = self.asks["negated"].search(self.text)
        if denial is None:
            return None
        around = (self.text[: denial.start()], self.text[denial.end() :])
        before, after = (entry_named(each.upper(), self.desk.glossary) for each in around)
        if before is not None and after is None:  # "EVM is in some: in which of these is UFM not there?"
            names = [entry for w in words(around[0]) if (entry := entry_named(w.upper(), self.desk.glossary))]
            before, after = (names[0], names[-1]) if len(names) > 1 else (before, None)
        if before is None or after is None or before.short == after.short:
            return None
        self.sections = [section for section in self.sections if self._with_entry(before, section)]
        return after

    def _with_entry(self, entry: Entry, section: Section) -> list[Row]:
        return self._with_any([entry], section)

    def _with_any(self, entries: Sequence[Entry], section: Section) -> list[Row]:
        rows = self._rows(section, Field.ACTORS)
        return [row for row in rows if any(entry.stands_in(row.span.quote) for entry in entries)]

    def _with_only(self, entry: Entry, section: Section) -> list[Row]:
        return self._with_entry(entry, section) if actors_in(section) == [entry.short] else []

    def _with_initials(self, section: Section) -> list[Row]:
        """Return the actor rows of a section that names initials; only those where "only" is asked for."""
        initials = {fact.name for fact in self.facts if fact.kind == INITIALS}
        actors = actors_in(section)
        fits = bool(actors) and (
            set(actors) <= initials if self.asks["only"].search(self.text) else bool(set(actors) & initials)
        )
        return self._rows(section, Field.ACTORS) if fits else []

    def _initials(self) -> list[str]:
        """Return the words of the question in capital letters; none where all of it is."""
        asked = [token for token in WORD.findall(self.request.text) if SHORT_FORM.fullmatch(token)]
        asked = [token for token in asked if token.lower() not in CLOSED]
        return [] if self.request.text.isupper() else asked

    def _as_initials(self) -> list[str]:
        """Return the shortest words of the question that may be initials in small letters, such as "eu"."""
        small = (
            word for word in words(self.text) if len(word) == SHORTEST_NAME and word.isalpha() and word not in CLOSED
        )
        return [word.upper() for word in small]

    def _saying_initials(self, initials: str, section: Section) -> list[Row]:
        return [row for row in self._rows(section) if re.search(rf"\b{initials}\b", row.span.quote)]

    def _fact_named(self) -> Fact | None:
        """Return the name of the register that the question says, but for those behind every theme."""
        named_ = facts_named(self.request.text, self.facts)
        return next((fact for fact in named_ if not self._is_party(fact)), None)

    def _is_party(self, fact: Fact) -> bool:
        """Return whether a name is that of a party, or of the region: they are behind every theme."""
        parties = " ".join((*self.document.parties, *self.document.parties_en))
        behind_all = fact.kind in ("area", "body", "country") and len(fact.sections) > len(self.sections) // 2
        return fact.name in parties or behind_all

    def _on_field(self) -> Condition | None:
        """Whether a section has actors or a next step at all."""
        for key, field in (("actors", Field.ACTORS), ("step", Field.NEXT_STEP)):
            strong = self.asks[f"no {key}"].search(self.text)
            if strong or (
                self.asks[key].search(self.text) and not self._narrows(key, "theme", "short_form", "initials", "own")
            ):
                return Condition(key, "", lambda section, field=field: self._rows(section, field))  # type: ignore[misc]
        return None

    def _with_annexes(self, facts: Sequence[Fact], section: Section) -> list[Row]:
        """Return the rows of a theme, and of what elaborates it, that name a fact."""
        places = (section, *self.document.annexes(section.id))
        return [row for each in places for row in self._rows_naming(facts, each, None)]

    def _naming_or_saying(
        self, facts: Sequence[Fact], spoken: Sequence[Mapping[str, Sequence[Row]]], section: Section
    ) -> list[Row]:
        """Return the rows of a theme, and of what elaborates it, that name a fact or speak of such things."""
        rows = (*self._with_annexes(facts, section), *(row for each in spoken for row in each[section.id]))
        return list({row.span.id: row for row in rows}.values())

    def _on_kind(self) -> Condition | None:
        """Whether a section names anything of a kind, such as a ministry or an amount, or of either of several."""
        said = words_of(ASKS, self.request.language)
        asked = [kind for kind in NAMED_KINDS if self.asks[kind].search(self.text)]
        either = len(asked) > 1 and self.asks["or"].search(self.text) is not None
        for kinds in [asked] if either else [[kind] for kind in asked]:
            if self._narrowing(*kinds, "theme", "actors", "annex", "or"):
                continue
            where = lying(self.text, said, kinds)
            facts = that_lie([fact for kind in kinds for fact in self.facts if fact.kind in KINDS[kind]], where)
            field = Field.ACTORS if self.asks["actors"].search(self.text) and kinds == ["ministry"] else None
            names = [said.say(f"kind {kind}").partition("|")[2] for kind in kinds]
            name = joined(names, self.request.language, "or")
            name = said.say(where, what=name) if where else name
            if field:
                return Condition("kind", name, partial(self._naming, facts, field))
            common = (self.asks[kind].search(self.text) for kind in kinds if kind in SPOKEN_OF)
            spoken = [self._saying(match.group()) for match in common if match]
            return Condition("kind", name, partial(self._naming_or_saying, facts, spoken))
        return None
