"""The sections that a question for themes or annex parts is about, and what can be asked of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.core import core, that_narrow
from assistant.answering.collecting.told import named
from assistant.answering.collecting.wanted import lying, narrowing
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.types import Status
from assistant.corpus.register import Fact, facts_named
from assistant.corpus.types import Field, Section, SectionKind
from assistant.index.records import Row, field_rows, section_rows
from assistant.language.files import both, either, words_of
from assistant.language.values import number_of
from assistant.language.words import words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import themes_of
from assistant.understanding.elliptic import LISTED, listed_last
from assistant.understanding.question import asks_yes_or_no
from assistant.understanding.request import Request

FILE, ASKS = "themes", "collect"
# Kinds of fact by which themes can be told apart, and how the question calls them.
NAMED_KINDS = ("ministry", "town", "country", "agency", "fund", "company", "school", "programme", "amount", "date")
INITIALS = "initials"
SEVERAL = 2  # sections that "them" can be
# What shows that a clause asks for sections by what they have.
HOW = ("list", "count", "most", "fewest", "largest", "smallest", "any", "negated", "where")
WHAT = ("theme", "annex", "own", "strict")
EVERY = ("not all", "none", "all")


class Scope:
    """One question over the sections of a document."""

    def __init__(self, request: Request, desk: Desk) -> None:
        request = replace(request, text=_without_besides(request))
        whole, request = request, core(request, desk, words_of(ASKS, request.language), HOW, WHAT)
        self.request, self.desk = request, desk
        self.said = words_of(FILE, request.language)
        self.asks = words_of(ASKS, request.language).asks
        at_all = self.asks["at all"].search(request.lowered)  # "not in the annex at all" is no aside
        self.text = request.lowered if at_all else self.asks["aside"].sub(" ", request.lowered)
        self.every, claim = claimed_of_every(whole)
        self.text = claim if self.every else self.text
        self.document = request.home
        self.facts = desk.register(request.home)
        annex = self.asks["annex"].search(self.text) and not self.asks["strict"].search(self.text)
        named_annexes = any(section.kind is SectionKind.ANNEX for section in request.sections)
        self.kind = SectionKind.ANNEX if annex or named_annexes else SectionKind.THEME
        self.sections = [section for section in self.document.sections if section.kind is self.kind]
        if len(request.sections) > 1:
            self.sections = [section for section in request.sections if section.kind is self.kind]
        last = listed_last(request.history, request.home) if len(request.talked) < SEVERAL else request.talked
        elliptic = words_of("elliptic", request.language).asks
        them, those = (elliptic[key].search(self.text) for key in ("them", "those that"))
        # "The longest of those that have text", after the annex parts without any, is of the annex parts.
        self.of_kind = bool(those) and not annex
        if (
            (them or self.of_kind)
            and last
            and all(request.home.section(each).kind is SectionKind.ANNEX for each in request.talked)
        ):
            self.kind = SectionKind.ANNEX
            self.sections = [section for section in self.document.sections if section.kind is self.kind]
        self.of_kind = self.of_kind and self.kind is SectionKind.ANNEX
        told = {*last, *request.talked}
        if self.kind is SectionKind.THEME:  # a theme may have been told by what elaborates it alone
            told = {theme.id for theme in themes_of(told, request.home)}
        talked = [section for section in self.sections if section.id in told]
        # Of names or amounts that were listed, "them" are those, not the sections that have them.
        self.of_them = bool(them) and len(talked) > 1 and not LISTED.search(request.last_told)
        self.of_all = bool(them and request.history and not last and len(request.sections) < SEVERAL)
        self.sections = talked if self.of_them else self.sections
        self.negated = bool(self.asks["negated"].search(self.text))
        self.own = bool(self.asks["own"].search(self.text)) and self.kind is SectionKind.THEME

    @property
    def counted(self) -> int | None:
        """The number of sections that a claim gives, such as "are there only two themes without actors?"."""
        match = self.asks["theme" if self.kind is SectionKind.THEME else "annex"].search(self.text)
        claims = asks_yes_or_no(self.text, self.request.language) or claim_of(self.request.text, self.request.language)
        before = words(self.text[: match.start()]) if match and claims else []
        number = number_of(before[-1]) if before else None
        return None if number is None else int(number)

    def asked(self) -> bool:
        """Return whether the question collects themes or annex parts, and asks for no more than that."""
        kinds = any(self.asks[kind].search(self.text) for kind in ("actors", *NAMED_KINDS))
        once = kinds and self.asks["recurs"].search(self.text)
        once = once or (self.asks["once"].search(self.text) and self.asks["actors"].search(self.text))
        if self.asks["other"].search(self.text) or len(self.request.sections) == 1 or once or self._of_other_kind():
            return False
        if (
            self.asks["no actors"].search(self.text)
            and self.asks["any"].search(self.text)
            and not self.request.sections
        ):
            return True
        if (self.counted is not None or self.every) and not self.request.sections:
            return True
        if self.of_them or (self.asks["where"].search(self.text) and not (self.request.sections or self._of_a_name())):
            return True
        if (
            self.asks["any"].search(self.text)
            and (self.negated or self.asks["only"].search(self.text))
            and (self.asks["strict"].search(self.text) or self.own)
        ):
            return True
        told = self.negated or self.said.asks["bound"].search(self.text)
        if told and self.asks["bare themes"].search(self.text):
            return True
        collecting = any(
            self.asks[key].search(self.text) for key in ("list", "count", "most", "fewest", "largest", "smallest")
        )
        about = (
            self.desk.like(self.request) == "themes.which"
            or self.asks["strict"].search(self.text)
            or self.asks["annex"].search(self.text)
            or self.of_kind
            or self.asks["theme"].search(self.text)
        )
        return collecting and bool(about or (self.own and self.negated))

    def _of_a_name(self) -> bool:
        """Return whether a question only asks where a name stands: its places are told, not the themes that have it."""
        themes = any(self.asks[key].search(self.text) for key in ("strict", "theme", "annex", "actors", "step"))
        more = words_of("mention", self.request.language).asks["other"].search(self.text)
        counts = self.asks["count"].search(self.text)  # "how many wind turbines are there in Østerild?"
        return not (themes or self.negated or (more and not counts)) and bool(
            facts_named(self.request.text, self.facts)
        )

    def _of_other_kind(self) -> bool:
        """Return whether what is collected is of another kind, such as years, and only looked for in the annex."""
        annex = self.asks["annex"].search(self.text)
        kinds = [self.asks[kind].search(self.text) for kind in (*NAMED_KINDS, "name", "place")]
        abroad = lying(self.text, words_of(ASKS, self.request.language), ("place",)) if any(kinds) else None
        if abroad and not self.asks["strict"].search(self.text):
            return True
        before = annex is not None and any(match and match.start() < annex.start() for match in kinds)
        return before and not self.negated and not self.asks["strict"].search(self.text)

    def _item(self, draft: Draft, section: Section, rows: Sequence[Row], language: str) -> None:
        if not rows:
            draft.item(named(section, language), draft.cite_heading(self.document, section))
            return
        draft.item(self.said.say("item", section=named(section, language), values=draft.quoted(rows)))

    def _narrowing(self, *kinds: str) -> list[str]:
        them = words_of("elliptic", self.request.language).asks["them"]
        text = self.text if self.every else self.request.text  # what is claimed, without "is it true that"
        rest = them.sub(" ", text.lower()) if self.of_them else text
        found = narrowing(replace(self.request, text=rest), words_of(ASKS, self.request.language), *kinds)
        return [word for word in found if not self.every or number_of(word) is None]

    def _beside_parties(self, *kinds: str) -> list[str]:
        """Return what narrows a question besides the names of the parties, who are behind all of it."""
        parties = {word for name in (*self.document.parties, *self.document.parties_en) for word in words(name)}
        return [
            word for word in self._narrowing(*kinds) if word not in parties and word.removesuffix("s") not in parties
        ]

    def _narrows(self, *kinds: str) -> bool:
        """Return whether a question says what narrows it besides what is collected."""
        rest = self._narrowing(*kinds)
        like = self.desk.like(self.request) == "themes.which"
        return bool(that_narrow(rest, self.request, self.desk) if like else rest)

    def _rows(self, section: Section, field: Field | None = None) -> list[Row]:
        if field is None:
            return list(section_rows(self.document, section))
        return field_rows(self.document, section, field)

    def _rows_naming(self, facts: Sequence[Fact], section: Section, field: Field | None) -> list[Row]:
        spans = {mention.span for fact in facts for mention in fact.mentions if mention.section == section.id}
        return [row for row in self._rows(section, field) if row.span.id in spans]

    def _facts_rows(self, fact: Fact, field: Field) -> list[Row]:
        return [row for section in self.sections for row in self._rows_naming([fact], section, field)]

    def _rows_of(self, fact: Fact, section: Section) -> list[Row]:
        return self._rows_naming([fact], section, None)

    def _naming(self, facts: Sequence[Fact], field: Field | None, section: Section) -> list[Row]:
        return self._rows_naming(facts, section, field)

    def _denied_there(self) -> bool:
        """Return whether the text has a sentence for the question that itself denies: what is asked is its content."""
        request = self.request
        found = self.desk.finder.find(request.message, request.language, request.history, request.only, request.home)
        best = found.evidence.hits[0].row
        denies = both("claim", "denying") & set(words(best.both))
        decision = self.desk.refusal.decide(found.asked, found.evidence, self.request.language, follow_up=False)
        return bool(denies) and decision.answer

    def unclear(self) -> Draft | None:
        """Refuse where a negated list fits no rule: its opposite would mislead."""
        like = self.desk.like(self.request) == "themes.which"
        named_ = self.asks["strict"].search(self.text) or self.asks["theme"].search(self.text)
        listed = self.asks["list"].search(self.text) and named_
        if not self.negated or not (listed or like) or self._denied_there():
            return None
        draft = Draft(self.request.language, Status.NOT_IN_SOURCE)
        draft.remark(self.said.say("unclear"))
        return draft


def claimed_of_every(request: Request) -> tuple[str | None, str]:
    """Return of how many sections something is claimed, or asked to be met by yes or no: "all", "not all" or "none",
    None where of no such number; and the claim in small letters.
    """
    asked, language = request.lowered, request.language
    whether = asks_yes_or_no(asked, language) and not either("verdict", "request").search(asked)
    claim = (claim_of(request.text, language) or (request.text if whether else "")).lower()
    asks = words_of(ASKS, language).asks
    return next((each for each in EVERY if asks[f"of {each}"].search(claim)), None), claim


def _without_besides(request: Request) -> str:
    """Return a question without "besides the Growth Forum", who is an actor of every theme."""
    known = [each for each in (request.home.besides, request.home.besides_en) if each]
    bodies = "|".join(map(re.escape, known))
    besides = words_of(FILE, request.language).asks["besides"].pattern
    pattern = rf"[, ]*\b(?:{besides})\s+(?:{bodies})\b"
    return re.sub(pattern, " ", request.text, flags=re.IGNORECASE) if known else request.text
