"""Two numbers reckoned with: which of two is larger, how far apart they are, how much they are together.

The two are either numbers behind names ("the Appeals Boards Authority or the Department of Civil Affairs?") or what is
set aside for two subjects ("the broadband fund or the relocation of jobs?"), of which one may be what was talked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.collecting.money import of_one_kind, reckoned, told_as, total_of
from assistant.answering.collecting.told import joined, named
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, told_in, wording
from assistant.answering.support.claims import share_said
from assistant.answering.support.judges.limits import FRACTIONS
from assistant.answering.support.verdict import YEAR
from assistant.corpus.register import PLACES, TOWN, Fact, amounts_of, facts_named, named_at, number_behind
from assistant.corpus.types import Section
from assistant.index.records import Row
from assistant.language.files import Words, words_of
from assistant.language.kinds import Kind
from assistant.language.phrases import phrase
from assistant.language.values import years
from assistant.language.words import words
from assistant.understanding.claim import claim_of
from assistant.understanding.conversation import subject_words
from assistant.understanding.question import asks_yes_or_no, kind_of
from assistant.understanding.request import Request

FILE = "reckon"
# Hits among which the subject of one side is sought.
LOOKED_AT = 3
BOUNDS = ("more than", "less than")
HOWS = ("larger", "smaller", "difference", "sum", "than")


@dataclass(frozen=True, slots=True)
class Number:
    """One of the numbers: whose it is, how it is told, its value, the row that states it, and what it adds to a sum
    with how that is told: a yearly amount as often as it comes.
    """

    whose: str
    told: str
    value: float
    row: Row
    whole: float
    part: str


def plan(request: Request, desk: Desk) -> Draft | None:
    """Reckon with two numbers where a question asks which is larger, for the difference or for the sum of them."""
    said = words_of(FILE, request.language)
    if not any(said.asks[key].search(request.lowered) for key in HOWS):
        return None
    if any(words_of("claim", request.language).asks[key].search(request.lowered) for key in (*FRACTIONS, *BOUNDS)):
        return None  # a part is set against its whole, a number against one that is only claimed
    if request.message != request.text and not said.asks["money"].search(request.lowered):
        request = replace(request, text=request.message)
    if years_ := _of_talked(request, desk, said):
        return _told(years_, request, said)
    numbers = _behind_names(request, desk, said)
    whole = said.asks["whole"].search(request.lowered)
    if len(numbers) < 2 and _is_of_money(request, said) and not (request.sections or whole):
        numbers = _of_subjects(request, desk, said) or _of_one_subject(request, desk, said)
    # One amount that comes every year has a sum too.
    alone = len(numbers) == 1 and numbers[0].whole != numbers[0].value and said.asks["sum"].search(request.lowered)
    return _told(numbers, request, said) if len(numbers) >= 2 or alone else None


def _claimed(numbers: Sequence[Number], text: str) -> Number | None:
    """Return the number that is claimed to be the larger: the one named first; None of years that are not named."""
    if not all(number.whose[:4].isdigit() for number in numbers):
        return numbers[0]
    first = next((int(match.group()) for match in YEAR.finditer(text)), None)
    return next((number for number in numbers if first in _years_of(number.whose)), None)


def _years_of(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def _of_talked(request: Request, desk: Desk, said: Words) -> list[Number]:
    """Return the amounts of what was talked about, where a turn asks for no more than their sum."""
    own = set(subject_words(request.text)) - said.words["idle"]
    if not (request.talked and said.asks["sum"].search(request.lowered)) or own or request.sections:
        return []
    numbers = _of_years(request.home.section(request.talked[0]), request, desk)
    return numbers if len(numbers) > 1 and any(number.told in request.last_told for number in numbers) else []


def _behind_names(request: Request, desk: Desk, said: Words) -> list[Number]:
    """Return the numbers in brackets behind the names of a question, or behind all names of a sentence with the town
    that it names, or that was just told where it says nothing of its own ("which is larger?").
    """
    facts = desk.register(request.home)
    named_ = facts_named(request.text, facts)
    wanted = [fact for fact in named_ if fact.kind not in PLACES]
    places = [fact for fact in named_ if fact.kind == TOWN]
    bare = request.lowered
    for key in HOWS:
        bare = said.asks[key].sub(" ", bare) if key != "than" else bare
    own = set(subject_words(bare)) - said.words["idle"]
    called = {word for fact in places for form in fact.forms for word in words(form)}
    towns = [form for fact in places for form in fact.forms] if len(places) == 1 and own - called else []
    told = f"{request.last} {request.last_told}"
    leans = bool(request.history) and (
        own <= set(words(told)) or share_said(" ".join(own), told, desk.analyzer, request.language, alike=True) == 1
    )
    if len(wanted) < 2 and not towns and not leans:
        return []
    for row in desk.rows(request.home):
        quote = row.span.quote
        meant = any(form in quote for form in towns) or (leans and told_in(row, request.last_told))
        among = wanted if len(wanted) > 1 else facts if meant and not wanted else ()
        found = [(fact, number) for fact in among if (number := number_behind(fact, quote)) is not None]
        found.sort(key=lambda each: named_at(each[0], request.lowered))
        if len(found) > 1:
            return [_of_name(fact, number, row, request.language) for fact, number in found]
    return []


def _of_name(fact: Fact, number: str, row: Row, language: str) -> Number:
    return Number(fact.called(language), number, float(number), row, float(number), number)


def _of_subjects(request: Request, desk: Desk, said: Words) -> list[Number]:
    """Return the amounts of the two subjects of a question, of which "that" is what was talked about."""
    sides = [side for side in said.asks["between"].split(said.asks["heading"].sub("", request.text)) if side]
    sections = [section for side in sides if (section := _meant(side, request, desk, said)) is not None]
    if len(sections) == 1 and request.talked and said.asks["against"].search(request.lowered):
        sections = [*(s for s in request.home.sections if s.id == _talked_of(request)), *sections]
    amounts = [number for section in sections if (number := _amount_of(section, request, desk)) is not None]
    subjects = {number.whose for number in amounts}
    adds = said.asks["sum"].search(request.lowered)
    if len(subjects) == 1 and (adds or said.asks["years"].search(request.lowered)):
        return _of_years(sections[0], request, desk)
    apart = said.asks["together" if adds else "against"].search(request.lowered)
    return amounts if len(subjects) == len(amounts) == 2 and apart else []


def _of_one_subject(request: Request, desk: Desk, said: Words) -> list[Number]:
    """Return the amounts of the one subject of a question for their sum: what is found for it states one of them."""
    if not said.asks["sum"].search(request.lowered):
        return []
    found = desk.finder.find(request.message, request.language, request.history, request.only, request.home)
    row = found.evidence.hits[0].row
    decision = desk.refusal.decide(found.asked, found.evidence, request.language, follow_up=False)
    if not decision.answer or row.document is not request.home:
        return []
    if not amounts_of(desk.register(request.home), {row.section.id}):
        return []
    return _of_years(row.section, request, desk)


def _years_added(request: Request) -> set[int]:
    """Return the years that a question adds up, those between two that it goes from and to as well."""
    asks = words_of(FILE, request.language).asks
    asked, through = years(request.text) if asks["sum"].search(request.lowered) else set(), asks["range"]
    if len(asked) < 2:
        return set()  # "in 2016 and the years after"
    return set(range(min(asked), max(asked) + 1)) if through.search(request.lowered) else asked


def _is_of_money(request: Request, said: Words) -> bool:
    """Return whether a question is of money: by its words, or set against what money was just told or asked for."""
    if said.asks["money"].search(request.lowered) or kind_of(request.text, request.language) is Kind.AMOUNT:
        return True
    before = f"{request.last} {request.last_told}".lower()
    return bool(request.history and said.asks["than"].search(request.lowered) and said.asks["money"].search(before))


def _talked_of(request: Request) -> str:
    """Return the section that "that" is: the last answer's; of one that set two against each other, that of both the
    answers.
    """
    before = [turn.sections for turn in request.history if turn.role == "assistant"]
    earlier = set(before[-2]) if len(before) > 1 else set()
    kin = request.home.kin(list(earlier))
    return next((each for each in request.talked if each in kin), request.talked[0])


def _of_years(section: Section, request: Request, desk: Desk) -> list[Number]:
    """Return the amounts of one subject, each of which is told for years of its own; for a sum, of its years."""
    facts, asked = _facts_of(section, request, desk), _years_added(request)
    if asked and any(asked & set(fact.years) and not asked.issuperset(fact.years) for fact in facts):
        return []  # of some of the years of an amount alone nothing is reckoned
    facts = [fact for fact in facts if not asked or asked.issuperset(fact.years)]
    rows = [desk.row(request.home, fact.mentions[0].span) for fact in facts]
    one = len(facts) == 1 and bool(facts[0].years) and facts[0].yearly
    if not (of_one_kind(facts) or one) or not all(rows):
        return []
    return [
        Number(
            _span(fact),
            fact.called(request.language),
            fact.value or 0,
            row,
            total_of([fact]),
            reckoned([fact], request.language),
        )
        for fact, row in zip(facts, rows, strict=True)
        if row is not None
    ]


def _span(fact: Fact) -> str:
    """Return the years of a fact: "2016", "2017-2019"."""
    return str(fact.years[0]) if len(fact.years) == 1 else f"{fact.years[0]}-{fact.years[-1]}"


def _meant(side: str, request: Request, desk: Desk, said: Words) -> Section | None:
    """Return the section that one side of a question is about, None where it names no subject."""
    idle = said.words["idle"] | words_of("collect", request.language).words["whole"]
    rest = [word for word in subject_words(side) if word not in idle and not word.isdigit()]
    if not rest:
        return None
    question = said.say("how much", subject=" ".join(rest))
    hits = desk.finder.find(question, request.language, (), request.home.id).evidence.hits
    for hit in hits[:LOOKED_AT]:
        told = f"{' '.join(hit.row.section.heading())} {hit.row.section.title_en} {hit.row.span.quote}"
        said_there = share_said(" ".join(rest), f"{told} {hit.row.span.translation}", desk.analyzer, request.language)
        if said_there and _facts_of(hit.row.section, request, desk):
            return hit.row.section
    return None


def _facts_of(section: Section, request: Request, desk: Desk) -> list[Fact]:
    """Return the amounts that a section, or what belongs to it, names."""
    return amounts_of(desk.register(request.home), request.home.kin([section.id]))


def _amount_of(section: Section, request: Request, desk: Desk) -> Number | None:
    """Return what is set aside for a section; of several amounts their total where they can be added."""
    facts = _facts_of(section, request, desk)
    if not facts or (len(facts) > 1 and not of_one_kind(facts)):
        return None
    ids = request.home.kin([section.id])
    first = next(mention for mention in facts[0].mentions if mention.section in ids)
    row = desk.row(request.home, first.span)
    if row is None:
        return None
    told = reckoned(facts, request.language) if len(facts) > 1 else facts[0].called(request.language)
    whole = total_of(facts)
    return Number(named(request.home.section(first.section), request.language), told, whole, row, whole, told)


def _told(numbers: Sequence[Number], request: Request, said: Words) -> Draft | None:
    """Say what was reckoned, then each sentence that states a number."""
    text, language = request.lowered, request.language
    draft = Draft(language)
    ordered = sorted(numbers, key=lambda number: -number.value)
    marks = {number.row.span.id: f" [{draft.cite(number.row)}]" for number in ordered}
    money = any(not number.told.isdigit() for number in numbers)
    if said.asks["sum"].search(text):
        total = told_as(sum(number.whole for number in numbers), language, money)
        draft.remark(said.say("sum", total=total, parts=" + ".join(number.part for number in numbers)))
    else:
        smaller = said.asks["smaller"].search(text) and not said.asks["larger"].search(text)
        top = ordered[-1] if smaller else ordered[0]
        others = [number for number in ordered if number is not top]
        each = [
            n.told + (f" ({n.whose})" if n.whose != top.whose and n.whose not in n.told else "") + marks[n.row.span.id]
            for n in others
        ]
        told = f"{top.told}{marks[top.row.span.id]}"
        key = "smaller" if smaller else "larger"
        draft.remark(said.say(key, whose=top.whose, told=told, others=joined(each, language)))
        bare = bool(request.history) and said.asks["than"].match(text) is not None  # "and more than for that?"
        if bare or asks_yes_or_no(text, language) or claim_of(request.text, language) is not None:
            # "This or that?" is met by the one, not by yes.
            both_ways = (said.asks["smaller"].search(text) and said.asks["larger"].search(text)) or (
                said.asks["either"].search(text)
            )
            claimed = _claimed(numbers, request.text)
            open_ = both_ways or claimed is None
            draft.verdict = "" if open_ else phrase("yes" if claimed is top else "no", language)
    if said.asks["difference"].search(text) and len(ordered) == 2:
        apart = told_as(ordered[0].value - ordered[1].value, language, money)
        draft.remark(said.say("difference", apart=apart, parts=f"{ordered[0].told} − {ordered[1].told}"))
    for row in {number.row.span.id: number.row for number in numbers}.values():
        draft.item(wording(row, language), draft.cite(row))
    return draft
