"""What is told of a claim that the best sentence neither confirms nor denies: what of it stands nowhere, or so."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.desk import Desk
from assistant.answering.support.claims import BODIES, own_words, share_said
from assistant.answering.support.verdict import with_headings
from assistant.corpus.register import Fact, facts_named
from assistant.index.records import Row
from assistant.language.files import both, either
from assistant.language.kinds import Kind
from assistant.language.values import states
from assistant.language.words import WORD, words
from assistant.understanding.claim import claim_of
from assistant.understanding.question import Asked

# Places that people ask after, whether a document names them or not.
PLACES = both("claim", "towns") | both("claim", "countries") | both("claim", "regions")
# A claim of whose words a sentence says less than this is left open by it, unless that is believed all the same.
LEFT_OPEN = 0.2


def claimed(asked: Asked, language: str) -> str | None:
    """Return the claim of a question, its clause where yes or no is asked; None where neither."""
    if either("verdict", "request").search(asked.clause.lower()):
        return None
    return claim_of(asked.clause, language) or (asked.clause if asked.yes_no else None)


def strange_places(claim: str, row: Row, desk: Desk) -> tuple[str, ...]:
    """Return the towns and countries that a claim has something in, and that no document has, as they are written."""
    tokens, inside = WORD.findall(claim), either("claim", "inside")
    found = [token for at, token in enumerate(tokens) if token.lower() in PLACES and inside.fullmatch(tokens[at - 1])]
    held = desk.searcher.held([token.lower() for token in found], range(desk.searcher.columns.count), whole=True)
    said = set(words(row.both))
    return tuple(token for token in dict.fromkeys(found) if token.lower() not in held | said)


def lacks_payment(claim: str, row: Row, facts: Sequence[Fact]) -> bool:
    """Return whether a claim is that somebody who is named pays, and the best row says nothing of money."""
    if BODIES.isdisjoint(words(claim)) and not facts_named(claim, facts):
        return False
    told, paying = row.both.lower(), either("claim", "paying")
    paid = states(Kind.AMOUNT, row.span.quote) or paying.search(told) or either("collect", "fund").search(told)
    return paying.search(claim.lower()) is not None and not paid


def share_told(claim: str, row: Row, desk: Desk, language: str) -> float:
    """Return the share of the words of a claim that a row and what stands above it say, in other words too."""
    own = " ".join(own_words(claim))
    return share_said(own, with_headings(row, language), desk.analyzer, language, alike=True) if own else 1.0
