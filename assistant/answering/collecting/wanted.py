"""What a question collects: which kind of thing, narrowed to which sections or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.collecting.core import that_narrow
from assistant.answering.desk import Desk
from assistant.corpus.glossary import Entry, entry_named
from assistant.corpus.register import ACTORS, AMOUNT, COUNT, DATE, PLACES, Fact, actor_names
from assistant.corpus.types import Document, Section, SectionKind
from assistant.language.files import Words, both, words_of
from assistant.language.values import number_of, years
from assistant.language.words import stem, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request
from assistant.understanding.sections import called, label_words

FILE = "collect"
# What is asked for, narrow kinds first, and which facts that means.
KINDS: dict[str, tuple[str, ...]] = {
    "ministry": ("ministry",),
    "town": ("town",),
    "country": ("country",),
    "agency": ("agency",),
    "fund": ("fund",),
    "school": ("school",),
    "company": ("company",),
    "organisation": ("organisation", "agency", "body"),
    "association": ("organisation",),
    "body": ("body",),
    "public": ("body", "agency", "ministry"),
    "initials": ("initials",),
    "short_form": ("initials", "ministry"),
    "programme": ("programme", "company"),
    "strategy": ("strategy",),
    "actors": (ACTORS,),
    "amount": (AMOUNT,),
    "date": (DATE,),
    "number": (AMOUNT, COUNT),
    "place": PLACES,
    "name": (
        *(*PLACES, "ministry", "agency", "body", "organisation", "company", "school"),
        *("programme", "strategy", "fund", "initials", "term", "name"),
    ),
}
PLACES_ASKED = {"town", "country", "place"}
HOWS = ("sum", "largest", "smallest", "first", "last", "most", "fewest", "count", "list")
# What asks for things in the order of their values, and for that order from the smallest.
ORDERS = ("ranked", "rising")
# Which kinds have a largest, and which a first.
MEASURED, DATED = ("amount", "number"), ("date",)
# How a word for several things ends in English.
MANY = ("s", "money", "dkk")
# Words between what asks and what is asked for; letters between kinds that are asked for together.
NEAR, JOINED = 4, 60
# Where a place may be asked to lie.
LYING = ("abroad", "at home")
# A conversation about more sections than this is about the whole.
MOST_TALKED = 3
SHORT_FORM = re.compile(r"[A-ZÆØÅ]{2,5}")


def kinds_asked(request: Request, said: Words, how: str) -> list[str]:
    """Return the kinds that a question asks for: those named soon after what asks for them; in English, of many."""
    text = request.lowered
    asking = [*said.asks[how].finditer(text), *said.asks["ranked"].finditer(text)]
    found: list[tuple[int, str]] = []
    for kind in KINDS:
        for match in said.asks[kind].finditer(text):
            between = min((len(words(text[each.end() : match.start()])) for each in asking), default=0)
            before = words(text[: match.start()])[-1:]
            several = match.group().endswith(MANY) or not said.words["singular"].isdisjoint(before)
            single = request.language == "en" and how in ("list", "count") and not several
            if (how in ("sum", "most", "fewest") or between <= NEAR) and not single:
                found.append((match.start(), kind))
    first = min((at for at, _ in found), default=0)
    return [kind for at, kind in sorted(found) if at <= first + JOINED]


def fits(how: str, kind: str) -> bool:
    """Return whether a kind of thing can be asked for in that way."""
    if how in ("largest", "smallest"):
        return kind in MEASURED
    if how in ("first", "last"):
        return kind in DATED
    return how != "sum" or kind == "amount"


def found(
    request: Request, desk: Desk, how: str, kinds: Sequence[str], said: Words, asked: Sequence[str]
) -> tuple[list[Fact], tuple[Section, ...]] | None:
    """Return the facts that are asked for and the sections that they are narrowed to; None where more is asked for.

    `asked` are all kinds that the question names, of which `kinds` count. What it says besides may name a section, or a
    word that the facts' own words hold ("numbers of jobs").
    """
    rest = [word for word in narrowing(request, said, *asked, "annex") if number_of(word) is None]
    universal = any(said.asks[key].search(request.lowered) for key in ("named", "every"))
    if universal or desk.like(request) == "collect.all":
        rest = that_narrow(rest, request, desk)
    rest = _beside_parties(rest, request.home)
    facts = _that_act(kinds, request, desk) or [fact for kind in kinds for fact in _of_kind(request, desk, kind)]
    facts = that_lie(_distinct(facts, desk.glossary), lying(request.lowered, said, kinds))
    if asked_years := years(request.text):
        of_years = asked_years.issuperset if how == "sum" else asked_years.issubset
        facts = [fact for fact in facts if fact.years and of_years(fact.years)]
    if not rest:
        within = _with_kin(request, request.sections or talked_of(request)) or _of_annex(request, said)
        return _inside(facts, within), within
    if {"actors", "ministry"} & set(kinds) and said.asks["actors"].search(request.lowered):
        return None  # the actors of a subject stand in one field
    stems = {stem(word, request.language) for word in rest}
    if kinds != ["name"] and (own := [fact for fact in facts if stems <= _stems_of(fact)]):
        return own, ()
    meant = called(request.text, desk.called(request.home))
    if len(meant) != 1 or not told_by(rest, meant[0], request, desk):
        return None
    within = _with_kin(request, meant)
    return _inside(facts, within), within


def _beside_parties(rest: Sequence[str], document: Document) -> list[str]:
    """Return words without the names of one word of the parties, who are behind all: "the government strategies"."""
    alone = {name.lower().removeprefix("the ") for name in (*document.parties, *document.parties_en)}
    return [word for word in rest if not any(word.startswith(name) for name in alone)]


def _distinct(facts: Sequence[Fact], glossary: Sequence[Entry]) -> list[Fact]:
    """Return facts, of those that one name calls, or a name and its short form, the first: two kinds may have it."""
    known: set[str] = set()
    kept = []
    for fact in facts:
        entry = entry_named(fact.name, glossary)
        forms = {form for form in (fact.name, *fact.forms) if SHORT_FORM.fullmatch(form)} or {fact.name}
        forms |= {entry.short} if entry else set()
        if known.isdisjoint(forms):
            kept.append(fact)
        known |= forms
    return kept


def in_order(facts: Sequence[Fact], rising: bool) -> list[Fact]:
    """Return facts by their values, the largest first unless they are to rise; those without a value last."""
    known = [fact for fact in facts if fact.value is not None]
    known.sort(key=lambda fact: fact.value or 0, reverse=not rising)
    return [*known, *(fact for fact in facts if fact.value is None)]


def talked_of(request: Request) -> tuple[Section, ...]:
    """Return the few sections that a conversation is about, where the question does not ask of the whole text."""
    said = words_of("overview", request.language).words["document"]
    if set(words(request.text)) & said or len(request.talked) > MOST_TALKED:
        return ()
    return tuple(section for section in request.home.sections if section.id in request.talked)


def _stems_of(fact: Fact) -> set[str]:
    return {stem(word, "da") for word in words(fact.name)} | {stem(word, "en") for word in words(fact.english)}


def told_by(rest: Sequence[str], section: Section, request: Request, desk: Desk) -> bool:
    """Return whether the words that narrow a question all belong to what a section is called."""
    covered = set(words(f"{section.title} {section.title_en}"))
    for alias in desk.aliases(request.home):
        if alias.whole and alias.targets[0].partition("/")[0] == section.id:
            covered |= set(words(alias.name))
    stems = {stem(word, language) for word in covered for language in ("da", "en")}
    return all(stem(word, request.language) in stems or word.isdigit() for word in rest)


def lying(text: str, said: Words, kinds: Sequence[str]) -> str | None:
    """Return where the places lie that a text in small letters asks for; None where that is all one, or of no place."""
    if PLACES_ASKED.isdisjoint(kinds):
        return None
    return next((each for each in LYING if said.asks[each].search(text)), None)


def that_lie(facts: Sequence[Fact], where: str | None) -> list[Fact]:
    """Return the facts that lie abroad or at home; all where it is all one."""
    return [fact for fact in facts if where is None or fact.abroad is (where == "abroad")]


def narrowing(request: Request, said: Words, *kinds: str) -> list[str]:
    """Return the words of a question that ask for less than all of its kind."""
    keys = (*kinds, *HOWS, *ORDERS, "named", "negated", "only", "any")
    keys = keys if PLACES_ASKED.isdisjoint(kinds) else (*LYING, *keys)
    patterns = [said.asks[key] for key in keys]
    idle = said.words["whole"] | said.words["soft"]
    text = request.lowered
    for pattern in patterns:
        text = pattern.sub(" ", text)
    rest = [word for word in subject_words(text) if word not in idle]
    label = label_words(request.sections)
    plural = both(FILE, "sections") if request.sections else set()
    return [word for word in rest if word not in label | plural and not (request.sections and word.isdigit())]


def _with_kin(request: Request, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections with the annex parts that elaborate them and the themes that they elaborate."""
    ids = request.home.kin([section.id for section in sections])
    return tuple(section for section in request.home.sections if section.id in ids)


