"""Whether one sentence says what a claim says, as far as words can tell: all of them, and of the same names in order.

A sentence that has all words of a claim need not say it: "the State calls on the Region" and "the Region calls on the
State" have the same words, "the workshop in Viborg and the college in Grenaa" has a workshop and Grenaa, and "cannot"
turns everything round. What is compared here leaves out claims that are true in other words, and never the other way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence, Set

from rapidfuzz.distance import DamerauLevenshtein

from assistant.answering.conversation import subject_words
from assistant.answering.word_lists import word_list
from assistant.index.analysis import WORD, Analyzer, words

LIGHT, BODIES, LIMITS = word_list("light"), word_list("bodies"), word_list("limits")
CLOSED = word_list("danish") | word_list("english")
SLIPS = 7  # letters of a word in which one may be wrong: shorter ones are other words
SAME_BODY = 6  # letters that the forms of a general name begin with


def covers(claim: str, said: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether every word of a claim of its own, numbers apart, is said; False where it has none."""
    spoken = [_terms(word, analyzer, language) for word in words(said)]
    own = _own(claim)
    return bool(own) and all(any(_meets(word, each, analyzer, language) for each in spoken) for word in own)


def says(claim: str, sentence: str, heading: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether a sentence under a heading says a claim."""
    if not covers(claim, f"{heading} {sentence}", analyzer, language):
        return False
    if LIMITS & (set(words(sentence)) ^ set(words(claim))):
        return False
    tokens = WORD.findall(unicodedata.normalize("NFC", sentence))
    spoken = [_terms(token.lower(), analyzer, language) for token in tokens]
    told = [[at for at, each in enumerate(spoken) if _meets(word, each, analyzer, language)] for word in _own(claim)]
    told = [places for places in told if places]  # the heading says the others
    return _in_order(tokens, told) and not _another_name_within(tokens, told, CLOSED | set(words(claim)))


def _in_order(tokens: Sequence[str], told: Sequence[Sequence[int]]) -> bool:
    """Return whether those who act stand in the order of the claim; `told` are the places of each of its words."""
    last = 0
    for places in told:
        if not any(_acts(tokens[at]) for at in places):
            continue
        later = [at for at in places if at >= last]
        if not later:
            return False
        last = later[0]
    return True


def _another_name_within(tokens: Sequence[str], told: Sequence[Sequence[int]], known: Set[str]) -> bool:
    """Return whether a name that a claim does not have stands among its words, where they stand closest together."""
    ours = {at for places in told for at in places}
    names = [places[0] for places in told if any(_acts(tokens[at]) for at in places)]
    if not names:
        return False
    close = [min(places, key=lambda at: min(abs(at - name) for name in names)) for places in told]
    within = range(min(close), max(close))
    return any(tokens[at][0].isupper() and at not in ours and tokens[at].lower() not in known for at in within)


def _acts(token: str) -> bool:
    return token[0].isupper() or token in BODIES


def _own(claim: str) -> list[str]:
    """Return the words of a claim that can make it true or false, in their order, numbers apart."""
    own = {word for word in subject_words(claim) if not word[0].isdigit()} - LIGHT - CLOSED | BODIES
    return [word for word in words(claim) if word in own]


def _terms(word: str, analyzer: Analyzer, language: str) -> frozenset[str]:
    """Return the terms of a word of the text; a general name of who acts stands for itself alone."""
    return frozenset([word[:SAME_BODY]] if word in BODIES else analyzer.word_terms(word, language))


def _meets(word: str, said: frozenset[str], analyzer: Analyzer, language: str) -> bool:
    """Return whether a word of a claim is a word of the text, in another form or with one letter wrong within it."""
    near = analyzer.repair(word)
    slip = near[0] == word[0] and len(word) >= SLIPS and DamerauLevenshtein.distance(near, word, score_cutoff=1) == 1
    return any(not said.isdisjoint(_terms(each, analyzer, language)) for each in ((word, near) if slip else (word,)))
