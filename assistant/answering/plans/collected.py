"""What the text names, collected: all towns, amounts, dates …; how many; the largest, the earliest, the most named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.core import core
from assistant.answering.collecting.money import of_one_kind, reckoned, told_as, total_of
from assistant.answering.collecting.told import joined, label_of, named, title_of
from assistant.answering.collecting.wanted import (
    DATED,
    FILE,
    HOWS,
    KINDS,
    MEASURED,
    fits,
    found,
    in_order,
    kinds_asked,
    lying,
)
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.types import Status
from assistant.corpus.names import KINDS as NAMES
from assistant.corpus.names import NAME
from assistant.corpus.register import ACTORS, AMOUNT, Fact, facts_named
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import Words, either, words_of
from assistant.language.kinds import Kind
from assistant.language.values import number_of, numbers
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import kind_of
from assistant.understanding.request import Request

MOST_LINES, MOST_PLACES, MOST_TOLD = 12, 4, 2
# What is found by its shape wherever it stands.
SHAPED = ("amount", "date")
NAME_KINDS = frozenset(NAMES)
SEVERAL = 2
FEWER = {"once": 1, "twice": 2}
# Lines of a list that is asked for in full.
MOST_IN_FULL = 40


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer a question for all of a kind, or for one that stands out among them."""
    said = words_of(FILE, request.language)
    asking = words_of("clauses", request.language).asks["asks"].search(request.lowered)
    if not asking and claim_of(request.text, request.language) is not None and numbers(request.text):
        return None  # a claim with a number is judged
    left_out = " ".join(match["out"] for match in said.asks["but for"].finditer(request.lowered))
    request = replace(request, text=said.asks["but for"].sub("", request.text.lower()).strip(" ,") or request.text)
    request = core(request, desk, said, HOWS, KINDS)
    text = said.asks["aside"].sub(" ", request.lowered)
    told = said.asks["of them"].search(text)  # "and what happens in each of them"
    told = told if told and any(said.asks[how].search(text[: told.start()]) for how in HOWS) else None
    text = text[: told.start()] if told else text
    recurs = said.asks["recurs"].search(text)
    text = said.asks["recurs"].sub(" ", text)
    request = replace(request, text=said.asks["apart"].sub("", text).strip() or request.text)
    text = request.lowered
    if any(said.asks[key].search(text) for key in ("other", "negated", "lasts")):
        return None
    ranked = said.asks["ranked"].search(text) is not None
    hows = ("list",) if ranked else HOWS
    tried = ((how, kinds_asked(request, said, how)) for how in hows if ranked or said.asks[how].search(text))
    how, kinds = next(((how, kinds) for how, kinds in tried if any(fits(how, kind) for kind in kinds)), ("", []))
    if not how and _bare_list(request, said):
        how, kinds = "list", kinds_asked(request, said, "list")
    if not kinds or (kinds[0] == "name" and said.asks["theme"].search(text)):
        return None  # the names of the themes are their titles
    plain = kind_of(text, request.language) in (Kind.DATE, Kind.WHAT, Kind.LIST)
    if how in ("first", "last") and not plain:
        return None
    if how in ("most", "fewest") and _behind(how, text, said):
        return None  # "gets the most jobs" is not named most
    asked = kinds
    only = MEASURED if how in ("sum", "largest", "smallest") else DATED if how in ("first", "last") else kinds
    kinds = [kind for kind in kinds if kind in only]
    facts_within = found(request, desk, how, kinds, said, asked)
    if facts_within is None:
        return None
    facts, within = facts_within
    if said.asks["once"].search(text):
        facts = [fact for fact in facts if len(fact.sections) == 1]
    facts = _but_for(left_out, facts)
    if recurs:
        facts = [fact for fact in facts if _times(fact, recurs, request.home) >= _least(recurs)]
    if ranked and facts:
        facts = in_order(facts, bool(said.asks["rising"].search(text)))
    if not facts:
        if untold := _untold(request, desk, kinds[0], within):
            return _of_no_kind(request, desk, kinds[0], untold, said)
        return none_in(request, kinds[0], within, said) if _surely_none(request, kinds[0], within, said) else None
    return _answer(request, desk, how, kinds, facts, within, said, recurs, told is not None)


def _behind(how: str, text: str, said: Words) -> set[str]:
    """Return the words that narrow behind what asks for the most, but for where things may stand."""
    behind = text[match.end() :] if (match := said.asks[how].search(text)) else ""
    for key in ("actors", "theme", "strict", "annex", "times"):
        behind = said.asks[key].sub(" ", behind)
    return set(subject_words(behind)) - said.words["whole"] - said.words["soft"]