def _that_act(kinds: Sequence[str], request: Request, desk: Desk) -> list[Fact]:
    """Return the actors that are of the other kinds asked for beside them: "how many ministries are actors?"."""
    others = [kind for kind in kinds if kind != ACTORS]
    if ACTORS not in kinds or not others:
        return []
    named = [fact for kind in others for fact in _of_kind(request, desk, kind)]
    entries = (entry_named(fact.name, desk.glossary) for fact in named)
    forms = {form for fact in named for form in fact.forms} | {entry.short for entry in entries if entry}
    return [fact for fact in _of_kind(request, desk, ACTORS) if fact.name in forms]


def _of_annex(request: Request, said: Words) -> tuple[Section, ...]:
    """Return the parts of the annex with text, where a question asks of that alone; none where it names both."""
    if not said.asks["annex"].search(said.asks["aside"].sub(" ", request.lowered)):
        return ()
    whole = words_of("overview", request.language).words["document"]
    if said.asks["strict"].search(request.lowered) or whole & set(words(request.text)):
        return ()
    return tuple(s for s in request.home.sections if s.kind is SectionKind.ANNEX and s.passages)


def _of_kind(request: Request, desk: Desk, kind: str) -> list[Fact]:
    """Return all facts of a kind that is asked for."""
    facts = [fact for fact in desk.register(request.home) if fact.kind in KINDS[kind]]
    if kind == "actors":
        return actors_of(facts)
    if kind == "short_form":
        return [fact for fact in facts if any(SHORT_FORM.fullmatch(form) for form in fact.forms)]
    return facts


def _inside(facts: Sequence[Fact], within: Sequence[Section]) -> list[Fact]:
    """Return the facts that stand in some sections, with those of their places alone; all where there are none."""
    if not within:
        return list(facts)
    ids = {section.id for section in within}
    kept = [replace(fact, mentions=tuple(m for m in fact.mentions if m.section in ids)) for fact in facts]
    return [fact for fact in kept if fact.mentions]


def actors_of(lines: Sequence[Fact]) -> list[Fact]:
    """Return one fact for every actor that the actors fields name, with all its places."""
    found: dict[str, Fact] = {}
    for line in lines:
        for name in actor_names(line.name):
            known = found.get(name)
            mentions = (*known.mentions, *line.mentions) if known else line.mentions
            found[name] = Fact(ACTORS, name, name, mentions, (name,))
    return list(found.values())
