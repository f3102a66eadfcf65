"""Typed values in a sentence: amounts, counts, dates and places, found by their shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.words import fold, words

FILE = "values"
YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\b.*")
PROPER = r"[A-ZÆØÅ][\wæøåÆØÅ]+(?:\s[A-ZÆØÅ][\wæøåÆØÅ]+)*"
# An e-mail or web address, or eight digits of a Danish telephone number, perhaps in pairs or after a country code.
CONTACT = re.compile(
    r"https?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.\w+|(?<![\d.,-])(?:\+45 ?)?\d\d ?\d\d ?\d\d ?\d\d(?![\d.,-])"
)
CLAUSE_END = re.compile(r"[,;](?=\s)")
UNIT = re.compile(r"(\d)(?=[a-z])")
NUMBER = re.compile(r"\b\d[\d.,]*\d\b|\b\d\b")


def _asks(language: str, key: str) -> re.Pattern[str]:
    return words_of(FILE, language).asks[key]


def _place(language: str) -> re.Pattern[str]:
    """Return what finds places after a preposition: "in Aarhus, Viborg and in Skive"."""
    keys = ("place before", "place article", "place and", "place again", "place in")
    before, article, also, again, within = (_asks(language, key).pattern for key in keys)
    further = rf"(?:(?:,| {also}| \(\w+\),)(?: (?:{again}))?| {within})\s(?:{PROPER})"
    return re.compile(rf"\b(?:{before})\s((?:{article})?(?:{PROPER})(?:{further})*)")


def _measure() -> re.Pattern[str]:
    """Return what finds a number with a unit of length, area, weight, speed, power, temperature or age."""
    written = either(FILE, "measure").pattern
    signs = r"[ckm]?m|m/s|[kmg]?bit/s|mbit|[kmg]w|kv|ton|kg|ha|m2|m²|°c?"
    return re.compile(rf"\d[\d.,]*\s?(?:(?:{signs}|{written})\b|%)", re.IGNORECASE)


def _period() -> re.Pattern[str]:
    year = r"((?:19|20)\d\d)"
    return re.compile(rf"\b{year}(?:\s?(?:[-–]|{either(FILE, 'until').pattern})\s?{year})?\b")


PLACE = {language: _place(language) for language in LANGUAGES}
MEASURE, PERIOD = _measure(), _period()


@lru_cache(maxsize=1)
def spelled() -> dict[str, float]:
    """Return the words for numbers, such as "seven", with their numbers."""
    return _numbered(both(FILE, "spelled"))


def spelled_in(language: str) -> dict[str, float]:
    """Return the same of one language: "to" is two in Danish alone."""
    return _numbered(words_of(FILE, language).words["spelled"])


def _numbered(pairs: Iterable[str]) -> dict[str, float]:
    """Return words with their numbers, given as "word=number"."""
    return {word: float(number) for word, number in (pair.split("=") for pair in pairs)}


JOINED = {"da": "{unit}og{ten}", "en": "{ten}-{unit}"}


@lru_cache(maxsize=2)
def number_words(language: str) -> dict[str, float]:
    """Return the words of a language for numbers from two on, such as "seven" and "enogtyve", with their numbers."""
    said = words_of(FILE, language).words
    tens, units = _numbered(said["tens"]), _numbered(said["units"])
    compounds = {
        JOINED[language].format(unit=unit, ten=ten): number + more
        for ten, number in tens.items()
        for unit, more in units.items()
    }
    return _numbered(said["spelled"]) | tens | compounds


def in_digits(text: str, language: str) -> str:
    """Return a text with such words as digits: "enogtyve kommuner" is "21 kommuner"."""
    known = number_words(language)
    return _number_words(language).sub(lambda match: f"{known[match.group().lower()]:g}", text)


@lru_cache(maxsize=2)
def _number_words(language: str) -> re.Pattern[str]:
    longest = sorted(number_words(language), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def ordinals() -> dict[str, float]:
    """Return the words for a place in an order, such as "second", with their numbers."""
    return _numbered(both(FILE, "ordinals"))


def amounts(text: str, language: str) -> list[str]:
    """Return the amounts of money of a sentence, as they are written."""
    return [match.group().strip() for match in _asks(language, "amount").finditer(text)]


def dates(text: str, language: str) -> list[str]:
    """Return the dates, years and periods of a sentence, as they are written."""
    return [match.group() for match in _asks(language, "date").finditer(text)]


def counts(text: str, language: str) -> list[str]:
    """Return the counts of a sentence with what they count, as they are written."""
    money = {text.find(amount) for amount in amounts(text, language)}
    found = [match for match in _asks(language, "count").finditer(text) if match.start() not in money]
    return [match.group() for match in found if not YEARS.fullmatch(match.group())]


def places(text: str, language: str) -> list[str]:
    """Return the places that a sentence names after a preposition, as they are written."""
    return [match.group(1) for match in PLACE[language].finditer(text)]


def contacts(text: str, _language: str) -> list[str]:
    """Return the e-mail addresses and telephone numbers of a sentence."""
    return CONTACT.findall(text)


def measures(text: str, _language: str) -> list[str]:
    """Return the measures of a sentence, as they are written."""
    return [match.group() for match in MEASURE.finditer(text)]


def payments(text: str, _language: str) -> list[str]:
    """Return what tells of money being paid or set aside in a Danish sentence: whoever pays is told beside it."""
    return _asks("da", "payment").findall(text)


TYPED_VALUES: dict[Kind, Callable[[str, str], list[str]]] = {
    Kind.AMOUNT: amounts,
    Kind.COUNT: counts,
    Kind.DATE: dates,
    Kind.PLACE: places,
    Kind.CONTACT: contacts,
    Kind.MEASURE: measures,
    Kind.PAYER: payments,
}
MARKERS = (Kind.REASON, Kind.EXAMPLE)
# Kinds of which a sentence shows by its shape whether it states one.
STATED = (*MARKERS, *TYPED_VALUES)
# Kinds of which a sentence that states none is no answer.
COUNTABLE = (Kind.AMOUNT, Kind.COUNT, Kind.DATE)


def states(kind: Kind, text: str) -> bool:
    """Return whether a Danish text states a value of a kind, or says that it gives a reason or an example."""
    if kind in MARKERS:
        return _asks("da", kind).search(text.lower()) is not None
    find = TYPED_VALUES.get(kind)
    return bool(find and find(text, "da"))


def numbers(text: str) -> set[str]:
    """Return the numbers of a text without their separators."""
    return {re.sub(r"[.,]", "", match.group()) for match in NUMBER.finditer(text)}


def years(text: str) -> set[int]:
    """Return the years that a text names, those within a period such as 2017-2019 included."""
    found: set[int] = set()
    for match in PERIOD.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        found |= set(range(first, max(first, last) + 1))
    return found


def money_of(amount: str) -> float | None:
    """Return an amount in kroner; None where it has no number."""
    lowered = UNIT.sub(r"\1 ", amount.lower())  # "400m"
    number = number_of(re.sub(r"^dkk\s*", "", lowered))
    if number is None:
        return None
    for scale, key in ((1e9, "billion"), (1e6, "million")):
        if re.search(rf"\b(?:{either(FILE, key).pattern})", lowered):
            return number * scale
    return number


def number_of(value: str) -> float | None:
    """Return the first number of a value: "3.900" and "3,900" are thousands, "4-8" is four, "tre" is three."""
    match = NUMBER.search(value)
    if match is None:
        first = words(value)[:1]
        return spelled().get(first[0]) if first else None
    digits = match.group()
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        return float(re.sub(r"[.,]", "", digits))
    return float(digits.replace(",", ".")) if digits.count(",") + digits.count(".") <= 1 else None


def of_years(values: Sequence[str], asked: set[int], text: str) -> list[str]:
    """Return the values that are told for the years asked for; all where the text does not tell of these years."""
    if not asked or not asked <= years(text):
        return list(values)
    told = [value for value in values if asked & years(value)]
    return told or [value for value in values if not years(value)]


def value_meant(values: Sequence[str], text: str, question: str) -> str | None:
    """Return the value beside which the text says most of what it says beside no other and the question asks for.

    The only value is meant in any case; None where there is none, or where several are meant alike.
    """
    if len(values) < 2:
        return values[0] if values else None
    asked = _grams(question)
    near = [_grams(part) for part in parts_of(text, values)]
    own = [len(asked & part - set().union(*(near[:n] + near[n + 1 :]))) for n, part in enumerate(near)]
    most = max(own)
    return values[own.index(most)] if own.count(most) == 1 else None


def parts_of(text: str, values: Sequence[str]) -> list[str]:
    """Return what a sentence says of each of its values, given in their order: the clause, as commas part them.

    Of a clause with several values each has what stands before it, back to the one before.
    """
    spans, at = [], 0
    for value in values:
        begin = text.index(value, at)
        spans.append((begin, at := begin + len(value)))
    cuts = [0, *(match.end() for match in CLAUSE_END.finditer(text)), len(text)]
    parts = []
    for start, end in pairwise(cuts):
        inside = [span for span in spans if start <= span[0] < end]
        if len(inside) == 1:
            parts.append(text[start:end])
        else:
            parts += [text[before:until] for before, until in pairwise([start, *(until for _, until in inside)])]
    return parts


def _grams(text: str) -> set[str]:
    return {
        fold(word)[at : at + 4] for word in words(text) for at in range(max(1, len(fold(word)) - 3)) if len(word) > 2
    }
