"""Yes or no by the words of a claim: one exchanged, one put in, or the opposite of what the sentence says."""

from __future__ import annotations

import re
from itertools import pairwise, product, takewhile

from rapidfuzz.distance import DamerauLevenshtein

from assistant.answering.support import claims
from assistant.answering.support.judges.stated import FOR_SURE, FOR_YES, Stated
from assistant.answering.support.poles import poles, without_agreed
from assistant.language.files import both, either
from assistant.language.values import years
from assistant.language.words import WORD, Analyzer, words

FILE = "claim"
# Letters of the word in which two words end that are of one kind, such as "vestdanske" and "østdanske".
ALIKE_ENDS = 6
# Letters in which two words differ at the least.
SLIPS = 2


def by_exchange(stated: Stated) -> str | None:
    """Decide that a claim is wrong which says the sentence with a word exchanged that the document has nowhere.

    "The Danish Tax Agency" for "the Danish Energy Agency": the same neighbour on the left, and a name for a name,
    or a compound that ends in the same word.
    """
    if stated.open or stated.share < FOR_YES:
        return None
    ours, theirs = (WORD.findall(text) for text in (stated.claim, stated.sentence))
    known = {word.lower() for word in (*WORD.findall(stated.row.document.text), *theirs)}
    # What a place is called, or what it lies in, is another word for it.
    unnamed = both(FILE, "towns") | both(FILE, "regions")
    forms = {form.lower() for fact in stated.named for form in fact.forms}
    where = re.compile(rf"^(?:{either(FILE, 'place').pattern}|{either('values', 'place before').pattern})$")
    for (left, word), (before, other) in product(pairwise(ours), pairwise(theirs)):
        # Of what is in one town much may be in another as well.
        apart = where.search(left.lower()) or word.lower() in unnamed or f"{left} {word}".lower() in forms
        names = word[0].isupper() and other[0].isupper() and not apart
        alike = word != other and ends_alike(word, other, stated.analyzer) and _all_said_but(word, stated)
        if DamerauLevenshtein.distance(word.lower(), other.lower()) < SLIPS:
            continue  # the same word, written wrongly
        if word.lower() not in known and left.lower() == before.lower() and (names or alike):
            return "no"
    return None


def _all_said_but(word: str, stated: Stated) -> bool:
    """Return whether the sentence says all of a claim but one word: else that one may be a word for the same."""
    rest = re.sub(rf"\b{re.escape(word)}\b", " ", stated.rest)
    begins = stated.analyzer.parts(word.lower())[:1]
    if begins and claims.share_said(begins[0], stated.sentence, stated.analyzer, stated.language):
        return False  # "vindstandarder" are the standards of the wind industry
    return stated.claiming(rest).share == 1


def by_country(stated: Stated) -> str | None:
    """Decide that a thing is not of a country that the document never names, where the sentence names another."""
    countries = both(FILE, "countries")
    sentence = frozenset(words(stated.sentence))
    claimed = countries & frozenset(words(stated.claim))
    other = claimed and not claimed & (stated.document_words | sentence) and countries & sentence
    bare = " ".join(word for word in words(stated.claim) if word not in claimed)
    return "no" if other and not stated.asks("bounds") and stated.claiming(bare).about(FOR_YES) else None


def by_contrast(stated: Stated) -> str | None:
    """Decide that a claim is wrong which says one pole of an axis where the sentence says another: yearly or every
    second year, continued or wound up, of the state or of the municipalities.
    """
    if not stated.about(FOR_YES):
        return None
    ours, theirs = poles(stated.claim), poles(stated.sentence)
    apart = [axis for axis, pole in ours.items() if len(pole) == 1 and axis in theirs and not pole & theirs[axis]]
    return "no" if apart else None


def by_agreement(stated: Stated) -> str | None:
    """Decide that a claim is right which says nothing but what the sentence says on the same axes: "is it yearly?"."""
    rest = without_agreed(stated.claim, stated.sentence)
    agreed = rest != " ".join(stated.claim.split()) and not (claims.own_words(rest) or stated.numbers or stated.named)
    return "yes" if agreed and not stated.open and not years(stated.claim) else None


def by_denial_within(stated: Stated) -> str | None:
    """Decide that a claim is wrong where the sentence has "not" between two words that stand together in the claim."""
    denying = both(FILE, "denying")
    ours, theirs = _split(stated.claim), _split(stated.sentence)
    together = set(pairwise(ours))
    for first, between, last in zip(theirs, theirs[1:], theirs[2:], strict=False):
        if between in denying and (first, last) in together and not denying & set(ours):
            return "no"
    return None


def by_order(stated: Stated) -> str | None:
    """Decide that a claim is wrong in which two change places: "the State calls on the Region" for the other way."""
    if stated.share < FOR_SURE or stated.open or claims.passive(stated.claim) != claims.passive(stated.sentence):
        return None
    ours, theirs = (claims.acting(text, stated.analyzer, stated.language) for text in (stated.claim, stated.sentence))
    for (first, deed, last), (other, same, end) in product(ours, theirs):
        if (first, deed, last) == (end, same, other) and first != last:
            return "no"
    return None


def ends_alike(word: str, other: str, analyzer: Analyzer) -> bool:
    """Return whether two words are compounds that end in the same word of the text."""
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(word), reversed(other), strict=False))
    )
    ends = (word[-letters:] for letters in range(ALIKE_ENDS, min(same, len(word) - 1, len(other) - 1) + 1))
    return any(analyzer.knows(end) for end in ends)


def _split(text: str) -> list[str]:
    return words(text.lower().replace("cannot", "can not"))
