"""Yes or no, only where the text decides: a named body, a number, a state of affairs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.question import Asked
from assistant.answering.values import numbers, years
from assistant.corpus.glossary import Entry
from assistant.corpus.types import Field
from assistant.index.search import Row

SURE = 0.6
YEAR_NUMBERS = frozenset(str(year) for year in range(1900, 2100))
# Words that ask for more than a passage can confirm by being about the same thing.
STRICT = {
    "da": re.compile(
        r"\b(alle|alt|hele|kun|udelukkende|allerede|altid|aldrig|ingen|ikke|flest|mest|bedre|største|stadig|endelig|garanter\w*|eneste)\b"
    ),
    "en": re.compile(
        r"\b(all|every|only|solely|already|always|never|not|no|none|most|better|best|largest|still|final\w*|guarantee\w*|\w+n['’]t)\b"
    ),
}
DONE = {
    "da": re.compile(r"\b(færdig\w*|afsluttet|gennemført|vedtaget|besluttet|på plads|klar|slut|løst)\b"),
    "en": re.compile(r"\b(finished|done|complete[d]?|concluded|adopted|decided|settled|in place|ready|over|solved)\b"),
}
# How the agreement says that a thing is not done.
OPEN = re.compile(r"\b(afventer|pågår|udkast|videre drøftelse|status fra)\b", re.IGNORECASE)


def yes_or_no(asked: Asked, row: Row, glossary: Sequence[Entry], belief: float, language: str) -> str | None:
    """Return "yes" or "no", or None where the passage alone does not decide."""
    clause = asked.clause.lower()
    if row.passage.field is Field.ACTORS:
        return _named_actor(asked.clause, row, glossary)
    if DONE[language].search(clause):
        return "no" if OPEN.search(row.span.quote) else None
    if STRICT[language].search(clause) or not years(clause) <= years(row.span.quote):
        return None
    stated = numbers(row.span.quote) - YEAR_NUMBERS
    claimed = numbers(asked.clause) - YEAR_NUMBERS - numbers(" ".join(row.section.heading()))
    if claimed and stated:
        return "yes" if claimed <= stated else "no" if not claimed & stated else None
    return "yes" if belief >= SURE and row.passage.field is not Field.NEXT_STEP else None


def _named_actor(clause: str, row: Row, glossary: Sequence[Entry]) -> str | None:
    """Return whether the body that the question names stands in the actors column of the theme."""
    listed = " ".join(span.quote for span in row.section.field(Field.ACTORS))
    for entry in glossary:
        if entry.named_in(clause):
            return "yes" if entry.stands_in(listed) else "no"
    return None