def _bare_list(request: Request, said: Words) -> bool:
    """Return whether a text is only what is to be listed and of what: "amounts in theme 2", "firms that are named"."""
    begins = any(said.asks[kind].match(request.lowered) for kind in KINDS if kind != "actors")  # "who is in it?" asks
    of_what = len(request.sections) == 1 or said.asks["named so"].search(request.lowered) is not None
    return begins and of_what


def _but_for(left_out: str, facts: Sequence[Fact]) -> list[Fact]:
    """Return facts but for those that are left out by their number or name."""
    named_out = facts_named(left_out, facts)
    return [fact for fact in facts if fact not in named_out and not numbers(fact.name) & numbers(left_out)]


def _least(recurs: re.Match[str]) -> int:
    """Return how many times a thing must stand that recurs: "in more than one theme", "three times or more"."""
    told = recurs["n"] or recurs["m"] or recurs["or"]
    if told is None:
        return SEVERAL
    number = int(number_of(told) or FEWER.get(told) or 1)
    return number + 1 if recurs["above"] else number


def _times(fact: Fact, recurs: re.Match[str], home: Document) -> int:
    """Return in how many themes a thing stands, or how often where times or places are asked for."""
    if _of_places(recurs):
        return len(fact.mentions)
    return len({home.theme_of(home.section(each)).id for each in fact.sections})


def _of_places(recurs: re.Match[str]) -> bool:
    return bool(either(FILE, "times").search(recurs.group()))


def _surely_none(request: Request, kind: str, within: Sequence[Section], said: Words) -> bool:
    """Return whether a kind that is not found is not there: in sections, what has no shape may be called otherwise, and
    whoever wrote the names down may not have told which places are abroad.
    """
    return lying(request.lowered, said, (kind,)) is None and (not within or kind in SHAPED)


def _untold(request: Request, desk: Desk, kind: str, within: Sequence[Section]) -> list[Fact]:
    """Return the names of which nobody has told what they are, where a kind of names is asked of the whole document."""
    if within or not NAME_KINDS.issuperset(KINDS[kind]):
        return []
    return [fact for fact in desk.register(request.home) if fact.kind == NAME]


def _of_no_kind(request: Request, desk: Desk, kind: str, facts: Sequence[Fact], said: Words) -> Draft:
    """Say that the kind of the names is not told, and list them."""
    draft = Draft(request.language)
    draft.remark(said.say("untold", what=_kind(said, kind, 2)))
    _lines(draft, request, desk, facts, MOST_LINES, said)
    return draft


def none_in(request: Request, kind: str, within: Sequence[Section], said: Words) -> Draft:
    """Say that there is none of a kind in what the facts are narrowed to; `said` are the words of this file."""
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    draft.remark(said.say("none", where=_where(within, request, said), what=_kind(said, kind, 2)))
    return draft


def _where(within: Sequence[Section], request: Request, said: Words) -> str:
    """Return what the facts are narrowed to, as it is called."""
    if not within:
        return said.say("document")
    several = len(within) > 1 and all(section.kind is SectionKind.ANNEX for section in within)
    return said.say("annex") if several else named(within[0], request.language)


def _kind(said: Words, kind: str, count: int) -> str:
    one, _, many = said.say(f"kind {kind}").partition("|")
    return one if count == 1 else many


def _answer(
    request: Request,
    desk: Desk,
    how: str,
    kinds: Sequence[str],
    facts: list[Fact],
    within: Sequence[Section],
    said: Words,
    recurs: re.Match[str] | None = None,
    told: bool = False,
) -> Draft:
    draft = Draft(request.language)
    where = _where(within, request, said)
    if how in ("largest", "smallest", "first", "last"):
        _extreme(draft, request, desk, how, kinds[0], facts, said)
        return draft
    if how in ("most", "fewest"):
        facts = sorted(facts, key=lambda fact: -len({(m.section, m.span) for m in fact.mentions}))
        facts = [facts[0]] if how == "most" else facts[::-1]
        if how == "most":
            draft.remark(said.say("most", name=facts[0].called(request.language), n=str(len(facts[0].mentions))))
            _places(draft, request, desk, facts[0])
            return draft
    if how == "sum":
        draft.remark(said.say("sum", where=where) if not of_one_kind(facts) else _total(facts, request.language, said))
    else:
        beside = [kind for kind in dict.fromkeys(kinds) if kind != ACTORS]
        what = joined([_kind(said, kind, len(facts)) for kind in beside or kinds[:1]], request.language)
        if where_they_lie := lying(request.lowered, said, kinds):
            what = said.say(where_they_lie, what=what)
        what = said.say("in one", what=what) if said.asks["once"].search(request.lowered) else what
        if recurs:
            key = "in several places" if _of_places(recurs) else "in several themes"
            what = said.say(key, what=what, n=str(_least(recurs)))
        draft.remark(said.number("count", len(facts), where=where, what=what))
    some = said.asks["some"].search(request.lowered)
    most = MOST_IN_FULL if said.asks["in full"].search(request.lowered) else MOST_LINES
    most = int(number_of(some["n"]) or most) if some else most
    if told:
        _told_of_each(draft, request, desk, facts[:most])
    else:
        _lines(draft, request, desk, facts, most, said, not within)
    return draft


