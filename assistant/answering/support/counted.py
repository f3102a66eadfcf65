"""Whether a sentence counts the very thing that a question asks the number of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.support.claims import share_said
from assistant.language.files import both, words_of
from assistant.language.kinds import Kind
from assistant.language.values import counts, years
from assistant.language.words import Analyzer, stem, words
from assistant.understanding.question import Asked

# Words between what asks for a number and the thing counted: "how many new state jobs".
BETWEEN = 2


def thing_counted(asked: Asked, language: str) -> list[str]:
    """Return the words behind "how many", of which one is the thing that is counted; none where a part is asked for."""
    lowered = asked.clause.lower()
    how_many = words_of("kinds", language).asks[Kind.COUNT].search(lowered)
    if asked.kind is not Kind.COUNT or how_many is None:
        return []
    following = words(lowered[how_many.end() :])[: BETWEEN + 1]
    return [] if following[:1] and following[0] in words_of("values", language).words["partitive"] else following


def counts_what_is_asked(asked: Asked, text: str, language: str) -> bool:
    """Return whether a text, in the question's language, states a number of the thing asked for: "4-8 test sites"."""
    named = {stem(word, language) for word in thing_counted(asked, language)}
    places = ((text.find(value), value) for value in counts(text, language))
    # "The three western Danish regions" counts regions.
    counted = (words(text[at:])[: len(words(value)) + BETWEEN] for at, value in places if at >= 0)
    return any(stem(word, language) in named for each in counted for word in each if not word[0].isdigit())


def counts_meant(asked: Asked, values: Sequence[str], text: str, language: str, analyzer: Analyzer) -> list[str]:
    """Return the counts of a sentence that count the thing asked for, or are told for the year asked for; none where it
    counts other things, or a part of them ("23 of the 118 wells").
    """
    bare = {value: value.rpartition(" ")[0] for value in values if value.split()[-1] in both("values", "behind number")}
    wanted = years(asked.clause)
    dated = [bare[v] for v in bare if any(re.search(rf"\b{re.escape(v)} {year}\b", text) for year in wanted)]
    if dated:
        return dated
    thing = " ".join(thing_counted(asked, language))
    if not thing:
        return list(values) if not bare else []
    fits = [value for value in values if value not in bare and share_said(thing, value, analyzer, language, alike=True)]
    parts = any(
        re.search(rf"{re.escape(part)} (?:\S+ ){{0,2}}{re.escape(whole)}", text) for part in bare for whole in fits
    )
    if not fits and len(values) > 1 and len({value.split()[-1] for value in values}) == 1:
        return list(values)  # all count the same, which people may call otherwise
    return [] if parts else fits
