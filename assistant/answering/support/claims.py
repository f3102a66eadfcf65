"""Whether one sentence says what a claim says, as far as words can tell: all of them, and of the same names in order.

A sentence that has all words of a claim need not say it: "the State calls on the Region" and "the Region calls on the
State" have the same words, "the workshop in Viborg and the college in Grenaa" has a workshop and Grenaa, and "cannot"
turns everything round. Where in doubt the answer is no: a claim that is true in other words is left undecided.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.language.files import both, either, words_of
from assistant.language.values import NUMBER
from assistant.language.words import WORD, Analyzer, fold, stem, words
from assistant.understanding.conversation import GENERIC, subject_words
from assistant.understanding.sections import CALLED_THEME

LIGHT, BODIES, LIMITS, DEEDS = (both("claim", name) for name in ("light", "bodies", "limits", "deeds"))
CONDITIONS, CLOSED, AWAY = both("claim", "conditions"), both("detection", "closed"), both("claim", "away")
HEDGES = both("claim", "hedges")
BEFORE = 2  # words in front of those of a claim among which one says that it only may be
AROUND = 4  # words beside those of a claim within which a word denies them
SHORT_SUM = re.compile(r"\d[\d.,]*[a-z]{1,2}")  # "400m"
ROOT_MARK = "~"
ROOT = 5  # letters that words of one verb have in common at the least
SHORTEST = 2  # letters of a name such as EU
SLIPS = 7  # letters of a word in which one may be wrong: shorter ones are other words
SAME_BODY = 4  # letters that the forms of a general name begin with
OF_YEAR = re.compile(r"\b\w+ (?=(?:19|20)\d\d\b)")  # "from 2015" and "of 2015" are the same year
Terms = frozenset[str]


def covers(claim: str, said: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether every word of a claim of its own, numbers apart, is said; False where it has none."""
    spoken = frozenset[str]().union(*(_terms(word, analyzer, language) for word in words(said)))
    own = own_words(claim)
    wanted = (_wanted(word, analyzer, language, whole=True) for word in own)
    return not BODIES.issuperset(own) and all(not spoken.isdisjoint(terms) for terms in wanted)


def share_said(claim: str, said: str, analyzer: Analyzer, language: str, alike: bool = False) -> float:
    """Return the share of a claim's own words, numbers apart, that are said, in other words too where `alike`; 0 where
    it has none.
    """
    spoken = frozenset[str]().union(*(_terms(word, analyzer, language) for word in words(said)))
    wanted = [_wanted(word, analyzer, language, alike=alike) for word in own_words(claim)]
    return sum(not spoken.isdisjoint(terms) for terms in wanted) / len(wanted) if wanted else 0.0


def unsaid(claim: str, said: str, analyzer: Analyzer, language: str) -> list[str]:
    """Return a claim's own words, numbers apart, that are not said, in other words neither."""
    spoken = frozenset[str]().union(*(_terms(word, analyzer, language) for word in words(said)))
    return [word for word in own_words(claim) if spoken.isdisjoint(_wanted(word, analyzer, language))]


