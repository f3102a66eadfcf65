"""What the text names, collected: all towns, amounts, dates …; how many; the largest, the earliest, the most named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.told import joined, label_of, named
from assistant.answering.seeking import kin
from assistant.answering.types import Status
from assistant.corpus.register import ACTORS, AMOUNT, COUNT, DATE, Fact
from assistant.corpus.types import Section
from assistant.language.files import Words, words_of
from assistant.language.values import years
from assistant.language.words import stem, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request
from assistant.understanding.sections import called

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
    "body": ("body", "agency", "ministry"),
    "initials": ("initials",),
    "short_form": ("initials", "ministry"),
    "programme": ("programme", "company"),
    "strategy": ("strategy",),
    "actors": (ACTORS,),
    "amount": (AMOUNT,),
    "date": (DATE,),
    "number": (AMOUNT, COUNT),
    "place": ("town", "area", "country"),
    "name": (
        *("town", "area", "country", "ministry", "agency", "body", "organisation", "company", "school"),
        *("programme", "strategy", "fund", "initials", "term", "name"),
    ),
}
HOWS = ("sum", "largest", "smallest", "first", "last", "most", "fewest", "count", "list")
# Which kinds have a largest, and which a first.
MEASURED, DATED = ("amount", "number"), ("date",)
MOST_LINES, MOST_PLACES = 12, 4
# How a word for several things ends in English.
MANY = ("s", "money", "dkk")
# Words between what asks and what is asked for; letters between kinds that are asked for together.
NEAR, JOINED = 3, 60
# A conversation about more sections than this is about the whole.
MOST_TALKED = 3
SHORT_FORM = re.compile(r"[A-ZÆØÅ]{2,5}")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer a question for all of a kind, or for one that stands out among them."""
    said = words_of(FILE, request.language)
    text = request.lowered
    if said.asks["other"].search(text) or said.asks["negated"].search(text):
        return None
    tried = ((how, _kinds(request, said, how)) for how in HOWS if said.asks[how].search(text))
    how, kinds = next(((how, kinds) for how, kinds in tried if kinds and _fits(how, kinds[0])), ("", []))
    if not kinds:
        return None
    only = MEASURED if how in ("sum", "largest", "smallest") else DATED if how in ("first", "last") else kinds
    kinds = [kind for kind in kinds if kind in only]
    found = _found(request, desk, how, kinds, said)
    if found is None:
        return None
    facts, within = found
    if not facts:
        return None if within else _none(request, kinds[0], within, said)
    return _answer(request, desk, how, kinds[0], facts, within, said)


def _kinds(request: Request, said: Words, how: str) -> list[str]:
    """Return the kinds that a question asks for: those named soon after what asks for them; in English, of many."""
    text = request.lowered
    asking = said.asks[how].search(text)
    found: list[tuple[int, str]] = []
    for kind in KINDS:
        for match in said.asks[kind].finditer(text):
            between = len(words(text[asking.end() : match.start()])) if asking else 0
            single = request.language == "en" and how in ("list", "count") and not match.group().endswith(MANY)
            if (how in ("sum", "most", "fewest") or between <= NEAR) and not single:
                found.append((match.start(), kind))
    first = min((at for at, _ in found), default=0)
    return [kind for at, kind in sorted(found) if at <= first + JOINED]


def _fits(how: str, kind: str) -> bool:
    if how in ("largest", "smallest"):
        return kind in MEASURED
    if how in ("first", "last"):
        return kind in DATED
    return how != "sum" or kind == "amount"


def _found(
    request: Request, desk: Desk, how: str, kinds: Sequence[str], said: Words
) -> tuple[list[Fact], tuple[Section, ...]] | None:
    """Return the facts that are asked for and the sections that they are narrowed to; None where more is asked for.

    What a question says besides may name a section, or a word that the facts' own words hold ("numbers of jobs").
    """
    rest = [word for word in narrowing(request, said, *kinds, "annex") if not word.isdigit()]
    facts = [fact for kind in kinds for fact in _of_kind(request, desk, kind)]
    facts = list({id(fact): fact for fact in facts}.values()) if "actors" not in kinds else facts
    if asked_years := years(request.text):
        of_years = asked_years.issuperset if how == "sum" else asked_years.issubset
        facts = [fact for fact in facts if fact.years and of_years(fact.years)]
    if not rest:
        within = _with_kin(request, request.sections or talked_of(request))
        return _inside(facts, within), within
    if {"actors", "ministry"} & set(kinds) and said.asks["actors"].search(request.lowered):
        return None  # the actors of a subject stand in one field
    stems = {stem(word, request.language) for word in rest}
    if kinds != ["name"] and (own := [fact for fact in facts if stems <= _stems_of(fact)]):
        return own, ()
    meant = called(request.text, request.home, desk.aliases(request.home))
    if len(meant) != 1 or not _told_by(rest, meant[0], request, desk):
        return None
    within = _with_kin(request, meant)
    return _inside(facts, within), within


def talked_of(request: Request) -> tuple[Section, ...]:
    """Return the few sections that a conversation is about, where the question does not ask of the whole text."""
    said = words_of("overview", request.language).words["document"]
    if set(words(request.text)) & said or len(request.talked) > MOST_TALKED:
        return ()
    return tuple(section for section in request.home.sections if section.id in request.talked)


