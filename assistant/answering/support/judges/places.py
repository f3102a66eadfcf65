"""Yes or no by the place that a sentence gives right behind the name of a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.support.judges.stated import FOR_YES, Stated
from assistant.corpus.register import Fact
from assistant.language.files import both, either, words_of
from assistant.language.values import numbers, years
from assistant.language.words import words

# How much of a claim's words the sentence must say, where it says the very place of each thing.
FOR_PLACE = 0.65


def by_place(stated: Stated) -> str | None:
    """Decide where things are by the place right behind the name of each, in the claim and in the sentence."""
    places, things = stated.places, stated.things
    said = numbers(stated.claim) | {str(year) for year in years(stated.claim)}
    if not things or said - numbers(stated.row.span.quote):
        return None
    if not places:
        there = _elsewhere(stated) and _place_behind(things[0], stated) and not stated.bounded
        return "no" if there else None
    if stated.bounded or stated.without(places[0]).share < FOR_YES:
        return None
    pairs = [(_place_behind(thing, stated), _claimed(thing, places, stated)) for thing in things]
    known = [(told, claimed) for told, claimed in pairs if told is not None and claimed is not None]
    if any(told is not claimed for told, claimed in known):
        return "no"
    sure = len(known) == len(things) and stated.names_fit and stated.share >= FOR_PLACE and not stated.adds
    return "yes" if sure and not stated.open and not numbers(stated.claim) else None


def by_outside(stated: Stated) -> str | None:
    """Decide that a thing is not in the place that the sentence says it is outside of."""
    if len(stated.places) != 1 or stated.asks("bounds") or stated.asks("outside"):
        return None
    forms = "|".join(map(re.escape, stated.places[0].forms))
    outside = re.search(
        rf"(?:{either('claim', 'outside').pattern})\W+(?:the )?(?:{forms})", stated.sentence, re.IGNORECASE
    )
    inside = re.search(
        rf"\b(?:{either('claim', 'inside').pattern})\W+(?:the )?(?:{forms})", stated.claim, re.IGNORECASE
    )
    return "no" if outside and inside and stated.without(stated.places[0]).about(FOR_YES) else None


def _claimed(thing: Fact, places: Sequence[Fact], stated: Stated) -> Fact | None:
    """Return the place that a claim names behind a thing, or the only one that it names."""
    if len(places) == 1:
        return places[0]
    at = stated.place_of(thing)
    behind = [place for place in places if stated.place_of(place) > at]
    return min(behind, key=stated.place_of, default=None)


def _elsewhere(stated: Stated) -> frozenset[str]:
    """Return the towns and countries of a claim that the document never names."""
    known = both("claim", "towns") | both("claim", "countries")
    return (known & frozenset(words(stated.claim))) - stated.document_words


def _place_behind(thing: Fact, stated: Stated) -> Fact | None:
    place, noun = (words_of("claim", "da").asks[key].pattern for key in ("place", "thing"))
    for form in thing.forms:
        match = re.search(
            rf"{re.escape(form)}(?:\s\([^)]*\)|\s(?:{noun}))?\s(?:{place})\s([A-ZÆØÅ]\w+)", stated.row.span.quote
        )
        if match and (found := stated.known_places.get(match.groups()[-1])):
            return found
    return None