def as_written(claim: str, known: Iterable[str], language: str) -> str:
    """Return a claim with each long word that has one letter wrong as the texts have it; `known` are their words."""
    written = frozenset(known)

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        lowered = word.lower()
        if len(word) < SLIPS or lowered in written | BODIES or not word.isalpha():
            return word
        alike = (each for each in written if each[0] == lowered[0] and abs(len(each) - len(word)) < 2)
        found = process.extractOne(lowered, alike, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        # Two forms of one word are both right.
        return found[0] if found and stem(found[0], language) != stem(lowered, language) else word

    return WORD.sub(mended, claim)


def hedged(claim: str, sentence: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether a sentence says that what a claim takes for certain only may be: "possibly share resources"."""
    tokens = WORD.findall(unicodedata.normalize("NFC", sentence))
    places = {at for at, token in enumerate(tokens) if token.lower() in HEDGES}
    if not places or HEDGES & set(words(claim)):
        return False
    told = list(filter(None, places_told(own_words(claim), tokens, analyzer, language)))
    within = _closest(told) if told else range(0)
    return any(within.start - BEFORE <= at < within.stop for at in places)


def says(claim: str, sentence: str, heading: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether a sentence under a heading says a claim."""
    if not covers(claim, f"{heading} {sentence}", analyzer, language):
        return False
    tokens, told, within = _told_in(claim, sentence, analyzer, language)  # the heading says the others
    if hedged(claim, sentence, analyzer, language) or _turned(claim, sentence, tokens, within):
        return False
    return _in_order(tokens, told) and not _another_name_within(tokens, told, within, CLOSED | set(words(claim)))


def places_told(
    wanted_words: Sequence[str], tokens: Sequence[str], analyzer: Analyzer, language: str, whole: bool = False
) -> list[list[int]]:
    """Return where each of some words stands among those of a sentence."""
    spoken = [_terms(token.lower(), analyzer, language) for token in tokens]
    wanted = [_wanted(word, analyzer, language, whole) for word in wanted_words]
    return [[at for at, each in enumerate(spoken) if not each.isdisjoint(terms)] for terms in wanted]


def _closest(told: Sequence[Sequence[int]]) -> range:
    """Return the shortest stretch of a sentence in which each word of a claim stands once."""
    anchors = sorted({at for places in told for at in places})
    windows = ([min(places, key=lambda at: abs(at - anchor)) for places in told] for anchor in anchors)
    return min((range(min(window), max(window) + 1) for window in windows), key=len)


def turned(claim: str, sentence: str, analyzer: Analyzer, language: str) -> bool:
    """Return whether a sentence denies, limits or turns round what a claim says with the same words."""
    tokens, _, within = _told_in(claim, sentence, analyzer, language)
    return _turned(claim, sentence, tokens, within)


def _told_in(claim: str, sentence: str, analyzer: Analyzer, language: str) -> tuple[list[str], list[list[int]], range]:
    """Return the words of a sentence, where those of a claim stand that it has, and the shortest stretch with each."""
    tokens = WORD.findall(unicodedata.normalize("NFC", sentence))
    told = list(filter(None, places_told(own_words(claim), tokens, analyzer, language)))
    return tokens, told, _closest(told) if told else range(len(tokens))


def _turned(claim: str, sentence: str, tokens: Sequence[str], within: range) -> bool:
    """Return the same, given the words of the sentence and the stretch in which those of the claim stand.

    Words of denial count where they stand near those of the claim, conditions wherever they stand.
    """
    near = tokens[max(0, within.start - AROUND) : within.stop + AROUND]
    apart, joined = either("claim", "beyond"), "udover"
    ours = set(words(apart.sub(joined, OF_YEAR.sub(" ", claim.lower()))))
    theirs = set(words(sentence))
    close = set(words(apart.sub(joined, " ".join(near).lower())))
    otherwise = LIMITS & (ours ^ close) or CONDITIONS & (ours ^ theirs) or AWAY & ours - theirs
    return bool(otherwise) or passive(claim) != passive(sentence)


def passive(text: str) -> bool:
    """Return whether who acts stands last in a text: "supported by the State"."""
    return either("claim", "passive").search(text.lower()) is not None


def acting(text: str, analyzer: Analyzer, language: str) -> set[tuple[str, str, str]]:
    """Return who does what to whom as a text has it: two general names of who acts and a word between them."""
    spoken = [word for word in words(text) if word not in CLOSED]
    at = [place for place, word in enumerate(spoken) if word in BODIES]
    who = [spoken[place][:SAME_BODY] for place in at]
    if len(who) != len(set(who)):
        return set()  # one who is named twice stands on both sides
    return {
        (spoken[first][:SAME_BODY], analyzer.stem(spoken[deed], language), spoken[last][:SAME_BODY])
        for first in at
        for last in at
        for deed in range(first + 1, last)
        if deed not in at
    }


def _in_order(tokens: Sequence[str], told: Sequence[Sequence[int]]) -> bool:
    """Return whether those who act stand in the order of the claim; `told` are the places of each of its words."""
    last = 0
    for places in told:
        if not _is_name(tokens, places):
            continue
        later = [at for at in places if at >= last]
        if not later:
            return False
        last = later[0]
    return True


def _another_name_within(tokens: Sequence[str], told: Sequence[Sequence[int]], within: range, known: Set[str]) -> bool:
    """Return whether a name that a claim does not have stands among its words, where they stand closest together."""
    if not any(_is_name(tokens, places) for places in told):
        return False
    ours = {at for places in told for at in places}
    capital = [token[0].isupper() for token in tokens]
    # "Region Midtjylland" is the region: what stands right beside it in the same name is no other one.
    for beside, places in ((-1, range(1, len(tokens))), (1, range(len(tokens) - 2, -1, -1))):
        ours |= {at for at in places if capital[at] and capital[at + beside] and at + beside in ours}
    return any(capital[at] and at not in ours and tokens[at].lower() not in known for at in within)


def _is_name(tokens: Sequence[str], places: Sequence[int]) -> bool:
    """Return whether a word is a name of who acts wherever it stands: the food sector is none, for all its cluster."""
    return all(_acts(tokens[at]) for at in places)


def _acts(token: str) -> bool:
    return token[0].isupper() or token in BODIES


def own_words(claim: str) -> list[str]:
    """Return the words of a claim that can make it true or false, in their order, numbers apart."""
    own = set(subject_words(claim)) | {word for word in words(claim) if len(word) == SHORTEST} - GENERIC
    own = own - LIGHT - CLOSED | BODIES | DEEDS
    return [word for word in words(claim) if word in own and not (NUMBER.fullmatch(word) or SHORT_SUM.fullmatch(word))]


def _terms(word: str, analyzer: Analyzer, language: str) -> Terms:
    """Return the terms of a word of the text; a general name of who acts stands for itself alone."""
    if word in BODIES:
        return frozenset([word[:SAME_BODY]])
    return frozenset(
        [*analyzer.word_terms(word, language), *_root(word, language), *_joined(analyzer.parts(word), analyzer)]
    )


def _joined(parts: Sequence[str], analyzer: Analyzer) -> list[str]:
    """Return the two parts of a Danish compound as one term, marked so that it is no other; none of another word."""
    return [ROOT_MARK.join(analyzer.stem(part, "da") for part in parts)] if parts else []


def _root(word: str, language: str) -> list[str]:
    """Return what a verb and the nouns made of it have in common, marked so that it is no other term."""
    root = words_of("claim", language).asks["ending"].sub("", word)
    return [f"{ROOT_MARK}{root}"] if len(root) >= ROOT else []


def _wanted(word: str, analyzer: Analyzer, language: str, whole: bool = False, alike: bool = True) -> Terms:
    """Return the terms by which a word of a claim is met in the text: its own, and with one letter wrong within it.

    A compound that is wanted `whole` is not met by its last part: another agency is an agency too.
    """
    word = CALLED_THEME.sub("", word)
    near, written = analyzer.repair(word), fold(word)
    slip = near[0] == written[0] and len(word) >= SLIPS and DamerauLevenshtein.distance(near, written) == 1
    meant = (word, *([near] if slip else []), *(_alike(language).get(word, ()) if alike else ()))
    found = [_telling(each, analyzer, language) for each in meant]
    wanted = frozenset(term for terms in found for term in (_as_one(terms) if whole else terms))
    return wanted.union(_alike_in_first_part(word, analyzer, language)) if alike else wanted


def _alike_in_first_part(word: str, analyzer: Analyzer, language: str) -> list[str]:
    """Return the terms of the compounds that a compound is in other words: "madtopmøde" is "fødevaretopmøde"."""
    parts = analyzer.parts(word)
    others = _alike(language).get(parts[0], ()) if parts else ()
    return [term for other in others for term in _joined((other, parts[1]), analyzer)]


@lru_cache(maxsize=2)
def _alike(language: str) -> dict[str, tuple[str, ...]]:
    """Return the words by which a text may say an everyday word: "job" is "arbejdsplads"."""
    pairs = (pair.partition("=") for pair in sorted(words_of("claim", language).words["alike"]))
    found: dict[str, tuple[str, ...]] = {}
    for word, _, meant in pairs:
        found[word] = (*found.get(word, ()), meant)
    return found


def _as_one(terms: Sequence[str]) -> list[str]:
    return [terms[0], *(term for term in terms[1:] if term.startswith(ROOT_MARK))]


def _telling(word: str, analyzer: Analyzer, language: str) -> list[str]:
    """Return the terms of a word but for the first part of a compound: "state aid" is an aid, not a state."""
    if word in BODIES:
        return list(_terms(word, analyzer, language))
    terms = analyzer.word_terms(word, language)
    return [terms[0], *terms[2:], *_root(word, language)]