def _stems_of(fact: Fact) -> set[str]:
    return {stem(word, "da") for word in words(fact.name)} | {stem(word, "en") for word in words(fact.english)}


def _told_by(rest: Sequence[str], section: Section, request: Request, desk: Desk) -> bool:
    """Return whether the words that narrow a question all belong to what a section is called."""
    covered = set(words(f"{section.title} {section.title_en}"))
    for alias in desk.aliases(request.home):
        if alias.whole and alias.targets[0].partition("/")[0] == section.id:
            covered |= set(words(alias.name))
    stems = {stem(word, language) for word in covered for language in ("da", "en")}
    return all(stem(word, request.language) in stems or word.isdigit() for word in rest)


def narrowing(request: Request, said: Words, *kinds: str) -> list[str]:
    """Return the words of a question that ask for less than all of its kind."""
    patterns = [said.asks[key] for key in (*kinds, *HOWS, "named", "negated", "only", "any")]
    idle = said.words["whole"] | said.words["soft"]
    text = request.lowered
    for pattern in patterns:
        text = pattern.sub(" ", text)
    rest = [word for word in subject_words(text) if word not in idle]
    label = {each for section in request.sections for each in words(f"{section.label} {section.label_en}")}
    plural = {"temaerne", "temaer", "themes", "annexes", "parts"} if request.sections else set()
    return [word for word in rest if word not in label | plural and not (request.sections and word.isdigit())]


def _with_kin(request: Request, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections with the annex parts that elaborate them and the themes that they elaborate."""
    places = kin(request.home, [section.id for section in sections])
    return tuple(section for section in request.home.sections if (request.home.id, section.id) in places)


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


def actor_names(line: str) -> list[str]:
    """Return who a line of an actors field names: "AMD/ES/HBP" are three, "m.fl." is nobody."""
    bare = re.sub(r"\bm\.\s?fl\.?|\band others\b", "", line)
    return [name for part in re.split(r"[,/;]", bare) if (name := part.strip(" ."))]


def _none(request: Request, kind: str, within: Sequence[Section], said: Words) -> Draft:
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    where = (
        joined([named(each, request.language) for each in within[:1]], request.language)
        if within
        else said.say("document")
    )
    draft.remark(said.say("none", where=where, what=_kind(said, kind, 2)))
    return draft


def _kind(said: Words, kind: str, count: int) -> str:
    one, _, many = said.say(f"kind {kind}").partition("|")
    return one if count == 1 else many


def _answer(
    request: Request, desk: Desk, how: str, kind: str, facts: list[Fact], within: Sequence[Section], said: Words
) -> Draft:
    draft = Draft(request.language)
    where = named(within[0], request.language) if within else said.say("document")
    if how in ("largest", "smallest", "first", "last"):
        _extreme(draft, request, desk, how, kind, facts, said)
        return draft
    if how in ("most", "fewest"):
        facts = sorted(facts, key=lambda fact: -len({(m.section, m.span) for m in fact.mentions}))
        facts = [facts[0]] if how == "most" else facts[::-1]
        if how == "most":
            draft.remark(said.say("most", name=facts[0].called(request.language), n=str(len(facts[0].mentions))))
            _places(draft, request, desk, facts[0])
            return draft
    if how == "sum":
        draft.remark(said.say("sum", where=where) if not _one_kind(facts) else _total(facts, request.language, said))
    else:
        draft.remark(said.number("count", len(facts), where=where, what=_kind(said, kind, len(facts))))
    for fact in facts[:MOST_LINES]:
        _line(draft, request, desk, fact, said)
    if len(facts) > MOST_LINES:
        url = f"/documents/{request.home.id}/register"
        draft.item(said.say("more", n=str(len(facts) - MOST_LINES), url=url))
    return draft


def _line(draft: Draft, request: Request, desk: Desk, fact: Fact, said: Words) -> None:
    """Say one thing and where it stands, each section once with its citation."""
    places: list[str] = []
    for section in fact.sections[:MOST_PLACES]:
        at = next(n for n, mention in enumerate(fact.mentions) if mention.section == section)
        number = desk.cite_fact(draft, request.home, fact, at)
        label = label_of(request.home.section(section), request.language)
        places.append(f"{label} [{number}]")
    if len(fact.sections) > MOST_PLACES:
        places[-1] += f" +{len(fact.sections) - MOST_PLACES}"
    draft.item(said.say("item", name=fact.called(request.language), where=", ".join(places)))


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


def _one_kind(facts: Sequence[Fact]) -> bool:
    """Return whether amounts may be added: each of them is told for years of its own."""
    spent = [year for fact in facts for year in fact.years]
    return len(facts) > 1 and all(fact.years for fact in facts) and len(spent) == len(set(spent))


def _total(facts: Sequence[Fact], language: str, said: Words) -> str:
    """Say the sum of amounts of one kind, with what was added."""
    parts = [(fact.value or 0) * (len(fact.years) if fact.yearly else 1) for fact in facts]
    words_ = [
        f"{len(fact.years)} × {_money(fact.value or 0, language)}" if fact.yearly else _money(fact.value or 0, language)
        for fact in facts
    ]
    return said.say("total", total=_money(sum(parts), language), parts=" + ".join(words_))


def _money(value: float, language: str) -> str:
    millions = value / 1e6
    number = f"{millions:g}".replace(".", "," if language == "da" else ".")
    return words_of(FILE, language).say("millions", n=number)
