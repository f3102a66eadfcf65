"""Yes or no where values, years, names or fields decide: what a claim says of them against what the text says.

A claim with an amount that stands nowhere in the document cannot be true as it is put; one with the amount, years and
names of the very sentence that answers it is. Everything between is left open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, product

from assistant.answering.draft import wording
from assistant.answering.support.claims import BODIES, SAME_BODY, share_said
from assistant.answering.support.verdict import YEAR_NUMBERS, compares
from assistant.corpus.register import Fact, facts_named
from assistant.index.records import Row
from assistant.language.files import either, words_of
from assistant.language.values import amounts, counts, money_of, number_of, numbers, years
from assistant.language.words import WORD, Analyzer, words
from assistant.understanding.conversation import subject_words

FILE = "claim"
PLACES = ("town", "area", "country")
# How much of a claim's words the sentence must say, beside its numbers or names, for yes and for no.
FOR_SURE, FOR_YES, FOR_NO = 0.8, 0.5, 0.3
# Letters at the end of two words that are of one kind, such as "vestdanske" and "østdanske".
ALIKE_ENDS = 6


def _money() -> re.Pattern[str]:
    """Return what finds an amount of money in a claim, in either language."""
    currency, units = (either(FILE, key).pattern for key in ("currency", "money"))
    before, number = rf"\b(?:{currency})\s*", r"\d[\d.,]*"
    return re.compile(rf"(?:{before})?{number}\s*(?:{units})\b|{before}{number}", re.IGNORECASE)


MONEY = _money()


def claim_of(text: str, language: str) -> str | None:
    """Return a claim without the frames around it; None where there are none."""
    asks = words_of(FILE, language).asks
    lowered = text.lower()
    front, back = asks["front"].match(lowered), asks["back"].search(lowered)
    if not front and not back:
        return None
    end = back.start() if back and back.start() > (front.end() if front else 0) else len(text)
    claim = text[front.end() if front else 0 : end].strip(" ,.?!–-")
    return claim or None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What decides a claim: the sentence that was found, and the register of its document."""

    claim: str
    row: Row
    facts: Sequence[Fact]
    analyzer: Analyzer
    language: str

    def said(self) -> str | None:
        """Return "yes" or "no"; None where neither is certain."""
        if words_of("collect", self.language).asks["negated"].search(self.claim.lower()):
            return None
        judges = (self._by_number_behind, self._by_years, self._by_money, self._by_counts, self._by_place)
        for judge in (*judges, self._by_company, self._by_exchange):
            if said := judge():
                return said
        return None

    @property
    def _sentence(self) -> str:
        return wording(self.row, self.language)

    @property
    def _share(self) -> float:
        heading = " ".join(self.row.section.heading() if self.language == "da" else self.row.section.heading_en())
        if not subject_words(self.claim):
            return 1.0  # "I read that it was 700": of what is talked about
        return share_said(self.claim, f"{heading} {self._sentence}", self.analyzer, self.language)

    def _share_without(self, place: Fact) -> float:
        """Return how much is said of a claim but for the place that it names."""
        bare = re.sub("|".join(map(re.escape, place.forms)), "", self.claim, flags=re.IGNORECASE)
        return share_said(bare, self._sentence, self.analyzer, self.language)

    def _open(self) -> bool:
        lowered = self.claim.lower()
        return bool(compares(lowered) or words_of("verdict", self.language).asks["strict"].search(lowered))

    def _by_years(self) -> str | None:
        claimed, told = years(self.claim), years(self.row.span.quote)
        if not claimed or not told:
            return None
        asks = words_of(FILE, self.language).asks
        for key, bound in (("ends", max), ("begins", min)):
            if asks[key].search(self.claim.lower()) and len(told) > 1 and len(claimed) == 1:
                return "yes" if bound(claimed) == bound(told) else "no"
        same = (numbers(self.claim) - YEAR_NUMBERS) & numbers(self.row.span.quote)
        if same and MONEY.search(self.claim) and len(told) == 1 and claimed.isdisjoint(told) and not self._open():
            return "no"
        known = {year for fact in self.facts for year in fact.years}
        return "no" if not claimed & known and self._share >= FOR_YES and not self._open() else None

    def _by_money(self) -> str | None:
        claimed = {money_of(match) for match in MONEY.findall(self.claim)}
        told = {money_of(value) for value in amounts(self.row.span.quote, "da")}
        known = {fact.value for fact in self.facts if fact.kind == "amount"}
        return self._compared(claimed, told, known)

    def _by_counts(self) -> str | None:
        if MONEY.search(self.claim):
            return None
        claimed = {float(number_of(each) or 0) for each in numbers(self.claim) - YEAR_NUMBERS}
        told = {number_of(value) for value in counts(self.row.span.quote, "da")}
        known = {float(each) for each in numbers(self.row.document.text) if re.fullmatch(r"\d+", each)}
        return self._compared(claimed, told, known)

    def _compared(self, claimed: Set[float | None], told: Set[float | None], known: Set[float | None]) -> str | None:
        if not claimed or not told:
            return None
        if compares(self.claim.lower()):
            return None
        if claimed.isdisjoint(known):
            return "no" if self._share >= FOR_NO else None
        if self._open():
            return None
        if claimed <= told and len(told) == 1 and self._names_fit() and self._share >= FOR_SURE:
            return "yes"
        if claimed.isdisjoint(told) and len(told) == 1 and self._share >= FOR_YES:
            return "no"
        return None

    def _names_fit(self) -> bool:
        """Return whether every name of the claim stands in the sentence or above it."""
        said = f"{' '.join(self.row.section.heading())} {self.row.span.quote}"
        bodies = [word for word in words(self.claim) if word in BODIES]
        spoken = {word[:SAME_BODY] for word in words(self._sentence)}
        named = all(any(form in said for form in fact.forms) for fact in facts_named(self.claim, self.facts))
        return named and all(word[:SAME_BODY] in spoken for word in bodies)

    def _by_place(self) -> str | None:
        """Decide where something is by the place that the sentence gives right behind its name."""
        named = facts_named(self.claim, self.facts)
        places = [fact for fact in named if fact.kind in PLACES]
        things = [fact for fact in named if fact.kind not in PLACES]
        strange = (numbers(self.claim) | {str(y) for y in years(self.claim)}) - numbers(self.row.span.quote)
        if len(places) != 1 or not things or strange or self._share_without(places[0]) < FOR_YES:
            return None
        known = {form: fact for fact in self.facts if fact.kind in PLACES for form in fact.forms}
        told = self._place_behind(things[0], known)
        if told is None or told is not places[0]:
            return None if told is None else "no"
        return None if self._open() or numbers(self.claim) or not self._names_fit() or self._share < FOR_SURE else "yes"

    def _by_number_behind(self) -> str | None:
        """Decide how many somebody gets by the number in brackets right behind the name."""
        claimed = {each for each in numbers(self.claim) - YEAR_NUMBERS if each.isdigit()}
        named = [fact for fact in facts_named(self.claim, self.facts) if fact.kind not in PLACES]
        if len(claimed) != 1 or len(named) != 1:
            return None
        for form in named[0].forms:
            if match := re.search(rf"{re.escape(form)}\s\((\d+)\b", self.row.span.quote):
                said = "yes" if match[1] in claimed else "no"
                return None if said == "yes" and self._open() else said
        return None

    def _by_exchange(self) -> str | None:
        """Decide that a claim is wrong which says the sentence with a word exchanged that the document has nowhere.

        "The Danish Tax Agency" for "the Danish Energy Agency": the same neighbour on the left, and a name for a name,
        or a word that ends alike, as "eastern" does for "western".
        """
        ours, theirs = (WORD.findall(text) for text in (self.claim, self._sentence))
        known = {word.lower() for word in (*WORD.findall(self.row.document.text), *theirs)}
        if self._open() or self._share < FOR_YES:
            return None
        for (left, word), (before, other) in product(pairwise(ours), pairwise(theirs)):
            names = word[0].isupper() and other[0].isupper()
            alike = word[-ALIKE_ENDS:] == other[-ALIKE_ENDS:] and len(word) > ALIKE_ENDS and word != other
            if word.lower() not in known and left.lower() == before.lower() and (names or alike):
                return "no"
        return None

    def _by_company(self) -> str | None:
        """Decide that nobody did alone what the sentence says was done together."""
        asks = words_of(FILE, self.language).asks
        alone = asks["alone"].search(self.claim.lower()) and asks["together"].search(self._sentence.lower())
        return "no" if alone and self._share >= FOR_YES else None

    def _place_behind(self, thing: Fact, known: dict[str, Fact]) -> Fact | None:
        place, noun = (words_of(FILE, "da").asks[key].pattern for key in ("place", "thing"))
        for form in thing.forms:
            match = re.search(
                rf"{re.escape(form)}(?:\s\([^)]*\)|\s(?:{noun}))?\s(?:{place})\s([A-ZÆØÅ]\w+)", self.row.span.quote
            )
            if match and (found := known.get(match.groups()[-1])):
                return found
        return None
