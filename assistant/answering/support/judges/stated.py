"""What decides a claim: the claim, the sentence that was found for it, and the register of its document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.draft import wording
from assistant.answering.support.claims import BODIES, SAME_BODY, hedged, own_words, share_said, turned, unsaid
from assistant.answering.support.poles import without_agreed
from assistant.answering.support.verdict import YEAR_NUMBERS, compares, heading_of, with_headings
from assistant.corpus.register import PLACES, Fact, facts_named, named_at
from assistant.corpus.types import PROSE
from assistant.index.records import Row
from assistant.language.files import both, either, words_of
from assistant.language.values import dates, numbers, years
from assistant.language.words import Analyzer, words

# How much of a claim's words the sentence must say, beside its numbers or names, for yes and for no.
FOR_SURE, FOR_YES, FOR_NO = 0.8, 0.5, 0.3
FOR_BELIEVED = 0.6  # for yes, where the sentence is taken for the answer anyway
# Letters of words that may be small ones, mistyped.
SHORT = 4
# The levels that a sentence often tells of side by side.
LEVELS = ("level national", "level regional")


@dataclass(frozen=True)
class Stated:
    """A claim and the sentence that it is judged by.

    `believed` tells whether the sentence is taken for the answer on other grounds than its words: then fewer of the
    claim's words need stand in it, as people have words of their own. `asked_in` are the words, with blanks between
    them, in which open questions ask after the sentence.
    """

    claim: str
    row: Row
    facts: Sequence[Fact]
    analyzer: Analyzer
    language: str
    believed: bool = False
    asked_in: str = ""

    @cached_property
    def lowered(self) -> str:
        """The claim in small letters."""
        return self.claim.lower()

    @cached_property
    def sentence(self) -> str:
        """The sentence in the language of the answer."""
        return wording(self.row, self.language)

    @cached_property
    def named(self) -> tuple[Fact, ...]:
        """The names of the register that the claim says, in its order; not those within a longer one."""
        found = facts_named(self.claim, self.facts)
        said = {fact: [form.lower() for form in fact.forms if form.lower() in self.lowered] for fact in found}
        whole = [
            fact for fact in found if not any(_within(said[fact], said[other]) for other in found if other is not fact)
        ]
        return tuple(sorted(whole, key=self.place_of))

    def place_of(self, fact: Fact) -> int:
        """Return where a claim names something first."""
        return named_at(fact, self.lowered)

    @cached_property
    def places(self) -> tuple[Fact, ...]:
        """The places that the claim names."""
        return tuple(fact for fact in self.named if fact.kind in PLACES)

    @cached_property
    def things(self) -> tuple[Fact, ...]:
        """The names of the claim that are no places."""
        return tuple(fact for fact in self.named if fact.kind not in PLACES)

    @cached_property
    def known_places(self) -> Mapping[str, Fact]:
        """The places of the register by each of their spellings."""
        return {form: fact for fact in self.facts if fact.kind in PLACES for form in fact.forms}

    @cached_property
    def document_words(self) -> frozenset[str]:
        """The words of the whole document."""
        return frozenset(words(self.row.document.text))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the claim that are no years or days, without separators."""
        undated = self.claim
        for date in dates(self.claim, self.language):
            undated = undated.replace(date, " ")
        return frozenset(numbers(undated) - YEAR_NUMBERS)

    @cached_property
    def share(self) -> float:
        """The share of the claim's words that sentence and headings say; 1 of a claim of nothing but numbers."""
        left, own = len(own_words(self.rest)), len(own_words(_without_units(self.claim)))
        if not left:
            return 1.0  # "I read that it was 700": of what is talked about
        # What both say on an axis is said.
        return 1 - (1 - self._share_of(self.rest)) * left / max(own, left)

    def _share_of(self, text: str) -> float:
        """Return the share of the words of a text that sentence and headings say, in other words too."""
        return share_said(text, self._told, self.analyzer, self.language, alike=True)

    @cached_property
    def rest(self) -> str:
        """The claim but for the units of its numbers, and for what both say on an axis such as how often."""
        return _without_units(without_agreed(self.claim, self.sentence))

    @property
    def adds(self) -> bool:
        """Whether the claim says more of a thing than that it is somewhere: "the project at Viborg is funded"."""
        known = both("claim", "stands")
        own = (word for word in own_words(self.rest) if len(word) > SHORT)
        left = [word for word in own if self.analyzer.repair(word) not in known]
        return bool(left) and self._share_of(" ".join(left)) < 1

    def about(self, least: float) -> bool:
        """Return whether the sentence is about what is claimed: enough of the words are said, for no."""
        return self.share >= (least / 2 if self.believed else least)

    @property
    def sure(self) -> bool:
        """Whether the sentence says enough of what is claimed, beside its numbers or names, for yes."""
        return self.share >= (FOR_BELIEVED if self.believed else FOR_SURE)

    def claiming(self, claim: str) -> Stated:
        """Return another claim, or part of this one, beside the same sentence."""
        return replace(self, claim=claim)

    def without(self, fact: Fact) -> Stated:
        """Return the claim but for a name of the register in it."""
        return self.claiming(re.sub("|".join(map(re.escape, fact.forms)), "", self.claim, flags=re.IGNORECASE))

    @cached_property
    def open(self) -> bool:
        """Whether more is claimed than that things are so: all, only, before, more than."""
        rest = _without_said(self.rest.lower(), self.sentence) if not self.numbers else self.rest.lower()
        away = self.asks("kept away") and not self.told("kept away")
        return away or compares(rest) or bool(words_of("verdict", self.language).asks["strict"].search(rest))

    @cached_property
    def hedged(self) -> bool:
        """Whether the sentence says that it only may be what the claim takes for certain."""
        return hedged(self.claim, self.sentence, self.analyzer, self.language)

    @cached_property
    def of_one_of_two(self) -> bool:
        """Whether a sentence tells of a thing of each level, "the regional initiative X and the national one Y",
        and the claim of one level: it may be the other thing.
        """
        patterns = [either("claim", key) for key in LEVELS]
        names = "|".join(re.escape(form) for form in sorted(self._forms, key=len, reverse=True))
        bare = (
            re.sub(names, " ", text, flags=re.IGNORECASE) if names else text for text in (self.claim, self.sentence)
        )
        ours, theirs = ({p for p in patterns if p.search(text.lower())} for text in bare)
        return bool(ours) and ours < theirs

    @property
    def in_words_of_questions(self) -> bool:
        """Whether the sentence says the claim, but for words in which people ask after it: so it is taken for said.

        Who acts, numbers and years must be the sentence's own, and nothing turn it round.
        """
        if not (self.believed and self.asked_in and self.row.passage.field in PROSE):
            return False
        apart = self.open or self.hedged or not (self.names_fit and self.in_order and self.bodies_in_order)
        if apart or not (
            years(self.claim) <= years(self.row.span.quote) and self.numbers <= numbers(self.row.span.quote)
        ):
            return False
        if self.share < FOR_YES and not self.numbers:
            return False
        left = unsaid(self.rest, self._told, self.analyzer, self.language)
        asked = (
            bool(left)
            and BODIES.isdisjoint(left)
            and not unsaid(" ".join(left), self.asked_in, self.analyzer, self.language)
        )
        return asked and not turned(self.claim, self.sentence, self.analyzer, self.language)

    @property
    def _told(self) -> str:
        return with_headings(self.row, self.language)

    @property
    def of_a_place_apart(self) -> bool:
        """Whether the claim names a town, region or country that the document does not, nor the sentence."""
        known = both("claim", "towns") | both("claim", "countries") | both("claim", "regions")
        said = set(words(self.row.both))
        return bool((known & set(words(self.claim))) - self.document_words - said)

    @property
    def _forms(self) -> list[str]:
        """The spellings of the names that stand in the claim or in the sentence."""
        both_ = facts_named(f"{self.claim} {self.sentence}", self.facts)
        return [form for fact in both_ for form in fact.forms]

    @cached_property
    def bounded(self) -> bool:
        """Whether a number or year of the claim is a bound, or denied: another one does not make it wrong."""
        return compares(self.lowered) or bool(words_of("claim", self.language).asks["bounds"].search(self.lowered))

    @cached_property
    def names_fit(self) -> bool:
        """Whether every name of the claim stands in the sentence or above it."""
        said = f"{' '.join(self.row.section.heading())} {self.row.span.quote}".lower()
        bodies = [word for word in words(self.claim) if word in BODIES]
        above = heading_of(self.row, self.language)  # "the relocation" under "Relocation of state jobs" is the State's
        spoken = {word[:SAME_BODY] for word in words(f"{above} {self.sentence}")}
        others = [fact for fact in self.named if not any(BODIES.issuperset(words(form)) for form in fact.forms)]
        named = all(any(form.lower() in said for form in fact.forms) or self._is_short(fact) for fact in others)
        return named and all(word[:SAME_BODY] in spoken for word in bodies)

    def _is_short(self, fact: Fact) -> bool:
        """Return whether the sentence calls by its last part what its section names in full: "the fund"."""
        ends = [parts[-1] for form in fact.forms if len(parts := self.analyzer.parts(form.lower())) > 1]
        return self.row.section.id in fact.sections and not set(ends).isdisjoint(words(self.row.span.quote))

    @cached_property
    def in_order(self) -> bool:
        """Whether the names of the claim stand in the sentence in the same order; those that stand in it at all."""
        text = self.sentence.lower()
        places = [named_at(fact, text) for fact in self.named]
        found = [place for place in places if place < len(text)]
        return found == sorted(found)

    @property
    def bodies_in_order(self) -> bool:
        """Whether those who act and are called by general names stand in the sentence in the claim's order."""
        spoken = [word[:SAME_BODY] for word in words(self.sentence)]
        bodies = [word[:SAME_BODY] for word in words(self.claim) if word in BODIES]
        found = [spoken.index(body) for body in bodies if body in spoken]
        return found == sorted(found)

    def asks(self, key: str) -> bool:
        """Return whether the claim has what a pattern of the language's claim file finds."""
        return words_of("claim", self.language).asks[key].search(self.lowered) is not None

    def told(self, key: str) -> bool:
        """Return whether the sentence has what a pattern of either language's claim file finds."""
        return either("claim", key).search(self.sentence.lower()) is not None


def _without_said(claim: str, sentence: str) -> str:
    """Return a claim in small letters without the words of which the sentence has the very same: "more", "better"."""
    said = set(words(sentence))
    return " ".join(word for word in words(claim) if word not in said)


def _without_units(text: str) -> str:
    return either("verdict", "unit").sub(" ", text)


def _within(forms: Sequence[str], longer: Sequence[str]) -> bool:
    """Return whether each of some names is part of another: "Denmark" in "Central Denmark Region"."""
    return bool(forms) and all(any(form in other and form != other for other in longer) for form in forms)
