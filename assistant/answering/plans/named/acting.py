"""What one is to do by the document: "what must the State do?", "hvilke opgaver får Vækstforum?"; by places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.collecting.told import joined, label_of
from assistant.answering.collecting.wanted import talked_of
from assistant.answering.compose import headed
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft, wording
from assistant.answering.plans.named.mentioned import fact_called, loose_words, says_only
from assistant.answering.support.claims import BODIES, share_said
from assistant.answering.support.verdict import with_headings
from assistant.corpus.register import Fact, facts_named
from assistant.corpus.types import Field
from assistant.index.records import Row
from assistant.language.files import Words, words_of
from assistant.language.words import WORD, stem, words
from assistant.understanding.request import Request

FILE = "acting"
MOST_WORDS, MOST_LINES = 4, 12
# What is asked of the one who acts, each with what then follows its name in a sentence that tells it.
DEEDS = {"wants": "asks for", "done": "has done", "duty": "acts"}
# Of a subject, so many of the sentences that were found first are looked at.
LOOKED_AT, MOST_OF_SUBJECT = 8, 3
# The share of its words that each of them says.
OF_SUBJECT = 0.5


def plan(request: Request, desk: Desk) -> Draft | None:
    """List the sentences in which the one who is named acts, is asked to act, or has the next step; of several who
    are named one after the other.
    """
    said = words_of(FILE, request.language)
    deed = next((key for key in DEEDS if said.asks[key].search(request.lowered)), None)
    if deed is None or said.asks["other"].search(request.lowered):
        return None
    names, subject = _named(request, desk, said)
    if not names or (subject and (deed == "wants" or len(names) > 1)):
        return None
    rows = _of_subject(subject, request, desk) if subject else _within(request, desk)
    # Who is asked for something comes second: "what does the region want of the State?"
    told = names[:1] if deed == "wants" else names
    found = {who.called: _acting(rows, who, request.language, said, deed) for who in told}
    if not all(found.values()):
        return None
    draft = Draft(request.language)
    for who, acts in found.items():
        acts = acts[:MOST_OF_SUBJECT] if subject else acts
        draft.remark(("\n" if draft.citations else "") + said.number(deed, len(acts), who=who))
        tell_by_places(draft, acts)
    return draft


def _within(request: Request, desk: Desk) -> Sequence[Row]:
    """Return the rows of the sections that a question names or, if they are few, is talked of; else all."""
    talked = request.home.kin([section.id for section in talked_of(request)])
    within = {section.id for section in request.sections} or set(talked)
    return [row for row in desk.rows(request.home) if not within or row.section.id in within]


def _of_subject(subject: str, request: Request, desk: Desk) -> Sequence[Row]:
    """Return the rows that are found first for a question that is about more than who acts; none where what it is
    about is not believed to be told.
    """
    language, evidence = request.language, desk.found_in(request, request.text)
    if not desk.believes(request.text, evidence, language):
        return []

    def share(row: Row) -> float:
        return share_said(subject, with_headings(row, language), desk.analyzer, language, alike=True)

    return [hit.row for hit in evidence.hits[:LOOKED_AT] if share(hit.row) >= OF_SUBJECT]


class Who:
    """The one who is asked about: what it is called, and where a text of either language names it, by its own name or,
    where it is a general one such as "the region", by that noun.
    """

    def __init__(self, called: str, fact: Fact | None, noun: str = "") -> None:
        self.called, self._fact, self._noun = called, fact, noun

    def stands_in(self, row: Row) -> bool:
        """Return whether a row can name it: a name is not part of a longer one."""
        return self._fact is None or any(mention.span == row.span.id for mention in self._fact.mentions)

    def ends(self, text: str, language: str) -> Iterator[tuple[int, int]]:
        """Yield where it is named in a text: start and end, in code points."""
        if self._fact is None:
            wanted = stem(self._noun, language)
            found = (token for token in WORD.finditer(text) if stem(token.group().lower(), language) == wanted)
            general = self._noun in BODIES
            yield from (token.span() for token in found if not general or _is_of_one(token.group(), language))
            return
        lowered, starts = text.lower(), {token.start() for token in WORD.finditer(text)}
        for form in sorted(self._fact.forms, key=len, reverse=True):
            spans = (match.span() for match in re.finditer(re.escape(form.lower()), lowered))
            yield from (span for span in spans if span[0] in starts)


def _is_of_one(token: str, language: str) -> bool:
    """Return whether a general name stands for one who acts: "the State", "regionen", "municipalities"; not "regional",
    nor "state jobs".
    """
    lowered = token.lower()
    return lowered in BODIES and (token != lowered or stem(lowered, language) != lowered)


def _named(request: Request, desk: Desk, said: Words) -> tuple[list[Who], str]:
    """Return those whom a question names beside the words that ask, in its order, and what it has more."""
    own = loose_words(request, said)
    bodies = _bodies(request)
    known = facts_named(request.text, desk.register(request.home)) if bodies else []
    # "Region Midtjylland" is the region.
    names = {fact: {word for form in fact.forms for word in words(form)} for fact in known}
    names = {fact: said_by for fact, said_by in names.items() if not said_by.isdisjoint(bodies)}
    rest = [word for word in own if word not in set(bodies).union(*names.values())]
    fact = fact_called(" ".join(own), request, desk) if 1 <= len(own) <= MOST_WORDS and not bodies else None
    if fact is not None and says_only(own, fact):
        return [Who(fact.called(request.language), fact)], ""
    if not bodies and len(rest) == 1:
        return [Who(rest[0], None, rest[0].lower())], ""
    full = {body: next((fact for fact, said_by in names.items() if body in said_by), None) for body in bodies}
    called = ((body, body if fact is None else fact.called(request.language)) for body, fact in full.items())
    return [Who(name, None, body) for body, name in called], " ".join(rest)


def _bodies(request: Request) -> list[str]:
    """Return the general names of who acts in a question, in its order; "in the region" is a place."""
    inside, spoken = words_of("claim", request.language).asks["inside"], words(request.text)
    before = (spoken[max(0, at - 2) : at] for at in range(len(spoken)))
    placed = (any(map(inside.fullmatch, said)) for said in before)
    found = (word for word, place in zip(spoken, placed, strict=True) if word in BODIES and not place)
    return list(dict.fromkeys(found))


def _acting(rows: Sequence[Row], who: Who, language: str, said: Words, deed: str) -> list[Row]:
    """Return the rows in which one acts as is asked."""
    return [row for row in rows if who.stands_in(row) and _acts(row, who, language, said, deed)]


def _acts(row: Row, who: Who, language: str, said: Words, deed: str) -> bool:
    text = wording(row, language)
    if row.passage.field is Field.NEXT_STEP:
        return deed == "duty" and any(True for _ in who.ends(text, language))
    lowered = text.lower()
    made_to = said.asks["made to act"] if deed == "duty" else None
    # What is the region's does not act.
    named = [(start, end) for start, end in who.ends(text, language) if not _owns(text[start:end], language)]
    return any(
        said.asks[DEEDS[deed]].match(lowered[end:]) or (made_to is not None and made_to.search(lowered[:start]))
        for start, end in named
    )


def _owns(token: str, language: str) -> bool:
    return language == "da" and token.lower() in BODIES and token.endswith("s")


def tell_by_places(draft: Draft, rows: Sequence[Row]) -> None:
    """Add rows of one document in reading order, what several sections say alike once; of many the first lines."""
    said = words_of(FILE, draft.language)
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(headed(row, draft.language), []).append(row)
    for told, same in list(grouped.items())[:MOST_LINES]:
        _line(draft, told, same)
    if len(grouped) > MOST_LINES:
        draft.item(said.say("more", n=str(len(grouped) - MOST_LINES), url=f"/documents/{rows[0].document.id}"))


def _line(draft: Draft, told: str, rows: Iterable[Row]) -> None:
    """Add a line: a sentence behind the labels of all the places that say it, each with its citation."""
    places = {label_of(row.section, draft.language): draft.cite(row) for row in rows}
    named = joined([f"{label} [{number}]" for label, number in places.items() if number], draft.language)
    draft.item(words_of(FILE, draft.language).say("item", where=named, sentence=told))
