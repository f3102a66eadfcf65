"""Whether one sentence says what a claim says, as far as words can tell: all of them, and of the same names in order.

A sentence that has all words of a claim need not say it: "the State calls on the Region" and "the Region calls on the
State" have the same words, "the workshop in Viborg and the college in Grenaa" has a workshop and Grenaa, and "cannot"
turns everything round. Where in doubt the answer is no: a claim that is true in other words is left undecided.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence, Set

from rapidfuzz.distance import DamerauLevenshtein

from assistant.language.files import both, either
from assistant.language.values import NUMBER
from assistant.language.words import WORD, Analyzer, fold, words
from assistant.understanding.conversation import GENERIC, subject_words

LIGHT, BODIES, LIMITS, DEEDS = (both("claim", name) for name in ("light", "bodies", "limits", "deeds"))
CLOSED, AWAY = both("detection", "closed"), both("claim", "away")
SHORTEST = 2  # letters of a name such as EU
SLIPS = 7  # letters of a word in which one may be wrong: shorter ones are other words
SAME_BODY = 4  # letters that the forms of a general name begin with
Terms = frozenset[str]


def covers(claim: str, said: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether every word of a claim of its own, numbers apart, is said; False where it has none."""
    spoken = frozenset[str]().union(*(_terms(word, analyzer, language) for word in words(said)))
    own = _own(claim)
    wanted = (_wanted(word, analyzer, language) for word in own)
    return not BODIES.issuperset(own) and all(not spoken.isdisjoint(terms) for terms in wanted)


def share_said(claim: str, said: str, analyzer: Analyzer, language: str) -> float:
    """Return the share of a claim's own words, numbers apart, that are said; 0 where it has none."""
    spoken = frozenset[str]().union(*(_terms(word, analyzer, language) for word in words(said)))
    wanted = [_wanted(word, analyzer, language) for word in _own(claim)]
    return sum(not spoken.isdisjoint(terms) for terms in wanted) / len(wanted) if wanted else 0.0


def says(claim: str, sentence: str, heading: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether a sentence under a heading says a claim."""
    if not covers(claim, f"{heading} {sentence}", analyzer, language) or _turned(claim, sentence):
        return False
    tokens = WORD.findall(unicodedata.normalize("NFC", sentence))
    spoken = [_terms(token.lower(), analyzer, language) for token in tokens]
    wanted = [_wanted(word, analyzer, language) for word in _own(claim)]
    told = [[at for at, each in enumerate(spoken) if not each.isdisjoint(terms)] for terms in wanted]
    told = [places for places in told if places]  # the heading says the others
    return _in_order(tokens, told) and not _another_name_within(tokens, told, CLOSED | set(words(claim)))


def _turned(claim: str, sentence: str) -> bool:
    """Return whether a sentence denies, limits or turns round what a claim says with the same words."""
    ours, theirs = set(words(claim)), set(words(sentence))
    passive = (bool(either("claim", "passive").search(text.lower())) for text in (claim, sentence))
    return bool(LIMITS & (ours ^ theirs) or AWAY & ours - theirs) or len(set(passive)) > 1


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
    own = set(subject_words(claim)) | {word for word in words(claim) if len(word) == SHORTEST} - GENERIC
    own = own - LIGHT - CLOSED | BODIES | DEEDS
    return [word for word in words(claim) if word in own and not NUMBER.fullmatch(word)]


def _terms(word: str, analyzer: Analyzer, language: str) -> Terms:
    """Return the terms of a word of the text; a general name of who acts stands for itself alone."""
    return frozenset([word[:SAME_BODY]] if word in BODIES else analyzer.word_terms(word, language))


def _wanted(word: str, analyzer: Analyzer, language: str) -> Terms:
    """Return the terms by which a word of a claim is met in the text: its own, and with one letter wrong within it."""
    near, written = analyzer.repair(word), fold(word)
    slip = near[0] == written[0] and len(word) >= SLIPS and DamerauLevenshtein.distance(near, written) == 1
    terms = [*_telling(word, analyzer, language), *(_telling(near, analyzer, language) if slip else ())]
    return frozenset(terms)


def _telling(word: str, analyzer: Analyzer, language: str) -> list[str]:
    """Return the terms of a word but for the first part of a compound: "state aid" is an aid, not a state."""
    if word in BODIES:
        return list(_terms(word, analyzer, language))
    terms = analyzer.word_terms(word, language)
    return [terms[0], *terms[2:]]
