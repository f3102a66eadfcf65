"""What the counts and periods of the text come to: a share, what is left of a whole, how many years, the least."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.finding import Finding
from assistant.answering.support.claims import share_said
from assistant.corpus.register import COUNT, PLACES, Fact, facts_named, number_behind
from assistant.index.records import Row
from assistant.language.files import Words, words_of
from assistant.language.values import PERIOD, numbers
from assistant.language.words import stem, words
from assistant.understanding.claim import claim_of
from assistant.understanding.request import Request

FILE = "measured"
# Hits among which the numbers that belong together are sought.
LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things: as it is told, its value, and the row that states it."""

    told: str
    value: float
    row: Row


def plan(request: Request, desk: Desk) -> Draft | None:
    """Reckon with what the text counts, where a question asks for a share, for the rest, for years or for the least."""
    said, text = words_of(FILE, request.language), request.lowered
    if claim_of(request.text, request.language) is not None:
        return None
    if said.asks["years"].search(text):
        return _years(request, desk, said)
    if said.asks["share"].search(text):
        return _of_whole("share", request, desk, said)
    if said.asks["elsewhere"].search(text) and said.asks["how many"].search(text):
        return _of_whole("rest", request, desk, said)
    if (how := next((key for key in ("least", "most") if said.asks[key].search(text)), "")) != "":
        return _extreme(how, request, desk, said)
    return None


def _years(request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say how many years the one period of the best sentence covers."""
    found = _found(request, desk)
    row = found.evidence.hits[0].row
    periods = [(int(m[1]), int(m[2])) for m in PERIOD.finditer(row.span.quote) if m[2] and m[2] > m[1]]
    decision = desk.refusal.decide(found.asked, found.evidence, request.language, follow_up=bool(request.history))
    if len(periods) != 1 or not decision.answer:
        return None
    (first, last), draft = periods[0], Draft(request.language)
    apart = {"first": str(first), "last": str(last), "apart": str(last - first), "both": str(last - first + 1)}
    draft.remark(said.say("years", **apart))
    draft.item(wording(row, request.language), draft.cite(row))
    return draft


def _of_whole(key: str, request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say what share of a whole a part is, or what it leaves: of what a name has, or of things that are counted."""
    pair = _named_part(request, desk) or _counted_parts(request, desk)
    if pair is None:
        return None
    part, whole = pair
    draft = Draft(request.language)
    percent = f"{100 * part.value / whole.value:.1f}".replace(".", "," if request.language == "da" else ".")
    values = {
        "part": part.told,
        "whole": whole.told,
        "percent": percent,
        "rest": _told(whole.value - part.value, request),
    }
    draft.remark(said.say(key, **values))
    for row in {each.row.span.id: each.row for each in (part, whole)}.values():
        draft.item(wording(row, request.language), draft.cite(row))
    return draft


def _named_part(request: Request, desk: Desk) -> tuple[Counted, Counted] | None:
    """Return the number behind the one name of a question and the number that the same sentence divides."""
    facts = [f for f in facts_named(request.text, desk.register(request.home)) if f.kind not in PLACES]
    for fact in facts:
        rows = (row for m in fact.mentions if (row := desk.row(request.home, m.span)))
        for row in rows:
            behind = number_behind(fact, row.span.quote)
            larger = [float(n) for n in numbers(row.span.quote) if n.isdigit() and behind and int(n) > int(behind)]
            if behind and larger:
                part = Counted(f"{behind} ({fact.called(request.language)})", float(behind), row)
                return part, Counted(f"{max(larger):g}", max(larger), row)
    return None


def _counted_parts(request: Request, desk: Desk) -> tuple[Counted, Counted] | None:
    """Return a smaller and a larger count of the same things among what is found for a question."""
    found = _found(request, desk)
    near = {hit.row.span.id: hit.row for hit in found.evidence.hits[:LOOKED_AT] if hit.row.document is request.home}
    counted = [
        (fact, near[mention.span])
        for fact in desk.register(request.home)
        if fact.kind == COUNT and fact.value
        for mention in fact.mentions
        if mention.span in near and _is_whole(fact, near[mention.span], desk, request)
    ]
    for fact, row in counted:
        for other, beside in counted:
            asked = _is_asked_of(fact, request, desk)
            if asked and _things(fact) == _things(other) and fact.value < other.value:  # type: ignore[operator]
                return _count(fact, row, request), _count(other, beside, request)
    return None


def _is_asked_of(fact: Fact, request: Request, desk: Desk) -> bool:
    """Return whether a question is of the things that are counted: "12 of 24 months" is no share of the waste."""
    return share_said(request.message, fact.called(request.language), desk.analyzer, request.language, alike=True) > 0


def _is_whole(fact: Fact, row: Row, desk: Desk, request: Request) -> bool:
    """Return whether a count is the largest of its things in its sentence: the others are parts of it."""
    same = [
        f for f in desk.register(request.home) if f.kind == COUNT and any(m.span == row.span.id for m in f.mentions)
    ]
    return all((other.value or 0) <= (fact.value or 0) for other in same if _things(other) == _things(fact))


def _extreme(how: str, request: Request, desk: Desk, said: Words) -> Draft | None:
    """Say the least, or the most, that the text counts of the things that a question names."""
    asked = {stem(word, language) for word in words(request.text) for language in ("da", "en")}
    facts = [f for f in desk.register(request.home) if f.kind == COUNT and f.value and _things(f) & asked]
    if len(facts) < 2:
        return None
    facts.sort(key=lambda fact: fact.value or 0, reverse=how == "most")
    row = desk.row(request.home, facts[0].mentions[0].span)
    if row is None:
        return None
    draft = Draft(request.language)
    draft.remark(said.say(how, told=facts[0].called(request.language)))
    draft.item(wording(row, request.language), draft.cite(row))
    return draft


def _things(fact: Fact) -> set[str]:
    """Return the stems of what a count counts, the last word of it, in both languages."""
    pairs = ((words(fact.name)[-1:], "da"), (words(fact.english)[-1:], "en"))
    return {stem(word, language) for found, language in pairs for word in found}


def _count(fact: Fact, row: Row, request: Request) -> Counted:
    return Counted(fact.called(request.language), fact.value or 0, row)


def _told(value: float, request: Request) -> str:
    """Write a number with its thousands apart, as the language does."""
    return f"{value:,.0f}".replace(",", "." if request.language == "da" else ",")


def _found(request: Request, desk: Desk) -> Finding:
    return desk.finder.find(request.message, request.language, request.history, request.only, request.home)
