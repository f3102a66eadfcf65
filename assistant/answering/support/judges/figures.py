"""Yes or no by the numbers of a claim: its amounts, counts and years against those of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from assistant.answering.collecting.money import of_one_kind, total_of
from assistant.answering.support import claims
from assistant.answering.support.judges.stated import FOR_NO, FOR_YES, Stated
from assistant.answering.support.verdict import RANGE, YEAR_NUMBERS, compares
from assistant.corpus.register import AMOUNT, Fact, number_behind
from assistant.language.files import either
from assistant.language.values import NUMBER, amounts, counts, money_of, number_of, numbers, ordinals, spelled_in, years
from assistant.language.words import stem, words

FILE = "claim"
NEAR = 4  # words beside a year that it may belong to
SMALL = 4  # letters of words such as "was"
ORDINAL = "~"  # in front of what is numbered, not counted


def _money() -> re.Pattern[str]:
    """Return what finds an amount of money in a claim, in either language."""
    currency, units = (either(FILE, key).pattern for key in ("currency", "money"))
    before, number = rf"\b(?:{currency})\s*", r"\d[\d.,]*"
    return re.compile(rf"(?:{before})?{number}\s*(?:{units})\b|{before}{number}", re.IGNORECASE)


# Names of what money can be for, and not of who gives or gets it.
OF_THEIR_OWN = ("fund", "programme", "company", "school", "strategy")
MONEY = _money()


def by_number_behind(stated: Stated) -> str | None:
    """Decide how many somebody gets by the number in brackets right behind the name, of each name in its turn."""
    claimed = [match.group() for match in NUMBER.finditer(stated.claim) if match.group() in stated.numbers]
    told = [number_behind(fact, stated.row.span.quote) for fact in stated.things]
    if not claimed or len(claimed) != len(told) or None in told or stated.bounded:
        return None
    said = "yes" if told == claimed else "no"
    return None if said == "yes" and stated.open else said


def by_rank(stated: Stated) -> str | None:
    """Decide who has most or least by the numbers in brackets behind the names of a sentence."""
    most, least = stated.asks("most"), stated.asks("least")
    if most == least or not stated.things or stated.numbers:
        return None
    quote = stated.row.span.quote
    behind = {fact: told for fact in stated.facts if (told := number_behind(fact, quote)) is not None}
    asked = stated.things[0]
    than = either(FILE, "than").search(stated.lowered)
    if len(behind) < 2 or asked not in behind or (than and than.start() < stated.place_of(asked)):
        return None  # the first one is called by another name
    others = [int(told) for fact, told in behind.items() if fact is not asked]
    own = int(behind[asked])
    return "yes" if (own > max(others) if most else own < min(others)) else "no"


def by_year(stated: Stated) -> str | None:
    """Decide when something begins, ends or was, where the sentence tells of no other year."""
    claimed, told = years(stated.claim), years(stated.row.span.quote)
    if not claimed or not told:
        return None
    for key, bound in (("ends", max), ("begins", min)):
        if stated.asks(key) and len(told) > 1 and len(claimed) == 1 and stated.names_fit:
            return "yes" if bound(claimed) == bound(told) else "no"
    same = stated.numbers & numbers(stated.row.span.quote)
    if same and MONEY.search(stated.claim) and len(told) == 1 and claimed.isdisjoint(told) and not stated.open:
        return "no"
    one = len(claimed) == len(told) == 1 and claimed.isdisjoint(told) and len(claims.own_words(stated.claim)) > 1
    if one and stated.sure and _says_what_is_dated(stated) and not stated.bounded and not stated.open:
        return "no"
    known = {year for fact in stated.facts for year in fact.years}
    return "no" if not claimed & known and stated.about(FOR_YES) and not stated.bounded else None


def _says_what_is_dated(stated: Stated) -> bool:
    """Return whether a claim says a word that stands close to the year of the sentence."""
    spoken = words(stated.sentence)
    at = next((place for place, word in enumerate(spoken) if word in YEAR_NUMBERS), None)
    near = "" if at is None else " ".join(spoken[max(0, at - NEAR) : at + NEAR])
    return claims.share_said(near, stated.claim, stated.analyzer, stated.language, alike=True) > 0


def by_money(stated: Stated) -> str | None:
    """Decide by an amount of money."""
    claimed = {money_of(match) for match in MONEY.findall(stated.claim)}
    told = {money_of(value) for value in amounts(stated.row.span.quote, "da")}
    known = {fact.value for fact in stated.facts if fact.kind == "amount"}
    return _compared(stated, claimed, told, known | {_total(told)})


def by_money_of_another(stated: Stated) -> str | None:
    """Decide that an amount is not for the thing that a claim names, where it stands only in parts of the document that
    do not speak of that thing.
    """
    claimed = {money_of(match) for match in MONEY.findall(stated.claim)}
    document = stated.row.document
    paid = [fact for fact in stated.facts if fact.kind == AMOUNT and fact.value in claimed]
    things = [fact for fact in stated.things if fact.kind in OF_THEIR_OWN]
    if len(claimed) != 1 or not paid or not things or stated.bounded:
        return None
    of_money, of_things = (document.kin([each for fact in some for each in fact.sections]) for some in (paid, things))
    return "no" if set(of_money).isdisjoint(of_things) and stated.about(FOR_NO) else None


def by_number_in_all(stated: Stated) -> str | None:
    """Decide that a number is not that of all where the sentence gives one in all, and the claimed one of a part."""
    total = either(FILE, "pole sum total")
    claimed, told = total.search(stated.lowered), total.search(stated.sentence.lower())
    if not (claimed and told) or len(stated.numbers) != 1 or not stated.about(FOR_YES) or stated.bounded:
        return None
    said = [(abs(match.start() - told.start()), match.group()) for match in NUMBER.finditer(stated.sentence)]
    nearest = numbers(min(said)[1]) if said else set[str]()
    return (
        "no" if nearest and stated.numbers.isdisjoint(nearest) and stated.numbers <= numbers(stated.sentence) else None
    )


def by_total(stated: Stated) -> str | None:
    """Decide by what the amounts of a section come to together, each for years of its own."""
    claimed = [money_of(match) for match in MONEY.findall(stated.claim)]
    facts = [fact for fact in stated.facts if fact.kind == AMOUNT and stated.row.section.id in fact.sections]
    total = either(FILE, "pole sum total").search(stated.lowered) and of_one_kind(facts)
    if not total or len(claimed) != 1 or years(stated.claim) or not stated.about(FOR_YES) or stated.bounded:
        return None
    return "yes" if claimed[0] == total_of(facts) else "no"


def by_amount_each_year(stated: Stated) -> str | None:
    """Decide that an amount does not come every year, where the sentence gives another for some of the years."""
    claimed = {money_of(match) for match in MONEY.findall(stated.claim)}
    values = amounts(stated.row.span.quote, "da")
    if any(_told_otherwise(each, values) for each in amounts(stated.claim, stated.language)):
        return "no" if stated.about(FOR_NO) and not stated.bounded else None
    own = [value for value in values if money_of(value) in claimed]
    others = [value for value in values if money_of(value) not in claimed]
    if len(own) != 1 or not others or not stated.about(FOR_NO):
        return None
    meant = years(stated.claim)
    if meant and meant <= years(own[0]) and stated.names_fit and stated.sure:
        return None if stated.bounded or stated.open else "yes"
    if meant and not meant <= years(own[0]) and any(meant & years(other) for other in others):
        return None if stated.bounded else "no"
    yearly = either(FILE, "pole often yearly")
    if yearly.search(stated.lowered) and not yearly.search(own[0]) and any(yearly.search(other) for other in others):
        return "no"
    return None


def _told_otherwise(claimed: str, values: Sequence[str]) -> bool:
    """Return whether the values that a sentence gives for the years of a claimed one are all others."""
    same_years = [value for value in values if years(claimed) & years(value)]
    return bool(same_years) and all(money_of(value) != money_of(claimed) for value in same_years)


def by_two_years(stated: Stated) -> str | None:
    """Decide whether there is more or less money in one year than in another."""
    asked = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", stated.claim)]
    most, least = stated.asks("most"), stated.asks("least")
    values = amounts(stated.row.span.quote, "da")
    told = [money_of(of[0]) for year in asked if (of := [v for v in values if year in years(v)])]
    if len(asked) != 2 or most == least or len(told) != 2 or stated.numbers:
        return None
    first, last = (value or 0.0 for value in told)
    return "yes" if (first > last if most else first < last) else "no"


def by_trend(stated: Stated) -> str | None:
    """Decide whether money rises or falls by the amounts of a sentence for its years."""
    rises, falls = stated.asks("rises"), stated.asks("falls")
    dated = [(min(years(v)), money_of(v) or 0.0) for v in amounts(stated.row.span.quote, "da") if years(v)]
    if rises == falls or len(dated) < 2 or stated.numbers:
        return None
    dated.sort()
    first, last = dated[0][1], dated[-1][1]
    return "yes" if (last > first if rises else last < first) else "no"


def by_count(stated: Stated) -> str | None:
    """Decide by a number of things."""
    if MONEY.search(stated.claim):
        return None
    claimed = {float(number_of(each) or 0) for each in stated.numbers}
    values = [value for value in counts(stated.row.span.quote, "da") if NUMBER.search(value)]
    told = {number_of(value) for value in values}
    ranges = list(filter(None, map(extent, values)))
    within = all(any(low <= each <= high and low < high for low, high in ranges) for each in claimed)
    if not _is_known(stated) or (within and claimed):
        return None  # "as many as eight" of "four to eight"
    known = {float(each) for each in numbers(stated.row.document.text) if each.isdigit()}
    return _compared(stated, claimed, told, known)


def _is_known(stated: Stated) -> bool:
    """Return whether what a claim counts is a word of the texts: of other things they give no number at all."""
    said = words(stated.claim)
    things = [said[at + 1 : at + 3] for at, word in enumerate(said) if word in stated.numbers]
    return all(not thing or any(stated.analyzer.knows(word) for word in thing[-1:]) for thing in things)


def extent(value: str) -> tuple[float, float] | None:
    """Return the least and the most that a count can be: 4 and 8 of "4-8 testpladser"; None where it has no number."""
    first = number_of(value)
    found = RANGE.search(value)
    last = number_of(NUMBER.findall(found.group())[-1]) if found else first
    return None if first is None or last is None else (first, last)


def by_number_alone(stated: Stated) -> str | None:
    """Decide that a number is wrong which is all that a claim says, where the sentence talked of has others."""
    told = numbers(stated.row.span.quote) - YEAR_NUMBERS
    said = [word for word in words(stated.rest) if len(word) > SMALL and not NUMBER.fullmatch(word)]
    alone = stated.numbers and not (said or stated.named)  # "there are 12 themes" says more
    known = alone and told and stated.numbers.isdisjoint(told) and years(stated.claim) <= years(stated.sentence)
    return "no" if known and not stated.bounded else None


def by_number_word(stated: Stated) -> str | None:
    """Decide by a number in letters with what it counts: "the three western regions" are not all five."""
    claimed, told = (_counted(text, stated.language) for text in (stated.claim, stated.sentence))
    for thing, number in claimed.items():
        if thing in told and told[thing] != number and stated.about(FOR_NO) and not compares(stated.lowered):
            return "no"
    return None


def by_place_of_number(stated: Stated) -> str | None:
    """Decide whether a number of things comes to a place: it does where the sentence gives that number for it, and
    does not where the sentence gives it a smaller one.

    The place of a number is the first one named behind it, before the next number.
    """
    claimed = [int(each) for each in stated.numbers if each.isdigit()]
    if len(claimed) != 1 or len(stated.places) != 1 or compares(stated.lowered):
        return None
    own = numbers_at(stated.places[0], stated)
    among = [*own, *numbers_at(stated.places[0], stated, shared=True)]
    if own and claimed[0] > sum(among) and stated.about(FOR_NO) and not stated.bounded:
        return "no"
    away = bool(claims.AWAY & set(words(stated.claim)))
    away = away or not years(stated.claim) <= years(stated.sentence)
    sure = claimed[0] in own and not away and stated.names_fit and stated.sure and not stated.open
    return "yes" if sure else None


def _compared(
    stated: Stated, claimed: Set[float | None], told: Set[float | None], known: Set[float | None]
) -> str | None:
    if not claimed or not told or compares(stated.lowered):
        return None
    if claimed.isdisjoint(known):
        return "no" if stated.about(FOR_NO) else None
    if claimed.isdisjoint(told):
        return "no" if len(told) == 1 and not stated.bounded and stated.about(FOR_YES) else None
    dated = years(stated.claim) <= years(stated.sentence)
    sure = claimed <= told and len(told) == 1 and dated and stated.names_fit and stated.sure
    return "yes" if sure and not stated.open else None


def _total(told: Set[float | None]) -> float:
    return sum(value for value in told if value)


def numbers_at(place: Fact, stated: Stated, shared: bool = False) -> list[int]:
    """Return the numbers of the sentence whose place is the one given; where `shared`, those in front of such a one
    that have no place of their own.
    """
    quote = stated.row.span.quote
    found = [match for match in NUMBER.finditer(quote) if match.group() not in YEAR_NUMBERS]
    known = stated.known_places
    told: list[int] = []
    waiting: list[int] = []
    for at, match in enumerate(found):
        until = found[at + 1].start() if at + 1 < len(found) else len(quote)
        behind = quote[match.end() : until]
        first = min((form for form in known if form in behind), key=behind.find, default=None)
        number = int(number_of(match.group()) or 0)
        if first is None:
            waiting.append(number)
            continue
        if known[first] == place:
            told += waiting if shared else [number]
        waiting = []
    return told


def _counted(text: str, language: str) -> dict[str, float]:
    """Return what a text counts, by stems, with the number: the two words behind it both stand for the thing."""
    spoken, found = words(re.sub(r"\b(\d)\. ?(?=[a-zæøå])", r"\1th ", text.lower())), dict[str, float]()
    order = ordinals()
    for at, word in enumerate(spoken):
        if (number := spelled_in(language).get(word)) is not None:
            found |= {stem(thing, language): number for thing in spoken[at + 1 : at + 4]}
        elif word in order and at + 1 < len(spoken):
            found[f"{ORDINAL}{stem(spoken[at + 1], language)}"] = order[word]
    return found
