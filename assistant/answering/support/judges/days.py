"""Yes or no by the day of a claim: written in words, or told by its month or season."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.support.judges.stated import FOR_SURE, FOR_YES, Stated
from assistant.language.files import words_of
from assistant.language.values import dates, ordinals, years

FILE = "claim"
DAY_MONTH_YEAR = 3  # words
YEAR = r"(?:19|20)\d\d\b"


def by_day(stated: Stated) -> str | None:
    """Decide by a day with its year, where the sentence gives one day alone."""
    stated = stated.claiming(_in_numbers(stated.claim, stated.language))
    claimed, told = (_days(text, stated.language) for text in (stated.claim, stated.sentence))
    if len(claimed) != 1 or len(told) != 1 or stated.bounded:
        return None
    if claimed != told:
        return "no" if stated.about(FOR_YES) else None
    return "yes" if stated.names_fit and stated.share >= FOR_SURE and not stated.open else None


def by_season(stated: Stated) -> str | None:
    """Decide by a month or season and its year, "in the autumn of 2015", where the sentence gives one day alone."""
    seasons, told = _seasons(stated.language), _days(stated.sentence, stated.language)
    match = re.search(rf"\b({'|'.join(seasons)})\b(?=(?: \w+)? {YEAR})", stated.lowered)
    days = _days(_in_numbers(stated.claim, stated.language), stated.language)
    if match is None or days or len(told) != 1 or stated.bounded:
        return None
    (day,) = told
    rest = stated.claiming(stated.claim[: match.start()] + stated.claim[match.end() :])
    if not years(stated.claim) <= years(day) or day.split()[1] not in seasons[match[1]]:
        return "no" if rest.about(FOR_YES) else None
    return "yes" if rest.names_fit and rest.share >= FOR_SURE and not rest.open else None


@lru_cache(maxsize=2)
def _seasons(language: str) -> dict[str, set[str]]:
    """Return the months of each season, and of each month itself."""
    found: dict[str, set[str]] = {}
    for pair in sorted(words_of(FILE, language).words["seasons"]):
        season, _, month = pair.partition("=")
        found.setdefault(season, set()).add(month)
        found[month] = {month}
    return found


def _days(text: str, language: str) -> set[str]:
    """Return the days of a text that have a month and a year."""
    return {day.lower() for day in dates(text, language) if len(day.split()) == DAY_MONTH_YEAR}


def _in_numbers(text: str, language: str) -> str:
    """Return a text with a day in words, "the first of October 2015", as a date is written."""
    mark = "." if language == "da" else ""
    ordinal = re.compile(rf"\b({'|'.join(sorted(ordinals()))})(?: of| i)?(?= [^\W\d]+ {YEAR})", re.IGNORECASE)
    return ordinal.sub(lambda match: f"{ordinals()[match[1].lower()]:.0f}{mark}", text)
