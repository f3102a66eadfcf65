"""Themes and annex parts by what they have, lack, or have most of; a negated question gets the complement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.collecting import KINDS, actor_names, narrowing
from assistant.answering.plans.told import joined, label_of, named
from assistant.answering.types import Status
from assistant.corpus.glossary import Entry
from assistant.corpus.register import AMOUNT, Fact, facts_named
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row, section_rows
from assistant.language.files import words_of
from assistant.language.words import words
from assistant.understanding.request import Request

FILE, ASKS = "themes", "collect"
# Kinds of fact by which themes can be told apart, and how the question calls them.
NAMED_KINDS = ("ministry", "town", "country", "agency", "fund", "company", "school", "programme", "amount", "date")
INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a section has (`key` of the sentences, `name` in them), and the rows of a section that show it."""

    key: str
    name: str
    shown_by: Callable[[Section], Sequence[Row]]


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer a question for the themes, or the annex parts, that have something, lack it, or have most of it."""
    scope = Scope(request, desk)
    if not scope.asked():
        return None
    if measured := scope.measured():
        return measured
    condition = scope.condition()
    return scope.unclear() if condition is None else scope.answer(condition)


class Scope:
    """One question over the sections of a document."""

    def __init__(self, request: Request, desk: Desk) -> None:
        self.request, self.desk = request, desk
        self.said = words_of(FILE, request.language)
        self.asks = words_of(ASKS, request.language).asks
        self.text = request.lowered
        self.document = request.home
        self.facts = desk.register(request.home)
        annex = self.asks["annex"].search(self.text) and not self.asks["strict"].search(self.text)
        named_annexes = any(section.kind is SectionKind.ANNEX for section in request.sections)
        self.kind = SectionKind.ANNEX if annex or named_annexes else SectionKind.THEME
        self.sections = [section for section in self.document.sections if section.kind is self.kind]
        if len(request.sections) > 1:
            self.sections = [section for section in request.sections if section.kind is self.kind]
        talked = [section for section in self.sections if section.id in request.talked]
        self.of_them = bool(words_of("elliptic", request.language).asks["them"].search(self.text)) and len(talked) > 1
        self.sections = talked if self.of_them else self.sections
        self.negated = bool(self.asks["negated"].search(self.text))
        self.own = bool(self.asks["own"].search(self.text)) and self.kind is SectionKind.THEME

    def asked(self) -> bool:
        """Return whether the question collects themes or annex parts, and asks for no more than that."""
        if self.asks["other"].search(self.text) or len(self.request.sections) == 1:
            return False
        if self.of_them or (self.asks["where"].search(self.text) and not self.request.sections):
            return True
        if (
            self.asks["any"].search(self.text)
            and (self.negated or self.asks["only"].search(self.text))
            and (self.asks["strict"].search(self.text) or self.own)
        ):
            return True
        collecting = any(
            self.asks[key].search(self.text) for key in ("list", "count", "most", "fewest", "largest", "smallest")
        )
        about = (
            self.asks["strict"].search(self.text)
            or self.asks["annex"].search(self.text)
            or self.asks["theme"].search(self.text)
        )
        return collecting and bool(about or (self.own and self.negated))

    def condition(self) -> Condition | None:
        """Return what is asked of the sections; None where no rule fits."""
        firm = (
            self.asks["strict"].search(self.text)
            or self.asks["where"].search(self.text)
            or self.asks["annex"].search(self.text)
            or self.own
            or self.of_them
        )
        found = self._on_text() or self._on_step() or (self._on_name() if firm else None)
        found = found or (self._on_kind() if firm else None) or self._on_field() or self._on_words()
        if self.own and found is not None:
            self.sections = [section for section in self.sections if section.group]
        if self.own and found is None and not self._narrowing("own", "theme"):
            return Condition("group", "", lambda section: self._rows(section)[:1] if section.group else [])
        return found

    def _on_text(self) -> Condition | None:
        """Whether an annex part has text, or a theme an annex part with text."""
        if not (self.asks["annex"].search(self.text) or self.asks["text"].search(self.text)):
            return None
        if self._narrowing("annex", "text", "theme", "own", "where") and not self.asks["text"].search(self.text):
            return None
        if self.asks["text"].search(self.text) and self.kind is SectionKind.ANNEX and not self.negated:
            self.negated = self.asks["only"].search(self.text) is not None or self._says_empty()
        if self.kind is SectionKind.ANNEX:
            return Condition("text", "", lambda section: self._rows(section)[:1])
        return Condition(
            "annex", "", lambda section: [r for each in self.document.annexes(section.id) for r in self._rows(each)[:1]]
        )

    def _says_empty(self) -> bool:
        """Return whether "headings", "titles" or "empty" is what is asked for."""
        return self.asks["bare"].search(self.text) is not None

    def _on_name(self) -> Condition | None:
        """Whether a body or other name of the question stands among the actors, or in the text."""
        entry = next((entry for entry in self.desk.glossary if entry.named_in(self.request.text)), None)
        if entry is not None:
            if self.asks["only"].search(self.text):
                return Condition("only", entry.short, partial(self._with_only, entry))
            if any(self._with_entry(entry, section) for section in self.sections):
                return Condition("actor", entry.short, partial(self._with_entry, entry))
        if self.asks["initials"].search(self.text):
            return Condition(
                "kind",
                words_of(ASKS, self.request.language).say("kind initials").partition("|")[2],
                self._with_initials,
            )
        fact = self._fact_named()
        if fact is None:
            return None
        in_actors = self.asks["actors"].search(self.text) is not None and self._facts_rows(fact, Field.ACTORS)
        return Condition(
            "actor" if in_actors else "word",
            fact.called(self.request.language),
            lambda section: self._rows_of(fact, section),
        )

    def _with_entry(self, entry: Entry, section: Section) -> list[Row]:
        return [row for row in self._rows(section, Field.ACTORS) if entry.stands_in(row.span.quote)]

    def _with_only(self, entry: Entry, section: Section) -> list[Row]:
        return self._with_entry(entry, section) if self._actors(section) == [entry.short] else []

    def _with_initials(self, section: Section) -> list[Row]:
        """Return the actor rows of a section that names initials; only those where "only" is asked for."""
        initials = {fact.name for fact in self.facts if fact.kind == INITIALS}
        actors = self._actors(section)
        fits = bool(actors) and (
            set(actors) <= initials if self.asks["only"].search(self.text) else bool(set(actors) & initials)
        )
        return self._rows(section, Field.ACTORS) if fits else []

    def _fact_named(self) -> Fact | None:
        """Return the name of the register that the question says, but for those behind every theme."""
        named_ = facts_named(self.request.text, self.facts)
        return next((fact for fact in named_ if not self._is_party(fact)), None)

    def _is_party(self, fact: Fact) -> bool:
        """Return whether a name is that of a party, or of the region: they are behind every theme."""
        parties = " ".join((*self.document.parties, *self.document.parties_en))
        return fact.name in parties or len(fact.sections) > len(self.sections) // 2

    def _on_field(self) -> Condition | None:
        """Whether a section has actors or a next step at all."""
        for key, field in (("actors", Field.ACTORS), ("step", Field.NEXT_STEP)):
            strong = self.asks[f"no {key}"].search(self.text)
            if strong or (
                self.asks[key].search(self.text) and not self._narrowing(key, "theme", "short_form", "initials", "own")
            ):
                return Condition(key, "", lambda section, field=field: self._rows(section, field))  # type: ignore[misc]
        return None

    def _on_step(self) -> Condition | None:
        for key in ("awaits", "drafts"):
            if self.asks[key].search(self.text) and not self._beside_parties(key, "theme", "step", "where"):
                danish = words_of(ASKS, "da").asks[key]
                return Condition(
                    key,
                    "",
                    lambda section, danish=danish: [  # type: ignore[misc]
                        row for row in self._rows(section, Field.NEXT_STEP) if danish.search(row.span.quote.lower())
                    ],
                )
        return None

    def _beside_parties(self, *kinds: str) -> list[str]:
        """Return what narrows a question besides the names of the parties, who are behind all of it."""
        parties = {word for name in (*self.document.parties, *self.document.parties_en) for word in words(name)}
        return [
            word for word in self._narrowing(*kinds) if word not in parties and word.removesuffix("s") not in parties
        ]

    def _on_kind(self) -> Condition | None:
        """Whether a section names anything of a kind, such as a ministry or an amount."""
        for kind in NAMED_KINDS:
            if not self.asks[kind].search(self.text) or self._narrowing(kind, "theme", "actors"):
                continue
            facts = [fact for fact in self.facts if fact.kind in KINDS[kind]]
            field = Field.ACTORS if self.asks["actors"].search(self.text) and kind == "ministry" else None
            name = words_of(ASKS, self.request.language).say(f"kind {kind}").partition("|")[2]
            return Condition("kind", name, partial(self._naming, facts, field))
        return None

    def _on_words(self) -> Condition | None:
        """Whether a section says the words that are left of the question."""
        rest = self._narrowing("theme", "annex", "where")
        if (
            not rest
            or len(rest) > 2
            or not self.asks["strict"].search(self.text)
            or not self.said.asks["about"].search(self.text)
        ):
            return None
        wanted = [
            set(self.desk.analyzer.word_terms(self.desk.analyzer.repair(word), self.request.language)[:1])
            for word in rest
        ]
        return Condition("word", " ".join(rest), lambda section: self._saying(section, wanted))

    def _saying(self, section: Section, wanted: Sequence[set[str]]) -> list[Row]:
        """Return the rows of a section that hold all the terms, title and sub-headings included."""
        analyzer, language = self.desk.analyzer, self.request.language
        found = []
        for row in self._rows(section):
            own = row.span.quote if language == "da" else row.span.translation or row.span.quote
            heading = (
                (section.title, row.passage.subheading)
                if language == "da"
                else (section.title_en, row.passage.subheading_en)
            )
            terms = set(analyzer.terms(" ".join(filter(None, (*heading, own))), language))
            if all(each & terms for each in wanted):
                found.append(row)
        return found

    def measured(self) -> Draft | None:
        """Answer which section has most or fewest of something."""
        how = next((how for how in ("most", "fewest") if self._asks(how)), None)
        if how is None or self.kind is not SectionKind.THEME:
            return None
        sizes = self._sizes()
        if sizes is None or not sizes[1]:
            return None
        key, by_section = sizes
        best = (max if how == "most" else min)(by_section.values())
        chosen = [section for section in self.sections if by_section.get(section.id) == best]
        draft = Draft(self.request.language)
        shown = f"{best:g}"
        if key == "money":
            shown = next(f.called(self.request.language) for f in self.facts if f.kind == AMOUNT and f.value == best)
        labels = joined([label_of(section, self.request.language) for section in chosen], self.request.language)
        draft.remark(self.said.say(f"{how} {key}", n=shown, sections=labels))
        for section in chosen:
            self._show(draft, section, key)
        return draft

    def _asks(self, how: str) -> bool:
        other = {"most": "largest", "fewest": "smallest"}[how]
        return bool(self.asks[how].search(self.text) or self.asks[other].search(self.text))

    def _sizes(self) -> tuple[str, dict[str, float]] | None:
        """Return what is measured, and its size in every section."""
        if self.said.asks["money"].search(self.text):
            return "money", self._amounts()
        if self.asks["actors"].search(self.text) and not self._narrowing("actors", "theme"):
            return "actors", {section.id: len(self._actors(section)) for section in self.sections}
        if self.asks["step"].search(self.text):
            return "step", {section.id: len(section.field(Field.NEXT_STEP)) for section in self.sections}
        if self.asks["town"].search(self.text):
            towns = [fact for fact in self.facts if fact.kind == "town"]
            return "town", {s.id: sum(s.id in fact.sections for fact in towns) for s in self.sections}
        if self.said.asks["length"].search(self.text):
            return "length", {s.id: sum(len(row.span.quote.split()) for row in self._rows(s)) for s in self.sections}
        return None

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
        else:
            field = {"actors": Field.ACTORS, "step": Field.NEXT_STEP}.get(key)
            rows = self._rows(section, field) if field else self._rows(section)[:1]
        self._item(draft, section, rows, language)

    def _belongs(self, fact: Fact, section: Section) -> bool:
        return any(section.id in (each, self.document.section(each).theme) for each in fact.sections)

    def _item(self, draft: Draft, section: Section, rows: Sequence[Row], language: str) -> None:
        if not rows:
            draft.item(named(section, language), draft.cite_heading(self.document, section))
            return
        values = "; ".join(f"{wording(row, language)} [{draft.cite(row)}]" for row in rows)
        draft.item(self.said.say("item", section=named(section, language), values=values))

    def answer(self, condition: Condition) -> Draft:
        """List the sections that meet a condition, or those that do not where the question is negated."""
        met = [(section, condition.shown_by(section)) for section in self.sections]
        chosen = [(section, rows) for section, rows in met if bool(rows) is not self.negated]
        language = self.request.language
        if not chosen:
            draft = Draft(language, Status.NOT_IN_SOURCE)
            draft.remark(
                self.said.say("none of", name=condition.name) if condition.key == "word" else self.said.say("none")
            )
            draft.missing = (condition.name,) if condition.key == "word" and not self.negated else ()
            return draft
        draft = Draft(language)
        kind = "annex" if self.kind is SectionKind.ANNEX else "section"
        count = self.said.number(kind, len(chosen))
        told = (
            self.said.say(f"{'lacks' if self.negated else 'has'} {condition.key}", count=count, name=condition.name)
            if condition.name
            else self.said.say(f"{'lacks' if self.negated else 'has'} {condition.key}", count=count)
        )
        draft.remark(told[:1].upper() + told[1:])
        for section, rows in chosen:
            if condition.key in ("text", "annex") or self.negated:
                shown = self._rows(section, Field.ACTORS) if self.negated and condition.key in ("actor", "only") else []
                self._item(draft, section, shown, language)
            else:
                self._item(draft, section, rows[:2], language)
        return draft

    def unclear(self) -> Draft | None:
        """Refuse where a negated list fits no rule: its opposite would mislead."""
        if not (self.negated and self.asks["list"].search(self.text) and self.asks["strict"].search(self.text)):
            return None
        draft = Draft(self.request.language, Status.NOT_IN_SOURCE)
        draft.remark(self.said.say("unclear"))
        return draft

    def _narrowing(self, *kinds: str) -> list[str]:
        return narrowing(self.request, words_of(ASKS, self.request.language), *kinds)

    def _rows(self, section: Section, field: Field | None = None) -> list[Row]:
        return [row for row in section_rows(self.document, section) if field is None or row.passage.field is field]

    def _actors(self, section: Section) -> list[str]:
        return [name for span in section.field(Field.ACTORS) for name in actor_names(span.quote)]

    def _naming(self, facts: Sequence[Fact], field: Field | None, section: Section) -> list[Row]:
        return self._rows_naming(facts, section, field)

    def _rows_of(self, fact: Fact, section: Section) -> list[Row]:
        return self._rows_naming([fact], section, None)

    def _facts_rows(self, fact: Fact, field: Field) -> list[Row]:
        return [row for section in self.sections for row in self._rows_naming([fact], section, field)]

    def _rows_naming(self, facts: Sequence[Fact], section: Section, field: Field | None) -> list[Row]:
        spans = {mention.span for fact in facts for mention in fact.mentions if mention.section == section.id}
        return [row for row in self._rows(section, field) if row.span.id in spans]
