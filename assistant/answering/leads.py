"""The value asked for, said in front of a sentence in which it stands late."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.collecting.told import joined, named
from assistant.answering.draft import wording
from assistant.answering.support.counted import counts_meant
from assistant.corpus.types import Document
from assistant.index.records import Row
from assistant.language.files import both, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import TYPED_VALUES, of_years, value_meant, years
from assistant.language.words import Analyzer
from assistant.understanding.question import Asked

# A value this early in its sentence needs no lead of its own.
EARLY = 30


def lead_of(asked: Asked, row: Row, language: str, analyzer: Analyzer) -> str | None:
    """Return the value asked for, where it does not stand early in the sentence, or the theme, where that is asked for;
    None where the sentence is enough.
    """
    text = wording(row, language)
    if words_of("statement", language).asks["section"].search(asked.clause.lower()):
        return named(row.document.theme_of(row.section), language)
    meant = _values_meant(asked, row, text, language, analyzer)
    return joined(meant[:3], language) if meant and text.find(meant[0]) >= EARLY else None


def value_of(asked: Asked, row: Row, language: str, analyzer: Analyzer) -> str:
    """Return the last of the values of a sentence that are asked for, "" where none is."""
    text = wording(row, language)
    return max(_values_meant(asked, row, text, language, analyzer), key=text.rfind, default="")


def _values_meant(asked: Asked, row: Row, text: str, language: str, analyzer: Analyzer) -> Sequence[str]:
    """Return the values of a sentence that are asked for; none where it does not tell which are meant."""
    apart = either("collect", "negated").search(asked.clause.lower())  # those of others are asked for
    find = TYPED_VALUES.get(asked.kind) if asked.kind is not Kind.PAYER and not apart else None
    values = find(text, language) if find else []
    if asked.kind is Kind.PLACE:
        narrow = [value for value in values if not _is_everywhere(value, row.document)]
        return narrow if len(narrow) == 1 else []
    if asked.kind is Kind.AMOUNT or (asked.kind is Kind.DATE and len(values) == 1):
        asked_years = set() if either("statement", "relative").search(asked.clause.lower()) else years(asked.clause)
        meant = of_years(list(dict.fromkeys(values)), asked_years, text)
        # Of two amounts of which one is told with its years, the other would seem to have none.
        return meant if len({bool(years(value)) for value in meant}) == 1 else []
    if asked.kind is Kind.COUNT:
        values = counts_meant(asked, values, text, language, analyzer)
    one = value_meant(values, text, asked.clause)
    return [one] if one else []


def _is_everywhere(place: str, document: Document) -> bool:
    """Tell whether a place is the country or a party to the agreement: no answer to where something is."""
    name = place.removeprefix("the ")
    return name in both("statement", "country") or name in (*document.parties, *document.parties_en)
