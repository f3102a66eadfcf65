"""Yes or no by who does a thing: alone or with others, as one of several, or another one than the sentence names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.support import claims
from assistant.answering.support.judges.stated import FOR_NO, FOR_SURE, FOR_YES, Stated
from assistant.answering.support.judges.wordings import ends_alike
from assistant.answering.support.poles import pattern, poles
from assistant.corpus.register import facts_named
from assistant.corpus.types import Field
from assistant.language.files import words_of
from assistant.language.values import numbers
from assistant.language.words import WORD, words

FILE = "claim"
# Kinds of names of which one is told who has a thing done; of others several may be.
ALONE_OF_KIND = ("ministry", "agency")
CLOSE = 3  # words in front of those who make a thing among which "all" is said of them


def by_company(stated: Stated) -> str | None:
    """Decide that nobody did alone what the sentence says was done together."""
    alone = stated.asks("alone") and not stated.asks("of a part")
    return "no" if alone and stated.told("together") and stated.about(FOR_YES) else None


def by_taking_part(stated: Stated) -> str | None:
    """Decide that somebody took part in making a thing who stands in the row of those who made it together.

    Those who make it stand in front of what they make: "with the regions and the industry, a programme for …".
    """
    match = words_of(FILE, stated.language).asks["takes part"].search(stated.lowered)
    if match is None or not stated.told("together") or stated.bounded:
        return None
    who, made = stated.claiming(stated.claim[: match.start()]), stated.claiming(stated.claim[match.end() :])
    spoken = words(stated.sentence)
    makers = _first_places(claims.own_words(who.claim), spoken, stated, whole=True)
    things = _first_places([word for word in words(made.claim) if word not in claims.CLOSED], spoken, stated)
    if not makers or None in makers or who.open or made.open or made.share < FOR_SURE:
        return None
    behind = max((at for at in things if at is not None), default=0)
    first = min(at for at in makers if at is not None)
    everyone = pattern("extent", "all")
    # "All companies" are not said by "all municipalities and the companies".
    sure = not everyone.search(who.lowered) or everyone.search(" ".join(spoken[max(0, first - CLOSE) : first]))
    return "yes" if sure and all(at is not None and at < behind for at in makers) else None


def _first_places(
    wanted: Sequence[str], spoken: Sequence[str], stated: Stated, whole: bool = False
) -> list[int | None]:
    """Return where a sentence has each of some words first; None of one that it does not have."""
    told = claims.places_told(wanted, spoken, stated.analyzer, stated.language, whole)
    return [min(places, default=None) for places in told]


def by_other_of_kind(stated: Stated) -> str | None:
    """Decide that it is not one ministry, or agency, of which a sentence says it of another one alone."""
    spoken = facts_named(f"{stated.row.span.quote} {stated.sentence}", stated.facts)
    for kind in ALONE_OF_KIND:
        ours, theirs = ([fact for fact in found if fact.kind == kind] for found in (stated.named, spoken))
        rest = _without_unknown(kind, stated) if not ours and len(theirs) == 1 else None
        if rest and rest.share >= FOR_YES and claims.own_words(rest.rest) and not stated.asks("bounds"):
            return "no"
        if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
            continue
        rest = stated.without(ours[0])
        sure = len(claims.own_words(rest.rest)) > 1 and rest.share >= FOR_SURE
        if sure and not stated.asks("bounds") and stated.row.passage.field is not Field.ACTORS:
            return "no"
    return None


def _without_unknown(kind: str, stated: Stated) -> Stated | None:
    """Return a claim but for the ministry, or agency, that it names and the document does not; None without one."""
    match = words_of(FILE, stated.language).asks[f"some {kind}"].search(stated.claim)
    known = {word for fact in stated.facts if fact.kind == kind for form in fact.forms for word in words(form)}
    told = match and any(each.startswith(word) for word in words(match["what"]) for each in known)
    return None if match is None or told else stated.claiming(stated.claim.replace(match.group(), " "))


def by_cleft(stated: Stated) -> str | None:
    """Decide that it is not the one claimed who does what the sentence says of others: "is it the Agency that …?"."""
    match = words_of(FILE, stated.language).asks["cleft"].search(stated.lowered)
    if match is None or stated.bounded:
        return None
    who, rest = stated.claim[match.start("who") : match.end("who")], stated.claim[match.end() :]
    heading = " ".join((*stated.row.section.heading(), stated.row.section.title_en))
    bare = [word for word in claims.own_words(who) if word not in claims.BODIES]
    there = claims.share_said(
        " ".join(bare) or who, f"{heading} {stated.sentence}", stated.analyzer, stated.language, alike=True
    )
    # A number of the sentence tells what is claimed as well as words do.
    least = FOR_NO if stated.numbers and stated.numbers <= numbers(stated.row.span.quote) else FOR_SURE
    sure = len(claims.own_words(rest)) > (least == FOR_SURE) and stated.claiming(rest).share >= least
    # Another agency is an agency too.
    spoken = WORD.findall(stated.sentence)
    other = any(
        word.lower() not in stated.document_words and ends_alike(word.lower(), each.lower(), stated.analyzer)
        for word in WORD.findall(who)
        for each in spoken
        if word.lower() != each.lower()
    )
    return "no" if claims.own_words(who) and (there <= FOR_YES or other) and sure else None


def by_step_begun(stated: Stated) -> str | None:
    """Decide that a thing is begun which a next step tells to be, such as "awaiting the analysis launched by …"."""
    step = stated.row.passage.field is Field.NEXT_STEP
    both = all("begun" in poles(text) for text in (stated.claim, stated.sentence))
    sure = step and both and stated.names_fit and stated.share >= FOR_SURE
    return "yes" if sure and not stated.open else None