def _lines(
    draft: Draft, request: Request, desk: Desk, facts: Sequence[Fact], most: int, said: Words, whole: bool = True
) -> None:
    """Say the first things and where they stand; of more how many, and where they are told."""
    for fact in facts[:most]:
        _line(draft, request, desk, fact, said, whole)
    if len(facts) > most:
        url = f"/documents/{request.home.id}/register"
        draft.item(said.say("more", n=str(len(facts) - most), url=url))


def _line(draft: Draft, request: Request, desk: Desk, fact: Fact, said: Words, whole: bool) -> None:
    """Say one thing and where it stands, each section once with its citation; of the whole what a sum is for."""
    places: list[str] = []
    for section in fact.sections[:MOST_PLACES]:
        at = next(n for n, mention in enumerate(fact.mentions) if mention.section == section)
        number = desk.cite_fact(draft, request.home, fact, at)
        label = label_of(request.home.section(section), request.language)
        if fact.kind == AMOUNT and whole and not places:  # a sum of money says little without what it is for
            label = f"{title_of(request.home.section(section), request.language)}, {label}"
        places.append(f"{label} [{number}]")
    if len(fact.sections) > MOST_PLACES:
        places[-1] += f" +{len(fact.sections) - MOST_PLACES}"
    draft.item(said.say("item", name=fact.called(request.language), where=", ".join(places)))


def _told_of_each(draft: Draft, request: Request, desk: Desk, facts: Sequence[Fact]) -> None:
    """Say each thing with the sentences that have it, each sentence once."""
    for fact in facts:
        rows = {row.span.quote: row for m in fact.mentions if (row := desk.row(request.home, m.span)) is not None}
        sentences = draft.quoted(list(rows.values())[:MOST_TOLD], ". ")
        draft.item(f"{fact.called(request.language)}: {sentences}" if sentences else fact.called(request.language))


def _places(draft: Draft, request: Request, desk: Desk, fact: Fact) -> None:
    """Say every place of one thing with its sentence."""
    for at, mention in enumerate(fact.mentions[:MOST_LINES]):
        number = desk.cite_fact(draft, request.home, fact, at)
        row = desk.row(request.home, mention.span)
        sentence = wording(row, request.language) if row else ""
        section = named(request.home.section(mention.section), request.language)
        draft.item(f"{section}: {sentence}" if sentence else section, number)


def _extreme(draft: Draft, request: Request, desk: Desk, how: str, kind: str, facts: list[Fact], said: Words) -> None:
    """Say which is the largest or smallest, the earliest or latest, with the sentence that tells it."""
    known = [fact for fact in facts if fact.value is not None]
    chosen = {
        "largest": lambda: max(known, key=lambda fact: fact.value or 0),
        "smallest": lambda: min(known, key=lambda fact: fact.value or 0),
        "first": lambda: min(known, key=lambda fact: (fact.value or 0, -len(fact.name))),
        "last": lambda: max(known, key=lambda fact: max(fact.years, default=0)),
    }[how]()
    number = desk.cite_fact(draft, request.home, chosen)
    row = desk.row(request.home, chosen.mentions[0].span)
    sentence = wording(row, request.language) if row else ""
    told = said.say(how, what=_kind(said, kind, 1), name=chosen.called(request.language), sentence=sentence)
    draft.remark(f"{told} [{number}].")


def _total(facts: Sequence[Fact], language: str, said: Words) -> str:
    """Say the sum of amounts of one kind, with what was added."""
    return said.say("total", total=told_as(total_of(facts), language), parts=reckoned(facts, language))
