"""Amounts of money added up: which may be, what they come to, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.register import Fact
from assistant.language.files import words_of

FILE = "collect"


def of_one_kind(facts: Sequence[Fact]) -> bool:
    """Return whether amounts may be added: each of them is told for years of its own."""
    spent = [year for fact in facts for year in fact.years]
    return len(facts) > 1 and all(fact.years for fact in facts) and len(spent) == len(set(spent))


def total_of(facts: Sequence[Fact]) -> float:
    """Return the sum of amounts in kroner, a yearly one once for each of its years."""
    return sum((fact.value or 0) * (len(fact.years) if fact.yearly else 1) for fact in facts)


def reckoned(facts: Sequence[Fact], language: str) -> str:
    """Return what is added: "DKK 9 million + 3 × DKK 5 million"."""
    each = ((f"{len(fact.years)} × " if fact.yearly else "") + told_as(fact.value or 0, language) for fact in facts)
    return " + ".join(each)


def told_as(value: float, language: str, money: bool = True) -> str:
    """Return a number as it is told: in millions of kroner, or as it is."""
    number = f"{value / 1e6 if money else value:g}".replace(".", "," if language == "da" else ".")
    return words_of(FILE, language).say("millions", n=number) if money else number
