"""Yes or no, only where the text decides: every word, name and number of the claim must stand in the passage together.

That a passage is about what is asked proves nothing: "is the Apple project in Aarhus?" is best met by a sentence that
says where it is. So a claim is compared with the sentence word by word, and where anything of it is not said, the
sentence is given without yes or no.
"""

from __future__ import annotations

import re

from assistant.answering.draft import wording
from assistant.answering.support.claims import covers, says
from assistant.answering.support.poles import without_agreed
from assistant.corpus.types import Field
from assistant.index.records import Row
from assistant.language.files import either, words_of
from assistant.language.values import (
    COUNTABLE,
    NUMBER,
    amounts,
    counts,
    dates,
    numbers,
    of_years,
    parts_of,
    states,
    value_meant,
    years,
)
from assistant.language.words import WORD, Analyzer, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import Asked

FILE = "verdict"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
RANGE = re.compile(r"\b\d+ ?[-–] ?\d+\b")
YEAR_NUMBERS = frozenset(str(year) for year in range(1900, 2100))


def yes_or_no(asked: Asked, row: Row, analyzer: Analyzer, language: str) -> str | None:
    """Return "yes" or "no", or None where the passage alone does not decide."""
    clause = asked.clause.lower()
    if either(FILE, "request").search(clause):
        return None
    if words_of(FILE, language).asks["done"].search(clause):
        # What will be done, or is said not to be, is another question.
        asks_when = words_of("claim", language).asks["is to come"].search(clause) or years(clause)
        denied = words_of("collect", language).asks["negated"].search(clause)
        open_ = words_of(FILE, "da").asks["open"].search(row.span.quote.lower())
        return "no" if open_ and not (asks_when or denied) else None
    text = wording(row, language)
    agreed = without_agreed(asked.clause, text)
    # "More" is claimed and said.
    said_so = set(words(text))
    apart = " ".join(word for word in words(agreed) if word not in said_so)
    kept = words_of("claim", language).asks["kept away"]
    away = kept.search(agreed.lower()) and not kept.search(text.lower())
    if away or words_of(FILE, language).asks["strict"].search(apart) or not years(clause) <= years(row.span.quote):
        return None
    heading = heading_of(row, language)
    stated = numbers(row.span.quote) - YEAR_NUMBERS
    claimed = numbers(asked.clause) - YEAR_NUMBERS - numbers(heading)
    if claimed and (compares(agreed.lower()) or _has_unit(clause) != _has_unit(text.lower())):
        return None
    if claimed and (claimed.isdisjoint(stated) or _told_of_another(asked.clause, claimed, text, language)):
        return "no" if stated and covers(asked.clause, f"{heading} {text}", analyzer, language) else None
    if claimed and not (claimed <= stated and _belong(asked.clause, claimed, text, language)):
        return None
    if asked.kind in COUNTABLE and not states(asked.kind, row.span.quote):
        return None
    fits = bool(claimed) or _of_its_year(asked.clause, text, language)
    said = without_agreed(text, asked.clause)  # what both say on an axis is no denial, limit or condition of one
    told = row.passage.field is not Field.NEXT_STEP and says(agreed, said, heading, analyzer, language)
    return "yes" if fits and told else None


def heading_of(row: Row, language: str) -> str:
    """Return what stands above a row in one language, its sub-heading as well."""
    section, passage = row.section, row.passage
    return " ".join(
        section.heading(passage.subheading) if language == "da" else section.heading_en(passage.subheading_en)
    )


def with_headings(row: Row, language: str) -> str:
    """Return the words of a row in one language, behind what stands above it."""
    return f"{heading_of(row, language)} {wording(row, language)}"


def compares(claim: str) -> bool:
    """Return whether the number of a claim in small letters is only a bound: "more than 30"."""
    return either(FILE, "compares").search(claim) is not None


def _has_unit(text: str) -> bool:
    return either(FILE, "unit").search(text) is not None


def _told_of_another(clause: str, claimed: set[str], said: str, language: str) -> bool:
    """Return whether a sentence states another value for the years, or for the names, of a claim."""
    values = _values_like(claimed, said, language)
    named = {token.lower() for token in WORD.findall(said) if token[0].isupper()}
    names = [word for word in subject_words(clause) if word in named]
    parts = [words(part) for part in parts_of(said, values)]
    own = [value for value, part in zip(values, parts, strict=True) if all(name in part for name in names)]
    meant = of_years(values, years(clause), said) if years(clause) else own if names else []
    return len(meant) == 1 and len(values) > 1 and claimed.isdisjoint(numbers(meant[0]))


def _values_like(claimed: set[str], said: str, language: str) -> list[str]:
    """Return the amounts of a sentence where one of them has a claimed number, else its counts."""
    money = amounts(said, language)
    return money if any(claimed & numbers(value) for value in money) else counts(said, language)


def _of_its_year(clause: str, said: str, language: str) -> bool:
    """Return whether the years of a claim are written where the sentence tells of it; true of a claim without years."""
    asked, meant = set(YEAR.findall(clause)), value_meant(dates(said, language), said, clause)
    return not asked or (meant is not None and asked <= set(YEAR.findall(meant)))


def _belong(clause: str, claimed: set[str], said: str, language: str) -> bool:
    """Return whether the years of a claim, or each of its names, go with its number and no other of the sentence."""
    for day in dates(said, language):  # the first of a month counts nothing
        said = said.replace(day, " " * len(day))
    at = [(match.start(), match.end(), re.sub(r"[.,]", "", match.group())) for match in NUMBER.finditer(said)]
    others = [each for each in at if each[2] not in YEAR_NUMBERS]
    if len({number for _, _, number in others}) < 2:
        return True
    if len(claimed) > 1:
        # "4-8" belongs together; else which belongs to which is more than nearness can tell.
        return any(claimed == numbers(span) and span in said for span in RANGE.findall(clause))
    if years(clause):
        told = of_years(_values_like(claimed, said, language), years(clause), said)
        return len(told) == 1 and claimed <= numbers(told[0])
    for word in subject_words(clause):
        named = re.search(rf"\b{re.escape(word)}\b", said, re.IGNORECASE)
        if named and named.group()[0].isupper():
            nearest = min((_gap(*named.span(), start, end), number) for start, end, number in others)
            if nearest[1] not in claimed:
                return False
    return True


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(other_start - end, start - other_end, 0)
