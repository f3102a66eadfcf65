"""Yes or no where a claim sets a limit: only this, more than so many."""

from __future__ import annotations

from assistant.answering.support import claims
from assistant.answering.support.judges.figures import extent, numbers_at
from assistant.answering.support.judges.stated import FOR_NO, FOR_YES, Stated
from assistant.answering.support.verdict import YEAR_NUMBERS, compares
from assistant.corpus.register import number_behind
from assistant.corpus.types import Field
from assistant.language.files import both, either
from assistant.language.values import amounts, counts, money_of, number_of, numbers, years
from assistant.language.words import words

FILE = "claim"
NEAR = 3  # words behind "only" among which its thing stands
FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5}
BESIDE = 2  # words from a thing to another one of its row


def by_only(stated: Stated) -> str | None:
    """Decide that it is not only this where the sentence has this in a row with others, or for other years too."""
    match = either(FILE, "alone").search(stated.lowered)
    if match is None or not stated.about(FOR_YES) or stated.asks("of a part"):
        return None
    told = years(stated.sentence)
    claimed = years(stated.claim[match.start() :])
    if claimed and claimed < told and len(amounts(stated.row.span.quote, "da")) > 1:
        return "no"
    behind = [word for word in words(stated.claim[match.end() :]) if word not in claims.CLOSED][:NEAR]
    return "no" if any(_in_a_row(thing, stated) for thing in behind) else None


def _in_a_row(thing: str, stated: Stated) -> bool:
    """Return whether a thing stands in the sentence beside "and" or "both" with another that the claim does not say."""
    joining = both("sections", "joined") | both(FILE, "joining")
    spoken = words(stated.sentence)
    analyzer, language = stated.analyzer, stated.language
    for at, word in enumerate(spoken):
        if not claims.share_said(thing, word, analyzer, language):
            continue
        for joint in (at - 1, at + 1):
            if 0 <= joint < len(spoken) and spoken[joint] in joining:
                step = 1 if joint > at else -1
                others = spoken[joint + step : joint + step * (BESIDE + 1) : step]
                own = [other for other in others if claims.own_words(other)]
                if own and not claims.share_said(own[0], stated.claim, analyzer, language):
                    return True
    return False


def by_bound(stated: Stated) -> str | None:
    """Decide whether it is more or less than a number: of the place named, or the only number of the sentence."""
    more, less = stated.asks("more than"), stated.asks("less than")
    claimed = _claimed(stated)
    if more == less or len(claimed) != 1 or not stated.about(FOR_NO):
        return None
    told = _told(stated)
    if len(told) != 1:
        return None
    low, high = told[0]
    if not more:  # "fewer than ten" is "more than minus ten"
        low, high = -high, -low
    bound = claimed[0] if more else -claimed[0]
    if low > bound or (low == bound and stated.asks("or as many")):
        return "yes"
    return "no" if high <= bound else None  # of four to eight both are true


def _claimed(stated: Stated) -> list[float]:
    money = [money_of(each) for each in amounts(stated.claim, stated.language)]
    found = money or [number_of(each) for each in stated.numbers]
    return [value for value in found if value is not None]


def _told(stated: Stated) -> list[tuple[float, float]]:
    """Return the numbers of the sentence that the claim can be about, the least and the most that each can be."""
    quote = stated.row.span.quote
    if amounts(stated.claim, stated.language):
        return [(value, value) for each in amounts(quote, "da") if (value := money_of(each)) is not None]
    behind = [float(told) for fact in stated.things if (told := number_behind(fact, quote))]
    if behind:
        return [(number, number) for number in behind]
    extents = [each for value in counts(quote, "da") if (each := extent(value))]
    if len(stated.places) == 1 and all(low == high for low, high in extents):
        found = numbers_at(stated.places[0], stated)
        return [(max(found), max(found))] if found else []
    nearly = 0.5 if either(FILE, "pole degree nearly").search(quote.lower()) else 0.0
    return [(low - nearly, high - nearly) for low, high in extents]


def by_any_money(stated: Stated) -> str | None:
    """Decide that there is money where any at all is claimed, a krone, and the sentence sets some aside."""
    told = stated.row.passage.field is not Field.NEXT_STEP and amounts(stated.row.span.quote, "da")
    asked = stated.asks("any money") and not (stated.numbers or years(stated.claim) or compares(stated.lowered))
    return "yes" if asked and told and stated.believed else None


def by_period(stated: Stated) -> str | None:
    """Decide whether a thing goes on after the years of the document, by the last year of the sentence."""
    period, told = years(stated.row.document.period), years(stated.sentence)
    if (
        stated.asks("only might")
        or not stated.asks("beyond the period")
        or not period
        or not told
        or years(stated.claim)
    ):
        return None
    return "yes" if max(told) > max(period) else "no"


def by_fraction(stated: Stated) -> str | None:
    """Decide whether a part is more or less than a half, a third … of the whole that a sentence divides."""
    share = next((value for key, value in FRACTIONS.items() if stated.asks(key)), None)
    more, less = stated.asks("more of it"), stated.asks("less of it")
    quote = stated.row.span.quote
    whole = max((int(each) for each in (numbers(quote) | stated.numbers) - YEAR_NUMBERS if each.isdigit()), default=0)
    behind = [int(told) for fact in stated.things if (told := number_behind(fact, quote))]
    shared = [sum(numbers_at(place, stated) + numbers_at(place, stated, shared=True)) for place in stated.places]
    parts = behind or [part for part in shared if part]
    if share is None or more == less or len(parts) != 1 or not 0 < parts[0] < whole:
        return None
    larger = parts[0] > share * whole
    return "yes" if larger is more else "no"
