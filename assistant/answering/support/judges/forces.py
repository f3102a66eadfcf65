"""Yes or no by how much is laid down, whose a thing is, whether it is in force or done, and which way it goes."""

from __future__ import annotations

import re

from assistant.answering.support import claims
from assistant.answering.support.judges.stated import FOR_SURE, FOR_YES, Stated
from assistant.language.files import either, words_of
from assistant.language.values import years
from assistant.language.words import words

FILE = "claim"
LONGEST = 6  # words of the name of an owner
SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:-|–|to|til|until|through)\s*((?:19|20)\d\d)\b")


def by_force(stated: Stated) -> str | None:
    """Decide that nobody is obliged to what a sentence only says they may do, wish, or are called on to do."""
    must = words_of(FILE, stated.language).asks["obliged"]
    if not must.search(stated.lowered):
        return None
    mild, firm = (either(FILE, key).search(stated.sentence.lower()) for key in ("only wished", "laid down"))
    rest = stated.claiming(must.sub(" ", stated.lowered))
    return "no" if mild and not firm and rest.sure else None


def by_owner(stated: Stated) -> str | None:
    """Decide whose a thing is by the name that owns it in the sentence: "the European Commission's package"."""
    match = words_of(FILE, stated.language).asks["owned"].search(stated.claim)
    if match is None or stated.bounded:
        return None
    thing = stated.claiming(stated.claim[: match.start()])
    who = [word for word in words(match["who"]) if word not in claims.CLOSED]
    owner = _owner(thing)
    if not owner or not who or thing.share < FOR_SURE:
        return None
    same = [any(_same(word, each) for each in owner) for word in who]
    if all(same) and not stated.open:
        return "yes"
    acts = any(word in claims.BODIES for word in who) or any(word[0].isupper() for word in match["who"].split())
    return "no" if acts and not any(same) else None


def _owner(thing: Stated) -> list[str]:
    """Return the words of the name right in front of a thing in the sentence, if it owns it; none where none does."""
    own = claims.own_words(thing.claim)
    spoken = words(thing.sentence)
    told = claims.places_told(own, spoken, thing.analyzer, thing.language)
    first = min((places[0] for places in told if places), default=None)
    if first is None:
        return []
    # The word itself, not the same letters elsewhere.
    begins = [match.start() for match in re.finditer(rf"\b{re.escape(spoken[first])}", thing.sentence.lower())]
    bodies = "|".join(map(re.escape, sorted(claims.BODIES, key=len, reverse=True)))
    owning = re.compile(
        rf"((?:(?:[A-ZÆØÅ][\w-]*|{bodies}|og|and|&)\s){{0,{LONGEST}}}(?:[A-ZÆØÅ][\w-]*?|{bodies}))['’]?s\s+$"
    )
    found = (owning.search(thing.sentence[:begin]) for begin in begins)
    return next((words(each[1]) for each in found if each), [])


def _same(word: str, other: str) -> bool:
    return word[: claims.SAME_BODY] == other[: claims.SAME_BODY]


def by_validity(stated: Stated) -> str | None:
    """Decide whether a thing is in force in a year by the years from which and to which a sentence says it runs."""
    valid, claimed = words_of(FILE, stated.language).asks["in force"], years(stated.claim)
    spans = SPAN.findall(stated.sentence)
    bound = stated.asks("ends") or stated.asks("begins")
    if bound or not valid.search(stated.lowered) or len(claimed) != 1 or len(spans) != 1 or not stated.names_fit:
        return None
    (first, last), (year,) = spans[0], claimed
    rest = stated.claiming(valid.sub(" ", stated.lowered).replace(str(year), " "))
    if rest.share < FOR_YES or rest.open or rest.bounded or stated.numbers:
        return None
    return "yes" if int(first) <= year <= int(last) else "no"


def by_future(stated: Stated) -> str | None:
    """Decide that a thing is not done yet of which a sentence says that it will be: "will carry out a review"."""
    done, coming = words_of(FILE, stated.language).asks["is done"], either(FILE, "is to come")
    quote = stated.row.both.lower()
    if not done.search(stated.lowered) or not coming.search(quote) or either(FILE, "pole done already").search(quote):
        return None
    rest = stated.claiming(done.sub(" ", stated.lowered))
    return "no" if rest.names_fit and rest.sure and not rest.numbers else None


def by_direction(stated: Stated) -> str | None:
    """Decide that nothing goes out of a place to which a sentence says that it goes."""
    match = words_of(FILE, stated.language).asks["out of"].search(stated.lowered)
    if match is None or stated.bounded or not stated.about(FOR_YES):
        return None
    place = match["place"]
    into = re.compile(rf"\b(?:{either(FILE, 'inside').pattern}) (?:the )?(?:[\w-]+ ){{0,2}}{re.escape(place)}\w*")
    away = re.compile(rf"\b(?:{either(FILE, 'outside').pattern}) (?:the )?(?:[\w-]+ ){{0,2}}{re.escape(place)}\w*")
    sentence = stated.sentence.lower()
    return "no" if into.search(sentence) and not away.search(sentence) else None
