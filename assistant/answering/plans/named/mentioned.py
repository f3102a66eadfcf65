"""Whether the text speaks of something at all, and where: yes and all places, or no and the word that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.answering.collecting.told import label_of
from assistant.answering.collecting.wanted import SHORT_FORM
from assistant.answering.compose import headed
from assistant.answering.desk import Desk
from assistant.answering.draft import Draft
from assistant.answering.support.verdict import heading_of
from assistant.answering.types import Status
from assistant.corpus.glossary import entry_named
from assistant.corpus.register import VALUED, Fact, facts_named, named_at
from assistant.index.records import Row
from assistant.language.files import Words, both, words_of
from assistant.language.words import WORD, fold, stem, words
from assistant.understanding.conversation import subject_words
from assistant.understanding.request import Request

FILE = "mention"
MOST_LINES, MOST_WORDS = 8, 4
CLOSED = both("detection", "closed")
STRATEGY = "strategy"
TELLING = 4  # letters of a stem below which other words have the same
# A name of two words or more: one alone may begin a sentence.
NAME = re.compile(r"[A-ZÆØÅ][\w-]{2,}(?: [A-ZÆØÅ][\w-]{2,})+")


def plan(request: Request, desk: Desk) -> Draft | None:
    """Answer whether a word or name is mentioned; a bare word or name asks for its places."""
    said = words_of(FILE, request.language)
    first = _first_clause(request, said)
    return _told(request, desk, said) or (_told(first, desk, said) if first else None)


def _first_clause(request: Request, said: Words) -> Request | None:
    """Return the question for a mention alone, without what is only set against it: "or did you forget them?"."""
    end = said.asks["set against"].search(request.lowered)
    if end is None or said.asks["other"].search(request.lowered[end.end() :]):
        return None
    return replace(request, text=request.text[: end.start()])


def _oftener(request: Request, desk: Desk, said: Words) -> Draft | None:
    """Decide which of two names is mentioned oftener, by the sentences and headings that name each."""
    facts = [fact for fact in facts_named(request.text, desk.register(request.home)) if fact.kind not in VALUED]
    if len(facts) != 2:
        return None
    first, second = sorted(facts, key=lambda fact: named_at(fact, request.lowered))
    counts = [len({(mention.section, mention.span) for mention in fact.mentions}) for fact in (first, second)]
    draft = Draft(request.language)
    draft.verdict = words_of("claim", request.language).say("yes" if counts[0] > counts[1] else "no")
    for fact, count in zip((first, second), counts, strict=True):
        number = desk.cite_fact(draft, request.home, fact)
        told = said.say("item", where=fact.called(request.language), sentence=said.number("times", count))
        draft.item(told, number)
    return draft


def _told(request: Request, desk: Desk, said: Words) -> Draft | None:
    text = request.lowered
    if said.asks["oftener"].search(text):
        return _oftener(request, desk, said)
    strong = bool(said.asks["mention"].search(text) or said.asks["where"].search(text))
    if request.sections or not (strong or said.asks["weak"].search(text)):
        return None
    subject = asked_word(request, said) or (_strange_name(request, desk, said) if strong else None)
    in_full = said.asks["in full"].search(text)
    if subject is None or (in_full and SHORT_FORM.fullmatch(subject)):
        return None
    either = words_of("collect", request.language).asks["or"].split(subject)
    if len(options := [each.strip(" ,") for each in either if each.strip(" ,")]) > 1:
        return _of_each(options, request, desk, said)
    rows = places_of(subject, request, desk)
    if in_full:
        rows = [row for row in rows if subject.lower() in _text(row, request.language).lower()]
    if rows and said.asks["included"].search(text) and any(_denies(row) for row in rows):
        return None  # "a railway is not part of the agreement" names it, and is no yes
    if rows:
        return _places(Draft(request.language), subject, rows, said)
    if _held_in_part(subject, request, desk) or (not strong and desk.anticipated(request)):
        return None  # "anything about …" may be met by other words
    if request.only is None and desk.held_elsewhere(subject):
        return None
    draft = Draft(request.language, Status.NOT_IN_SOURCE)
    several = request.only is None and len(desk.library.ids) > 1
    draft.remark(said.say("no anywhere" if several else "no", word=subject, n=str(len(desk.library.ids))))
    draft.missing = (subject,)
    return draft


def _of_each(options: Iterable[str], request: Request, desk: Desk, said: Words) -> Draft | None:
    """Tell of each of several words whether it is mentioned: "are refugees or immigrants mentioned?"."""
    told = {each: places_of(each, request, desk) for each in options}
    nowhere = [each for each, rows in told.items() if not rows]
    if any(_held_in_part(each, request, desk) for each in nowhere):
        return None
    draft = Draft(request.language, Status.NOT_IN_SOURCE if len(nowhere) == len(told) else Status.ANSWERED)
    for each, rows in told.items():
        if rows:
            _places(draft, each, rows, said)
    for each in nowhere:
        draft.remark(("\n" if draft.citations else "") + said.say("no", word=each))
    draft.missing = tuple(nowhere) if not draft.citations else ()
    return draft


def _denies(row: Row) -> bool:
    return bool(both("claim", "denying") & set(words(row.span.quote)))


def _strange_name(request: Request, desk: Desk, said: Words) -> str | None:
    """Return a name that the document has no word of: it is not mentioned, in whatever role a question has it in."""
    if said.asks["other"].search(request.lowered):
        return None
    match = NAME.search(request.text)
    return match.group() if match and not _held_in_part(match.group(), request, desk) else None


def _held_in_part(subject: str, request: Request, desk: Desk) -> bool:
    """Return whether some word of a subject of several stands in the text: it may be spoken of in other words."""
    held = desk.words_held(request.home)
    headings = {word for row in desk.rows(request.home) for word in words(heading_of(row, request.language))}
    parts = [word.lower() for word in WORD.findall(subject) if word.lower() in subject_words(subject)]
    stems = [(stem(word, each), held[each]) for word in parts for each in held]
    above = frozenset(stem(each, request.language) for each in headings)
    stems += [(stem(word, request.language), above) for word in parts]
    return any(len(own) >= TELLING and own in known for own, known in stems)


def asked_word(request: Request, said: Words) -> str | None:
    """Return the word or name of which a question asks whether it is mentioned; None where it asks for more."""
    if said.asks["other"].search(request.lowered):
        return None
    own = loose_words(request, said)
    if not 1 <= len(own) <= MOST_WORDS:
        return None
    tokens = [match for match in WORD.finditer(request.text) if match.group().lower() in own]
    between = request.text[tokens[0].start() : tokens[-1].end()] if tokens else ""
    return between if 0 < len(between.split()) <= len(own) + 2 else None


def loose_words(request: Request, said: Words) -> list[str]:
    """Return the words of a question that are neither idle nor among those that ask, the `own` words of a plan."""
    idle = said.words["own"] | words_of("collect", request.language).words["soft"]
    own = {word for word in subject_words(request.text) if word not in idle}
    # Initials are shorter than any other word that tells a subject.
    short = {token.lower() for token in WORD.findall(request.text) if SHORT_FORM.fullmatch(token)} - CLOSED
    own |= short if not request.text.isupper() else set()
    return [word for word in words(request.text) if word in own]


def places_of(subject: str, request: Request, desk: Desk) -> list[Row]:
    """Return the rows that a name of the register, or all the words of a subject, stand in, in reading order."""
    rows = desk.rows(request.home)
    fact = fact_called(subject, request, desk)
    if fact is not None:
        spans = {mention.span for mention in fact.mentions}
        return [row for row in rows if row.span.id in spans]
    analyzer = desk.analyzer
    for language in (request.language, *({"da", "en"} - {request.language})):
        wanted = [analyzer.word_terms(analyzer.repair(word.lower()), language) for word in WORD.findall(subject)]
        held = [(row, set(analyzer.terms(_text(row, language), language))) for row in rows]
        found = [row for row, terms in held if all(each[0] in terms for each in wanted)]
        if found:
            return found
    return []


def _text(row: Row, language: str) -> str:
    section, passage = row.section, row.passage
    if language == "da":
        return " ".join(filter(None, (passage.subheading, row.span.quote)))
    return " ".join(
        filter(
            None,
            (passage.subheading_en, row.span.translation or "", section.title_en if row.span.id.endswith("/1") else ""),
        )
    )


def fact_called(subject: str, request: Request, desk: Desk) -> Fact | None:
    """Return the name of the register that a subject is, by any of its spellings; a short form by the glossary too."""
    wanted = {fold(subject.lower()), fold(subject.lower()).removesuffix("s")}
    for fact in desk.register(request.home):
        if fact.kind not in VALUED and wanted & {fold(form.lower().removeprefix("the ")) for form in fact.forms}:
            return fact
    entry = entry_named(subject, desk.glossary)
    if entry is None:
        return None
    # What a body's short form stands for is that body; a strategy is not what it is a strategy for.
    return next((f for f in desk.register(request.home) if entry.short in f.forms and f.kind != STRATEGY), None)


def says_only(own: Iterable[str], fact: Fact) -> bool:
    """Return whether words are no more than a name's: "HBP", not "HBP spelled out"."""
    bare = {word.removesuffix("s") for form in fact.forms for word in words(form)}
    return {word.removesuffix("s") for word in own} <= bare


def _places(draft: Draft, subject: str, rows: list[Row], said: Words) -> Draft:
    draft.remark(
        ("\n" if draft.citations else "") + said.say("yes", word=subject, times=said.number("times", len(rows)))
    )
    for row in rows[:MOST_LINES]:
        sentence = headed(row, draft.language)
        draft.item(said.say("item", where=label_of(row.section, draft.language), sentence=sentence), draft.cite(row))
    return draft
