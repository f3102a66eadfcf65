"""What is asked of a thing, such as whether one may complain or who won, of which the text nearest to it has no word.

A sentence about the thing itself is always found, and looks like an answer. Each attribute has two patterns in the
language files: how people ask for it ("asks complaint"), and some word without which a text cannot tell it
("tells complaint"), in either language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.desk import Desk
from assistant.answering.support.verdict import YEAR, YEAR_NUMBERS
from assistant.index.search import Hit
from assistant.language.files import LANGUAGES, both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import amounts, dates, in_digits, numbers, years
from assistant.language.words import WORD, words
from assistant.understanding.question import Asked

FILE, ASKS, TELLS = "missing", "asks ", "tells "
# Hits of the best section, and of what elaborates it, in which a word of the attribute may stand.
LOOKED_AT = 5
# Of which the answer itself is made.
NEXT = 2
# A word with a capital that does not begin a sentence or an item.
NAME = re.compile(r"(?<=[\wæøåÆØÅ,»“”\"(/&–-] )[A-ZÆØÅ][\wæøåÆØÅ&.-]*|\b[A-ZÆØÅ]{2,}\b")
ATTRIBUTES = tuple(key.removeprefix(ASKS) for key in words_of(FILE, LANGUAGES[0]).asks if key.startswith(ASKS))


def lacks_attribute(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether an attribute is asked for of which nothing near the best hit has a word."""
    asks, clause = words_of(FILE, language).asks, asked.clause.lower()
    wanted = [each for each in ATTRIBUTES if asks[ASKS + each].search(clause)]
    told = " ".join(hit.row.both for hit in _near(hits)).lower() if wanted else ""
    return any(not either(FILE, TELLS + each).search(told) for each in wanted)


def names_nobody(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether a name is asked for, and nothing near the best hit names anything but what the question does."""
    if not words_of(FILE, language).asks["a name"].search(asked.clause.lower()):
        return False
    said = set(words(asked.whole or asked.clause))
    best = _near(hits)[:NEXT]
    told = [name for hit in best for name in NAME.findall(hit.row.span.quote)]
    return not any(not said.issuperset(words(name)) for name in told) and not any(map(_begins_with_name, best))


def only_counts(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether it is asked which so many things are, and the best sentence says how many as well, and no more."""
    match = words_of(FILE, language).asks["which of number"].search(asked.clause.lower())
    if match is None:
        return False
    number, quote = in_digits(match["n"], language), hits[0].row.span.quote
    names = {name for name in NAME.findall(quote) if name.lower() not in words(asked.clause)}
    items = len(words_of(FILE, "da").asks["between items"].findall(quote)) + 1
    told = max(len(names), items)  # "of business, of employment and of education"
    return number in numbers(in_digits(quote, "da")) and told < int(number) and ":" not in quote


def counts_nothing(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether a number of things is asked for, and what was found only measures: 25 per cent, 85 metres."""
    asks = words_of(FILE, language).asks
    if asked.kind is not Kind.COUNT or asked.yes_no or asks["wants measure"].search(asked.clause.lower()):
        return False
    return not any(_counts(hit.row.span.quote) for hit in _near(hits)[:NEXT])


def _counts(quote: str) -> bool:
    """Return whether a Danish sentence has a number that is no date, no amount and no measure."""
    for value in (*dates(quote, "da"), *amounts(quote, "da")):
        quote = quote.replace(value, " ")
    rest = words_of(FILE, "da").asks["measured"].sub(" ", quote.lower())
    found = numbers(in_digits(rest, "da")) - YEAR_NUMBERS
    return bool(found) or not both(FILE, "one").isdisjoint(words(rest))


def compares_with_year(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether a value is asked for by its year, with which the sentence only compares: "25 % less than 2023"."""
    wanted, quote = years(asked.clause), hits[0].row.span.quote
    if asked.kind not in (Kind.COUNT, Kind.AMOUNT) or asked.yes_no or not wanted:
        return False
    told = [match.start() for match in YEAR.finditer(quote) if int(match.group()) in wanted]
    compared = {match.start("year") for match in words_of(FILE, "da").asks["baseline"].finditer(quote.lower())}
    return bool(told) and compared.issuperset(told)


def gives_no_reason(asked: Asked, hits: Sequence[Hit], desk: Desk, language: str) -> bool:
    """Return whether a reason is asked for, and neither what was found nor what stands beside it has a word of one."""
    if asked.kind is not Kind.REASON or asked.yes_no:
        return False
    return not any(either(FILE, "cause").search(hit.row.both.lower()) for hit in _near(hits)[:NEXT])


def _begins_with_name(hit: Hit) -> bool:
    """Return whether a row begins with a name, which looks like any first word: two words with capitals."""
    first = WORD.findall(hit.row.span.quote)[:2]
    return len(first) == 2 and all(word[0].isupper() for word in first)


def _near(hits: Sequence[Hit]) -> list[Hit]:
    best = hits[0]
    kin = best.row.document.kin([best.row.section.id])
    return [hit for hit in hits[:LOOKED_AT] if hit.row.document is best.row.document and hit.row.section.id in kin]
