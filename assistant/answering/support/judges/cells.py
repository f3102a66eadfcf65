"""Yes or no by the cells of a theme's table: who is listed there, what is awaited, whether a draft is to be prepared.

A cell says little, and so does yes to it: a claim of more than the cell can tell is left undecided.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.support.claims import BODIES, SAME_BODY, own_words, unsaid
from assistant.corpus.glossary import Entry
from assistant.corpus.register import Fact, facts_named
from assistant.language.files import either, words_of
from assistant.language.values import spelled_in
from assistant.language.words import Analyzer, words

# Words of a claim of who takes part that say in what, as people call it.
MOST_WORDS = 3
# Kinds of names of those who act.
ACTING = ("ministry", "agency", "body", "organisation", "company", "initials")


def by_listed(claim: str, cells: str, glossary: Sequence[Entry], language: str) -> str | None:
    """Return "yes" or "no" to whether the bodies that a claim names are listed in the cells of the actors.

    None where it names none, or claims more of them than that they take part.
    """
    named, lowered = [entry for entry in glossary if entry.named_in(claim)], claim.lower()
    asks = words_of("claim", language).asks
    counted = {spelled_in(language)[word] for word in words(claim) if word in spelled_in(language)}
    more = ("alone", "decides", "others", "others there")
    if not named or counted - {len(named)} or any(either("claim", key).search(lowered) for key in more):
        return None
    listed = [entry.stands_in(cells) for entry in named]
    if asks["left out"].search(lowered):
        return ("no" if listed[0] else "yes") if len(named) == 1 else None
    names = {word for entry in named for word in words(" ".join((entry.short, entry.da, entry.en, *entry.aliases)))}
    bare = asks["is listed"].sub(" ", lowered)
    rest = [
        word for word in own_words(bare) if word not in names | BODIES | words_of("claim", language).words["listing"]
    ]
    if bare == lowered or len(set(listed)) > 1 or len(rest) > MOST_WORDS:
        return None
    return "yes" if listed[0] else "no"


def by_draft(
    bare: str, claim: str, cells: str, facts: Sequence[Fact], analyzer: Analyzer, language: str, negated: bool
) -> str | None:
    """Return "yes" or "no" to a claim that a draft is to be prepared, given the cells that say so.

    `bare` is the claim without what names the theme. None where it says more of the draft than whose it is.
    """
    asks, said = words_of("claim", language).asks, words_of("claim", language).words
    if either("claim", "perhaps").search(cells.lower()):  # what may be done must not be
        return "no" if asks["obliged"].search(claim.lower()) and not negated else None
    if words_of("verdict", language).asks["done"].search(claim.lower()) or asks["finished"].search(claim.lower()):
        return None if negated or asks["is to come"].search(claim.lower()) else "no"
    if others := others_named(claim, cells, facts):
        return "no" if others == "all" and not negated else None
    bare = words_of("collect", language).asks["drafts"].sub(" ", bare.lower())
    names = {word for fact in facts_named(claim, facts) for form in fact.forms for word in words(form)}
    rest = [word for word in own_words(bare) if word not in names | BODIES | said["drafting"]]
    return None if unsaid(" ".join(rest), cells, analyzer, language) else "no" if negated else "yes"


def others_named(claim: str, cells: str, facts: Sequence[Fact]) -> str:
    """Return "all" or "some" where all or some of those who are claimed to act are not the ones in the cells."""
    bodies = [word for word in words(claim) if word in BODIES]
    names = [fact for fact in facts_named(claim, facts) if fact.kind in ACTING]
    there = {word[:SAME_BODY] for word in words(cells)}
    within = [fact in facts_named(cells, names) for fact in names] + [word[:SAME_BODY] in there for word in bodies]
    return "" if all(within) else "some" if any(within) else "all"


def by_awaited(what: str, here: float, elsewhere: float) -> str | None:
    """Return "yes" or "no" to a claim that something is awaited, given how much of its words the cells say, and what
    other sections await. None where it is awaited in other words, perhaps.
    """
    if not what or here == 1:
        return "yes"
    return "no" if here == 0 and elsewhere else None
